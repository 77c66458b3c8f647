"""How well scores put lists in order: NDCG@k, Hit@k, MRR.

Rows of all lists stand one after another; `group` holds the list sizes in row order, as in
LightGBM. Labels are graded (0 = not relevant). Equal scores are not broken: a list counts what it
would on average over all orders of its ties, exactly. So a constant score is the random order.
"""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.ranking.metrics.bootstrap import DRAWS, LEVEL, Floats, Interval, mean_interval

Whole = NDArray[np.int64]
_NAME = re.compile(r"(NDCG|Hit)@([1-9]\d*)|MRR")


@dataclass(frozen=True, eq=False)
class PerQuery:
    """`values[i]` belongs to list `queries[i]`; lists without a positive are `left_out`."""

    name: str
    values: Floats
    queries: Whole
    left_out: int

    @property
    def mean(self) -> float:
        """NaN when no list has a positive."""
        return float(self.values.mean()) if len(self.values) else float("nan")

    def interval(self, *, seed: int = 0, draws: int = DRAWS, level: float = LEVEL) -> Interval:
        return mean_interval(self.values, seed=seed, draws=draws, level=level)


@dataclass(frozen=True, eq=False)
class _Sorted:
    """Rows by list, best score first. `tie` numbers the runs of equal scores over all lists."""

    labels: Floats
    query: Whole
    position: Whole
    tie: Whole
    count: int

    def tie_mean(self, values: Floats) -> Floats:
        """(n,) each row the mean over its tie."""
        found: Floats = (np.bincount(self.tie, values) / np.bincount(self.tie))[self.tie]
        return found


@dataclass(frozen=True, eq=False)
class _Ties:
    """(ties,) each: its list, rows before it in the list, rows in it, positives among these."""

    query: Whole
    before: Whole
    size: Whole
    positives: Whole


def measure(name: str, scores: ArrayLike, labels: ArrayLike, group: Sequence[int]) -> PerQuery:
    """`name` such as "NDCG@10", "Hit@5" or "MRR". Raises ValueError for another name, sizes that
    do not sum to the rows, a list without rows, and scores or labels that are not finite."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"no metric is called {name!r}")
    rows = _sorted(scores, labels, group)
    if found[1] == "NDCG":
        values = _ndcg(rows, int(found[2]))
    elif found[1] == "Hit":
        values = _hit(rows, int(found[2]))
    else:
        values = _reciprocal_rank(rows)
    kept = np.flatnonzero(np.bincount(rows.query, rows.labels > 0, rows.count) > 0)
    return PerQuery(name, values[kept], kept, rows.count - len(kept))


def paired(
    ours: PerQuery, theirs: PerQuery, *, seed: int = 0, draws: int = DRAWS, level: float = LEVEL
) -> Interval:
    """Ours minus theirs over the same lists."""
    if ours.name != theirs.name or not np.array_equal(ours.queries, theirs.queries):
        raise ValueError("only the same metric on the same lists can be compared in pairs")
    return mean_interval(ours.values - theirs.values, seed=seed, draws=draws, level=level)


def random_order(rows: int) -> Floats:
    """Baseline: everything tied, so every metric is its exact expectation over all orders."""
    return np.zeros(rows)


def popularity_order(
    seen: Sequence[Hashable], labels: ArrayLike, asked: Sequence[Hashable]
) -> Floats:
    """Baseline: (asked,) how often each item had a positive label among the (seen,) rows."""
    liked: dict[Hashable, int] = {}
    for item, label in zip(seen, np.asarray(labels).tolist(), strict=True):
        liked[item] = liked.get(item, 0) + (label > 0)
    return np.array([liked.get(item, 0) for item in asked], dtype=np.float64)


def _sorted(scores: ArrayLike, labels: ArrayLike, group: Sequence[int]) -> _Sorted:
    score, label = np.asarray(scores, np.float64), np.asarray(labels, np.float64)
    sizes = np.asarray(group, dtype=np.int64)
    if score.ndim != 1 or score.shape != label.shape or sizes.sum() != len(score):
        raise ValueError(f"{score.shape} scores, {label.shape} labels, {sizes.sum()} rows in lists")
    if (sizes < 1).any() or not np.isfinite(score).all() or not np.isfinite(label).all():
        raise ValueError("every list needs a row, every score and label must be finite")
    if (label < 0).any():
        raise ValueError("labels must not be negative")
    query = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((-score, query))
    starts = np.cumsum(sizes) - sizes
    new = np.diff(score[order], prepend=np.nan) != 0.0
    new[starts] = True
    position = np.arange(len(score)) - np.repeat(starts, sizes)
    return _Sorted(label[order], query, position, np.cumsum(new) - 1, len(sizes))


def _ndcg(rows: _Sorted, k: int) -> Floats:
    """Gain 2^label - 1, discount 1 / log2(1 + place)."""
    gains = np.exp2(rows.labels) - 1.0
    discount = np.where(rows.position < k, 1.0 / np.log2(rows.position + 2.0), 0.0)
    ideal = gains[np.lexsort((-gains, rows.query))]
    best = np.bincount(rows.query, ideal * discount, rows.count)
    got = np.bincount(rows.query, rows.tie_mean(gains) * discount, rows.count)
    found: Floats = got / np.where(best > 0.0, best, 1.0)
    return found


def _hit(rows: _Sorted, k: int) -> Floats:
    """Whether a positive is among the first k; with ties, the probability of it."""
    from scipy.special import gammaln

    ties = _ties(rows)
    inside = np.clip(k - ties.before, 0, ties.size)
    others = ties.size - ties.positives
    can_miss = inside <= others
    # C(others, inside) / C(size, inside): none of the tie's positives among its first `inside`.
    ways = gammaln(others + 1) - gammaln(np.where(can_miss, others - inside, 0) + 1)
    ways -= gammaln(ties.size + 1) - gammaln(ties.size - inside + 1)
    missed = np.where(can_miss, np.exp(ways), 0.0)
    first = np.flatnonzero(np.diff(ties.query, prepend=-1))
    found: Floats = 1.0 - np.multiply.reduceat(missed, first)
    return found


def _reciprocal_rank(rows: _Sorted) -> Floats:
    """1 / place of the first positive, 0 without one."""
    ties = _ties(rows)
    with_positive = np.flatnonzero(ties.positives > 0)
    query, at = np.unique(ties.query[with_positive], return_index=True)
    first = with_positive[at]
    kinds, which = np.unique(
        np.column_stack((ties.before[first], ties.size[first], ties.positives[first])),
        axis=0,
        return_inverse=True,
    )
    values = np.zeros(rows.count)
    if len(query):
        values[query] = np.array([_first_of_tie(*kind) for kind in kinds.tolist()])[which.ravel()]
    return values


def _first_of_tie(before: int, size: int, positives: int) -> float:
    """Mean of 1 / place of the first positive over all orders of one tie."""
    places = np.arange(1, size - positives + 2)
    left = size - places + 1
    here = positives / left
    still = np.cumprod(np.concatenate(([1.0], 1.0 - here[:-1])))
    return float((still * here / (before + places)).sum())


def _ties(rows: _Sorted) -> _Ties:
    first = np.flatnonzero(np.diff(rows.tie, prepend=-1))
    size = np.bincount(rows.tie)
    positives = np.bincount(rows.tie, rows.labels > 0).astype(np.int64)
    return _Ties(rows.query[first], rows.position[first], size, positives)
