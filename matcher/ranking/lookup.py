"""Step functions read by grid: one cell index and at most one comparison a value.

A binary search costs seven unpredictable branches a value; here a value's cell is a multiplication
away, and a cell that holds an edge says which side of it the value is on. Exact for every float:
the cell is a rounded but monotone function of the value, so an edge and a value on its other side
are never confused.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FEWEST, MOST = 64, 65_536
"""Cells a feature; the fewest that keep its edges apart are taken."""
BLOCK = 4096
"""Rows at a time: a block's cells stay in the cache of one core."""
_START = np.float32(1.5)
_STEEPEST = 1e30
INFINITE = "features must not hold infinity"


@dataclass(frozen=True, eq=False)
class Grid:
    """All features side by side; cell 0 of each is for NaN. `edge` (cells,) is the edge inside a
    cell or +inf, `value` (2 * cells,) the values at or below it and above it."""

    first: Floats
    scale: NDArray[np.float32]
    top: NDArray[np.float32]
    base: NDArray[np.intp]
    edge: Floats
    value: Floats

    @classmethod
    def of(cls, features: Sequence[tuple[Floats, Floats, float]]) -> "Grid | None":
        """From (edges, values, value for NaN) a feature; None if some edges are too close."""
        axes = [_axis(edges) for edges, _, _ in features]
        if any(each is None for each in axes):
            return None
        found = [each for each in axes if each is not None]
        cells = [_cells(axis, *each) for axis, each in zip(found, features, strict=True)]
        sizes = [axis.cells for axis in found]
        return cls(
            np.array([each.first for each in found], dtype=np.float64)[:, None],
            np.array([each.scale for each in found], dtype=np.float32)[:, None],
            np.array([each.cells - 1 for each in found], dtype=np.float32)[:, None],
            np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.intp)[:, None],
            np.concatenate([edge for edge, _ in cells]),
            np.concatenate([value for _, value in cells]),
        )

    def sums(self, X: NDArray[np.floating]) -> Floats:
        """(n,) the sum over features; blocks of rows go to two threads."""
        out = np.empty(len(X))

        def fill(first: int) -> None:
            block = self.columns(X[first : first + BLOCK])
            np.add.reduce(block, axis=0, out=out[first : first + BLOCK])

        firsts = range(0, len(X), BLOCK)
        if len(firsts) <= 1:
            for first in firsts:
                fill(first)
        else:
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(fill, firsts))
        return out

    def columns(self, X: NDArray[np.floating]) -> Floats:
        """(d, n) each feature's value. ValueError for infinities."""
        x = np.ascontiguousarray(X.T, dtype=np.float64)
        # here and not before: the block is in the cache now
        if np.isinf(x).any():
            raise ValueError(INFINITE)
        cell = np.empty(x.shape, dtype=np.float32)
        with np.errstate(invalid="ignore", over="ignore"):
            np.subtract(x, self.first, out=cell, casting="same_kind")
            cell *= self.scale
            cell += _START
            np.clip(cell, 1.0, self.top, out=cell)
            gap = np.isnan(cell)
            if gap.any():
                cell[gap] = 0.0
            index = cell.astype(np.intp)
        index += self.base
        above = np.greater(x, np.take(self.edge, index, mode="clip"))
        index += index
        index += above
        found: Floats = np.take(self.value, index, mode="clip")
        return found


@dataclass(frozen=True, slots=True)
class _Axis:
    first: float
    scale: np.float32
    cells: int

    def of(self, x: Floats) -> NDArray[np.intp]:
        """The same float operations as `Grid.columns`, so that both agree on every cell."""
        with np.errstate(over="ignore"):
            cell = (x - self.first).astype(np.float32) * self.scale
            cell += _START
            found = np.clip(cell, np.float32(1.0), np.float32(self.cells - 1))
        return np.asarray(found, dtype=np.intp)


def finest_cells(edges: Floats) -> Floats:
    """The edges without those that even the finest grid cannot tell from the one before."""
    axis = _spread(edges, MOST)
    kept = edges[np.concatenate(([True], np.diff(axis.of(edges)) > 0))] if len(edges) else edges
    # dropping the last edge changes the span, and with it the cells: look again
    return kept if len(kept) == len(edges) else finest_cells(kept)


def _axis(edges: Floats) -> _Axis | None:
    cells = FEWEST
    while cells <= MOST:
        axis = _spread(edges, cells)
        if (np.diff(axis.of(edges)) > 0).all():
            return axis
        cells *= 2
    return None


def _spread(edges: Floats, cells: int) -> _Axis:
    """The edges from cell 1 to the last; one edge (or none) needs no span."""
    span = float(edges[-1] - edges[0]) if len(edges) > 1 else 1.0
    first = float(edges[0]) if len(edges) else 0.0
    return _Axis(first, np.float32(min((cells - 2) / span, _STEEPEST)), cells)


def _cells(axis: _Axis, edges: Floats, values: Floats, missing: float) -> tuple[Floats, Floats]:
    cell = axis.of(edges)
    edge = np.full(axis.cells, np.inf)
    edge[cell] = edges
    below = np.searchsorted(cell, np.arange(axis.cells), side="left")
    value = np.empty(2 * axis.cells)
    value[0::2] = values[below]
    value[1::2] = values[below + np.isfinite(edge)]
    value[:2] = missing
    return edge, value
