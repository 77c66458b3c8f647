"""The ways in which a posting's hard asks can be made easier, and what each one gives up.

Loss is counted in steps: one level of a skill, or one rank of a certificate, is one step.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from matcher.ranking.requirements import canonical, needed_level
from matcher.ranking.types import CERTIFICATION, SKILL, Course, Requirement

Change = Literal["nice", "level", "swap", "drop"]
EXCLUSION_LOSS = 1
LICENCE_LOSS = 5
"""As much as the highest level: what the law asks for is never the cheap way out."""
MOST_STUDIES = 3
"""Courses tried for one ask, those that end first."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A certificate's rank, those that lead to it, near or far, and the others ranked lower."""

    rank: int
    before: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """A run of a course that ends `weeks` after the work would have begun."""

    course: Course
    ends_on: date
    weeks: int
    seats_left: int | None = None


@dataclass(frozen=True, slots=True)
class Easing:
    """`now` is asked instead; None: nobody is kept out by it any more. With a `study`, only who
    met the ask as it was, or can take that course and meets it afterwards, counts."""

    was: Requirement
    change: Change
    now: Requirement | None
    loss: int
    study: Study | None = None

    @property
    def weeks(self) -> int:
        return 0 if self.study is None else self.study.weeks


def binding(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """What somebody must satisfy to qualify: licences, musts and exclusions, in key order."""
    return tuple(each for each in canonical(requirements) if each.kind != "nice")


def easings(
    asked: Sequence[Requirement], ladder: Mapping[str, Rung], studies: Sequence[Study]
) -> tuple[tuple[Easing, ...], ...]:
    """For each of `asked`, which is as `binding` gives it, every way to ask less."""
    return tuple(tuple(_ways(each, asked, ladder, studies)) for each in asked)


def _ways(
    was: Requirement,
    asked: Sequence[Requirement],
    ladder: Mapping[str, Rung],
    studies: Sequence[Study],
) -> Iterable[Easing]:
    if was.kind == "exclude":
        return [Easing(was, "drop", None, EXCLUSION_LOSS)]
    if was.kind == "licence":
        return [Easing(was, "drop", None, LICENCE_LOSS)]
    if was.key.startswith(SKILL):
        return [*_lower(was), *_taught(was, studies)]
    taken = {each.key for each in asked}
    own = ladder.get(was.key.removeprefix(CERTIFICATION), Rung(1))
    near = list(_swaps(was, own.rank, own.before, taken, ladder))
    near.append(Easing(was, "nice", None, own.rank))
    far = _swaps(was, own.rank, own.below, taken, ladder)
    return [*near, *far, *_prepared(was, near, studies)]


def _lower(was: Requirement) -> Iterable[Easing]:
    need = needed_level(was)
    for level in range(need - 1, 0, -1):
        yield Easing(was, "level", Requirement(was.key, "must", level), need - level)
    yield Easing(was, "nice", None, need)


def _taught(was: Requirement, studies: Sequence[Study]) -> Iterable[Easing]:
    """Nothing is lost: whoever finishes the course is at the level asked for."""
    slug, need = was.key.removeprefix(SKILL), needed_level(was)
    fitting = [
        each
        for each in studies
        if slug in each.course.gained and each.course.gained[slug][1] >= need
    ]
    for study in _soonest(fitting):
        low, high = study.course.gained[slug]
        entry = need - (high - low)
        if entry >= 1:
            yield Easing(was, "level", Requirement(was.key, "must", entry), 0, study)
        else:
            yield Easing(was, "nice", None, 0, study)


def _swaps(
    was: Requirement,
    rank: int,
    others: Iterable[str],
    taken: set[str],
    ladder: Mapping[str, Rung],
) -> Iterable[Easing]:
    for each in others:
        key = CERTIFICATION + each
        if key not in taken:
            loss = max(1, rank - ladder.get(each, Rung(1)).rank)
            yield Easing(was, "swap", Requirement(key, "must"), loss)


def _prepared(
    was: Requirement, plain: Sequence[Easing], studies: Sequence[Study]
) -> Iterable[Easing]:
    """Half of the loss stays: a course prepares for the exam, it does not pass it. Only for whoever
    is on the way to it already, so not beside a certificate that leads elsewhere."""
    name = was.key.removeprefix(CERTIFICATION)
    for study in _soonest([each for each in studies if name in each.course.certifications]):
        for each in plain:
            yield Easing(was, each.change, each.now, (each.loss + 1) // 2, study)


def _soonest(studies: Sequence[Study]) -> Sequence[Study]:
    return sorted(studies, key=lambda each: (each.ends_on, each.course.id))[:MOST_STUDIES]
