"""Which further counts must be hidden so that no hidden small count follows from the shown ones.

The reader is taken to know every relation between the counts, and the limits told of a hidden one
(without any: that it is not 0); not whether it was hidden for its own sake or for another's,
because both are shown alike. A small count is safe when at least two values of it fit everything
that is shown; that is decided exactly, by an integer program.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

LEAST = 5
LARGEST = 1_000_000
ANYTHING = (1.0, float(LARGEST))
ROUNDS = 6
"""Tries that look for another value of many cells at once, before each is tried alone."""


@dataclass(frozen=True)
class Clues:
    """What a reader has beside the relations. `given`: counts already told, which cannot be hidden
    any more; `unknown`: counts never told; `limits`: what a count that is not shown lies between,
    where that is not ANYTHING."""

    given: frozenset[Hashable] = frozenset()
    unknown: frozenset[Hashable] = frozenset()
    limits: Mapping[Hashable, tuple[float, float]] = field(default_factory=dict)


NO_CLUES = Clues()


@dataclass(frozen=True)
class Relation:
    """`low <= sum of weight * count <= high`; 0 to 0 for a sum that is shown too."""

    terms: tuple[tuple[Hashable, int], ...]
    low: float
    high: float


def adds_up(total: Hashable, parts: Iterable[Hashable]) -> Relation:
    return Relation(((total, -1), *((part, 1) for part in parts)), 0, 0)


def within(whole: Hashable, parts: Iterable[Hashable]) -> Relation:
    """The parts together are at most the whole."""
    return Relation(((whole, -1), *((part, 1) for part in parts)), -np.inf, 0)


def protect(
    counts: Mapping[Hashable, int],
    small: frozenset[Hashable],
    relations: Sequence[Relation],
    rank: Mapping[Hashable, int],
    clues: Clues = NO_CLUES,
) -> frozenset[Hashable]:
    """Keys not to show: the small ones and, as long as one can be worked out, the smallest shown
    count beside it; `rank` says what goes later (totals). When nothing is left to hide, what a
    reader still works out follows from what was told before."""
    hidden, found = set(small) | clues.unknown, set(small)
    # Hiding more only ever leaves a reader more to believe in: what is safe stays safe.
    while found := pinned(counts, frozenset(hidden), frozenset(found), relations, clues):
        beside = (
            _cover(key, counts, hidden, relations, rank, clues.given)
            for key in sorted(found, key=repr)
        )
        more = {cover for cover in beside if cover is not None}
        if not more:
            break
        hidden |= more
    return frozenset(hidden)


def pinned(
    counts: Mapping[Hashable, int],
    hidden: frozenset[Hashable],
    small: frozenset[Hashable],
    relations: Sequence[Relation],
    clues: Clues = NO_CLUES,
) -> set[Hashable]:
    """The small counts that have one possible value only."""
    attack = _Attack(counts, hidden, relations, clues.limits)
    unsure = {key for key in small if key in attack.place}
    generator = np.random.default_rng(0)
    for _round in range(ROUNDS):
        if unsure:
            signs = generator.choice((-1.0, 1.0), len(unsure))
            unsure -= attack.moved(sorted(unsure, key=repr), signs)
    return {key for key in unsure if not _moves(attack, key)}


def _moves(attack: "_Attack", key: Hashable) -> bool:
    return any(attack.moved([key], np.array([sign])) for sign in (1.0, -1.0))


class _Attack:
    """The integer program of a reader; the true counts are one solution of it."""

    def __init__(
        self,
        counts: Mapping[Hashable, int],
        hidden: frozenset[Hashable],
        relations: Sequence[Relation],
        limits: Mapping[Hashable, tuple[float, float]],
    ) -> None:
        self.keys = sorted(hidden, key=repr)
        self.place = {key: place for place, key in enumerate(self.keys)}
        self.truth = np.array([counts[key] for key in self.keys], dtype=float)
        self.limits = np.array([limits.get(key, ANYTHING) for key in self.keys]).reshape(-1, 2)
        self.rows = self._rows(counts, relations)

    def _rows(
        self, counts: Mapping[Hashable, int], relations: Sequence[Relation]
    ) -> "LinearConstraint | None":
        values: list[float] = []
        rows: list[int] = []
        columns: list[int] = []
        lows: list[float] = []
        highs: list[float] = []
        for relation in relations:
            inside = [(self.place[key], weight) for key, weight in relation.terms
                      if key in self.place]  # fmt: skip
            if not inside:
                continue
            known = sum(weight * counts[key] for key, weight in relation.terms
                        if key not in self.place)  # fmt: skip
            for place, weight in inside:
                values.append(float(weight))
                rows.append(len(lows))
                columns.append(place)
            lows.append(relation.low - known)
            highs.append(relation.high - known)
        if not lows:
            return None
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        matrix = csr_array((values, (rows, columns)), shape=(len(lows), len(self.keys)))
        return LinearConstraint(matrix, lows, highs)

    def moved(self, keys: Sequence[Hashable], signs: np.ndarray) -> set[Hashable]:
        """Those among `keys` that differ from the truth in a solution pulled along `signs`."""
        # Where it is needed: the service starts without scipy.
        from scipy.optimize import Bounds, milp

        pull = np.zeros(len(self.keys))
        pull[[self.place[key] for key in keys]] = -signs
        found = milp(
            pull,
            integrality=np.ones(len(self.keys)),
            bounds=Bounds(self.limits[:, 0], self.limits[:, 1]),
            constraints=() if self.rows is None else self.rows,
        )
        if found.x is None:
            return set()
        other = np.round(found.x)
        return {key for key in keys if other[self.place[key]] != self.truth[self.place[key]]}


def _cover(
    key: Hashable,
    counts: Mapping[Hashable, int],
    hidden: set[Hashable],
    relations: Sequence[Relation],
    rank: Mapping[Hashable, int],
    given: frozenset[Hashable],
) -> Hashable | None:
    """The smallest shown count in a relation with the key, or with what is hidden near it."""
    near, seen = {key}, {key}
    while near:
        beside = {
            each
            for relation in relations
            if any(term in near for term, _weight in relation.terms)
            for each, _weight in relation.terms
        } - seen
        shown = [each for each in beside - given if each not in hidden and counts[each] > 0]
        if shown:
            return min(shown, key=lambda each: (rank.get(each, 0), counts[each], repr(each)))
        near = {each for each in beside if each in hidden}
        seen |= beside
    return None
