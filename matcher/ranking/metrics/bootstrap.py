"""Percentile intervals of a mean, by drawing lists again with replacement; seeded."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
DRAWS, LEVEL = 2000, 0.95
_CELLS = 4_000_000
"""Numbers drawn at once; more lists only mean more blocks."""


@dataclass(frozen=True, slots=True)
class Interval:
    """`value` on the data as they are; `low`..`high` at the level asked; `queries` = lists."""

    value: float
    low: float
    high: float
    queries: int


def mean_interval(
    values: ArrayLike, *, seed: int = 0, draws: int = DRAWS, level: float = LEVEL
) -> Interval:
    """Of (queries,) values, one a list. Raises ValueError without any, or with one not finite."""
    each = np.asarray(values, dtype=np.float64)
    if each.ndim != 1 or not len(each) or not np.isfinite(each).all():
        raise ValueError("an interval needs at least one list and finite values")
    means = np.concatenate([each[picked].mean(axis=1) for picked in drawn(len(each), seed, draws)])
    low, high = bounds(means, level)
    return Interval(float(each.mean()), low, high, len(each))


def drawn(count: int, seed: int, draws: int) -> Iterator[NDArray[np.int64]]:
    """`draws` rows of `count` positions below `count`, in blocks of rows."""
    rng = np.random.default_rng(seed)
    block = max(1, _CELLS // count)
    for done in range(0, draws, block):
        yield rng.integers(count, size=(min(block, draws - done), count))


def bounds(figures: Floats, level: float = LEVEL) -> tuple[float, float]:
    low, high = np.quantile(figures, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
