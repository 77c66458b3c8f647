"""Ranking losses in the form scikit-learn's histogram boosting takes them.

`sklearn._loss.BaseLoss` is private: scikit-learn is pinned below the next minor version, and a test
grows the same trees through the public interface, which is the way should the class go.
"""

from typing import Any

import numpy as np
from sklearn._loss.link import IdentityLink
from sklearn._loss.loss import BaseLoss

from matcher.ranking.learning.lists import Floats, Lists, discount
from matcher.ranking.learning.pairs import Pairs

RERANK = 3
"""Places are looked up anew every so many rounds; between them scores hardly move."""
_LEAST_GAP = 0.01


class LambdaLoss(BaseLoss):  # type: ignore[misc]  # scikit-learn has no types
    """LambdaMART: logistic loss on pairs, weighted by the NDCG a swap would cost.

    `offset` (n,) is the score the trees add to. Ties are ordered by a seeded draw: the order of
    rows within a list must tell nothing. `by_gap` divides a pair's weight by its score gap, which
    helps on some data and hurts on others.
    """

    def __init__(
        self, lists: Lists, pairs: Pairs, offset: Floats, tie: Floats, *, by_gap: bool = False
    ) -> None:
        super().__init__(closs=None, link=IdentityLink())
        self.lists, self.pairs, self.offset, self.tie = lists, pairs, offset, tie
        self.by_gap, self.calls, self.weight = by_gap, 0, pairs.swap

    def fit_intercept_only(self, y_true: Any, sample_weight: Any = None) -> np.float64:
        return np.float64(0.0)

    def gradient_hessian(
        self,
        y_true: Any,
        raw_prediction: Any,
        sample_weight: Any = None,
        gradient_out: Any = None,
        hessian_out: Any = None,
        n_threads: int = 1,
    ) -> tuple[Any, Any]:
        gradient, hessian = self.slopes(np.asarray(raw_prediction, dtype=np.float64).ravel())
        gradient_out[:], hessian_out[:] = gradient, hessian
        return gradient_out, hessian_out

    def slopes(self, raw: Floats) -> tuple[Floats, Floats]:
        """(n,) gradient and hessian, scaled to a mean hessian of 1."""
        score = raw + self.offset
        if self.calls % RERANK == 0:
            self.weight = self._swap_costs(score)
        self.calls += 1
        gap = score[self.pairs.better] - score[self.pairs.worse]
        wrong = 1.0 / (1.0 + np.exp(np.clip(gap, -35.0, 35.0)))
        push = self.weight * wrong
        if self.by_gap:
            push /= _LEAST_GAP + np.abs(gap)
        up, down = self.pairs.per_row(push, len(score))
        bend_up, bend_down = self.pairs.per_row(push * (1.0 - wrong), len(score))
        bend = bend_up + bend_down
        scale = 1.0 / max(float(bend.mean()), 1e-12)
        return (down - up) * scale, np.maximum(bend * scale, 1e-6)

    def _swap_costs(self, score: Floats) -> Floats:
        order = np.lexsort((self.tie, -score, self.lists.query))
        worth = np.empty(len(score))
        worth[order] = discount(self.lists.place)
        found: Floats = self.pairs.swap * np.abs(worth[self.pairs.better] - worth[self.pairs.worse])
        return found
