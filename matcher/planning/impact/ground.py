"""People, openings and courses as arrays, and what no plan can exceed.

A free pair already qualifies; a made pair qualifies only once a course is finished, and each made
pair in use takes one seat of that course. A person takes one opening, an opening as many people
as it has places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NEVER = 1 << 20
"""Cost of a pair that is not there; larger than any path of those that are."""
SLACK = 1e-9


@dataclass(frozen=True)
class Ground:
    """`capacity` (openings,) places left; `free` (people, openings)."""

    capacity: Ints
    free: Bools

    def __post_init__(self) -> None:
        if self.free.ndim != 2 or self.free.shape[1] != len(self.capacity):
            raise ValueError("a row a person and a column an opening")
        if (self.capacity < 0).any():
            raise ValueError("an opening has no fewer than no places")

    @property
    def people(self) -> int:
        return int(self.free.shape[0])

    def priced(self, made: Bools) -> Ints:
        """(people, openings): 0 free, 1 made by the course, NEVER otherwise."""
        return np.where(self.free, 0, np.where(made, 1, NEVER))


@dataclass(frozen=True)
class Prices:
    """Any prices give a bound; those a finished matching leaves behind give the sharpest.

    `place` (openings,) what one place is worth, 0..1; `seat` what one seat is worth, 0..1.
    """

    place: Floats
    seat: float

    @cached_property
    def spare(self) -> Floats:
        """What is left of one match once the place is paid."""
        return 1.0 - self.place

    def worth(self, pairs: Bools, seat: float = 0.0) -> Floats:
        """(people,) the most any of a person's pairs is worth after place and seat are paid."""
        if pairs.shape[1] == 0:
            return np.zeros(len(pairs))
        left = np.where(pairs, self.spare - seat, 0.0)
        worth: Floats = np.maximum(left.max(axis=1), 0.0)
        return worth


def ceiling(ground: Ground, made: Sequence[Bools], seats: int, prices: Prices) -> float:
    """No matching with at most `seats` people a course matches more than this (weak duality).

    Every pair is covered: its person's worth, its place's and its seat's price add up to 1 or
    more, so their sum over all people, places and seats is at least the number matched.
    """
    people = prices.worth(ground.free)
    for pairs in made:
        people = np.maximum(people, prices.worth(pairs, prices.seat))
    places = float(ground.capacity @ prices.place)
    return float(people.sum()) + places + prices.seat * seats * len(made)


def whole(bound: float) -> int:
    """People come whole."""
    return int(np.floor(bound + SLACK))
