"""Decisions of a month with what was opened before each, as figures."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from matcher.clock import start_of
from matcher.policy.human_part import Decision, Figures, figures
from matcher.store import human_part as store
from matcher.store.human_part import Decided

LOOK_BACK = timedelta(days=31)
"""A profile opened earlier than this is not what a decision was made on."""


def first_of(day: date) -> date:
    return day.replace(day=1)


def next_month(first: date) -> date:
    return first_of(first + timedelta(days=31))


def month_figures(
    session: Session, first: date, organisation_id: int | None = None
) -> dict[int, Figures]:
    """By organisation, those that decided something in the month. Five queries at most."""
    since, until = start_of(first), start_of(next_month(first))
    rows = store.decided(session, since, until, organisation_id)
    if not rows:
        return {}
    decisions = _decisions(session, rows, since - LOOK_BACK, until)
    return {each: figures(own) for each, own in sorted(decisions.items())}


def _decisions(
    session: Session, rows: Sequence[Decided], since: datetime, until: datetime
) -> dict[int, list[Decision]]:
    accounts = sorted({row.account_id for row in rows})
    opened: dict[tuple[int, int], list[datetime]] = defaultdict(list)
    for read in store.reads(session, accounts, since, until):
        opened[(read.account_id, read.youth_id)].append(read.at)
    stood: dict[tuple[int, int], list[tuple[datetime, int]]] = defaultdict(list)
    for shown in store.ranked(session, accounts, since, until):
        opened[(shown.account_id, shown.youth_id)].append(shown.at)
        stood[(shown.opening_id, shown.youth_id)].append((shown.at, shown.rank))
    last = {(row.opening_id, row.youth_id): row for row in rows}
    found: dict[int, list[Decision]] = defaultdict(list)
    for row in last.values():
        reads = [at for at in opened[(row.account_id, row.youth_id)] if at <= row.at]
        ranks = [rank for at, rank in stood[(row.opening_id, row.youth_id)] if at <= row.at]
        found[row.organisation_id].append(
            Decision(
                row.opening_id, row.youth_id, row.at, row.chosen,
                max(reads, default=None), ranks[-1] if ranks else None,
            )
        )  # fmt: skip
    return found
