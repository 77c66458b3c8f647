"""Whether a model betrays whom it was trained on: the loss-threshold attack.

The attacker calls whoever the model fits well a member. An AUC of .5 is guessing; the gate is .60.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.ranking.metrics.bootstrap import DRAWS, LEVEL, bounds

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Attack:
    auc: float
    low: float
    high: float
    members: int
    others: int


def loss_attack(
    members: ArrayLike,
    others: ArrayLike,
    *,
    seed: int = 0,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Attack:
    """Probability that a member's loss is below another's, ties half; one loss a list or person.

    Raises ValueError when one side is empty or a loss is not finite.
    """
    inside, outside = (np.asarray(each, dtype=np.float64) for each in (members, others))
    losses = np.concatenate((inside, outside))
    if inside.ndim != 1 or outside.ndim != 1 or not len(inside) or not len(outside):
        raise ValueError("both members and others need at least one loss")
    if not np.isfinite(losses).all():
        raise ValueError("losses must be finite")
    values, at = np.unique(losses, return_inverse=True)
    own, rest = at[: len(inside)], at[len(inside) :]
    rng = np.random.default_rng(seed)

    def counts(where: NDArray[np.int64], again: bool) -> Floats:
        picked = rng.choice(where, len(where)) if again else where
        return np.bincount(picked, minlength=len(values)).astype(np.float64)

    auc = _auc(counts(own, False), counts(rest, False))
    redrawn = [_auc(counts(own, True), counts(rest, True)) for _ in range(draws)]
    low, high = bounds(np.array(redrawn), level)
    return Attack(auc, low, high, len(inside), len(outside))


def _auc(members: Floats, others: Floats) -> float:
    """From how many have each loss, by rising loss."""
    above = others.sum() - np.cumsum(others)
    return float(members @ (above + others / 2.0) / (members.sum() * others.sum()))
