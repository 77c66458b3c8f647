"""Has what is shown changed since a model was trained? Population stability index by feature."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from matcher.ranking.tables import Floats

ALARM = 0.2
LEAST_ROWS = 200
"""With fewer rows chance alone moves the index: about (bins - 1) / rows of it is noise."""
BINS = 10


@dataclass(frozen=True, slots=True)
class Drift:
    """`rows` new values were compared; `psi` None with fewer than `LEAST_ROWS`."""

    side: str
    feature: str
    psi: float | None
    rows: int

    @property
    def is_alarm(self) -> bool:
        return self.psi is not None and self.psi > ALARM


def reference(values: ArrayLike, bins: int = BINS) -> tuple[Floats, Floats]:
    """(edges, shares) with edges at the quantiles; values that pile up share one bin.

    Bin k holds edges[k - 1] < x <= edges[k]. ValueError without values or with NaN.
    """
    column = np.asarray(values, dtype=np.float64)
    if column.ndim != 1 or not len(column) or not np.isfinite(column).all():
        raise ValueError("a reference needs finite values")
    edges = np.unique(np.quantile(column, np.arange(1, bins) / bins, method="inverted_cdf"))
    edges = edges[edges < column.max()]
    if not len(edges):  # a constant: a bin of its own between what lies below and above
        edges = np.array([np.nextafter(column[0], -np.inf), column[0]])
    return edges, shares(column, edges)


def shares(values: ArrayLike, edges: ArrayLike) -> Floats:
    """(len(edges) + 1,) share of the values in each bin."""
    column, ends = np.asarray(values, dtype=np.float64), np.asarray(edges, dtype=np.float64)
    places = np.searchsorted(ends, column, side="left")
    counts = np.bincount(places, minlength=len(ends) + 1)
    found: Floats = counts / max(1, len(column))
    return found


def psi(expected: ArrayLike, observed: ArrayLike, rows: int) -> float:
    """sum (o - e) ln(o / e); an empty bin counts as half a row of `rows`, so it is never infinite.

    0 = the same; above 0.2 the distribution has moved.
    """
    floor = 0.5 / max(1, rows)
    e = np.maximum(np.asarray(expected, dtype=np.float64), floor)
    o = np.maximum(np.asarray(observed, dtype=np.float64), floor)
    if e.shape != o.shape:
        raise ValueError("both need the same bins")
    return float(((o - e) * np.log(o / e)).sum())


def drift_of(
    side: str, feature: str, edges: Sequence[float], expected: Sequence[float], values: ArrayLike
) -> Drift:
    column = np.asarray(values, dtype=np.float64)
    if len(column) < LEAST_ROWS:
        return Drift(side, feature, None, len(column))
    return Drift(side, feature, psi(expected, shares(column, edges), len(column)), len(column))
