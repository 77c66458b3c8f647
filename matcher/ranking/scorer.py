"""One additive score on the 0-5 scale: base + what each feature adds, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator

from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.credits import Floats
from matcher.ranking.features import OPENING_FEATURES, Feature
from matcher.ranking.tables import added
from matcher.ranking.weights import COURSE_MODEL, OPENING_MODEL, Model

LOWEST, HIGHEST = 0.0, 5.0


@dataclass(frozen=True, slots=True)
class ScorerConfig:
    """Columns in order: `points[j]` lie between value 0 and 1 of feature j; at `neutral[j]` the
    feature adds nothing. `floor` is the raw score shown as 0, and `floor + 5` shows as 5; None
    takes both from the `quantiles` of the data given to `fit`."""

    version: str
    names: tuple[str, ...]
    points: tuple[float, ...]
    neutral: tuple[float, ...]
    floor: float | None = None
    quantiles: tuple[float, float] = (0.01, 0.99)

    @classmethod
    def of(cls, model: Model, features: Sequence[Feature]) -> "ScorerConfig":
        return cls(
            model.version,
            tuple(each.name for each in features),
            tuple(model.weights[each.name].points for each in features),
            tuple(each.neutral for each in features),
            model.floor,
        )


class AdditiveScorer(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """score = clip(base_ + sum_j coef_[j] * (x_j - neutral_j), 0, 5).

    Sums run column by column, so a row's score has the same bits in every batch.
    """

    def __init__(self, config: ScorerConfig) -> None:
        self.config = config

    def fit(self, X: ArrayLike, y: object = None) -> Self:
        """Fixes the affine map. `y` is not used: the weights are set by hand."""
        config = self.config
        rows = _checked(X, len(config.names))
        points = np.array(config.points, dtype=np.float64)
        if not (np.isfinite(points).all() and (points >= 0.0).all()):
            raise ValueError("weights must be finite and not negative")
        floor, slope = config.floor, 1.0
        if floor is None:
            floor, top = np.quantile(added(rows * points), config.quantiles)
            slope = (HIGHEST - LOWEST) / (top - floor) if top > floor else 1.0
        self.neutral_ = np.array(config.neutral, dtype=np.float64)
        self.coef_ = slope * points
        self.base_ = float(added((self.neutral_ * self.coef_)[None, :])[0] - slope * floor)
        self.n_features_in_ = len(config.names)
        return self

    @property
    def names(self) -> tuple[str, ...]:
        return self.config.names

    def rise(self) -> Floats:
        """(d,) points between value 0 and 1 of each feature."""
        return self.coef_

    def contributions(self, X: ArrayLike) -> Floats:
        """(n, d) points added or taken by each feature."""
        added: Floats = (_checked(X, self.n_features_in_) - self.neutral_) * self.coef_
        return added + 0.0  # a weight of nought times a shortfall is -0.0

    def additive(self, X: ArrayLike) -> Floats:
        """(n,) base_ + contributions, before clipping: the number that puts things in order."""
        return added(self.contributions(X), self.base_)

    def predict(self, X: ArrayLike) -> Floats:
        """(n,) in 0..5."""
        return np.clip(self.additive(X), LOWEST, HIGHEST)


@cache
def opening_scorer() -> AdditiveScorer:
    """For openings and candidates alike: the same model, the same number."""
    return _fitted(OPENING_MODEL, OPENING_FEATURES)


@cache
def course_scorer() -> AdditiveScorer:
    return _fitted(COURSE_MODEL, COURSE_FEATURES)


def _fitted(model: Model, features: Sequence[Feature]) -> AdditiveScorer:
    config = ScorerConfig.of(model, features)
    return AdditiveScorer(config).fit([config.neutral])


def _checked(X: ArrayLike, width: int) -> Floats:
    rows = np.asarray(X, dtype=np.float64)
    if rows.ndim != 2 or rows.shape[1] != width:
        raise ValueError(f"expected (n, {width}) features, got {rows.shape}")
    if not np.isfinite(rows).all():
        raise ValueError("features must be finite")
    return rows
