"""How often somebody is placed when the seats are given out again and again.

Each clearing draws how every opening would like its people (their tier with the noise the caller
measured, in tiers), breaks ties by a new lottery and runs deferred acceptance. The interval tells
how sure the count is, not how wrong the noise may be, and wishes still to come are not in it.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from matcher.planning.assignment.coding import ABSENT, Coded, Ints, code
from matcher.planning.assignment.deferred import proposed
from matcher.planning.assignment.problem import Problem

_STEPS = 1 << 16
"""How finely a drawn tier is kept; finer differences are left to the lottery."""
_Z = 1.959963984540054
"""95 %."""


class Driver(StrEnum):
    COMPETITION = "competition"
    """Where no seat came, one was with somebody the opening likes as much or less: luck and the
    wishes of others decide."""
    GAP = "gap"
    """Where no seat came, all were with people the opening likes more, or no opening accepts the
    person: a higher tier decides."""


@dataclass(frozen=True, slots=True)
class Chance:
    """`driver` is None for who is placed every time; `by_opening`: how often each of them came."""

    placed: int
    clearings: int
    low: float
    high: float
    driver: Driver | None
    by_opening: tuple[tuple[str, int], ...] = ()

    @property
    def tenths(self) -> int:
        """About so many in ten."""
        return int(10 * self.placed / self.clearings + 0.5) if self.clearings else 0


def wilson(successes: int, tries: int) -> tuple[float, float]:
    """The 95 % score interval of a share."""
    if not tries:
        return 0.0, 1.0
    share, weight = successes / tries, _Z**2 / tries
    middle = share + weight / 2
    spread = _Z * sqrt(share * (1 - share) / tries + weight / (4 * tries))
    low, high = (middle - spread) / (1 + weight), (middle + spread) / (1 + weight)
    # At the ends the formula is exact, its arithmetic not quite.
    return (0.0 if successes == 0 else low), (1.0 if successes == tries else high)


def chances(
    problem: Problem, noise: float, clearings: int = 100, seed: int = 0
) -> dict[str, Chance]:
    """By person; who is fixed is not among them. `noise`: standard deviation in tiers."""
    coded = code(problem, str(seed))
    generator = np.random.default_rng(seed)
    landed = np.zeros((len(coded.people), len(coded.openings) + 1), dtype=np.int64)
    gaps = np.zeros(len(coded.people), dtype=np.int64)
    everybody = np.arange(len(coded.people))
    for _ in range(clearings):
        keys = _drawn(coded, noise, generator)
        places = np.array(proposed(coded, keys), dtype=np.int64)
        landed[everybody, places] += 1
        gaps += _are_gaps(coded, places)
    return {
        person: _chance(coded, landed[number], int(gaps[number]), clearings)
        for number, person in enumerate(coded.people)
    }


def _drawn(coded: Coded, noise: float, generator: np.random.Generator) -> Ints:
    """A key a pair. One lottery number a person breaks ties, as in the real clearing."""
    lottery = generator.permutation(len(coded.people))
    liking = coded.rank + noise * generator.standard_normal(len(coded.rank))
    # Below one step, so that it orders equals and nothing else.
    fine = np.floor(liking * _STEPS).astype(np.int64)
    people = len(coded.people)
    keys: Ints = (fine - fine.min(initial=0)) * people + lottery[coded.person]
    return np.add(keys * people, coded.person)


def _are_gaps(coded: Coded, places: Ints) -> Ints:
    """1 for each unplaced person whose openings hold only people in better tiers."""
    at = places[coded.person] == coded.opening
    worst = np.full(len(coded.openings), ABSENT)
    np.maximum.at(worst, coded.opening[at], coded.rank[at])
    could: NDArray[np.bool_] = coded.rank <= worst[coded.opening]
    competes = np.zeros(len(coded.people), dtype=bool)
    competes[coded.person[could]] = True
    gaps: Ints = ((places == ABSENT) & ~competes).astype(np.int64)
    return gaps


def _chance(coded: Coded, landed: Ints, gaps: int, clearings: int) -> Chance:
    missed = int(landed[ABSENT])
    low, high = wilson(clearings - missed, clearings)
    driver = Driver.GAP if 2 * gaps > missed else Driver.COMPETITION
    return Chance(
        placed=clearings - missed,
        clearings=clearings,
        low=low,
        high=high,
        driver=driver if missed else None,
        by_opening=tuple(
            sorted(
                (coded.openings[place], int(times))
                for place, times in enumerate(landed[:ABSENT].tolist())
                if times
            )
        ),
    )
