"""Why a score is what it is, row by row, in the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sqlmodel import Session

from matcher.i18n import in_language
from matcher.matching.context import names_for
from matcher.ranking.display import Display, display_rows, half_points
from matcher.ranking.explain import (
    Names,
    Reason,
    base_reason,
    headline,
    name_of,
    reasons,
    round_reason,
)
from matcher.ranking.recommend import RankedItem
from matcher.ranking.requirements import Checklist
from matcher.ranking.types import CERTIFICATION

RowKind = Literal["base", "round", ""]


@dataclass(frozen=True)
class ReasonRow:
    """`value` in points with two decimals."""

    label: str
    value: Decimal
    kind: RowKind = ""


@dataclass(frozen=True)
class Brief:
    """One of the few reasons a list shows: `name` in a few words, `value` in points with two
    decimals, the same as in the full table. `key` is the requirement it is about, if any."""

    code: str
    key: str | None
    name: str
    value: Decimal


@dataclass(frozen=True)
class ReasonsView:
    """The rows add up to `total` exactly; `quiet` of them changed nothing and are left out."""

    rows: tuple[ReasonRow, ...]
    total: Decimal
    exact: Decimal
    quiet: int


def words(session: Session, checklists: Sequence[Checklist]) -> Names:
    """Names of everything these checklists speak of."""
    keys = {line.key for each in checklists for line in each.lines}
    keys |= {line.via for each in checklists for line in each.lines if line.via}
    return names_for(session, keys)


def spoken(key: str, names: Names) -> str:
    return in_language(*name_of(key, names))


def short_name(key: str, names: Names) -> str:
    """A certificate by its short code, anything else by its name."""
    return key.removeprefix(CERTIFICATION) if key.startswith(CERTIFICATION) else spoken(key, names)


def said(reason: Reason) -> str:
    return in_language(reason.text_ko, reason.text_en)


def reasons_view(item: RankedItem, names: Names, *, formal: bool = False) -> ReasonsView:
    """Base first, then what adds, then what takes away, rounding last."""
    found = reasons(item, names, formal=formal)
    shown = _shown(item, found)
    middle = [
        ReasonRow(said(each), row.value)
        for each, row in zip(found, shown.rows[1:-1], strict=True)
        if row.value != 0
    ]
    middle.sort(key=lambda row: (row.value < 0, -abs(row.value)))
    base = base_reason(item, formal=formal)
    rounding = round_reason(half_points(item.score) - item.score, formal=formal)
    rows = (
        ReasonRow(said(base), shown.rows[0].value, "base"),
        *middle,
        ReasonRow(said(rounding), shown.rows[-1].value, "round"),
    )
    exact = shown.total - shown.rows[-1].value
    return ReasonsView(rows, shown.total, exact, len(found) - len(middle))


def view_or_none(item: RankedItem | None, names: Names) -> ReasonsView | None:
    """None for what is not ranked, and while ranking is off."""
    if item is None or item.shown_score is None:
        return None
    return reasons_view(item, names)


def briefly(item: RankedItem | None, names: Names) -> tuple[Brief, ...]:
    """At most three reasons for, then at most two against, the strongest first; none for what is
    not ranked, and while ranking is off."""
    if item is None or item.shown_score is None:
        return ()
    found = reasons(item, names)
    rows = _shown(item, found).rows[1:-1]
    values = {(each.code, each.key): row.value for each, row in zip(found, rows, strict=True)}
    good, bad = headline(found)
    return tuple(
        Brief(each.code, each.key, in_language(*each.name), value)
        for each in (*good, *bad)
        if (value := values[each.code, each.key])
    )


def _shown(item: RankedItem, found: Sequence[Reason]) -> Display:
    parts = [(str(index), each.contribution) for index, each in enumerate(found)]
    return display_rows(item.base, parts, item.score)
