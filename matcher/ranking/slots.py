"""A few drawn places at the end of the first page, so that what ranks low is seen at all.

Only what is seen can be learned from. The last `slots` places of the first page go to items drawn
evenly from those beyond it; the items they displace open the second page, so nothing is lost and
nothing comes twice. Every place has a known probability, which is what makes the lists usable for
judging another ranking.
"""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb


@dataclass(frozen=True, slots=True)
class Spot:
    """`position` counts from 1 over all pages; `propensity` = probability of standing there."""

    id: int
    position: int
    propensity: float
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All ids as they stand. `order` is the pure one; `drawn` came up from beyond the page."""

    ids: tuple[int, ...]
    order: tuple[int, ...]
    page: int
    drawn: tuple[int, ...] = ()

    def spots(self, shown: Sequence[int]) -> tuple[Spot, ...]:
        """Of some of the ids, in the order given."""
        position = {each: place for place, each in enumerate(self.ids, start=1)}
        rank = {each: place for place, each in enumerate(self.order, start=1)}
        return tuple(
            Spot(each, position[each], self._propensity(rank[each], position[each]), self.has(each))
            for each in shown
        )

    def has(self, item: int) -> bool:
        """Whether the item stands where it does by lot."""
        return item in self.drawn

    def _propensity(self, rank: int, position: int) -> float:
        slots, beyond = len(self.drawn), len(self.order) - self.page
        if slots == 0 or rank <= self.page:
            return 1.0
        if position <= self.page:
            return 1.0 / beyond
        # It kept its place among those beyond: as many of the drawn stood before it as it moved up.
        before = rank + slots - position
        ways = comb(rank - self.page - 1, before) * comb(len(self.order) - rank, slots - before)
        return ways / comb(beyond, slots)


def arranged(order: Sequence[int], *, page: int, slots: int, seed: str) -> Arrangement:
    """`slots` drawn places, fewer when fewer items lie beyond the page; the same for one `seed`."""
    ids = tuple(order)
    slots = min(slots, page, max(0, len(ids) - page))
    if slots == 0:
        return Arrangement(ids, ids, page)
    number = int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=8).digest(), "big")
    drawn = random.Random(number).sample(ids[page:], slots)
    kept, rest = ids[: page - slots], [each for each in ids[page - slots :] if each not in drawn]
    return Arrangement((*kept, *drawn, *rest), ids, page, tuple(drawn))
