"""Ordered pairs within lists: `better` should come before `worse`."""

from dataclasses import dataclass

import numpy as np

from matcher.ranking.learning.lists import Floats, Ints, Lists

MOST_PAIRS = 2_000_000
"""Above this a seeded sample of the pairs stands for all: memory and time stay bounded."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """`even` (pairs,) sums to 1 over each list: every list counts alike. `swap` (pairs,) is what a
    swap costs in NDCG per unit of discount."""

    better: Ints
    worse: Ints
    even: Floats
    swap: Floats

    @classmethod
    def of(cls, lists: Lists, generator: np.random.Generator) -> "Pairs":
        better, worse = _all_pairs(lists, generator)
        query = lists.query[better]
        weight = lists.weight[better] * lists.weight[worse]
        count = np.bincount(query, minlength=len(lists))
        ideal = np.where(lists.ideal > 0.0, lists.ideal, 1.0)
        return cls(
            better,
            worse,
            weight / count[query],
            weight * (lists.gain[better] - lists.gain[worse]) / ideal[query],
        )

    def __len__(self) -> int:
        return len(self.better)

    def per_row(self, value: Floats, rows: int) -> tuple[Floats, Floats]:
        """(rows,) sums of a pair's value over the rows where it is the better, and the worse."""
        return _summed(self.better, value, rows), _summed(self.worse, value, rows)


def _summed(row: Ints, value: Floats, rows: int) -> Floats:
    return np.asarray(np.bincount(row, value, minlength=rows), dtype=np.float64)


def _all_pairs(lists: Lists, generator: np.random.Generator) -> tuple[Ints, Ints]:
    """In list order. Lists with many pairs give a sample of theirs when all are too many."""
    counts = _pair_counts(lists)
    keep = min(1.0, MOST_PAIRS / max(1, int(counts.sum())))
    found: list[tuple[Ints, Ints]] = []
    for query in np.flatnonzero(counts):
        first, end = lists.start[query], lists.start[query + 1]
        size = max(1, int(counts[query] * keep))
        better, worse = _pairs_within(lists.y[first:end], size, generator)
        found.append((better + first, worse + first))
    if not found:
        return np.empty(0, np.intp), np.empty(0, np.intp)
    return np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found])


def _pairs_within(grades: Floats, size: int, generator: np.random.Generator) -> tuple[Ints, Ints]:
    """`size` of one list's pairs, all if there are no more. Pairs are numbered, not laid out: a
    list of 50,000 rows has a thousand million."""
    order = np.argsort(grades, kind="stable")
    below = np.searchsorted(grades[order], grades[order], side="left")
    ends = np.cumsum(below)
    total = int(ends[-1])
    if size < total:
        chosen = np.sort(generator.choice(total, size, replace=False))
    else:
        chosen = np.arange(total)
    row = np.searchsorted(ends, chosen, side="right")
    return order[row], order[chosen - (ends[row] - below[row])]


def _pair_counts(lists: Lists) -> Ints:
    counts = []
    for query in range(len(lists)):
        _, sizes = np.unique(
            lists.y[lists.start[query] : lists.start[query + 1]], return_counts=True
        )
        counts.append((int(sizes.sum()) ** 2 - int((sizes**2).sum())) // 2)
    return np.array(counts, dtype=np.intp)
