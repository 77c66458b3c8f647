"""Pairwise logistic regression on binned features: the steady part of the score.

Each feature enters with its value and with its quantile (ranks are what lists are about, and heavy
tails lose their pull), and with a flag where it may be missing. All three are functions of the
feature's bin, so the result is one table a feature. An L2 penalty pulls the weights to
`start`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from matcher.ranking.learning.bins import Bins
from matcher.ranking.learning.cells import Cells
from matcher.ranking.learning.lists import Floats, Ints
from matcher.ranking.learning.pairs import Pairs

STEPS = 200
Bound = tuple[float | None, float | None]
_TINY = float(np.finfo(np.float64).tiny)
_FAR = 4.0
"""Values beyond so many standard deviations count as that many."""


@dataclass(frozen=True, eq=False)
class Design:
    """What the regression sees of each bin: `tables[j]` (bins + 1, columns), the last row for
    missing; `feature` (columns,) says whose column it is, `graded` (columns,) that it rises with
    the feature."""

    tables: tuple[Floats, ...]
    feature: Ints
    graded: NDArray[np.bool_]

    @classmethod
    def of(cls, bins: Bins, numbers: Floats) -> "Design":
        tables = tuple(
            _columns(middle, _shares(column, len(middle)), has_missing)
            for middle, column, has_missing in zip(
                bins.middle, numbers.T, bins.has_missing, strict=True
            )
        )
        widths = [table.shape[1] for table in tables]
        graded = np.concatenate([np.arange(width) < 2 for width in widths])
        return cls(tables, np.repeat(np.arange(len(tables)), widths), graded)

    def rows(self, index: Ints) -> NDArray[np.float32]:
        """(n, columns) for (n, d) cell numbers."""
        found = [
            table.astype(np.float32)[column]
            for column, table in zip(index.T, self.tables, strict=True)
        ]
        return np.concatenate(found, axis=1)

    def bounds(self, monotone: Sequence[int]) -> list[Bound]:
        signs = np.where(self.graded, np.asarray(monotone)[self.feature], 0)
        return [bound(int(sign)) for sign in signs]

    def cells(self, coefficients: Floats) -> Cells:
        found = Cells(tuple(len(table) - 1 for table in self.tables))
        for index, table in enumerate(self.tables):
            found.single[index] = table @ coefficients[self.feature == index]
        return found


def bound(sign: int) -> Bound:
    return (0.0, None) if sign > 0 else (None, 0.0) if sign < 0 else (None, None)


def fit_pairs(
    rows: NDArray[np.float32],
    pairs: Pairs,
    *,
    strength: float,
    start: Floats,
    bounds: Sequence[Bound],
) -> Floats:
    """(columns,) coefficients that minimise mean log-loss + strength / 2 * |b - start|^2."""
    # the pairs drawn from may all have no weight
    weight = pairs.even / max(float(pairs.even.sum()), _TINY)

    def loss(coefficients: Floats) -> tuple[float, Floats]:
        score = (rows @ coefficients.astype(np.float32)).astype(np.float64)
        gap = score[pairs.better] - score[pairs.worse]
        wrong = weight / (1.0 + np.exp(np.clip(gap, -35.0, 35.0)))
        good, bad = pairs.per_row(wrong, len(rows))
        away = coefficients - start
        value = weight @ np.logaddexp(0.0, -gap) + 0.5 * strength * away @ away
        slope = rows.T @ (bad - good).astype(np.float32)
        return float(value), slope.astype(np.float64) + strength * away

    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": STEPS}
    )
    return np.asarray(found.x, dtype=np.float64)


def _shares(column: Floats, bins: int) -> Floats:
    """(bins,) share of the known rows in each bin."""
    count = np.bincount(column[~np.isnan(column)].astype(np.intp), minlength=bins)
    return count / max(1, int(count.sum()))


def _columns(middle: Floats, share: Floats, has_missing: bool) -> Floats:
    """(bins + 1, columns): value, quantile, and the flag."""
    mean = float(share @ middle)
    spread = float(np.sqrt(share @ (middle - mean) ** 2)) or 1.0
    value = np.clip((middle - mean) / spread, -_FAR, _FAR)
    quantile = (np.cumsum(share) - share / 2.0 - 0.5) * np.sqrt(12.0)
    columns = [np.append(value, 0.0), np.append(quantile, 0.0)]
    if has_missing:
        columns.append(np.append(np.zeros(len(middle)), 1.0))
    return np.stack(columns, axis=1)
