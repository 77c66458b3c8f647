"""The k best of many items by inner product, exactly: nothing is approximated or left unread.

Scores are made tile by tile in float32 and mostly thrown away at once: a query's k-th best so far
is a threshold that every later score has to beat, and it is raised at growing distances. One
thread multiplies while another selects, each with a single-threaded BLAS, so a tile is still near
its core when it is looked through.

Of equal scores the item with the lower index wins, and the answer has the same bits for any number
of threads. Two products that differ by less than float32 rounding may stand either way.
"""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from scipy import sparse

Floats32 = NDArray[np.float32]
Indices = NDArray[np.int64]
_Tile = Callable[[slice, slice], Floats32]

QUERIES_A_BLOCK = 512
ITEMS_A_TILE = 2_048
"""A tile of scores is 4 MB at most: near the core, and large enough for BLAS to run at its rate."""
_MOST_GROUPED = 16
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Nearest:
    """(q, min(k, n)) item indices and scores of each query, best first."""

    index: Indices
    score: Floats32


def nearest(queries: ArrayLike, items: ArrayLike, k: int, *, threads: int | None = None) -> Nearest:
    """The k rows of `items` (n, d) with the largest inner product with each of `queries` (q, d).

    ValueError for shapes that do not fit, k < 1, NaN, infinities, or products beyond float32.
    `threads` None = one per core.
    """
    left, right = _dense(queries, "queries"), _dense(items, "items")
    if left.shape[1] != right.shape[1]:
        raise ValueError(f"queries have {left.shape[1]} columns, items {right.shape[1]}")
    _refuse_beyond_float32(_largest(left), _largest(right), left.shape[1])
    across = right.T

    def tile(rows: slice, columns: slice) -> Floats32:
        scores: Floats32 = left[rows] @ across[:, columns]
        return scores

    return _best(tile, (len(left), len(right)), k, threads)


def nearest_sparse(
    queries: "sparse.csr_array", items: "sparse.csr_array", k: int, *, threads: int | None = None
) -> Nearest:
    """As `nearest`, for sparse rows. Items that share nothing with a query score nought and fill
    up its answer, lowest index first."""
    from scipy import sparse

    left, right = sparse.csr_array(queries), sparse.csr_array(items)
    if left.shape[1] != right.shape[1]:
        raise ValueError(f"queries have {left.shape[1]} columns, items {right.shape[1]}")
    with np.errstate(over="ignore"):
        left, right = left.astype(np.float32), right.astype(np.float32)
    _refuse_beyond_float32(_largest(left.data), _largest(right.data), left.shape[1])
    starts = range(0, right.shape[0], ITEMS_A_TILE)
    across = {start: right[start : start + ITEMS_A_TILE].T.tocsr() for start in starts}

    def tile(rows: slice, columns: slice) -> Floats32:
        scores: Floats32 = (left[rows] @ across[columns.start]).toarray()
        return scores

    return _best(tile, (left.shape[0], right.shape[0]), k, threads)


def _best(tile: _Tile, shape: tuple[int, int], k: int, threads: int | None) -> Nearest:
    from threadpoolctl import threadpool_limits

    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    queries, items = shape
    width = min(k, items)
    index, score = np.empty((queries, width), np.int64), np.empty((queries, width), np.float32)
    blocks = _slices(0, queries, QUERIES_A_BLOCK) if width else []

    def fill(rows: slice) -> None:
        index[rows], score[rows] = _block(tile, rows, items, width)

    # the limit is the whole process's: two calls at once would give each other's back
    workers = ThreadPoolExecutor(threads or os.cpu_count() or 1)
    with _one_at_a_time, threadpool_limits(1, "blas"), workers as pool:
        list(pool.map(fill, blocks))
    return Nearest(index, score)


def _block(tile: _Tile, rows: slice, items: int, k: int) -> tuple[Indices, Floats32]:
    """The best of every item for one block of queries."""
    pool = _Pool(rows.stop - rows.start, k)
    for stage in _stages(items):
        for columns in stage:
            scores = tile(rows, columns)
            if columns.start == 0:
                pool.begin(scores)
            pool.add(scores, columns.start)
        pool.raise_threshold()
    return pool.best()


class _Pool:
    """What may still be among the k best of each of some queries: flat, in item order by query."""

    def __init__(self, queries: int, k: int) -> None:
        self.queries, self.k = queries, k
        self.threshold = np.full((queries, 1), -np.inf, dtype=np.float32)
        self.found: list[tuple[Indices, Indices, Floats32]] = []

    def begin(self, scores: Floats32) -> None:
        """A first threshold without sorting: the k-th best of the best of many groups."""
        many = min(_MOST_GROUPED, scores.shape[1] // self.k)
        if many:
            size = scores.shape[1] // many
            best = scores[:, : size * many].reshape(len(scores), many, size).max(axis=1)
            floor = np.partition(best, size - self.k, axis=1)[:, size - self.k]
            # later items must beat the threshold, these may equal it
            self.threshold[:, 0] = np.nextafter(floor, np.float32(-np.inf))

    def add(self, scores: Floats32, start: int) -> None:
        flat = np.flatnonzero(scores > self.threshold)
        row, column = np.divmod(flat, scores.shape[1])
        self.found.append((row, column + start, scores.ravel()[flat]))

    def raise_threshold(self) -> None:
        """To each query's k-th best so far; what is below it is forgotten."""
        row, column, score = (np.concatenate(each) for each in zip(*self.found, strict=True))
        order = np.argsort(row.astype(np.int32), kind="stable")
        row, column, score = row[order], column[order], score[order]
        padded, _ = self._padded(row, score)
        if padded.shape[1] >= self.k:
            place = padded.shape[1] - self.k
            self.threshold[:, 0] = np.partition(padded, place, axis=1)[:, place]
        kept = score >= self.threshold[row, 0]
        self.found = [(row[kept], column[kept], score[kept])]

    def best(self) -> tuple[Indices, Floats32]:
        """(queries, k) each: best first, equal ones by index."""
        [(row, column, score)] = self.found
        padded, place = self._padded(row, score)
        order = np.argsort(-padded, axis=1, kind="stable")[:, : self.k]
        columns = np.zeros(padded.shape, dtype=np.int64)
        columns[row, place] = column
        return (
            np.take_along_axis(columns, order, axis=1),
            np.take_along_axis(padded, order, axis=1),
        )

    def _padded(self, row: Indices, score: Floats32) -> tuple[Floats32, Indices]:
        """(queries, most found for one) with -inf where there is none, and each one's place."""
        counts = np.bincount(row, minlength=self.queries)
        place = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        padded = np.full((self.queries, int(counts.max())), -np.inf, dtype=np.float32)
        padded[row, place] = score
        return padded, place


def _stages(items: int) -> Iterator[list[slice]]:
    """Tiles of items; the threshold is raised each time the items read have doubled."""
    start, stop = 0, ITEMS_A_TILE
    while start < items:
        yield _slices(start, min(stop, items), ITEMS_A_TILE)
        start, stop = stop, stop * 2


def _slices(start: int, stop: int, size: int) -> list[slice]:
    return [slice(each, min(each + size, stop)) for each in range(start, stop, size)]


def _dense(matrix: ArrayLike, what: str) -> Floats32:
    rows = np.asarray(matrix)
    if rows.ndim != 2:
        raise ValueError(f"{what} must be a matrix, got shape {rows.shape}")
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(rows, dtype=np.float32)


def _largest(values: NDArray[np.floating]) -> float:
    return float(max(np.max(values), -np.min(values))) if values.size else 0.0


def _refuse_beyond_float32(left: float, right: float, width: int) -> None:
    # NaN compares false with everything, so it is refused here too
    if not left * right * max(1, width) < float(np.finfo(np.float32).max):
        raise ValueError("queries and items must be finite, and their products within float32")
