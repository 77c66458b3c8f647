"""How many people qualify once asks are eased: every single easing and every pair, counted anew.

Nothing is estimated. Whether somebody meets an ask comes from the same credit table as the ranking,
so a count is the number of people whose checklist would show every must met.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matcher.ranking.credits import Asks, Floats, HeldTable, ask_key, credit_table
from matcher.ranking.easing import Easing, Study
from matcher.ranking.requirements import canonical, holds_exactly, needed_level
from matcher.ranking.types import (
    SKILL,
    Adjacency,
    Course,
    Requirement,
    Seeker,
    level_after,
)

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Option:
    """One or two easings together and the number of people that qualify with them."""

    easings: tuple[Easing, ...]
    people: int
    loss: int
    weeks: int


@dataclass(frozen=True)
class Recount:
    """`met` (people, asks) says who satisfies each ask as it stands; `eased[k]` (people, ways) who
    satisfies ask k in each of its easier ways."""

    ways: tuple[tuple[Easing, ...], ...]
    met: Bools
    eased: tuple[Bools, ...]
    hard: Bools
    """(people,) whom no licence and no exclusion keeps out: those are ranked."""

    @classmethod
    def of(
        cls,
        seekers: Sequence[Seeker],
        asked: Sequence[Requirement],
        ways: Sequence[Sequence[Easing]],
        adjacency: Adjacency,
        today: date,
    ) -> "Recount":
        """`asked` as `easing.binding` gives it, `ways` as `easing.easings` does."""
        column = _Columns.of(seekers, asked, ways, adjacency, today)
        met = _stacked([column.met(each) for each in asked], len(seekers))
        rules = [place for place, each in enumerate(asked) if each.kind != "must"]
        eased = tuple(_stacked([column.eased(way) for way in some], len(seekers)) for some in ways)
        hard = np.asarray(met[:, rules].all(axis=1), dtype=np.bool_)
        return cls(tuple(map(tuple, ways)), met, eased, hard)

    @property
    def qualified(self) -> int:
        return int(self.met.all(axis=1).sum())

    @property
    def ranked(self) -> int:
        return int(self.hard.sum())

    @property
    def tried(self) -> int:
        """How many combinations `options` gives."""
        sizes = [len(some) for some in self.ways]
        return sum(sizes) + sum(a * b for a, b in combinations(sizes, 2))

    def options(self) -> Iterator[Option]:
        """Single easings first. Only people who miss two asks at most can be let in by a pair."""
        missed = (~self.met).sum(axis=1)
        near = missed <= 2
        met, missed = self.met[near], missed[near]
        eased = [each[near] for each in self.eased]
        lacks = (~met).astype(np.int64)
        for k, some in enumerate(self.ways):
            rest = missed - lacks[:, k] == 0
            for way, people in zip(some, eased[k][rest].sum(axis=0).tolist(), strict=True):
                yield Option((way,), people, way.loss, way.weeks)
        for k, other in combinations(range(len(self.ways)), 2):
            rest = missed - lacks[:, k] - lacks[:, other] == 0
            # float32 counts exactly up to 16 million people
            left = eased[k][rest].astype(np.float32)
            table = left.T @ eased[other][rest].astype(np.float32)
            yield from _pairs(self.ways[k], self.ways[other], table.astype(np.int64))


def _pairs(left: Sequence[Easing], right: Sequence[Easing], table: Ints) -> Iterator[Option]:
    for one, row in zip(left, table.tolist(), strict=True):
        for other, people in zip(right, row, strict=True):
            weeks = max(one.weeks, other.weeks)
            yield Option((one, other), people, one.loss + other.loss, weeks)


@dataclass(frozen=True)
class _Columns:
    seekers: Sequence[Seeker]
    shut: tuple[Requirement, ...]
    """The exclusions: a course must not lift anybody into one of them."""
    asks: Asks
    credit: Floats
    today: date
    known: dict[str, Ints] = field(default_factory=dict)
    """Levels already looked up, by skill."""

    @classmethod
    def of(
        cls,
        seekers: Sequence[Seeker],
        asked: Sequence[Requirement],
        ways: Sequence[Sequence[Easing]],
        adjacency: Adjacency,
        today: date,
    ) -> "_Columns":
        flat = [way for some in ways for way in some]
        needs = [need for way in flat if way.study for need in way.study.course.needed]
        wanted = [*asked, *(way.now for way in flat if way.now is not None), *canonical(needs)]
        asks = Asks.from_requirements([each for each in wanted if each.kind == "must"], adjacency)
        credit = credit_table(HeldTable.of(seekers, today), asks).credit
        shut = tuple(each for each in asked if each.kind == "exclude")
        return cls(seekers, shut, asks, credit, today)

    def met(self, asked: Requirement) -> Bools:
        if asked.kind == "must":
            found: Bools = self.credit[:, self.asks.number[ask_key(asked)]] >= 1.0
            return found
        held = [holds_exactly(each, asked, self.today) for each in self.seekers]
        holds = np.array(held, dtype=np.bool_)
        return holds if asked.kind == "licence" else ~holds

    def eased(self, way: Easing) -> Bools:
        found = self._everybody() if way.now is None else self.met(way.now)
        if way.study is None:
            return found
        return found & (self.met(way.was) | self._closes(way.study, way.was))

    def _closes(self, study: Study, was: Requirement) -> Bools:
        """Who holds what the course asks for beforehand, meets the ask after it and is not shut
        out by what it teaches."""
        needs = [each for each in canonical(study.course.needed) if each.kind != "nice"]
        found = np.logical_and.reduce([self._everybody(), *(self.met(each) for each in needs)])
        for each in self.shut:
            found &= ~self._reaches(study.course, each)
        if was.key.startswith(SKILL):
            found &= self._reaches(study.course, was)
        return np.asarray(found, dtype=np.bool_)

    def _reaches(self, course: Course, asked: Requirement) -> Bools:
        """Whom the course takes to the level asked for; nobody where it teaches something else."""
        step = course.gained.get(asked.key.removeprefix(SKILL))
        if step is None or not asked.key.startswith(SKILL):
            return np.zeros(len(self.seekers), dtype=np.bool_)
        after = np.array([level_after(level, step) for level in range(6)], dtype=np.int64)
        found: Bools = after[self._levels(asked.key.removeprefix(SKILL))] >= needed_level(asked)
        return found

    def _levels(self, slug: str) -> Ints:
        if slug not in self.known:
            held = (each.skills.get(slug) for each in self.seekers)
            levels = [0 if each is None else each.level for each in held]
            self.known[slug] = np.array(levels, dtype=np.int64)
        return self.known[slug]

    def _everybody(self) -> Bools:
        return np.ones(len(self.seekers), dtype=np.bool_)


def _stacked(columns: Sequence[Bools], people: int) -> Bools:
    return np.array(columns, dtype=np.bool_).reshape(len(columns), people).T
