"""What no bundle of courses can exceed, for thousands of bundles at once (`ground.ceiling`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from matcher.planning.impact.courses import Singles
from matcher.planning.impact.ground import SLACK, Bools, Floats, Ground, Ints, Prices

CHUNK = 400
PRICED = 3
"""So many of the best courses lend their prices to the bounds."""


@dataclass(frozen=True)
class Bounding:
    """What bundles cannot exceed by one set of prices. `more` (courses, kinds): what each course
    adds to the worth of people of a kind, of whom there are `count`; `flat` is everything else."""

    more: Floats
    count: Ints
    flat: float

    @classmethod
    def of(cls, ground: Ground, made: Sequence[Bools], seats: int, prices: Prices) -> "Bounding":
        free = prices.worth(ground.free)
        worth = np.stack([prices.worth(pairs, prices.seat) for pairs in made])
        more = np.maximum(worth - free, 0.0)
        kinds, count = np.unique(more[:, more.any(axis=0)], axis=1, return_counts=True)
        flat = float(ground.capacity @ prices.place) + prices.seat * seats
        return cls(kinds, count, float(free.sum()) + flat)

    def added(self, combos: Ints) -> Floats:
        """(bundles,) what courses bring to the same person is counted for each: quick."""
        found: Floats = (self.more @ self.count)[combos].sum(axis=1) + self.flat
        return found

    def joint(self, combos: Ints) -> Floats:
        """(bundles,) the most any of a bundle's courses brings to a person."""
        found: Floats = self.more[combos].max(axis=1) @ self.count + self.flat
        return found


def lenders(found: Singles) -> list[Prices]:
    ranked = sorted(range(len(found.gains)), key=lambda k: -found.gains[k].gained)
    return [found.matched[each].prices for each in ranked[:PRICED]]


def allowed_of(
    bounds: Sequence[Bounding], combos: Ints, highest: int, reached: int, ends: float
) -> Ints:
    """(bundles,) how many each can match at most. First by adding up what each course could
    bring, then jointly for those that could still beat `reached`, the most hopeful first."""
    found = np.minimum.reduce(
        [np.full(len(combos), float(highest)), *(each.added(combos) for each in bounds)]
    )
    open_still = np.flatnonzero(np.floor(found + SLACK) > reached)
    open_still = open_still[np.argsort(-found[open_still], kind="stable")]
    for start in range(0, len(open_still), CHUNK):
        if perf_counter() > ends:
            break
        some = open_still[start : start + CHUNK]
        joined = [each.joint(combos[some]) for each in bounds]
        found[some] = np.minimum.reduce([found[some], *joined])
    allowed: Ints = np.floor(found + SLACK).astype(np.int64)
    return allowed
