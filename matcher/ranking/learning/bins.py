"""Features cut into bins once, so that every component speaks of the same table cells."""

from dataclasses import dataclass

import numpy as np

from matcher.ranking.learning.lists import Floats
from matcher.ranking.lookup import finest_cells

MOST_BINS = 128
"""More bins were not better on the development data and make the tables larger."""


@dataclass(frozen=True, eq=False)
class Bins:
    """Per feature: `edges` (bins - 1,) and the `middle` (bins,) of the training values in each."""

    edges: tuple[Floats, ...]
    middle: tuple[Floats, ...]
    has_missing: tuple[bool, ...]

    @classmethod
    def of(cls, X: Floats) -> "Bins":
        edges = tuple(_edges(column) for column in X.T)
        middle = tuple(_middle(column, cut) for column, cut in zip(X.T, edges, strict=True))
        return cls(edges, middle, tuple(bool(np.isnan(column).any()) for column in X.T))

    def numbers(self, X: Floats) -> Floats:
        """(n, d) bin numbers as floats, NaN where missing."""
        out = np.empty(X.shape)
        for index, cut in enumerate(self.edges):
            column = X[:, index]
            out[:, index] = np.searchsorted(cut, column, side="left")
            out[np.isnan(column), index] = np.nan
        return out


def _edges(column: Floats) -> Floats:
    """Between neighbouring values if these are few, else at quantiles; a cell each when served."""
    seen = column[~np.isnan(column)]
    values = np.unique(seen)
    if len(values) > MOST_BINS:
        grid = np.quantile(seen, np.linspace(0.0, 1.0, MOST_BINS + 1), method="lower")
        values = np.unique(grid)
    between = (values[:-1] + values[1:]) / 2.0
    # two neighbouring floats may have no number between them
    return finest_cells(np.unique(between[(between >= values[:-1]) & (between < values[1:])]))


def _middle(column: Floats, edges: Floats) -> Floats:
    seen = column[~np.isnan(column)]
    number = np.searchsorted(edges, seen, side="left")
    count = np.bincount(number, minlength=len(edges) + 1)
    total = np.bincount(number, seen, minlength=len(edges) + 1)
    ends = np.concatenate((edges, edges[-1:])) if len(edges) else np.zeros(1)
    return np.where(count > 0, total / np.maximum(count, 1), ends)
