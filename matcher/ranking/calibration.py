"""From a side's score to log-odds of what came of it later, and how far to trust such chances.

Platt's line keeps the score additive, so it is what serves; isotonic steps are only reported.
"""

from dataclasses import dataclass

import numpy as np

from matcher.ranking.tables import Floats

BINS = 10
_STIFF = 4.0
"""How many rows the starting belief weighs: one spread of scores is one unit of log-odds."""


@dataclass(frozen=True, slots=True)
class Platt:
    """log-odds = intercept + slope * score; the slope is never negative, so the order stays."""

    intercept: float
    slope: float

    def log_odds(self, score: Floats) -> Floats:
        return self.intercept + self.slope * score


@dataclass(frozen=True, slots=True)
class Bin:
    predicted: float
    observed: float
    count: int


def platt(score: Floats, happened: Floats) -> Platt:
    """Most likely line for (n,) scores and 0/1 outcomes, held near the starting belief while rows
    are few. Deterministic: Newton steps from a fixed start."""
    if not len(score):
        return Platt(0.0, 1.0)
    middle, spread = float(score.mean()), float(score.std()) or 1.0
    unit = (score - middle) / spread
    # Platt's own targets: one imagined success and failure keep the odds finite
    yes, no = float(happened.sum()), float(len(happened) - happened.sum())
    aim = np.where(happened > 0, (yes + 1.0) / (yes + 2.0), 1.0 / (no + 2.0))
    start = float(np.log((yes + 1.0) / (no + 1.0)))
    intercept, slope = _newton(unit, aim, start)
    return Platt(intercept - slope * middle / spread, slope / spread)


def _newton(unit: Floats, aim: Floats, start: float) -> tuple[float, float]:
    found = np.array([start, 1.0])
    design = np.column_stack([np.ones(len(unit)), unit])
    for _ in range(50):
        chance = chances(design @ found)
        pull = np.array([0.0, _STIFF * (found[1] - 1.0)])
        gradient = design.T @ (chance - aim) + pull
        curve = (design * (chance * (1.0 - chance))[:, None]).T @ design
        curve += np.diag([1e-9, _STIFF])
        step = np.clip(np.linalg.solve(curve, gradient), -2.0, 2.0)
        found = found - step
        if np.abs(step).max() < 1e-10:
            break
    if found[1] >= 0.0:
        return float(found[0]), float(found[1])
    mean = float(np.clip(aim.mean(), 1e-9, 1.0 - 1e-9))
    return float(np.log(mean / (1.0 - mean))), 0.0


def chances(log_odds: Floats) -> Floats:
    bounded = np.clip(log_odds, -500.0, 500.0)
    found: Floats = 1.0 / (1.0 + np.exp(-bounded))
    return found


def bins(chance: Floats, happened: Floats, most: int = BINS) -> tuple[Bin, ...]:
    """Up to `most` bins of about equal count, by rising prediction; equal ones stay together."""
    if not len(chance):
        return ()
    edges = np.unique(np.quantile(chance, np.linspace(0.0, 1.0, most + 1)[1:-1]))
    place = np.searchsorted(edges, chance, side="left")
    count = np.bincount(place, minlength=len(edges) + 1)
    predicted = np.bincount(place, weights=chance, minlength=len(count))
    observed = np.bincount(place, weights=happened, minlength=len(count))
    return tuple(
        Bin(float(predicted[each] / count[each]), float(observed[each] / count[each]), int(n))
        for each, n in enumerate(count)
        if n
    )


def error(found: tuple[Bin, ...]) -> float:
    """Mean |predicted - observed|, weighted by count."""
    total = sum(each.count for each in found)
    gaps = sum(abs(each.predicted - each.observed) * each.count for each in found)
    return gaps / total if total else 0.0


def isotonic(score: Floats, happened: Floats, later: Floats) -> Floats:
    """(m,) chances for `later` scores by isotonic steps fitted to (score, happened)."""
    from sklearn.isotonic import IsotonicRegression

    steps = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    found: Floats = steps.fit(score, happened).predict(later)
    return found
