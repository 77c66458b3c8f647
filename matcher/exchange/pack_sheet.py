"""The content of an evaluation pack as lines to read: values, what they are made of, what is
hidden. Pages, CSV, XLSX and PDF all show these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.i18n import format_number, in_language
from matcher.i18n import gettext as _

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """A count of the pack, or of one university in it; `n` None: hidden."""

    measure: str
    n: int | None


@dataclass(frozen=True)
class Line:
    """One indicator. `denominator` None: a plain count."""

    key: str
    name: str
    unit: str
    numerator: Part
    denominator: Part | None
    formula: str
    is_proposal: bool
    source: str
    by_university: tuple[tuple[str, str], ...]
    """University and value, where the pack is about all of them."""

    @property
    def value(self) -> str:
        whole = None if self.denominator is None else self.denominator.n
        return value_of(self.unit, self.numerator.n, whole)

    @property
    def is_hidden(self) -> bool:
        parts = (self.numerator, self.denominator)
        return any(part is not None and part.n is None for part in parts)


def lines(content: Content, is_open: bool) -> tuple[Line, ...]:
    """`is_open`: for the desk itself, which may open every row; nothing is hidden from it."""
    return tuple(_line(content, kpi, is_open) for kpi in content["kpis"])


def hidden_word() -> str:
    return _("가림")


def unit_words() -> dict[str, str]:
    return {
        "places": _("자리"),
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
        return f"{n / whole * 100:.1f}%" if whole else "–"
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
        formula=in_language(kpi["formula_ko"], kpi["formula_en"]),
        is_proposal=kpi["certainty"] != "stated",
        source=kpi["source"],
        by_university=_spread(content, kpi, is_open),
    )


def _part(content: Content, measure: str, is_open: bool) -> Part:
    found = content["measures"][measure]
    return Part(measure, found["count"] if is_open or found["is_shown"] else None)


def _spread(content: Content, kpi: Content, is_open: bool) -> tuple[tuple[str, str], ...]:
    top = _groups(content, kpi["numerator"], is_open)
    bottom = _groups(content, kpi["denominator"], is_open)
    names = {
        each["slug"]: in_language(each["name_ko"], each["name_en"])
        for each in content["universities"]
    } | {"none": _("그 밖")}
    found = []
    for slug, n in top.items():
        whole = bottom.get(slug)
        is_secret = kpi["denominator"] is not None and whole is None
        found.append((names[slug], value_of(kpi["unit"], None if is_secret else n, whole)))
    return tuple(found)


def _groups(content: Content, measure: str | None, is_open: bool) -> dict[str, int | None]:
    rows: Sequence[Content] = (
        () if measure is None else content["measures"][measure].get("by_university", ())
    )
    return {row["slug"]: row["count"] if is_open or row["is_shown"] else None for row in rows}
