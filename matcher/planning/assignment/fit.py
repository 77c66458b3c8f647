"""The largest sum of fit that keeps capacities and minimums. It makes no claim of stability.

First as few openings below their minimum as can be; an opening that cannot have its minimum takes
nobody beyond its confirmed pairs. Then the largest sum, then the most people. Fit counts to six
decimals. Without negative numbers people and seats are paired exactly as a linear assignment; else,
and for very large rounds, as a linear program, whose corners are whole numbers too. Only which
openings must stay below their minimum, where not all can have it, is an integer program.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from matcher.planning.assignment.coding import ABSENT, Coded, code
from matcher.planning.assignment.deferred import below_minimum
from matcher.planning.assignment.problem import Method, Placed, Problem

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

Numbers = NDArray[np.float64]
UNIT = 1e-6
"""What is left of a fit number: six decimals."""
_CELLS = 16_000_000
"""People times seats up to which the table of the linear assignment is made (8 bytes a cell)."""


@dataclass(frozen=True, slots=True)
class _Running:
    """`bound`: no choice of openings has a larger sum; None when the choice is proved."""

    coded: Coded
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class _Choice:
    """`bound`: no other choice has more; None when this one is proved the best."""

    closed: NDArray[np.bool_]
    bound: float | None


def max_fit(problem: Problem, seconds: float = 10.0, seed: str = "") -> Placed:
    coded = code(problem, seed)
    worth = _worth(problem, coded)
    running = _running(coded, worth, seconds)
    places = _largest(running.coded, worth)
    assignment = coded.named(places, problem.fixed)
    total = total_fit(problem, assignment)
    confirmed = total_fit(problem, problem.fixed)
    return Placed(
        Method.MAX_FIT,
        assignment,
        is_proved=running.bound is None,
        bound=total if running.bound is None else max(total, running.bound + confirmed),
        unmet=below_minimum(problem, assignment),
    )


def total_fit(problem: Problem, assignment: Mapping[str, str]) -> float:
    return float(
        sum(problem.fit.get(person, {}).get(place, 0.0) for person, place in assignment.items())
    )


def _worth(problem: Problem, coded: Coded) -> Numbers:
    """The fit of each pair."""
    rows = [problem.fit.get(each, {}) for each in coded.people]
    pairs = zip(coded.person.tolist(), coded.opening.tolist(), strict=True)
    names = coded.openings
    return np.array([rows[p].get(names[o], 0.0) for p, o in pairs], dtype=np.float64)


def _running(coded: Coded, worth: Numbers, seconds: float) -> _Running:
    """The same with no seats where the minimum cannot be had, and no minimum there."""
    if not coded.needs.any() or _all_met(coded):
        return _Running(coded)
    choice = _closed(coded, worth, seconds)
    left = replace(
        coded,
        seats=np.where(choice.closed, 0, coded.seats),
        needs=np.where(choice.closed, 0, coded.needs),
    )
    if choice.bound is None:
        return _Running(left)
    # Without any minimum the sum is at least as large as with the best choice of openings.
    free = replace(coded, needs=np.zeros_like(coded.needs))
    return _Running(left, min(choice.bound, _sum(free, worth, _largest(free, worth))))


def _all_met(coded: Coded) -> bool:
    """Whether every seat below a minimum can be filled at once."""
    if (coded.needs > coded.seats).any():
        return False
    return most_placed(coded, coded.needs) == int(coded.needs.sum())


def most_placed(coded: Coded, seats: NDArray[np.int64]) -> int:
    """The most acceptable pairs at once, stable or not."""
    from scipy.sparse import coo_array, csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    if not len(coded.person) or not seats.any():
        return 0
    # More seats than pairs can never be used.
    seats = np.minimum(seats, np.bincount(coded.opening, minlength=len(seats)))
    first = np.cumsum(seats) - seats
    copies = seats[coded.opening]
    at = np.arange(int(copies.sum())) - np.repeat(np.cumsum(copies) - copies, copies)
    columns = np.repeat(first[coded.opening], copies) + at
    rows = np.repeat(coded.person, copies)
    shape = (len(coded.people), int(seats.sum()))
    graph = coo_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=shape)
    matched = maximum_bipartite_matching(csr_array(graph), "column")
    return int((matched >= 0).sum())


def _largest(coded: Coded, worth: Numbers) -> list[int]:
    """The opening of each person or -1; every minimum can be met."""
    if not len(coded.person):
        return [ABSENT] * len(coded.people)
    useful = np.minimum(coded.seats, np.bincount(coded.opening, minlength=len(coded.seats)))
    is_small = len(coded.people) * int(useful.sum()) <= _CELLS
    if is_small and worth.min() >= 0:
        return _by_seats(coded, worth, useful)
    return _by_program(coded, worth)


def _by_seats(coded: Coded, worth: Numbers, seats: NDArray[np.int64]) -> list[int]:
    """Whole numbers, so that sums are exact: a filled minimum before fit before one more person."""
    from scipy.optimize import linear_sum_assignment

    people = len(coded.people)
    gains = np.rint(worth / UNIT) * (people + 1) + 1
    filled = people * gains.max() + 1 if coded.needs.any() else 0.0
    table = np.zeros((people, len(seats)))
    table[coded.person, coded.opening] = gains
    of_seat = np.repeat(np.arange(len(seats)), seats)
    within = np.arange(len(of_seat)) - np.repeat(np.cumsum(seats) - seats, seats)
    matrix = table[:, of_seat]
    matrix[:, within < coded.needs[of_seat]] += filled
    matrix[table[:, of_seat] == 0] = 0
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    places = np.full(people, ABSENT)
    taken = matrix[rows, columns] > 0
    places[rows[taken]] = of_seat[columns[taken]]
    return [int(each) for each in places]


def _by_program(coded: Coded, worth: Numbers) -> list[int]:
    from scipy.optimize import Bounds, milp

    found = milp(
        -(worth + UNIT / 10), bounds=Bounds(0, 1), constraints=[_once(coded), *_quotas(coded)]
    )
    return _places(coded, found.x)


def _places(coded: Coded, values: Numbers) -> list[int]:
    places = np.full(len(coded.people), ABSENT)
    taken = np.flatnonzero(values[: len(coded.person)] > 0.5)
    places[coded.person[taken]] = coded.opening[taken]
    return [int(each) for each in places]


def _sum(coded: Coded, worth: Numbers, places: list[int]) -> float:
    at = np.array(places, dtype=np.int64)[coded.person] == coded.opening
    return float(worth[at].sum())


def _once(coded: Coded, extra: int = 0) -> "LinearConstraint":
    """At most one opening a person."""
    from scipy.optimize import LinearConstraint

    return LinearConstraint(_matrix(coded.person, len(coded.people), extra), ub=1)


def _quotas(coded: Coded) -> "list[LinearConstraint]":
    from scipy.optimize import LinearConstraint

    matrix = _matrix(coded.opening, len(coded.openings))
    return [LinearConstraint(matrix, lb=coded.needs, ub=coded.seats)]


def _matrix(rows: NDArray[np.int64], height: int, extra: int = 0) -> Any:
    from scipy.sparse import coo_array, csr_array

    columns = np.arange(len(rows))
    cells = (np.ones(len(rows)), (rows, columns))
    return csr_array(coo_array(cells, shape=(height, len(rows) + extra)))


def _closed(coded: Coded, worth: Numbers, seconds: float) -> _Choice:
    """Which openings take nobody: as few as can be, then for the largest sum."""
    from scipy.optimize import LinearConstraint

    asks = coded.needs > 0
    few = _choose(coded, np.zeros_like(worth), 1.0, [], seconds / 2, asks)
    kept = int((~few.closed & asks).sum())
    is_fewest = few.bound is None
    if kept == 0:
        return _Choice(few.closed, None if is_fewest else np.inf)
    enough = LinearConstraint(np.concatenate((np.zeros(len(worth)), asks))[None, :], lb=kept)
    best = _choose(coded, worth, 0.0, [enough], seconds / 2, few.closed)
    return best if is_fewest else _Choice(best.closed, np.inf)


def _choose(
    coded: Coded,
    worth: Numbers,
    of_running: float,
    further: "list[LinearConstraint]",
    seconds: float,
    otherwise: NDArray[np.bool_],
) -> _Choice:
    """One variable a pair and one an opening, which says whether it runs; `otherwise` when the time
    is up before anything was found."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, diags_array, hstack

    openings, asks = len(coded.openings), coded.needs > 0
    taken = _matrix(coded.opening, openings)
    most = csr_array(hstack([taken, diags_array(np.where(asks, -coded.seats, 0.0))]))
    least = csr_array(hstack([taken, diags_array(-coded.needs.astype(np.float64))]))
    found = milp(
        -np.concatenate((worth, np.where(asks, of_running, 0.0))),
        integrality=np.concatenate((np.zeros(len(worth)), asks)),
        bounds=Bounds(0, 1),
        constraints=[
            _once(coded, openings),
            LinearConstraint(most, ub=np.where(asks, 0, coded.seats)),
            LinearConstraint(least, lb=0),
            *further,
        ],
        options={"time_limit": max(seconds, 0.05), "mip_rel_gap": 0.0},
    )
    dual = np.inf if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    if found.x is None:
        return _Choice(otherwise, dual)
    closed = asks & (found.x[len(worth) :] < 0.5)
    return _Choice(closed, None if found.status == 0 else dual)
