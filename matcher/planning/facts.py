"""What is stored about one reporting year, as plain values that the measures count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

OTHER = 0
"""The group of what belongs to none of the universities."""


class Run(NamedTuple):
    session_id: int
    operator: int
    project: str
    seats: int


class Seat(NamedTuple):
    """An application to a session; `state` as stored."""

    enrolment_id: int
    youth_id: int
    state: str
    operator: int
    project: str
    is_shared: bool
    is_in_work: bool


class Pass(NamedTuple):
    record_id: int
    youth_id: int
    level: str


class Job(NamedTuple):
    """`held_at`: months after the start at which it was found to hold; `asked_at`: at which
    somebody answered, yes or no."""

    outcome_id: int
    youth_id: int
    started_on: date
    is_in_jeju: bool | None
    held_at: frozenset[int]
    asked_at: frozenset[int] = frozenset()
    ended_on: date | None = None

    def is_known_at(self, months: int) -> bool:
        """A known end answers what comes after it."""
        return months in self.held_at | self.asked_at or (
            self.ended_on is not None and _months(self.started_on, self.ended_on) < months
        )


def _months(first: date, last: date) -> int:
    """Whole months between two days."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


class Event(NamedTuple):
    """Something of a person that happened in the year: a start-up, an internship."""

    row_id: int
    youth_id: int


class Post(NamedTuple):
    opening_id: int
    organisation_id: int


@dataclass(frozen=True)
class Facts:
    """What is stored about one reporting year, everybody's."""

    first: date
    runs: tuple[Run, ...] = ()
    seats: tuple[Seat, ...] = ()
    passes: tuple[Pass, ...] = ()
    jobs: tuple[Job, ...] = ()
    founded: tuple[Event, ...] = ()
    interns: tuple[Event, ...] = ()
    posts: tuple[Post, ...] = ()
    otherwise: frozenset[int] = frozenset()
    """Who is confirmed to study on, to look for work, or to have a business."""
    earlier: frozenset[int] = frozenset()
    """Who has a confirmed job from before the year that had not ended by then."""
    homes: Mapping[int, int] = field(default_factory=dict)
    """Person -> university; who is not in it belongs to none."""
