"""A partner's promise of an interview: its terms, who has earned it, and when it was kept.

The day to earn it outlives the posting's closing date, and closing the posting ends no promise
somebody took up. An exam sat by the day counts when its proof stands within `GRACE` days.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from matcher.policy.desk import SEEN
from models.application import ApplicationState as A
from models.interview import InterviewState
from models.promise import PromiseState, TakingState

LEAST_AHEAD = timedelta(days=14)
MOST_AHEAD = timedelta(days=540)
GRACE = timedelta(days=14)
REMINDER = timedelta(days=3)
"""Before the last day of the interview the partner is reminded."""
PLACED = (TakingState.TAKEN, TakingState.CLAIMED, TakingState.KEPT, TakingState.BROKEN)
"""Takings that hold a place."""
LIVING = (TakingState.TAKEN, TakingState.CLAIMED)
PAST_INTERVIEW = (A.OFFERED, A.ACCEPTED, A.HIRED)
LEFT_BY_PERSON = (A.WITHDRAWN, A.HIRED_ELSEWHERE)


class Missing(StrEnum):
    """Why the interview cannot be asked for yet, or any more."""

    RECORD = "record"
    """Nothing on record."""
    PENDING = "pending"
    """An exam is planned, booked or waits for its result."""
    LEVEL = "level"
    """Proved, but at a lower level."""
    PROOF = "proof"
    """On record on the person's own word alone."""
    EXPIRED = "expired"
    DAY_UNKNOWN = "day_unknown"
    """Proved, but after the day, and no exam day by then is on record."""
    TOO_LATE = "too_late"


@dataclass(frozen=True)
class Held:
    """One record of what is asked; `earned_on` = the exam's day or the day of the rating."""

    verification: int
    earned_on: date | None = None
    expires_on: date | None = None
    level: int | None = None


def digest(terms_ko: str, terms_en: str) -> str:
    """SHA-256 of both texts, each on lines of its own, as UTF-8."""
    return hashlib.sha256(f"{terms_ko}\n\n{terms_en}\n".encode()).hexdigest()


def is_intact(terms_ko: str, terms_en: str, text_hash: str) -> bool:
    return digest(terms_ko, terms_en) == text_hash


def last_claim(earn_by: date) -> date:
    return earn_by + GRACE


def has_room(places: int, placed: int) -> bool:
    return placed < places


def can_be_taken(state: PromiseState, earn_by: date, today: date) -> bool:
    return state is PromiseState.OFFERED and today <= earn_by


def what_is_missing(
    held: Iterable[Held], level: int | None, earn_by: date, today: date, is_pending: bool = False
) -> Missing | None:
    """None when the interview may be asked for today. Of several records the best decides.

    Within the day any proved record counts, an older one too; in the days of grace only what was
    earned by the day.
    """
    if today > last_claim(earn_by):
        return Missing.TOO_LATE
    reasons = [_short(each, level, earn_by, today) for each in held]
    if not reasons:
        return Missing.PENDING if is_pending else Missing.RECORD
    found = min(reasons, key=_NEAREST.index)
    return Missing.PENDING if is_pending and found is Missing.EXPIRED else found


def taking_after(
    application: A,
    interviews: Iterable[InterviewState],
    interview_by: date,
    today: date,
    was_time_offered: bool,
) -> TakingState | None:
    """Where a claimed taking goes today; None while the interview may still take place.

    A partner that moved on to an offer kept its word. Who withdrew, did not come, or let every
    offered time pass let it go: no promise was broken then.
    """
    seen = tuple(interviews)
    if InterviewState.HELD in seen or application in PAST_INTERVIEW:
        return TakingState.KEPT
    if application in LEFT_BY_PERSON or InterviewState.MISSED in seen:
        return TakingState.DROPPED
    if today <= interview_by:
        return None
    if was_time_offered and InterviewState.NOT_HELD not in seen:
        return TakingState.DROPPED
    return TakingState.BROKEN


_NEAREST: tuple[Missing | None, ...] = (
    None,
    Missing.DAY_UNKNOWN,
    Missing.PROOF,
    Missing.LEVEL,
    Missing.EXPIRED,
)


def _short(held: Held, level: int | None, earn_by: date, today: date) -> Missing | None:
    if held.expires_on is not None and held.expires_on < today:
        return Missing.EXPIRED
    if level is not None and (held.level or 0) < level:
        return Missing.LEVEL
    if held.verification < SEEN:
        return Missing.PROOF
    if today > earn_by and (held.earned_on is None or held.earned_on > earn_by):
        return Missing.DAY_UNKNOWN
    return None
