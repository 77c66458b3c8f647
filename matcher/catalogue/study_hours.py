"""How long studying takes: our own estimates, each with its range."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from matcher.catalogue.origin import Origin, Row, origin, read


@dataclass(frozen=True, slots=True)
class Range:
    low: float
    high: float
    origin: Origin

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class StudyHours:
    """`rungs[n]` hours from level n - 1 to level n, 1..5.

    `known_from_level`: a skill held at it counts as known when an exam is prepared for.
    `course_share`: at most this part of an exam's hours is saved by a course that leads to it.
    `least_share`: this part of the low estimate stays to be done however much was studied.
    """

    rungs: Mapping[int, Range]
    microcredential: Range
    microcredential_level: int
    known_from_level: int
    course_share: float
    least_share: float


@cache
def load_study_hours() -> StudyHours:
    data = read("study_hours.json")
    return StudyHours(
        rungs={row["level"]: _range(row) for row in data["rungs"]},
        microcredential=_range(data["microcredential"]),
        microcredential_level=data["microcredential"]["level"],
        known_from_level=data["known_from_level"],
        course_share=data["course_share"],
        least_share=data["least_share"],
    )


def _range(row: Row) -> Range:
    return Range(row["low"], row["high"], origin(row))
