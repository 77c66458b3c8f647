"""Who qualifies for what, for everybody at once: no rule keeps the person out, every must is met in
full and the sector is a wished one (or none is named).

The same credit table as the ranking, so a pair qualifies exactly where the checklist shows every
must met.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.ranking.credits import Asks, HeldTable, Ints, ask_key, credit_table
from matcher.ranking.requirements import canonical, hard, holds_exactly, needed_level
from matcher.ranking.types import (
    CERTIFICATION,
    LICENCE,
    SKILL,
    Adjacency,
    Course,
    Opening,
    Requirement,
    Seeker,
    level_after,
)

Bools = NDArray[np.bool_]
Levels = Mapping[str, Ints]
"""By skill, the level of every person; only skills a course changes."""


@dataclass(frozen=True)
class Qualifying:
    """`met` (people, asks); `asked` (asks, openings) and `taught` by course: what must be met."""

    seekers: tuple[Seeker, ...]
    openings: tuple[Opening, ...]
    asks: Asks
    met: Bools
    asked: NDArray[np.float32]
    rules: tuple[tuple[Requirement, ...], ...]
    wished: Bools
    today: date

    @classmethod
    def of(
        cls,
        seekers: Sequence[Seeker],
        openings: Sequence[Opening],
        courses: Sequence[Course],
        adjacency: Adjacency,
        today: date,
    ) -> "Qualifying":
        lists = [canonical(each.requirements) for each in openings]
        musts = [[each for each in some if _is_must(each)] for some in lists]
        needs = [each for course in courses for each in _prerequisites(course)]
        asks = Asks.from_requirements(
            [*(each for some in musts for each in some), *needs], adjacency
        )
        credit = credit_table(HeldTable.of(seekers, today), asks).credit
        asked = np.zeros((len(asks.need), len(openings)), dtype=np.float32)
        for column, some in enumerate(musts):
            asked[[asks.number[ask_key(each)] for each in some], column] = 1.0
        rules = tuple(hard(some) for some in lists)
        wished = _wished(seekers, openings)
        return cls(
            tuple(seekers), tuple(openings), asks, credit >= 1.0, asked, rules, wished, today
        )

    def now(self) -> Bools:
        """(people, openings)."""
        return self._qualify(self.met) & self._allowed({})

    def takers(self, course: Course) -> Bools:
        """(people,) who holds what the course asks for beforehand."""
        needs = [self.asks.number[ask_key(each)] for each in _prerequisites(course)]
        rules = [self._keeps(rule, {}) for rule in hard(canonical(course.needed))]
        met: Bools = np.logical_and.reduce([*self.met.T[needs], *rules, self._everybody()])
        return met

    def _everybody(self) -> Bools:
        return np.ones(len(self.seekers), dtype=np.bool_)

    def after(self, course: Course, takers: Bools, is_certified: bool = False) -> Bools:
        """(people, openings) once everybody in `takers` has finished the course and, if
        `is_certified`, passed the exam of every certificate it leads to."""
        levels = {
            slug: np.where(takers, self._risen(slug, step), self._levels(slug))
            for slug, step in sorted(course.gained.items())
        }
        met = self.met.copy()
        for slug, level in levels.items():
            for ask, weight in self._feeds(SKILL + slug):
                met[:, ask] |= weight * np.minimum(1.0, level / self.asks.need[ask]) >= 1.0
        passed = [CERTIFICATION + each for each in course.certifications if is_certified]
        for key in passed:
            for ask, weight in self._feeds(key):
                if weight / self.asks.need[ask] >= 1.0:
                    met[:, ask] |= takers
        return self._qualify(met) & self._allowed(levels) & ~self._shut(passed, takers)

    def _qualify(self, met: Bools) -> Bools:
        lacking = (~met).astype(np.float32) @ self.asked
        found: Bools = (lacking == 0.0) & self.wished
        return found

    def _allowed(self, levels: Levels) -> Bools:
        """Licences held, exclusions not met."""
        allowed = np.ones(self.wished.shape, dtype=np.bool_)
        known: dict[Requirement, Bools] = {}
        for column, rules in enumerate(self.rules):
            for rule in rules:
                if rule not in known:
                    known[rule] = self._keeps(rule, levels)
                allowed[:, column] &= known[rule]
        return allowed

    def _shut(self, passed: Sequence[str], takers: Bools) -> Bools:
        """(people, openings) excluded by a certificate just passed."""
        excluding = [any(rule.kind == "exclude" and rule.key in passed for rule in rules)
                     for rules in self.rules]  # fmt: skip
        shut: Bools = takers[:, None] & np.array(excluding, dtype=np.bool_)
        return shut

    def _keeps(self, rule: Requirement, levels: Levels) -> Bools:
        """(people,) whom the rule lets through."""
        held = self._holds(rule, levels)
        return held if rule.kind == "licence" else ~held

    def _holds(self, rule: Requirement, levels: Levels) -> Bools:
        slug = rule.key.removeprefix(SKILL)
        if rule.key.startswith(SKILL) and slug in levels:
            held: Bools = levels[slug] >= needed_level(rule)
            return held
        return _each(self.seekers, lambda seeker: holds_exactly(seeker, rule, self.today))

    def _levels(self, slug: str) -> Ints:
        return np.array([_level(seeker, slug) for seeker in self.seekers], dtype=np.int64)

    def _risen(self, slug: str, step: tuple[int, int]) -> Ints:
        table = np.array([level_after(level, step) for level in range(6)], dtype=np.int64)
        return table[self._levels(slug)]

    def _feeds(self, key: str) -> Iterable[tuple[int, float]]:
        source = self.asks.source.get(key)
        if source is None:
            return ()
        span = slice(self.asks.start[source], self.asks.start[source + 1])
        return zip(self.asks.ask[span].tolist(), self.asks.weight[span].tolist(), strict=True)


def _is_must(requirement: Requirement) -> bool:
    return requirement.kind == "must" and not requirement.key.startswith(LICENCE)


def _prerequisites(course: Course) -> list[Requirement]:
    return [each for each in canonical(course.needed) if _is_must(each)]


def _level(seeker: Seeker, slug: str) -> int:
    held = seeker.skills.get(slug)
    return 0 if held is None else held.level


def _wished(seekers: Sequence[Seeker], openings: Sequence[Opening]) -> Bools:
    found = np.ones((len(seekers), len(openings)), dtype=np.bool_)
    for sector in {each.sector for each in openings}:
        wanted = _each(seekers, lambda one, asked=sector: not one.sectors or asked in one.sectors)  # type: ignore[misc]
        columns = [place for place, each in enumerate(openings) if each.sector == sector]
        found[:, columns] = wanted[:, None]
    return found


def _each(seekers: Sequence[Seeker], test: Callable[[Seeker], bool]) -> Bools:
    return np.array([test(each) for each in seekers], dtype=np.bool_)
