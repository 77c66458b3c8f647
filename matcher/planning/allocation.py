"""Who gets the vouchers, so that most people reach an opening whose musts they meet in full.

People and openings are matched, one opening a person, as many people an opening as it has places.
A free pair needs nothing more; a bought pair needs one exam, paid by one voucher that covers its
level and lasts to the first day the person could sit it. Maximised exactly with HiGHS: first the
people matched, then fewer vouchers, then a seeded draw. scipy is loaded by the first allocation,
because pages that only ask whether a voucher fits need none of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, isfinite
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

PRICE_STEPS: Mapping[str, int] = {
    "foundational": 0,
    "business": 0,
    "associate": 1,
    "professional": 2,
    "specialty": 2,
}
"""Exam levels by price, so that a voucher bought for a level also pays for what costs no more."""
SEED = 20_261_121
TIME_LIMIT = 5.0
"""Seconds; the people of all universities together took well under one."""


@dataclass(frozen=True, slots=True)
class Voucher:
    id: int
    level: str | None
    """Highest level it pays for; None = any exam."""
    expires_on: date


@dataclass(frozen=True, slots=True)
class Exam:
    """The one exam that is missing; `earliest` is the first day the person could sit it."""

    certification: str
    level: str
    earliest: date


@dataclass(frozen=True, slots=True)
class Problem:
    """`free`: person -> openings whose musts are met; `missing`: person -> opening -> exam."""

    places: Mapping[int, int]
    free: Mapping[int, frozenset[int]]
    missing: Mapping[int, Mapping[int, Exam]]
    vouchers: tuple[Voucher, ...]
    most: int
    """Vouchers to give at most."""


@dataclass(frozen=True, slots=True)
class Award:
    person: int
    voucher: int
    opening: int
    certification: str


@dataclass(frozen=True, slots=True)
class Allocation:
    """`bound`: no choice matches more than this; equal to `matched` when proved best."""

    awards: tuple[Award, ...]
    matched: int
    without: int
    """People matched when no voucher is given."""
    bound: int
    timed_out: bool

    @property
    def gap(self) -> int:
        return self.bound - self.matched


class _Pair(NamedTuple):
    """`lot` is a place in the list of lots, or None for a free pair."""

    person: int
    opening: int
    lot: int | None


@dataclass(frozen=True, slots=True)
class _Lot:
    """Vouchers alike in level and last day, so that which of them is taken makes no difference."""

    level: str | None
    expires_on: date
    ids: tuple[int, ...]

    def pays(self, exam: Exam) -> bool:
        return covers(self.level, exam.level) and exam.earliest <= self.expires_on


def covers(voucher_level: str | None, exam_level: str) -> bool:
    return voucher_level is None or PRICE_STEPS[exam_level] <= PRICE_STEPS[voucher_level]


def allocate(problem: Problem, seed: int = SEED, time_limit: float = TIME_LIMIT) -> Allocation:
    """The same problem and seed give the same awards, whatever the order of the input."""
    from scipy.optimize import Bounds, milp

    lots = _lots(problem.vouchers)
    pairs = _pairs(problem, lots)
    without = _matched_for_free(problem)
    if problem.most <= 0 or all(pair.lot is None for pair in pairs):
        return Allocation((), without, without, without, False)
    costs = _costs(problem, pairs, len(lots), seed)
    found = milp(
        costs,
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        constraints=_limits(problem, pairs, lots),
        options={"time_limit": time_limit, "mip_rel_gap": 0.0},
    )
    bound = _bound(problem, pairs, found.mip_dual_bound)
    values = np.zeros(len(pairs)) if found.x is None else found.x
    chosen = [pair for pair, value in zip(pairs, values, strict=True) if value > 0.5]
    timed_out = found.status != 0
    if len(chosen) <= without:
        return Allocation((), without, without, bound if timed_out else without, timed_out)
    return Allocation(
        awards=_awards(problem, chosen, lots),
        matched=len(chosen),
        without=without,
        bound=bound if timed_out else len(chosen),
        timed_out=timed_out,
    )


def _lots(vouchers: Sequence[Voucher]) -> list[_Lot]:
    """Those that lapse first come first, of these the narrower level."""
    alike: dict[tuple[date, int, str], list[Voucher]] = {}
    for each in sorted(vouchers, key=lambda voucher: voucher.id):
        step = 9 if each.level is None else PRICE_STEPS[each.level]
        alike.setdefault((each.expires_on, step, each.level or ""), []).append(each)
    return [
        _Lot(rows[0].level, rows[0].expires_on, tuple(row.id for row in rows))
        for _, rows in sorted(alike.items())
    ]


def _pairs(problem: Problem, lots: Sequence[_Lot]) -> list[_Pair]:
    pairs = []
    for person in sorted(problem.free.keys() | problem.missing.keys()):
        free = problem.free.get(person, frozenset())
        pairs += [_Pair(person, opening, None) for opening in sorted(free & problem.places.keys())]
        for opening, exam in sorted(problem.missing.get(person, {}).items()):
            if opening in problem.places and opening not in free:
                pairs += [
                    _Pair(person, opening, index)
                    for index, lot in enumerate(lots)
                    if lot.pays(exam)
                ]
    return pairs


def _costs(problem: Problem, pairs: Sequence[_Pair], lots: int, seed: int) -> NDArray[np.float64]:
    """One person more outweighs every voucher; one voucher fewer outweighs every draw."""
    people = sorted({pair.person for pair in pairs})
    draw = Random(seed)
    luck = {person: draw.random() for person in people}
    most = min(problem.most, len(people))
    small = 0.5 / (most + 1)

    def cost(pair: _Pair) -> float:
        if pair.lot is None:
            return 0.0
        return 1.0 + small * (luck[pair.person] + pair.lot / lots)

    person_worth = 2.0 * (most + 1)
    return np.array([cost(pair) - person_worth for pair in pairs])


def _limits(problem: Problem, pairs: Sequence[_Pair], lots: Sequence[_Lot]) -> "LinearConstraint":
    """One row a person, an opening, a lot, and one for all vouchers together."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import coo_array, csr_array

    people = {person: row for row, person in enumerate(sorted({p.person for p in pairs}))}
    openings = {opening: row for row, opening in enumerate(sorted({p.opening for p in pairs}))}
    at_opening, at_lot = len(people), len(people) + len(openings)
    at_all = at_lot + len(lots)
    cells: list[tuple[int, int]] = []
    for column, pair in enumerate(pairs):
        cells.append((people[pair.person], column))
        cells.append((at_opening + openings[pair.opening], column))
        if pair.lot is not None:
            cells += [(at_lot + pair.lot, column), (at_all, column)]
    rows, columns = zip(*cells, strict=True)
    matrix = coo_array((np.ones(len(cells)), (rows, columns)), shape=(at_all + 1, len(pairs)))
    upper = [1] * len(people)
    upper += [problem.places[opening] for opening in openings]
    upper += [len(lot.ids) for lot in lots] + [problem.most]
    return LinearConstraint(csr_array(matrix), ub=np.array(upper, dtype=float))


def _matched_for_free(problem: Problem) -> int:
    """Largest matching of the free pairs; an opening stands once for each of its places."""
    from scipy.sparse import coo_array, csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    people = sorted(person for person, openings in problem.free.items() if openings)
    first, columns = {}, 0
    for opening, places in sorted(problem.places.items()):
        first[opening] = (columns, min(places, len(people)))
        columns += min(places, len(people))
    cells = [
        (row, start + place)
        for row, person in enumerate(people)
        for opening in problem.free[person] & problem.places.keys()
        for start, places in (first[opening],)
        for place in range(places)
    ]
    if not cells:
        return 0
    rows, at = zip(*cells, strict=True)
    graph = coo_array((np.ones(len(cells), dtype=np.int8), (rows, at)), (len(people), columns))
    return int((maximum_bipartite_matching(csr_array(graph), "column") >= 0).sum())


def _bound(problem: Problem, pairs: Sequence[_Pair], dual: float | None) -> int:
    """People that can be matched at most, by counting and by what the solver proved."""
    people = {pair.person for pair in pairs}
    simple = min(len(people), sum(problem.places[o] for o in {pair.opening for pair in pairs}))
    if dual is None or not isfinite(dual):
        return simple
    most = min(problem.most, len(people))
    return min(simple, floor((most + 1 - dual) / (2.0 * (most + 1)) + 1e-9))


def _awards(problem: Problem, chosen: Sequence[_Pair], lots: Sequence[_Lot]) -> tuple[Award, ...]:
    left = [list(lot.ids) for lot in lots]
    return tuple(
        Award(
            person=pair.person,
            voucher=left[pair.lot].pop(0),
            opening=pair.opening,
            certification=problem.missing[pair.person][pair.opening].certification,
        )
        for pair in sorted(chosen, key=lambda each: each.person)
        if pair.lot is not None
    )
