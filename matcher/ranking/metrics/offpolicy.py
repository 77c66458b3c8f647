"""What another ranking would have been worth, from lists that were shown by an earlier one.

A logged row is an item at a place. It was shown there with `propensity` (1 unless its place was
drawn) and looked at with the probability of its place, (1 / place) ** eta. A click therefore stands
for 1 / (propensity * examination) relevant items, which is unbiased when every item can be shown
and `eta` is right; clipping the weight trades that for less noise and is always an underestimate.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.ranking.metrics.bootstrap import DRAWS, LEVEL, bounds, drawn
from matcher.ranking.metrics.exposure import position_weight

Floats = NDArray[np.float64]
CLIP = 20.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """Mean over `lists`, or the self-normalised ratio, with its bootstrap interval over lists.

    `effective` = effective sample size of the rows with a click: how many equally weighted ones
    would know as much. Far below their number, the estimate hangs on a few rows.
    """

    value: float
    low: float
    high: float
    effective: float
    lists: int


def examination(place: ArrayLike, eta: float = 1.0) -> Floats:
    """(n,) probability of being looked at for (n,) places, the first being 1."""
    places = np.asarray(place, dtype=np.float64)
    if not (places >= 1.0).all() or eta < 0.0:
        raise ValueError("places start at 1 and eta is not negative")
    found: Floats = places**-eta
    return found


def inverse_weights(
    place: ArrayLike, propensity: ArrayLike, *, eta: float = 1.0, clip: float = CLIP
) -> Floats:
    """(n,) 1 / (propensity * examination), at most `clip`; NaN = recorded before propensities
    were, when no place was drawn."""
    chance = np.asarray(propensity, dtype=np.float64)
    chance = np.where(np.isnan(chance), 1.0, chance)
    if not ((chance > 0.0) & (chance <= 1.0)).all():
        raise ValueError("what was shown had a propensity above 0 and at most 1")
    return np.minimum(1.0 / (chance * examination(place, eta)), clip)


def dcg_worth(place: ArrayLike, k: int) -> Floats:
    """(n,) what a relevant item brings at its place in the ranking judged: its part of DCG@k."""
    places = np.asarray(place, dtype=np.float64)
    return np.where(places <= k, position_weight(places), 0.0)


def click_worth(place: ArrayLike, k: int, eta: float = 1.0) -> Floats:
    """(n,) as `dcg_worth`, in expected clicks within the first k."""
    places = np.asarray(place, dtype=np.float64)
    return np.where(places <= k, examination(places, eta), 0.0)


def clipped(
    gains: ArrayLike,
    weights: Floats,
    worth: Floats,
    group: Sequence[int],
    *,
    seed: int = 0,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Estimate:
    """Mean over lists of sum(gain * weight * worth): DCG@k or clicks a list."""
    parts, _, gained = _by_list(gains, weights, worth, group)
    return _estimate(parts, np.ones(len(parts)), gained, seed, draws, level)


def self_normalised(
    gains: ArrayLike,
    weights: Floats,
    worth: Floats,
    group: Sequence[int],
    *,
    seed: int = 0,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Estimate:
    """sum(gain * weight * worth) / sum(gain * weight): the mean worth of a relevant item's place,
    within 0..1. Slightly biased, much steadier, and blind to how many clicks there are."""
    parts, mass, gained = _by_list(gains, weights, worth, group)
    return _estimate(parts, mass, gained, seed, draws, level)


def effective_sample_size(weights: ArrayLike) -> float:
    """(sum w)^2 / sum w^2: between 0 (no rows) and the number of rows."""
    each = np.asarray(weights, dtype=np.float64)
    squares = float(each @ each)
    return float(each.sum()) ** 2 / squares if squares > 0.0 else 0.0


def _by_list(
    gains: ArrayLike, weights: Floats, worth: Floats, group: Sequence[int]
) -> tuple[Floats, Floats, Floats]:
    gain, sizes = np.asarray(gains, dtype=np.float64), np.asarray(group, dtype=np.int64)
    same = gain.shape == weights.shape == worth.shape
    if not same or sizes.sum() != len(gain) or (sizes < 1).any() or not len(sizes):
        raise ValueError("gains, weights and worth are one each row, and group sizes sum to them")
    if not np.isfinite(gain).all() or (gain < 0.0).any():
        raise ValueError("gains are finite and not negative")
    at = np.repeat(np.arange(len(sizes)), sizes)
    mass = gain * weights
    parts, masses = (np.bincount(at, each, len(sizes)) for each in (mass * worth, mass))
    return parts.astype(np.float64), masses.astype(np.float64), mass[mass > 0.0]


def _estimate(
    parts: Floats, mass: Floats, gained: Floats, seed: int, draws: int, level: float
) -> Estimate:
    def ratio(above: Floats, below: Floats) -> Floats:
        return above / np.where(below > 0.0, below, 1.0)

    again = [
        ratio(parts[rows].sum(axis=1), mass[rows].sum(axis=1))
        for rows in drawn(len(parts), seed, draws)
    ]
    low, high = bounds(np.concatenate(again), level)
    value = float(ratio(np.array(parts.sum()), np.array(mass.sum())))
    return Estimate(value, low, high, effective_sample_size(gained), len(parts))
