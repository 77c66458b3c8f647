"""An evaluation pack as CSV and XLSX for whoever asks for it: small numbers hidden, no formulas."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from matcher.exchange.pack_sheet import (
    Content,
    Line,
    hidden_word,
    lines,
    source_of,
    unit_words,
    unknown_word,
)
from matcher.exchange.writing import Value, add_table, book_options, to_csv
from matcher.i18n import format_datetime, in_language
from matcher.i18n import gettext as _

Row = Mapping[str, Value]
CHARTED = frozenset({"places", "enrolments", "people", "certificates", "people_events"})


def pack_csv(content: Content, sha256: str) -> bytes:
    """The indicators, one a line; the last line names the pack they are taken from."""
    rows = [*_indicators(content), {}, {_("지표"): "SHA-256", _("값"): sha256}]
    return to_csv(rows, list(rows[0]))


def pack_xlsx(content: Content, sha256: str) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    indicators = _indicators(content)
    with xlsxwriter.Workbook(stream, book_options()) as book:
        page = add_table(book, _("지표"), indicators)
        _chart(book, page, lines(content, is_open=False))
        if spread := _spread(content):
            add_table(book, _("대학별"), spread)
        add_table(book, _("적지 않는 지표"), _not_recorded(content))
        add_table(book, _("이 자료"), about(content, sha256))
    return stream.getvalue()


def about(content: Content, sha256: str) -> list[Row]:
    """Whose numbers these are, for which days, and what they can be checked by."""
    project = content["project"]
    rows = [
        (_("기관"), in_language(content["desk"]["name_ko"], content["desk"]["name_en"])),
        (_("사업연도"), f"{content['first_day']} – {content['last_day']}"),
        (
            _("RISE 프로젝트"),
            in_language(project["name_ko"], project["name_en"]) if project else _("모든 과정"),
        ),
        (_("굳힌 때"), format_datetime(datetime.fromisoformat(content["as_of"]))),
        ("SHA-256", sha256),
        (_("가린 수"), _("5명 미만이거나, 보이면 5명 미만인 수를 셈해 낼 수 있는 수입니다.")),
        (
            _("앞서 센 날"),
            _(
                "앞서 낸 자료의 수를 그대로 적은 칸입니다. 그 뒤 달라지지 않았거나, 달라진 사람이 "
                "5명 미만이라 새 수를 적지 않습니다."
            ),
        ),
        (
            _("모름"),
            _("아직 묻지 않았거나 답이 없는 사람입니다. 모두 모르면 비율을 적지 않습니다."),
        ),
        (_("셈하는 법"), _("공식 산식을 찾지 못해 우리가 제안하는 것입니다. 표에 따로 밝힙니다.")),
    ]
    for each in content["students"]:
        told = each["counted"]
        name = next(u for u in content["universities"] if u["slug"] == each["slug"])
        rows.append((
            _("전체 학생 수: %(name)s") % {"name": in_language(name["name_ko"], name["name_en"])},
            f"{told['students']} ({told['counted_on']}, {told['source']})" if told
            else _("적지 않음"),
        ))  # fmt: skip
    return [{_("항목"): name, _("내용"): text} for name, text in rows]


def _indicators(content: Content) -> list[Row]:
    return [_row(line) for line in lines(content, is_open=False)]


def _row(line: Line) -> Row:
    bottom = line.denominator
    return {
        _("지표"): line.name,
        _("값"): hidden_word() if line.is_hidden else _number(line),
        _("단위"): unit_words()[line.unit],
        _("분자"): _shown(line.numerator.n),
        _("분모"): None if bottom is None else _shown(bottom.n),
        _("모름"): None if line.unknown is None else _shown(line.unknown.n),
        _("앞서 센 날"): line.counted_on,
        _("셈하는 법"): line.formula,
        _("산식의 근거"): _("제안") if line.is_proposal else _("공개된 산식"),
        _("출처"): line.source,
    }


def _number(line: Line) -> Value:
    top, bottom = line.numerator.n or 0, line.denominator
    if bottom is None:
        return top
    if line.is_unknown:
        return unknown_word()
    if not bottom.n or (line.unit == "percent" and top > bottom.n):
        return None
    return round(top / bottom.n * (100 if line.unit == "percent" else 1), 2)


def _shown(n: int | None) -> Value:
    return hidden_word() if n is None else n


def _spread(content: Content) -> list[Row]:
    return [
        {_("지표"): line.name, **dict(line.by_university)}
        for line in lines(content, is_open=False)
        if line.by_university
    ]


def _not_recorded(content: Content) -> list[Row]:
    return [
        {
            _("지표"): in_language(each["name_ko"], each["name_en"]),
            _("까닭"): in_language(each["reason_ko"], each["reason_en"]),
            _("출처"): source_of(each),
        }
        for each in content["not_recorded"]
    ]


def _chart(book: Any, page: Any, found: Sequence[Line]) -> None:
    """Plain counts as bars, read from the sheet's own cells; the rows of shares are left out."""
    rows = [at for at, line in enumerate(found, 1) if line.unit in CHARTED]
    if not rows:
        return
    chart = book.add_chart({"type": "bar"})
    name = page.get_name()
    cells = ",".join(f"'{name}'!$A${at + 1}" for at in rows)
    values = ",".join(f"'{name}'!$B${at + 1}" for at in rows)
    chart.add_series({
        "name": _("값"), "categories": f"=({cells})", "values": f"=({values})",
        "data_labels": {"value": True}, "gap": 40,
    })  # fmt: skip
    chart.set_title({"name": _("수로 세는 지표")})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 720, "height": 60 + 32 * len(rows)})
    page.insert_chart(len(found) + 2, 0, chart)
