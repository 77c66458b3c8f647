"""Times for interviews: how a day is cut up, what a place must be, how long a link answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from matcher.clock import JEJU, start_of
from models.application import ApplicationState
from models.interview import InterviewMode, InterviewState

MOST_AT_ONCE = 24
MOST_PROPOSED = 5
"""Times an answer without an account may propose."""
FURTHEST = timedelta(days=120)
SHORTEST, LONGEST = 10, 240
LONGEST_LINK = timedelta(days=21)
"""Usual length of an answer link that has no earlier end."""
OUTCOMES = (InterviewState.HELD, InterviewState.MISSED, InterviewState.NOT_HELD)
CAN_CHOOSE = (ApplicationState.INTERVIEW,)
LINK_ANSWERS = (ApplicationState.SENT, ApplicationState.UNDER_REVIEW)
"""States in which a link can still say yes or no to an interview."""


@dataclass(frozen=True)
class Series:
    """Hours of one day in Jeju, cut into pieces of `minutes` with `pause` minutes between them."""

    day: date
    starts: time
    ends: time
    minutes: int
    pause: int = 0

    def beginnings(self) -> tuple[datetime, ...]:
        """Moments in UTC; empty when not one piece fits."""
        at = datetime.combine(self.day, self.starts, JEJU).astimezone(UTC)
        last = datetime.combine(self.day, self.ends, JEJU).astimezone(UTC)
        length, step = timedelta(minutes=self.minutes), timedelta(minutes=self.minutes + self.pause)
        found = []
        while at + length <= last:
            found.append(at)
            at += step
        return tuple(found)


@dataclass(frozen=True)
class Span:
    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def meets(self, other: "Span") -> bool:
        """Whether the two share a moment; one that begins as the other ends does not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def overlaps(spans: Iterable[Span]) -> bool:
    """Whether any two of them share a moment."""
    ordered = sorted(spans, key=lambda each: each.starts_at)
    return any(first.meets(then) for first, then in pairwise(ordered))


def is_place_good(mode: InterviewMode, place: str) -> bool:
    """A telephone call needs none; a link begins with https and goes somewhere."""
    if mode is InterviewMode.ONLINE:
        return place.startswith("https://") and len(place) > len("https://") and " " not in place
    return mode is InterviewMode.PHONE or bool(place)


def link_until(answer_by: date | None, now: datetime) -> datetime:
    """The end of the promised day, and never later than three weeks from now."""
    latest = now + LONGEST_LINK
    if answer_by is None:
        return latest
    promised = start_of(answer_by + timedelta(days=1))
    return min(latest, promised) if promised > now else latest
