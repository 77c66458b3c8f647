"""The dated runs of a course: which one suits a person best, and how well, 0..1."""

from datetime import date

from matcher.ranking.pair_rules import UNKNOWN_DAY, punctuality, recency
from matcher.ranking.types import Course, Seeker, SessionSlot

PLENTY_OF_SEATS = 5
NO_SESSION = 0.5


def best_session(seeker: Seeker, course: Course, today: date) -> SessionSlot | None:
    """The open session that suits best: time, then fee, then a free seat, then the earliest."""
    open_now = [each for each in course.sessions if each.is_open(today)]
    return min(
        open_now,
        key=lambda each: (
            -schedule(seeker, each),
            -fee(seeker, each),
            each.seats_left == 0,
            each.starts_on,
            each.ends_on,
            each.fee_krw,
            each.id or 0,
        ),
        default=None,
    )


def schedule(seeker: Seeker, slot: SessionSlot | None) -> float:
    if slot is None:
        return NO_SESSION
    if seeker.weekly_hours is None:
        return punctuality(seeker.available_from, slot.starts_on)
    enough = seeker.weekly_hours >= slot.weekly_hours
    hours = 1.0 if enough else max(0.0, seeker.weekly_hours / slot.weekly_hours)
    return min(hours, punctuality(seeker.available_from, slot.starts_on, 1.0))


def fee(seeker: Seeker, slot: SessionSlot | None) -> float:
    if slot is None:
        return NO_SESSION
    if slot.fee_krw <= 0:
        return 1.0
    if seeker.budget_krw is None:
        return NO_SESSION
    return min(1.0, max(0, seeker.budget_krw) / slot.fee_krw)


def seats(slot: SessionSlot | None) -> float:
    if slot is None:
        return NO_SESSION
    if slot.seats_left is None:
        return 1.0
    return min(1.0, max(0, slot.seats_left) / PLENTY_OF_SEATS)


def starts_soon(slot: SessionSlot | None, today: date) -> float:
    # as many days ahead as a posting is old: the same halving
    return UNKNOWN_DAY if slot is None else recency(today, slot.starts_on)
