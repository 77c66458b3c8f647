"""Weak stability as an integer program, solved by HiGHS.

One 0-1 variable a pair, and running sums over the tiers of each person and of each opening. For
every pair: either the person has this tier or a better one, or all seats of the opening are taken
by people of this tier or a better one. That is weak stability of hospitals and residents with ties
(Kwanashie and Manlove); the running sums keep the rows short.
"""

from dataclasses import dataclass
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.planning.assignment.coding import ABSENT, Coded, Ints


@dataclass(frozen=True, slots=True)
class Found:
    """`places` is None when nothing above `above` was found; `bound`: no value is above it."""

    places: list[int] | None
    bound: float
    is_proved: bool


@dataclass(frozen=True, slots=True)
class Goal:
    """Worth of a person placed and of each minimum met; only values from `at_least` are sought."""

    person: float
    minimum: float
    at_least: float
    forced: tuple[int, ...] = ()
    """Openings whose minimum must be met."""


def solve(coded: Coded, goal: Goal, seconds: float) -> Found:
    from scipy.optimize import Bounds, milp

    rows = _Rows(coded)
    asks = coded.needs > 0
    gains = np.zeros(rows.columns)
    gains[: rows.pairs] = goal.person
    gains[rows.met :] = np.where(asks, goal.minimum, 0.0)
    whole = np.zeros(rows.columns)
    whole[: rows.pairs] = 1
    whole[rows.met :] = asks
    least = np.zeros(rows.columns)
    least[rows.met + np.array(goal.forced, dtype=np.int64)] = 1
    most = np.concatenate((np.ones(rows.pairs), rows.tops, asks))
    found = milp(
        -gains,
        integrality=whole,
        bounds=Bounds(least, most),
        constraints=rows.constraints(gains, goal.at_least),
        options={"time_limit": max(seconds, 0.05), "mip_rel_gap": 0.0},
    )
    return _read(coded, found, goal)


def _read(coded: Coded, found: Any, goal: Goal) -> Found:
    if found.status == 2:
        return Found(None, goal.at_least - 1, True)
    dual = -found.mip_dual_bound if found.mip_dual_bound is not None else np.inf
    bound = floor(dual + 1e-6) if np.isfinite(dual) else np.inf
    if found.x is None:
        return Found(None, bound, False)
    places = np.full(len(coded.people), ABSENT)
    taken = np.flatnonzero(found.x[: len(coded.person)] > 0.5)
    places[coded.person[taken]] = coded.opening[taken]
    return Found([int(each) for each in places], bound, found.status == 0)


class _Rows:
    """Columns: the pairs, then the running sums of people's and of openings' tiers, then for each
    opening whether its minimum is met."""

    def __init__(self, coded: Coded) -> None:
        self.coded = coded
        self.pairs = len(coded.person)
        self.mine, self.of_person = _tiers(coded.person, coded.wish)
        self.theirs, self.of_opening = _tiers(coded.opening, coded.rank)
        self.met = self.pairs + len(self.of_person) + len(self.of_opening)
        self.columns = self.met + len(coded.openings)

    @property
    def tops(self) -> NDArray[np.float64]:
        seats = self.coded.seats[self.of_opening]
        return np.concatenate((np.ones(len(self.of_person)), seats)).astype(np.float64)

    def constraints(self, gains: NDArray[np.float64], at_least: float) -> list[Any]:
        from scipy.optimize import LinearConstraint

        first = self.pairs
        second = first + len(self.of_person)
        sums = [
            self._sums(self.mine, self.of_person, first),
            self._sums(self.theirs, self.of_opening, second),
        ]
        rows = [LinearConstraint(each, 0, 0) for each in sums if each.shape[0]]
        if self.pairs:
            seats = self.coded.seats[self.coded.opening].astype(np.float64)
            stable = self._cells(
                (np.arange(self.pairs), first + self.mine, seats),
                (np.arange(self.pairs), second + self.theirs, np.ones(self.pairs)),
                height=self.pairs,
            )
            rows.append(LinearConstraint(stable, lb=seats))
        if self.coded.needs.any():
            rows.append(LinearConstraint(self._minimums(), lb=0))
        if np.isfinite(at_least) and gains.any():
            rows.append(LinearConstraint(gains[None, :], lb=at_least))
        return rows

    def _sums(self, tier: Ints, owner: Ints, first: int) -> Any:
        """Running sum of a tier = that of the tier before + the pairs of this tier."""
        tiers = np.arange(len(owner))
        later = np.flatnonzero(np.diff(owner, prepend=-1) == 0)
        return self._cells(
            (tiers, first + tiers, np.ones(len(owner))),
            (later, first + later - 1, -np.ones(len(later))),
            (tier, np.arange(self.pairs), -np.ones(self.pairs)),
            height=len(owner),
        )

    def _minimums(self) -> Any:
        """Taken seats are at least the minimum where it is said to be met."""
        openings = np.arange(len(self.coded.openings))
        return self._cells(
            (self.coded.opening, np.arange(self.pairs), np.ones(self.pairs)),
            (openings, self.met + openings, -self.coded.needs.astype(np.float64)),
            height=len(openings),
        )

    def _cells(self, *parts: tuple[Ints, Ints, NDArray[np.float64]], height: int) -> Any:
        from scipy.sparse import coo_array, csr_array

        rows, columns, values = (np.concatenate(each) for each in zip(*parts, strict=True))
        return csr_array(coo_array((values, (rows, columns)), shape=(height, self.columns)))


def _tiers(owner: Ints, tier: Ints) -> tuple[Ints, Ints]:
    """The number of each pair's tier among all tiers, ordered by owner; the owner of each."""
    span = int(tier.max()) + 1 if len(tier) else 1
    keys, number = np.unique(owner * span + tier, return_inverse=True)
    return number, keys // span
