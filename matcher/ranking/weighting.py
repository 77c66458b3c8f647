"""How much each shown row weighs in training: places, draws, and a cap for every person and firm.

A row further down was looked at less, whatever stands there: a success there says more, a zero
there says less. `eta` = how fast looks fade, examination = (1 / place) ** eta, is estimated from
the opened rows with the features held equal, so that better rows standing higher are not taken
for the effect of the place.
"""

from collections.abc import Sequence
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
MOST_PERSON = 0.01
"""Of a side's whole training weight, for the rows about one person."""
MOST_FIRM = 0.05
"""The same for the decisions of one organisation."""
MOST_TIMES = 4.0
"""Times an equal share: where people or firms are few, a fixed share would bind them all."""
ROUNDS = 200
EXACT = 1e-9


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
    rows = capped(rows, _caps(part))
    if rows.sum() > 0.0:
        rows = rows * (len(rows) / rows.sum())
    return Weights(rows, eta, effective_sample_size(rows))


Cap = tuple[Ints, float]
"""(n,) whose row it is, and the largest share of the whole weight one of them may have."""


def _caps(part: Part) -> list[Cap]:
    """On the partner's side the looker is a firm; elsewhere it is the person the rows are about."""
    lists = part.lists
    caps = [(lists.person, MOST_PERSON)]
    if lists.side == "partner":
        caps.append((lists.account[lists.of], MOST_FIRM))
    return caps


def capped(rows: Floats, caps: Sequence[Cap]) -> Floats:
    """(n,) weights, none raised, with every cap holding of what is left of the whole.

    A share is at least `MOST_TIMES` an equal one. Caps that contradict each other, such as one
    person alone with nearly every firm, are doubled until they can hold together.
    """
    numbers = [np.unique(keys, return_inverse=True)[1] for keys, _share in caps]
    shares = [
        max(share, MOST_TIMES / max(1, int(who.max(initial=0)) + 1))
        for who, (_keys, share) in zip(numbers, caps, strict=True)
    ]
    wider = 1.0
    while (found := _filled(rows, numbers, [wider * each for each in shares])) is None:
        wider *= 2.0
    return found


def _filled(rows: Floats, numbers: Sequence[Ints], shares: Sequence[float]) -> Floats | None:
    """Each cap in turn until all hold; None when they leave next to nothing or do not settle."""
    weight, least = rows, EXACT * float(rows.sum())
    for _round in range(ROUNDS):
        before = float(weight.sum())
        for who, share in zip(numbers, shares, strict=True):
            own = np.bincount(who, weight).astype(np.float64)
            weight = weight * _level(own, share)[who]
        after = float(weight.sum())
        if before - after <= EXACT * before:
            return weight
        if after <= least:
            return None
    return None


def _level(own: Floats, share: float) -> Floats:
    """Factors that bring the heaviest down to one height, which is `share` of the sum after it."""
    ordered = np.sort(own)[::-1]
    rest = ordered.sum() - np.concatenate([[0.0], np.cumsum(ordered)])
    height = float(ordered.max(initial=0.0))
    for cut in range(len(ordered)):
        # with `cut` of them at the height: height = share * (cut * height + the rest)
        if share * cut >= 1.0:
            break
        height = share * float(rest[cut]) / (1.0 - share * cut)
        if ordered[cut] <= height:
            break
    factor: Floats = np.minimum(1.0, height / np.where(own > 0.0, own, 1.0))
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
