"""The content of an evaluation pack as lines to read: values, what they are made of, what is
hidden. Pages, CSV, XLSX and PDF all show these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matcher.clock import day_of
from matcher.i18n import format_number, in_language
from matcher.i18n import gettext as _

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """A count of the pack, or of one university in it; `n` None: hidden. `on`: the day it was
    counted, where that was for an earlier pack."""

    measure: str
    n: int | None
    on: str = ""


@dataclass(frozen=True)
class Line:
    """One indicator. `denominator` None: a plain count; `unknown`: people of the denominator of
    whom nobody knows, None where that cannot be."""

    key: str
    name: str
    unit: str
    numerator: Part
    denominator: Part | None
    unknown: Part | None
    formula: str
    is_proposal: bool
    source: str
    by_university: tuple[tuple[str, str], ...]
    """University and value, where the pack is about all of them."""

    @property
    def value(self) -> str:
        if self.is_unknown:
            return unknown_word()
        if self.is_hidden:
            return hidden_word()
        whole = None if self.denominator is None else self.denominator.n
        return value_of(self.unit, self.numerator.n, whole)

    @property
    def is_unknown(self) -> bool:
        """A share of people of whom nothing is known is none, not 0."""
        return _is_unknown(self.numerator, self.denominator, self.unknown)

    @property
    def counted_on(self) -> str:
        """What was not counted for this pack, in words: its day, or each part with its own."""
        parts = {_("분자"): self.numerator, _("분모"): self.denominator, _("모름"): self.unknown}
        days = {name: part.on for name, part in parts.items() if part is not None and part.on}
        if self.denominator is None:
            return self.numerator.on
        return ", ".join(f"{name} {on}" for name, on in days.items())

    @property
    def is_hidden(self) -> bool:
        return _is_hidden(self.numerator, self.denominator, self.unknown)


def lines(content: Content, is_open: bool) -> tuple[Line, ...]:
    """`is_open`: for the desk itself, which may open every row; nothing is hidden from it."""
    return tuple(_line(content, kpi, is_open) for kpi in content["kpis"])


def unknown_word() -> str:
    """In place of a rate."""
    return _("알려진 것 없음")


def hidden_word() -> str:
    return _("가림")


def unit_words() -> dict[str, str]:
    return {
        "places": _("석"),
        "enrolments": _("건"),
        "people": _("명"),
        "certificates": _("건"),
        "people_events": _("건"),
        "openings": _("건"),
        "firms": _("곳"),
        "percent": "%",
        "ratio": _("대 1"),
    }


def value_of(unit: str, n: int | None, whole: int | None) -> str:
    """With its unit; a share of nothing has no value."""
    if n is None:
        return hidden_word()
    words = unit_words()
    if unit == "percent":
        # Counted on two days, a part may exceed its whole.
        return f"{n / whole * 100:.1f}%" if whole and n <= whole else "–"
    if unit == "ratio":
        return f"{n / whole:.2f} {words[unit]}" if whole else "–"
    return f"{format_number(n)}{words[unit]}"


def _line(content: Content, kpi: Content, is_open: bool) -> Line:
    top, bottom = kpi["numerator"], kpi["denominator"]
    numerator = _part(content, top, is_open)
    denominator = None if bottom is None else _part(content, bottom, is_open)
    if denominator is not None and denominator.n is None:
        # The share and one of its parts would give the other part away.
        numerator = Part(top, None)
    return Line(
        key=kpi["key"],
        name=in_language(kpi["name_ko"], kpi["name_en"]),
        unit=kpi["unit"],
        numerator=numerator,
        denominator=denominator,
        unknown=_unknown(content, kpi, is_open),
        formula=in_language(kpi["formula_ko"], kpi["formula_en"]),
        is_proposal=kpi["certainty"] != "stated",
        source=source_of(kpi),
        by_university=_spread(content, kpi, is_open),
    )


def _part(content: Content, measure: str, is_open: bool) -> Part:
    return _told(measure, content["measures"][measure], is_open, _day(content))


def _unknown(content: Content, kpi: Content, is_open: bool) -> Part | None:
    measure = kpi.get("unknown")
    return None if measure is None else _part(content, measure, is_open)


def _told(measure: str, cell: Content, is_open: bool, day: str) -> Part:
    """For outside, a number told in an earlier pack stands for one that moved little since; of the
    same day it needs no date."""
    kept = cell.get("kept")
    if is_open or (kept is None and cell["is_shown"]):
        return Part(measure, cell["count"])
    if kept is None:
        return Part(measure, None)
    return Part(measure, kept["value"], "" if kept["on"] == day else kept["on"])


def _day(content: Content) -> str:
    return day_of(datetime.fromisoformat(content["as_of"])).isoformat()


def _is_unknown(top: Part, whole: Part | None, unknown: Part | None) -> bool:
    return (
        whole is not None and unknown is not None and top.n == 0
        and bool(whole.n) and whole.n == unknown.n
    )  # fmt: skip


def _is_hidden(top: Part, whole: Part | None, unknown: Part | None) -> bool:
    """A 0 beside a hidden number of unknown people may be no knowledge at all."""
    is_bare = top.n == 0 and unknown is not None and unknown.n is None
    return top.n is None or is_bare or (whole is not None and whole.n is None)


def source_of(row: Content) -> str:
    """The name of a source, and the day it was published or read."""
    if "source_ko" not in row:
        # Frozen before sources had names.
        return str(row["source"])
    name = in_language(row["source_ko"], row["source_en"])
    if row["published_on"]:
        return f"{name}, {row['published_on']}"
    return _("%(name)s, %(day)s 확인") % {"name": name, "day": row["read_on"]}


def _spread(content: Content, kpi: Content, is_open: bool) -> tuple[tuple[str, str], ...]:
    top = _groups(content, kpi["numerator"], is_open)
    bottom = _groups(content, kpi["denominator"], is_open)
    unknown = _groups(content, kpi.get("unknown"), is_open)
    names = {
        each["slug"]: in_language(each["name_ko"], each["name_en"])
        for each in content["universities"]
    } | {"none": _("그 밖")}
    return tuple(
        (names[slug], _value(kpi, part, bottom.get(slug), unknown.get(slug)))
        for slug, part in top.items()
    )


def _value(kpi: Content, top: Part, bottom: Part | None, unknown: Part | None) -> str:
    if _is_unknown(top, bottom, unknown):
        return unknown_word()
    if _is_hidden(top, bottom, unknown):
        return hidden_word()
    told = value_of(kpi["unit"], top.n, None if bottom is None else bottom.n)
    on = max(top.on, "" if bottom is None else bottom.on)
    return f"{told} ({on})" if on else told


def _groups(content: Content, measure: str | None, is_open: bool) -> dict[str, Part]:
    rows: Sequence[Content] = (
        () if measure is None else content["measures"][measure].get("by_university", ())
    )
    day = _day(content)
    return {row["slug"]: _told(measure or "", row, is_open, day) for row in rows}
