"""Made-up lists for training tests: a planted taste, looked at from the top."""

from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from matcher.ranking.features import OPENING_FEATURES
from matcher.ranking.splitting import Lists, Side
from matcher.ranking.tables import AdditiveTables, Steps

NAMES = tuple(each.name for each in OPENING_FEATURES)
NEVER = np.inf


def lists(
    count: int = 120,
    size: int = 6,
    side: Side = "youth",
    seed: int = 0,
    taste: dict[str, float] | None = None,
    people: int = 40,
    start: float = 20_000.0,
    names: tuple[str, ...] = NAMES,
) -> Lists:
    """One list a day. Rows are wanted by `taste`; what is wanted is reached a day later."""
    rng = np.random.default_rng(seed)
    rows = count * size
    X = np.round(rng.random((rows, len(names))), 2)
    wanted = {"must_skill": 4.0, "sector_wish": 3.0} if taste is None else taste
    score = sum(weight * X[:, names.index(name)] for name, weight in wanted.items())
    chance = 1.0 / (1.0 + np.exp(-(score - np.quantile(score, 0.8)) * 3.0))
    at = start + np.arange(count, dtype=float)
    of = np.repeat(np.arange(count), size)
    reached = np.full((rows, 3), NEVER)
    for grade, easier in ((1, 1.4), (2, 1.0), (3, 0.7)):
        comes = rng.random(rows) < np.minimum(1.0, chance * easier)
        reached[comes, grade - 1] = at[of[comes]] + 0.5 + grade * 0.1
    person = np.repeat(rng.integers(1, people, count), size)
    return Lists(
        side=side,
        names=names,
        X=X,
        reached=reached,
        dismissed=np.full(rows, NEVER),
        group=np.full(count, size),
        at=at,
        account=person[::size].copy(),
        person=person,
        item=rng.integers(1, 30, rows),
        rank=np.tile(np.arange(1.0, size + 1), count),
        propensity=np.full(rows, np.nan),
    )


class LineRanker:
    """The quickest ranker with the interface training asks for: pairwise logistic regression,
    signs kept."""

    def __init__(self, points: object = None, seed: int = 0) -> None:
        self.tables_ = AdditiveTables((), 0.0, ())

    def fit(
        self,
        X: np.ndarray,  # type: ignore[type-arg]
        y: Any,
        *,
        group: Any,
        eval_set: Any = None,
        monotone: Any = None,
        sample_weight: Any = None,
        feature_names: Any = None,
    ) -> "LineRanker":
        better, worse = _pairs(np.asarray(y), np.asarray(group))
        gap, weight = X[better] - X[worse], sample_weight[better] * sample_weight[worse]
        both = np.concatenate([gap, -gap])
        won = np.repeat([1, 0], len(gap))
        line = LogisticRegression(fit_intercept=False, max_iter=300)
        found = line.fit(both, won, sample_weight=np.tile(weight, 2)).coef_[0]
        signs = np.asarray(monotone)
        kept = np.where(signs == 0, found, np.where(found * signs > 0, found, 0.0))
        steps = tuple(Steps(np.empty(0), np.zeros(1), 0.0, float(each)) for each in kept)
        self.tables_ = AdditiveTables(tuple(feature_names), 0.0, steps)
        return self


def _pairs(y: Any, group: Any) -> tuple[Any, Any]:
    found, start = [], 0
    for size in group.tolist():
        own = y[start : start + size]
        found.append(start + np.argwhere(own[:, None] > own[None, :]))
        start += size
    both = np.concatenate(found)
    return both[:, 0], both[:, 1]
