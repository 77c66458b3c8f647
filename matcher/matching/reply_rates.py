"""What is known of how partners answer, from their applications of the last twelve months."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from matcher.clock import day_of
from matcher.ranking.answering import End, ReplyRate, Wait, listed_lower, reply_rate
from matcher.store import promises
from matcher.store import reply_rates as store
from matcher.store.reply_rates import WaitLine

LOOKED_BACK = timedelta(days=365)


def rates_of(
    session: Session, organisation_ids: Collection[int], now: datetime
) -> dict[int, ReplyRate]:
    """By organisation, three queries for all. Too few decided ones say so: `is_known`."""
    ids, since = sorted(set(organisation_ids)), now - LOOKED_BACK
    found: dict[int, list[Wait]] = {each: [] for each in ids}
    for line in store.waits(session, ids, since):
        found[line.organisation_id].append(_wait(line, now))
    missed = store.not_held(session, ids, since)
    broken = promises.broken_counts(session, ids)
    return {
        each: reply_rate(waits, missed.get(each, 0) + broken.get(each, 0))
        for each, waits in found.items()
    }


def lower_of(
    session: Session, firm_of: Mapping[int, int], now: datetime, *, is_neutral: bool
) -> dict[int, float]:
    """Opening id -> points it is listed lower; only those that are, and none while ranking is off:
    that order says nothing about anybody."""
    if is_neutral or not firm_of:
        return {}
    rates = rates_of(session, firm_of.values(), now)
    found = {each: listed_lower(rates[firm]) for each, firm in firm_of.items()}
    return {each: points for each, points in found.items() if points}


def _wait(line: WaitLine, now: datetime) -> Wait:
    """What came first counts: an answer after a lapse no longer undoes the lapse."""
    moments = [
        (at, end)
        for at, end in (
            (line.answered_at, End.ANSWERED),
            (line.lapsed_at, End.LAPSED),
            (line.ended_at, End.OPEN),
        )
        if at is not None
    ]
    # A lapse is an end as well, at the same moment; the named one goes first.
    at, end = min(moments, key=lambda each: each[0], default=(now, End.OPEN))
    days = (day_of(at) - day_of(line.began_at)).days
    return Wait(max(days, 0), line.answer_days, end)
