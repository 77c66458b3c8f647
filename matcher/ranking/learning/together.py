"""Pair tables: what two features say only together.

Which pairs: the loss's slopes are summed over a coarse grid of every two features, and a pair is
worth what its grid explains beyond the two features alone (the FAST screening of GA2M models).
How: boosting whose every step is one grid of Newton steps, so that even a pair whose features say
nothing alone is learned, which trees grown split by split cannot. Features under a constraint take
no part: their effect stays one curve for everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from matcher.ranking.learning.boosting import Held
from matcher.ranking.learning.cells import Cells, Pair
from matcher.ranking.learning.lists import Floats, Ints, mean_ndcg
from matcher.ranking.learning.objectives import LambdaLoss

CELLS = 10
SIDE = CELLS + 1
"""Cells a side, the last for missing."""
PARTINGS = 5
ROUNDS, RATE, CHUNK, PATIENCE = 160, 0.1, 10, 40
SMOOTH = 20.0
"""Rows' worth of pull to nought in every cell."""
MOST_FEATURES = 45
"""Pairs are looked for among so many features; 45 make 990 pairs."""


@dataclass(frozen=True, eq=False)
class Coarse:
    """`of[j]` (bins + 1,) the coarse cell of each bin, missing last; `index` (n, d) of the rows."""

    of: tuple[Ints, ...]
    index: Ints

    def varies(self, feature: int) -> bool:
        column = self.index[:, feature]
        return bool((column != column[0]).any())

    @classmethod
    def cut(cls, index: Ints, widths: Sequence[int]) -> "Coarse":
        """About equally many rows a cell. `index` (n, d) are fine cells."""
        of = tuple(_coarse(column, width) for column, width in zip(index.T, widths, strict=True))
        columns = [cut[column] for cut, column in zip(of, index.T, strict=True)]
        return cls(of, np.stack(columns, axis=1))

    def joint(self, pair: Pair) -> Ints:
        """(n,) cell of the pair's grid."""
        return self.index[:, pair[0]] * SIDE + self.index[:, pair[1]]

    def write(self, cells: Cells, pair: Pair, table: Floats) -> None:
        """The grid into fine cells: what each feature says alone goes to its own table, so that
        the pair's holds only what they say together; cells without rows say nothing."""
        first, second = pair
        count = _grid(self.joint(pair), np.ones(len(self.index))).reshape(SIDE, SIDE)
        rest, rows, columns = _parted(table.reshape(SIDE, SIDE), count)
        cells.add_single(first, rows[self.of[first]])
        cells.add_single(second, columns[self.of[second]])
        cells.double[pair] = np.where(count > 0.0, rest, 0.0)[
            np.ix_(self.of[first], self.of[second])
        ]


def _parted(table: Floats, weight: Floats) -> tuple[Floats, Floats, Floats]:
    """(rest, rows, columns) with table = rest + rows + columns and nearly no weighted mean left."""
    rows, columns = np.zeros(len(table)), np.zeros(len(table))
    rest = table
    for _ in range(PARTINGS):
        row = _mean(rest, weight, 1)
        rest, rows = rest - row[:, None], rows + row
        column = _mean(rest, weight, 0)
        rest, columns = rest - column, columns + column
    return rest, rows, columns


def _mean(table: Floats, weight: Floats, axis: int) -> Floats:
    total = weight.sum(axis=axis)
    mean: Floats = (table * weight).sum(axis=axis) / np.where(total > 0.0, total, 1.0)
    return mean


def _coarse(column: Ints, width: int) -> Ints:
    count = np.bincount(column, minlength=width + 1)[:width]
    before = np.cumsum(count) - count / 2.0
    cell = np.minimum(CELLS * before / max(1, count.sum()), CELLS - 1)
    return np.append(cell, CELLS).astype(np.intp)


def promising(
    coarse: Coarse, slopes: tuple[Floats, Floats], free: Sequence[int], most: int
) -> tuple[Pair, ...]:
    """The pairs of `free` features that explain most beyond what each explains alone."""
    gain = {pair: _joint_gain(coarse, pair, slopes) for pair in combinations(free, 2)}
    best = sorted(gain, key=lambda pair: (-gain[pair], pair))[:most]
    return tuple(sorted(pair for pair in best if gain[pair] > 0.0))


def most_used(cells: Cells, features: Sequence[int]) -> list[int]:
    """At most `MOST_FEATURES`, those whose tables vary most."""
    spread = {each: float(np.ptp(cells.single.get(each, np.zeros(1)))) for each in features}
    return sorted(sorted(features, key=lambda each: (-spread[each], each))[:MOST_FEATURES])


def _joint_gain(coarse: Coarse, pair: Pair, slopes: tuple[Floats, Floats]) -> float:
    """Explained beyond the additive fit of the residual on the same grid."""
    cell = coarse.joint(pair)
    gradient, hessian = (_grid(cell, each).reshape(SIDE, SIDE) for each in slopes)
    rest, _, _ = _parted(-gradient / (hessian + SMOOTH), hessian)
    return float((hessian * rest**2).sum())


def _grid(cell: Ints, value: Floats) -> Floats:
    return np.asarray(np.bincount(cell, value, minlength=SIDE**2), dtype=np.float64)


def grown_together(
    loss: LambdaLoss, coarse: Coarse, pairs: Sequence[Pair], held: Held, cells: Cells
) -> Cells:
    """`cells` (empty) with the pair tables that served the held-out lists best."""
    joint = [coarse.joint(pair) for pair in pairs]
    tables = [np.zeros(SIDE**2) for _ in pairs]
    score = np.zeros(len(coarse.index))
    best, chosen, best_round = mean_ndcg(held.lists, held.offset), cells, 0
    for done in range(1, ROUNDS + 1):
        number, step = _best_step(loss.slopes(score), joint)
        tables[number] += step
        score += step[joint[number]]
        if done % CHUNK:
            continue
        written = _written(cells, coarse, pairs, tables)
        reached = mean_ndcg(held.lists, held.offset + written.score(held.index))
        if reached > best + 1e-9:
            best, chosen, best_round = reached, written, done
        elif done - best_round >= PATIENCE:
            break
    return chosen


def _best_step(slopes: tuple[Floats, Floats], joint: Sequence[Ints]) -> tuple[int, Floats]:
    """The pair whose grid lowers the loss most, and the step in it."""
    gradient, hessian = slopes
    best, gain, step = 0, -1.0, np.zeros(0)
    for number, cell in enumerate(joint):
        down, bend = _grid(cell, gradient), _grid(cell, hessian)
        own = down / (bend + SMOOTH)
        if float(down @ own) > gain:
            best, gain, step = number, float(down @ own), -RATE * own
    return best, step


def _written(
    cells: Cells, coarse: Coarse, pairs: Sequence[Pair], tables: Sequence[Floats]
) -> Cells:
    out = cells.empty()
    for pair, table in zip(pairs, tables, strict=True):
        if table.any():
            coarse.write(out, pair, table)
    return out
