"""From calibrated sides to the one score that is served: still one table a feature.

Log-odds of both sides are averaged, a share of the hand-made line is mixed in so that every proof
keeps a rising line whatever was learned, and the whole is mapped to the 0-5 scale.
"""

from collections.abc import Sequence

import numpy as np

from matcher.ranking.calibration import Platt
from matcher.ranking.features import Feature
from matcher.ranking.model import Scorer
from matcher.ranking.tables import AdditiveTables, Floats, Steps, total

HIGHEST = 5.0
ENDS = (0.01, 1.0)
"""Quantiles of the training pairs between which the scale is spread."""
HEADROOM = 1.1
"""5 lies a tenth of the span above the best training pair: whoever stands there can still rise."""


def linear(features: Sequence[Feature], points: Sequence[float]) -> AdditiveTables:
    """Straight lines, each nought at its feature's neutral value."""
    steps = tuple(
        Steps(np.empty(0), np.array([-each * feature.neutral]), 0.0, each)
        for feature, each in zip(features, points, strict=True)
    )
    return AdditiveTables(tuple(each.name for each in features), 0.0, steps)


def as_tables(scorer: Scorer, features: Sequence[Feature]) -> AdditiveTables:
    """A scorer of straight lines as tables: the same scores."""
    lines = linear(features, scorer.rise().tolist())
    return AdditiveTables(lines.names, scorer.base_, lines.steps)


def averaged(sides: Sequence[tuple[AdditiveTables, Platt]]) -> AdditiveTables:
    """Mean log-odds of the sides, which is the geometric mean of their odds."""
    share = 1.0 / len(sides)
    return total([(share, each.scaled(line.slope, line.intercept)) for each, line in sides])


def blended(
    learned: AdditiveTables, hand: AdditiveTables, share: float, X: Floats
) -> AdditiveTables:
    """(1 - share) of the learned score and `share` of the hand-made one, each measured by its own
    spread over the rows `X` (n, d), so that a share means what it says on any scale."""
    parts = [(1.0 - share, learned), (share, hand)]
    return total([(weight / _spread(each, X), each) for weight, each in parts])


def on_scale(tables: AdditiveTables, features: Sequence[Feature], X: Floats) -> AdditiveTables:
    """On 0-5: the lowest percentile of the rows `X` shows 0, the best row stands `HEADROOM` below
    5; nought at the neutral values."""
    low, high = np.quantile(tables.predict(X), ENDS)
    factor = HIGHEST / (HEADROOM * (high - low)) if high > low else 1.0
    placed = tables.scaled(float(factor), float(-low * factor))
    return placed.centred([each.neutral for each in features])


def _spread(tables: AdditiveTables, X: Floats) -> float:
    spread = float(tables.predict(X).std())
    return spread if spread > 1e-12 else 1.0
