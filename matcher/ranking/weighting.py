"""How much each shown row weighs in training: places, draws, and a cap for every account.

A row further down was looked at less, whatever stands there: a success there says more, a zero
there says less. `eta` = how fast looks fade, examination = (1 / place) ** eta, is estimated from
the opened rows with the features held equal, so that better rows standing higher are not taken
for the effect of the place.
"""

from dataclasses import dataclass

import numpy as np

from matcher.ranking.metrics.offpolicy import (
    effective_sample_size,
    examination,
    inverse_weights,
)
from matcher.ranking.splitting import Ints, Part
from matcher.ranking.tables import Floats

CLIP = 5.0
"""No row counts more than so many; less noise for a little bias."""
MOST_ETA = 1.5
USUAL_ETA = 0.5
"""Where too little was opened to tell."""
LEAST_OPENED = 50
MOST_SHARE = 0.02
"""Of all training weight, for one account; a busy account never counts more than this."""
MOST_TIMES = 4.0
"""Times the middle account's weight: where accounts are few, a share alone would bind them all."""


@dataclass(frozen=True, eq=False)
class Weights:
    """`rows` (n,), mean 1; `effective` = how many equally weighted rows would know as much."""

    rows: Floats
    eta: float
    effective: float


def weights(part: Part, eta: float) -> Weights:
    lists = part.lists
    place = np.where(np.isnan(lists.rank), 1.0, np.maximum(lists.rank, 1.0))
    up = inverse_weights(place, lists.propensity, eta=eta, clip=CLIP)
    rows = np.where(part.y > 0, up, examination(place, eta))
    rows = rows * capped(_by_list(rows, part), lists.account)[lists.of]
    if rows.sum() > 0.0:
        rows = rows * (len(rows) / rows.sum())
    return Weights(rows, eta, effective_sample_size(rows))


def _by_list(rows: Floats, part: Part) -> Floats:
    return np.bincount(part.lists.of, rows, len(part.lists)).astype(np.float64)


def capped(weight: Floats, account: Ints) -> Floats:
    """(q,) factor at most 1 for each list, so that no account has more than its cap.

    The cap is `MOST_SHARE` of what all have before capping, or `MOST_TIMES` the median account.
    """
    _, who = np.unique(account, return_inverse=True)
    own = np.bincount(who, weight)
    if not len(own):
        return np.ones(0)
    most = max(MOST_SHARE * float(own.sum()), MOST_TIMES * float(np.median(own)))
    factor: Floats = np.minimum(1.0, most / np.where(own > 0.0, own, 1.0))[who]
    return factor


def fading(part: Part) -> float:
    """`eta` from how the odds of being opened fall with the place, the features held equal."""
    opened = part.y > 0
    if min(int(opened.sum()), int((~opened).sum())) < LEAST_OPENED:
        return USUAL_ETA
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    place = np.log(np.where(np.isnan(part.lists.rank), 1.0, np.maximum(part.lists.rank, 1.0)))
    design = np.column_stack([StandardScaler().fit_transform(part.lists.X), place])
    line = LogisticRegression(C=1.0, max_iter=500).fit(design, opened)
    return float(np.clip(-line.coef_[0, -1], 0.0, MOST_ETA))
