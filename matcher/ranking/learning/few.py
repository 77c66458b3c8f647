"""Few lists: a pairwise logistic regression pulled to hand-set weights, and nothing more.

Below some 200 lists it is ahead of every tree on the development data; with a strong pull it *is*
the hand-weighted ranker, so learning starts from there and never from noise.
"""

from typing import Any

import numpy as np

from matcher.ranking.learning.linear import bound, fit_pairs
from matcher.ranking.learning.lists import Floats, Ints, Lists, joined, mean_ndcg
from matcher.ranking.learning.pairs import Pairs
from matcher.ranking.learning.recipe import Recipe
from matcher.ranking.tables import AdditiveTables, Steps

PULLS = (100.0, 10.0, 3.0, 1.0, 0.3, 0.1, 0.03)
"""Strengths of the pull, per list; the strongest of equals is taken."""
FOLDS = 5


def learned_from_few(
    lists: Lists, extra: Lists | None, recipe: Recipe
) -> tuple[AdditiveTables, dict[str, Any]]:
    columns = _Columns.of(lists.X)
    everything = lists if extra is None else joined(lists, extra)
    pull, reached = _best_pull(everything, len(lists), columns, recipe)
    weights = _fitted(lists, columns, pull, recipe)
    report = {
        "mode": "few",
        "lists": len(lists),
        "pull": pull,
        "held_out": {str(each): round(value, 6) for each, value in reached.items()},
    }
    return columns.compiled(weights, recipe.names), report


class _Columns:
    """Values to mean 0 and deviation 1; missing = the mean."""

    def __init__(self, mean: Floats, spread: Floats) -> None:
        self.mean, self.spread = mean, spread

    @classmethod
    def of(cls, X: Floats) -> "_Columns":
        known = ~np.isnan(X)
        count = np.maximum(known.sum(axis=0), 1)
        mean = np.where(known, X, 0.0).sum(axis=0) / count
        square = np.where(known, X - mean, 0.0) ** 2
        spread = np.sqrt(square.sum(axis=0) / count)
        return cls(mean, np.where(spread > 0.0, spread, 1.0))

    def rows(self, X: Floats) -> np.ndarray:
        """(n, d) float32."""
        return np.nan_to_num((X - self.mean) / self.spread, nan=0.0).astype(np.float32)

    def compiled(self, weights: Floats, names: tuple[str, ...]) -> AdditiveTables:
        """A straight line a feature."""
        flat, nothing = np.zeros(1), np.empty(0)
        steps = [
            Steps(nothing, flat, missing=float(slope * mean), slope=float(slope))
            for slope, mean in zip(weights / self.spread, self.mean, strict=True)
        ]
        return AdditiveTables(names, 0.0, tuple(steps))


def _fitted(lists: Lists, columns: _Columns, pull: float, recipe: Recipe) -> Floats:
    pairs = Pairs.of(lists, np.random.default_rng(recipe.seed))
    bounds = [bound(sign) for sign in recipe.monotone]
    start = recipe.prior * columns.spread
    low = np.array([-np.inf if each is None else each for each, _ in bounds])
    high = np.array([np.inf if each is None else each for _, each in bounds])
    return fit_pairs(
        columns.rows(lists.X),
        pairs,
        strength=pull / max(1, int(lists.informative.sum())),
        start=np.clip(start, low, high),
        bounds=bounds,
    )


def _best_pull(
    lists: Lists, training: int, columns: _Columns, recipe: Recipe
) -> tuple[float, dict[float, float]]:
    """Judged on lists left out; `lists` beyond the first `training` are never trained on."""
    own = lists.take(np.arange(training))
    folds = min(FOLDS, int(own.informative.sum()))
    if folds < 2:
        return PULLS[0], {}
    splits = list(own.folds(folds))
    reached = {
        pull: float(
            np.mean([_judged(lists, own, split, columns, pull, recipe) for split in splits])
        )
        for pull in PULLS
    }
    return max(PULLS, key=lambda pull: (round(reached[pull], 6), pull)), reached


def _judged(
    lists: Lists,
    own: Lists,
    split: tuple[Ints, Ints],
    columns: _Columns,
    pull: float,
    recipe: Recipe,
) -> float:
    kept, held = split
    weights = _fitted(own.take(kept), columns, pull, recipe)
    judged = lists.take(np.concatenate((held, np.arange(len(own), len(lists)))))
    return mean_ndcg(judged, columns.rows(judged.X) @ weights)
