"""Rows in lists (queries): list q is the rows `start[q]:start[q + 1]`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.ranking.metrics.accuracy import PerQuery, measure
from matcher.ranking.metrics.exposure import position_weight

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
CUT = 10
"""Places that count: everything here is chosen by NDCG@10."""
MOST_GRADE = 30
WEIGHTS = (1e-12, 1e6)
"""Two rows' weights are multiplied: beyond this, pairs would vanish or drown all others."""
FARTHEST = 1e30
"""Feature values beyond it would leave the range of single precision."""


@dataclass(frozen=True, eq=False)
class Lists:
    """Graded lists. `X` (n, d) with NaN = missing, `y` (n,) grades from 0, `weight` (n,)."""

    X: Floats
    y: Floats
    start: Ints
    weight: Floats

    @cached_property
    def query(self) -> Ints:
        """(n,) the list each row is in."""
        return np.repeat(np.arange(len(self), dtype=np.intp), np.diff(self.start))

    @cached_property
    def place(self) -> Ints:
        """(n,) 0, 1, 2 ... within each list."""
        return np.arange(len(self.y)) - self.start[self.query]

    @cached_property
    def gain(self) -> Floats:
        return np.exp2(self.y) - 1.0

    @cached_property
    def ideal(self) -> Floats:
        """(lists,) the DCG@10 of the best order; 0 where no row has a grade above 0."""
        best = np.lexsort((-self.gain, self.query))
        shown = self.gain[best] * discount(self.place) * (self.place < CUT)
        return np.asarray(np.bincount(self.query, shown, minlength=len(self)), dtype=np.float64)

    @cached_property
    def informative(self) -> NDArray[np.bool_]:
        """(lists,) has two different grades among the rows that have weight."""
        counts = self.weight > 0.0
        low = np.minimum.reduceat(np.where(counts, self.y, np.inf), self.start[:-1])
        high = np.maximum.reduceat(np.where(counts, self.y, -np.inf), self.start[:-1])
        return np.asarray(high > low, dtype=np.bool_)

    def __len__(self) -> int:
        return len(self.start) - 1

    def rows(self, chosen: Ints) -> Ints:
        pieces = [np.arange(self.start[q], self.start[q + 1]) for q in chosen]
        return np.concatenate(pieces) if pieces else np.empty(0, np.intp)

    def take(self, chosen: Ints) -> "Lists":
        rows = self.rows(chosen)
        sizes = np.diff(self.start)[chosen]
        return Lists(self.X[rows], self.y[rows], starts(sizes), self.weight[rows])

    def with_features(self, X: Floats) -> "Lists":
        return Lists(X, self.y, self.start, self.weight)

    def folds(self, count: int) -> Iterator[tuple[Ints, Ints]]:
        """(kept, held out) list numbers. Folds are stretches of the given order with as many
        informative lists each: where lists come in the order of time, a fold is a time of its own,
        and nothing is chosen by what its neighbours of the same day already told."""
        informative = np.cumsum(self.informative)
        fold = np.minimum(informative * count // max(1, int(informative[-1]) + 1), count - 1)
        for number in range(count):
            yield np.flatnonzero(fold != number), np.flatnonzero(fold == number)


def starts(sizes: ArrayLike) -> Ints:
    return np.concatenate(([0], np.cumsum(np.asarray(sizes, dtype=np.intp))))


def discount(place: Ints) -> Floats:
    """(n,) what places are worth, the first being 0."""
    return position_weight(place + 1)


def joined(one: Lists, other: Lists) -> Lists:
    return Lists(
        np.concatenate((one.X, other.X)),
        np.concatenate((one.y, other.y)),
        np.concatenate((one.start, other.start[1:] + one.start[-1])),
        np.concatenate((one.weight, other.weight)),
    )


def measured(lists: Lists, score: Floats) -> PerQuery:
    """NDCG@10 of every list that has something relevant."""
    return measure(f"NDCG@{CUT}", score, lists.y, np.diff(lists.start).tolist())


def mean_ndcg(lists: Lists, score: Floats) -> float:
    """0 if no list has anything relevant."""
    found = measured(lists, score)
    return found.mean if len(found.values) else 0.0


def checked(
    X: Floats, y: ArrayLike, group: ArrayLike, weight: ArrayLike | None, what: str = "group"
) -> Lists:
    """Raises ValueError that names what is wrong. Empty lists are left out."""
    grades = np.asarray(y, dtype=np.float64).ravel()
    sizes = np.asarray(group)
    if sizes.ndim != 1 or not len(sizes) or not np.issubdtype(sizes.dtype, np.number):
        raise ValueError(f"{what} must be a list of list sizes")
    if (sizes < 0).any() or (sizes != np.floor(sizes)).any():
        raise ValueError(f"{what} must hold whole sizes, none negative")
    if int(sizes.sum()) != len(X) or len(grades) != len(X):
        raise ValueError(
            f"{what} sums to {int(sizes.sum())}: there are {len(X)} rows and {len(grades)} labels"
        )
    if not np.isfinite(grades).all() or (grades < 0).any() or (grades > MOST_GRADE).any():
        raise ValueError(f"labels are grades from 0 to {MOST_GRADE}")
    if (np.abs(X) > FARTHEST).any():
        raise ValueError(f"features must lie between -{FARTHEST:g} and {FARTHEST:g}")
    return Lists(X, grades, starts(sizes[sizes > 0]), _weights(weight, len(X)))


def _weights(given: ArrayLike | None, rows: int) -> Floats:
    weights = np.ones(rows) if given is None else np.asarray(given, dtype=np.float64).ravel()
    least, most = WEIGHTS
    fits = (weights == 0.0) | ((weights >= least) & (weights <= most))
    if len(weights) != rows or not fits.all():
        raise ValueError(f"sample_weight needs 0 or {least:g} to {most:g} for every row")
    return weights
