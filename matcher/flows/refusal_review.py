"""Once a year the centre looks at which reasons partners give, and which nobody needs any more."""

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.db import Unit
from matcher.policy import refusals
from matcher.policy.small_cells import Cell, alone
from matcher.store import refusals as store
from models.application import RefusalReason

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class ReasonRow:
    reason: RefusalReason
    now: Cell
    before: Cell
    is_offered: bool


@dataclass(frozen=True)
class Review:
    """`rows` with the most used first; what was written beside a reason is not among them."""

    rows: tuple[ReasonRow, ...]
    since: date
    reviewed_on: date
    next_on: date


def review(unit: Unit) -> Review:
    now = store.counts(unit.session, unit.now - YEAR, unit.now + timedelta(seconds=1))
    before = store.counts(unit.session, unit.now - 2 * YEAR, unit.now - YEAR)
    order = sorted(RefusalReason, key=lambda each: (-now.get(each, 0), each.value))
    return Review(
        rows=tuple(
            ReasonRow(
                each,
                alone(now.get(each, 0)),
                alone(before.get(each, 0)),
                refusals.is_offered(each),
            )
            for each in order
        ),
        since=unit.today - YEAR,
        reviewed_on=refusals.REVIEWED_ON,
        next_on=refusals.next_review(),
    )
