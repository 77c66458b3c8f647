"""Narrowing a list of masked people without ever changing its order, and the counts beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matcher.ranking.credits import Ints
from matcher.ranking.met_table import Bools, MetTable
from matcher.ranking.prepared import PreparedSeekers
from matcher.ranking.types import Requirement

LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Filters:
    """`level`: at least this verification, of one must or of `every` one; `free_by`: can begin on
    this day or before; `met`: requirements met in full. Nothing set lets everybody through."""

    level: int | None = None
    every: bool = False
    free_by: date | None = None
    met: tuple[str, ...] = ()

    @property
    def is_on(self) -> bool:
        return self != Filters(every=self.every)

    def known(self, keys: Iterable[str]) -> "Filters":
        """Only what the opening asks for can be filtered by, each key once."""
        asked = set(keys)
        return replace(self, met=tuple(each for each in dict.fromkeys(self.met) if each in asked))


EVERYBODY = Filters()


@dataclass(frozen=True)
class Facts:
    """What the filters look at, of many people at once: the weakest and the strongest proof among
    the musts (0 = nothing held), the requirements met, the first day of work as a number (0: not
    given). `row` is a person's place in all of them."""

    row: Mapping[int, int]
    weakest: Ints
    strongest: Ints
    met: Mapping[str, Bools]
    free_from: Ints

    @classmethod
    def of(cls, people: PreparedSeekers, requirements: Sequence[Requirement]) -> "Facts":
        """Where nothing is a must, what is nice to have stands in for it. Licences are met or not,
        and carry no level."""
        table = MetTable.of(people, requirements)
        columns = [at for at, each in enumerate(table.asked) if each.kind == "must"] or [
            at for at, each in enumerate(table.asked) if each.kind == "nice"
        ]
        stages = table.stage[:, columns] if columns else np.zeros((len(people), 1), dtype=np.int64)
        days = [each.available_from for each in people.seekers]
        return cls(
            {each.id: at for at, each in enumerate(people.seekers)},
            stages.min(axis=1),
            stages.max(axis=1),
            {each.key: table.met[:, at] for at, each in enumerate(table.asked)},
            np.array([0 if day is None else day.toordinal() for day in days], dtype=np.int64),
        )

    def let_through(self, filters: Filters) -> Bools:
        lets = np.ones(len(self.row), dtype=np.bool_)
        if filters.level is not None:
            lets &= (self.weakest if filters.every else self.strongest) >= filters.level
        if filters.free_by is not None:
            lets &= (self.free_from > 0) & (self.free_from <= filters.free_by.toordinal())
        for key in filters.met:
            lets &= self.met[key]
        return lets


@dataclass(frozen=True)
class FilterCounts:
    """How many people each choice would show beside what is chosen already."""

    levels: Mapping[int, int]
    met: Mapping[str, int]
    shown: int
    of: int


def counted(
    facts: Facts, people: Iterable[int], filters: Filters, keys: Iterable[str]
) -> FilterCounts:
    """Of these people."""
    rows = np.array([facts.row[each] for each in people], dtype=np.int64)

    def with_(asked: Filters) -> int:
        return int(facts.let_through(asked)[rows].sum())

    return FilterCounts(
        levels={each: with_(replace(filters, level=each)) for each in LEVELS},
        met={each: with_(replace(filters, met=(*filters.met, each))) for each in keys},
        shown=with_(filters),
        of=len(rows),
    )
