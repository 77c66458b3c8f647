"""Boosted trees that are one table a feature, grown by scikit-learn.

Trees are grown on bin numbers, stopped on held-out lists, and written out as tables at once; no
tree is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor

from matcher.ranking.learning.cells import Cells
from matcher.ranking.learning.lists import Floats, Ints, Lists, mean_ndcg

CHUNK, PATIENCE = 20, 40


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees grow, each on one feature."""

    rounds: int = 200
    rate: float = 0.06
    leaves: int = 8
    least_rows: int = 30


@dataclass(frozen=True, eq=False)
class Held:
    """Lists that choose the round; `index` are their cells, `offset` their score so far."""

    lists: Lists
    index: Ints
    offset: Floats


def boosted(
    loss: Any,
    numbers: Floats,
    target: Floats,
    held: Held,
    growth: Growth,
    *,
    monotone: Sequence[int],
    seed: int,
    cells: Cells,
    weight: Floats | None = None,
) -> Cells:
    """`cells` (empty, of the right widths) with the trees up to the round that served the held-out
    lists best. `numbers` (n, d) are bin numbers."""
    model = _regressor(loss, growth, monotone, seed)
    # scikit-learn cannot bin a column without a known value; a constant one splits nothing either
    numbers = np.where(np.isnan(numbers).all(axis=0), 0.0, numbers)
    score, grown = held.offset.copy(), 0
    best, best_round = mean_ndcg(held.lists, score), 0
    while grown < growth.rounds and grown - best_round < PATIENCE:
        model.set_params(max_iter=grown + CHUNK)
        model.fit(numbers, target, sample_weight=weight)
        chunk = cells.empty()
        for trees in model._predictors[grown:]:
            chunk.add(trees[0].nodes)
        score += chunk.score(held.index)
        grown += CHUNK
        reached = mean_ndcg(held.lists, score)
        if reached > best + 1e-9:
            best, best_round = reached, grown
    for trees in model._predictors[:best_round]:
        cells.add(trees[0].nodes)
    return cells


def _regressor(
    loss: Any, growth: Growth, monotone: Sequence[int], seed: int
) -> HistGradientBoostingRegressor:
    return HistGradientBoostingRegressor(
        loss=loss,
        learning_rate=growth.rate,
        max_leaf_nodes=growth.leaves,
        min_samples_leaf=growth.least_rows,
        interaction_cst="no_interactions",
        monotonic_cst=list(monotone) if any(monotone) else None,
        early_stopping=False,
        warm_start=True,
        random_state=seed,
    )
