"""Step functions read by grid: one cell index and at most one comparison a value.

A binary search costs seven unpredictable branches a value; here a value's cell is a multiplication
away, and a cell that holds an edge says which side of it the value is on. Exact for every float:
the cell is a rounded but monotone function of the value, so an edge and a value on its other side
are never confused.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FEWEST, MOST = 64, 65_536
"""Cells a feature; the fewest that keep its edges apart are taken."""
BLOCK = 8192
"""Rows at a time: a block's cells stay in the cache of one core."""
_START = np.float32(1.5)
_GENTLEST, _STEEPEST = 1e-37, 1e30
"""A scale of 0 would make NaN of a gap too wide for a float32."""
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
            _starts(sizes)[:, None],
            np.concatenate([edge for edge, _ in cells]),
            np.concatenate([value for _, value in cells]),
        )

    def index(self, X: NDArray[np.floating]) -> NDArray[np.intp]:
        """(d, n) where in `value` each feature of each row is. ValueError for infinities."""
        x = np.ascontiguousarray(X.T, dtype=np.float64)
        cell = np.empty(x.shape, dtype=np.float32)
        with np.errstate(invalid="ignore", over="ignore"):
            np.subtract(x, self.first, out=cell, casting="same_kind")
            cell *= self.scale
            cell += _START
            np.maximum(cell, np.float32(1.0), out=cell)
            np.minimum(cell, self.top, out=cell)
        known = np.isfinite(x)
        if not known.all():
            if np.isinf(x).any():
                raise ValueError(INFINITE)
            np.copyto(cell, np.float32(0.0), where=~known)
        index = cell.astype(np.intp)
        index += self.base
        above = np.greater(x, np.take(self.edge, index, mode="clip"))
        index += index
        index += above
        return index

    def values(self, index: NDArray[np.intp]) -> Floats:
        """(d, n) each feature's value."""
        found: Floats = np.take(self.value, index, mode="clip")
        return found


@dataclass(frozen=True, eq=False)
class PairTable:
    """`values[i, j]` over the bins of two features, the last row and column for NaN."""

    first: int
    second: int
    first_edges: Floats
    second_edges: Floats
    values: Floats


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pair tables read through the features' own grid: `bin` (2 * cells,) says in which bin of the
    pair tables a place of the grid is, so a pair costs no search of its own."""

    features: NDArray[np.intp]
    bin: NDArray[np.intp]
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    width: NDArray[np.intp]
    base: NDArray[np.intp]
    value: Floats

    @classmethod
    def of(cls, bins: Grid | None, cuts: dict[int, Floats], pairs: Sequence[PairTable]) -> "Pairs":
        """`bins` has the edges of the score's grid, and bin numbers for values."""
        assert bins is not None
        order = {feature: number for number, feature in enumerate(cuts)}
        tables = [_widened(each, cuts[each.first], cuts[each.second]) for each in pairs]
        return cls(
            np.array(list(cuts), dtype=np.intp),
            bins.value.astype(np.intp),
            np.array([order[each.first] for each in pairs], dtype=np.intp),
            np.array([order[each.second] for each in pairs], dtype=np.intp),
            np.array([table.shape[1] for table in tables], dtype=np.intp),
            _starts([table.size for table in tables]),
            np.concatenate([table.ravel() for table in tables]),
        )

    def add(self, index: NDArray[np.intp], total: Floats) -> None:
        """Adds every pair's value; `index` (d, n) is the grid's."""
        bins = np.take(self.bin, index[self.features], mode="clip")
        for first, second, width, base in zip(
            self.first, self.second, self.width, self.base, strict=True
        ):
            cell = bins[first] * width
            cell += bins[second]
            cell += base
            total += np.take(self.value, cell, mode="clip")


@dataclass(frozen=True, eq=False)
class Lookup:
    """A whole additive score, ready to be read block by block."""

    base: float
    grid: Grid
    pairs: Pairs | None
    slopes: tuple[tuple[int, float], ...]

    @classmethod
    def of(
        cls,
        base: float,
        features: Sequence[tuple[Floats, Floats, float]],
        slopes: Sequence[float],
        pairs: Sequence[PairTable],
    ) -> "Lookup | None":
        """From (edges, values, value for NaN) a feature; None if some edges are too close."""
        cuts = _pair_cuts(pairs)
        finer = [_refined(each, cuts.get(j)) for j, each in enumerate(features)]
        grid = Grid.of(finer)
        if grid is None:
            return None
        bins = [_bin_numbers(edges, cuts.get(j)) for j, (edges, _, _) in enumerate(finer)]
        lines = tuple((j, slope) for j, slope in enumerate(slopes) if slope)
        return cls(base, grid, Pairs.of(Grid.of(bins), cuts, pairs) if pairs else None, lines)

    def scores(self, X: NDArray[np.floating]) -> Floats:
        """(n,) the score of every row; see `in_blocks`."""
        return in_blocks(X, self._block)

    def _block(self, X: NDArray[np.floating]) -> Floats:
        index = self.grid.index(X)
        total = np.full(len(X), self.base)
        # one after the other: a sum over an axis would pair up terms differently in small blocks
        for column in self.grid.values(index):
            total += column
        for feature, slope in self.slopes:
            total += np.nan_to_num(slope * X[:, feature].astype(np.float64), nan=0.0)
        if self.pairs is not None:
            self.pairs.add(index, total)
        return total


def _pair_cuts(pairs: Sequence[PairTable]) -> dict[int, Floats]:
    """All edges of a feature over all its pairs."""
    found: dict[int, list[Floats]] = {}
    for each in pairs:
        found.setdefault(each.first, []).append(each.first_edges)
        found.setdefault(each.second, []).append(each.second_edges)
    return {feature: np.unique(np.concatenate(cuts)) for feature, cuts in sorted(found.items())}


def _refined(
    steps: tuple[Floats, Floats, float], cuts: Floats | None
) -> tuple[Floats, Floats, float]:
    """The same step function with more edges."""
    edges, values, missing = steps
    if cuts is None:
        return steps
    finer = np.unique(np.concatenate((edges, cuts)))
    return finer, values[_bins_at(finer, edges)], missing


def _bins_at(edges: Floats, cuts: Floats) -> NDArray[np.intp]:
    """(edges + 1,) the bin among `cuts` of each stretch between `edges`, which hold all cuts."""
    ends = np.concatenate((edges, [np.inf]))
    return np.searchsorted(cuts, ends, side="left")


def _bin_numbers(edges: Floats, cuts: Floats | None) -> tuple[Floats, Floats, float]:
    own = np.empty(0) if cuts is None else cuts
    return edges, _bins_at(edges, own).astype(np.float64), float(len(own) + 1)


def _starts(sizes: Sequence[int]) -> NDArray[np.intp]:
    return np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.intp)


def _widened(pair: PairTable, first: Floats, second: Floats) -> Floats:
    """The table over all edges of its features."""
    rows = np.append(_bins_at(first, pair.first_edges), len(pair.first_edges) + 1)
    columns = np.append(_bins_at(second, pair.second_edges), len(pair.second_edges) + 1)
    found: Floats = pair.values[np.ix_(rows, columns)]
    return found


def in_blocks(
    rows: NDArray[np.floating], score: Callable[[NDArray[np.floating]], Floats]
) -> Floats:
    """(n,) `score` of every row; blocks of rows go to two threads, since numpy lets go of the
    interpreter while it computes. No row's bits depend on its block."""
    if len(rows) <= BLOCK:
        return score(rows)
    out = np.empty(len(rows))

    def fill(first: int) -> None:
        out[first : first + BLOCK] = score(rows[first : first + BLOCK])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(fill, range(0, len(rows), BLOCK)))
    return out


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
    first = float(edges[0]) if len(edges) else 0.0
    span = float(edges[-1]) - first if len(edges) > 1 else 1.0
    scale = min(max((cells - 2) / span, _GENTLEST), _STEEPEST)
    return _Axis(first, np.float32(scale), cells)


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
