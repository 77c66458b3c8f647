"""What is known of how partners answer, from their applications of the last twelve months."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Pool
from sqlmodel import Session

from matcher.clock import day_of, start_of
from matcher.ranking.answering import End, ReplyRate, Wait, listed_lower, reply_rate
from matcher.store import promises
from matcher.store import reply_rates as store
from matcher.store.reply_rates import Stamp, WaitLine

LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True)
class _Known:
    """The rates of one day by organisation, before promises that are kept elsewhere."""

    day: date
    stamp: Stamp
    rates: Mapping[int, ReplyRate]


_known: "WeakKeyDictionary[Pool, _Known]" = WeakKeyDictionary()
_turn = Lock()


def rates_of(
    session: Session, organisation_ids: Collection[int], now: datetime
) -> dict[int, ReplyRate]:
    """By organisation; four queries for all, of which the large one reads only those whose waits
    changed since somebody last asked. Too few decided ones say so: `is_known`."""
    ids, since = sorted(set(organisation_ids)), now - LOOKED_BACK
    found = _answered(session, ids, now)
    missed = store.not_held(session, ids, since)
    broken = promises.broken_counts(session, ids)
    return {
        each: replace(rate, lapses=rate.lapses + missed.get(each, 0) + broken.get(each, 0))
        for each, rate in found.items()
    }


def _answered(session: Session, ids: Sequence[int], now: datetime) -> dict[int, ReplyRate]:
    day, stamp, pool = day_of(now), store.stamp(session), session.get_bind().engine.pool
    with _turn:
        before = _known.get(pool)
    rates = dict(_still_true(session, before, day, stamp))
    missing = [each for each in ids if each not in rates]
    if missing:
        rates |= _counted(session, missing, now)
    with _turn:
        _known[pool] = _Known(day, stamp, rates)
    return {each: rates[each] for each in ids}


def _still_true(
    session: Session, before: _Known | None, day: date, stamp: Stamp
) -> Mapping[int, ReplyRate]:
    if before is None or before.day != day:
        return {}
    if before.stamp == stamp:
        return before.rates
    changed = store.answered_since(session, before.stamp, stamp)
    if changed is None:
        return {}
    return {each: rate for each, rate in before.rates.items() if each not in changed}


def _counted(session: Session, ids: Sequence[int], now: datetime) -> dict[int, ReplyRate]:
    found: dict[int, list[Wait]] = {each: [] for each in ids}
    # from the start of a day, so that what is known holds until the next
    for line in store.waits(session, ids, start_of(day_of(now)) - LOOKED_BACK):
        found[line.organisation_id].append(_wait(line, now))
    return {each: reply_rate(waits) for each, waits in found.items()}


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
