"""Every candidate course alone: what it gains exactly, and what the popular count says."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.planning.impact.augmenting import Matched, with_course, without_course
from matcher.planning.impact.ground import Bools, Ground, whole


@dataclass(frozen=True)
class CourseGain:
    """`gained` more people matched than without the course; `eligible` people who newly qualify
    for something; `most` what the proof allows, equal to `gained` when it is proved."""

    gained: int
    eligible: int
    used: int
    most: int

    @property
    def is_proved(self) -> bool:
        return self.gained == self.most


@dataclass(frozen=True)
class Singles:
    base: Matched
    matched: tuple[Matched, ...]
    gains: tuple[CourseGain, ...]


def singles(ground: Ground, made: Sequence[Bools], seats: int) -> Singles:
    """`made` by course, (people, openings) each, free pairs left out."""
    return singles_on(ground, made, seats, without_course(ground))


def singles_on(ground: Ground, made: Sequence[Bools], seats: int, base: Matched) -> Singles:
    """The same where what is matched without any course is known already."""
    found = tuple(with_course(ground, pairs, seats, base.place) for pairs in made)
    gains = tuple(
        CourseGain(
            each.total - base.total,
            int(pairs.any(axis=1).sum()),
            each.used,
            whole(each.bound) - base.total,
        )
        for each, pairs in zip(found, made, strict=True)
    )
    return Singles(base, found, gains)
