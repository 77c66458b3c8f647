"""Two or three courses at once, each with its own seats; a person takes a seat in one of them.

Courses help and hinder one another, so the best bundle need not hold the best course: bounds from
prices rule most bundles out, the rest are solved from the most promising on. What the time did
not allow to rule out is told as the most any bundle could still gain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from time import perf_counter

import numpy as np

from matcher.planning.impact.augmenting import NOBODY, with_course
from matcher.planning.impact.courses import Singles
from matcher.planning.impact.ground import Bools, Floats, Ground, Ints, Prices, ceiling, whole

TIME_LIMIT = 2.5
"""Seconds for a whole search."""
PROGRAM_LIMIT = 2.0
"""Seconds for the integer program of one bundle."""
CHUNK = 400
PRICED = 3
"""So many of the best courses lend their prices to the bounds."""


@dataclass(frozen=True)
class Bundle:
    """`gained` by the plan found; no plan for this bundle gains more than `most`."""

    courses: tuple[int, ...]
    gained: int
    most: int

    @property
    def is_proved(self) -> bool:
        return self.gained == self.most


@dataclass(frozen=True)
class BundleSearch:
    """`most`: what no bundle of this size exceeds; `greedy` takes the best next course."""

    best: Bundle
    greedy: Bundle
    most: int

    @property
    def is_proved(self) -> bool:
        return self.best.gained >= self.most

    @property
    def gap(self) -> int:
        """What taking the best course first, then the best next, gives away."""
        return self.best.gained - self.greedy.gained


def joint(
    ground: Ground,
    made: Sequence[Bools],
    seats: int,
    found: Singles,
    courses: Sequence[int],
    time_limit: float = PROGRAM_LIMIT,
) -> Bundle:
    """The most gained by these courses together. Pooling their seats bounds it from above, one
    course after the other from below; between the two an integer program decides."""
    base, chosen = found.base, [made[each] for each in courses]
    pool = with_course(ground, np.logical_or.reduce(chosen), seats * len(chosen), base.place)
    least = pool.total if _fits(pool.place, ground, chosen, seats) else 0
    if least < pool.total:
        orders = permutations(range(len(chosen)))
        least = max(_in_turn(ground, [chosen[k] for k in order], seats, found) for order in orders)
    most = pool.total
    if least < most:
        least, most = _program(ground, chosen, seats, (least, most), time_limit)
    return Bundle(tuple(courses), least - base.total, most - base.total)


def best_bundle(
    ground: Ground,
    made: Sequence[Bools],
    seats: int,
    found: Singles,
    size: int,
    time_limit: float = TIME_LIMIT,
) -> BundleSearch | None:
    """None with fewer courses than the bundle takes. Only courses that make a pair are tried."""
    ends = perf_counter() + time_limit
    useful = [number for number, gain in enumerate(found.gains) if gain.eligible]
    if len(useful) < size:
        return None
    chosen = _greedy(ground, made, seats, found, useful, size)
    greedy = joint(ground, made, seats, found, chosen)
    combos = np.array(list(combinations(useful, size)), dtype=np.int64)
    bounds = _bounds(ground, made, seats, found, combos)
    best, most = greedy, greedy.gained
    hopes = [sum(found.gains[k].gained for k in combo) for combo in combos]
    for place in sorted(range(len(combos)), key=lambda k: (-hopes[k], -bounds[k])):
        chosen = [int(k) for k in combos[place]]
        allowed = whole(float(bounds[place])) - found.base.total
        is_late = perf_counter() > ends
        if allowed > best.gained and not is_late:
            allowed = min(allowed, _together(ground, made, seats, found, chosen))
        if allowed <= best.gained:
            continue
        if is_late:
            most = max(most, allowed)
            continue
        some = joint(ground, made, seats, found, chosen, time_limit / 3)
        most = max(most, some.most)
        best = max(best, some, key=lambda each: each.gained)
    return BundleSearch(best, greedy, max(most, best.gained))


def _greedy(
    ground: Ground,
    made: Sequence[Bools],
    seats: int,
    found: Singles,
    useful: Sequence[int],
    size: int,
) -> list[int]:
    """The course that gains most, then the one that adds most to it; of equal ones the first."""
    chosen: list[int] = []
    place = found.base.place
    for _ in range(size):
        kept = _keeping(ground, place)
        rest = [each for each in useful if each not in chosen]
        tried = [with_course(kept, made[each], seats, place) for each in rest]
        best = max(range(len(rest)), key=lambda k: tried[k].total)
        chosen.append(rest[best])
        place = tried[best].place
    return sorted(chosen)


def _in_turn(ground: Ground, made: Sequence[Bools], seats: int, found: Singles) -> int:
    matched = found.base
    for pairs in made:
        kept = _keeping(ground, matched.place)
        matched = with_course(kept, pairs, seats, matched.place)
    return matched.total


def _keeping(ground: Ground, place: Ints) -> Ground:
    """Seats that are taken cost nothing more."""
    free = ground.free.copy()
    placed = np.flatnonzero(place != NOBODY)
    free[placed, place[placed]] = True
    return Ground(ground.capacity, free)


def _fits(place: Ints, ground: Ground, made: Sequence[Bools], seats: int) -> bool:
    """Whether the seats a pooled plan takes can be shared out (Hall: every set of courses has
    seats for those who can take theirs nowhere else)."""
    placed = np.flatnonzero(place != NOBODY)
    placed = placed[~ground.free[placed, place[placed]]]
    can = np.array([pairs[placed, place[placed]] for pairs in made]).reshape(len(made), -1)
    for size in range(1, len(made) + 1):
        for some in combinations(range(len(made)), size):
            others = [k for k in range(len(made)) if k not in some]
            bound_here = ~can[others].any(axis=0) if others else np.ones(can.shape[1], bool)
            if bound_here.sum() > seats * size:
                return False
    return True


def _together(
    ground: Ground, made: Sequence[Bools], seats: int, found: Singles, courses: Sequence[int]
) -> int:
    """What these courses cannot exceed, by the higher of their own prices for every place."""
    prices = [found.matched[each].prices for each in courses]
    joined = Prices(
        np.maximum.reduce([each.place for each in prices]), max(each.seat for each in prices)
    )
    chosen = [made[each] for each in courses]
    return whole(ceiling(ground, chosen, seats, joined)) - found.base.total


def _bounds(
    ground: Ground, made: Sequence[Bools], seats: int, found: Singles, combos: Ints
) -> Floats:
    """(bundles,) the least of several bounds, each from one set of prices (`ground.ceiling`)."""
    ranked = sorted(range(len(made)), key=lambda k: -found.gains[k].gained)
    seated = found.base.total + seats * combos.shape[1]
    bounds = np.full(len(combos), float(min(seated, ground.capacity.sum())))
    for lender in ranked[:PRICED]:
        prices = found.matched[lender].prices
        np.minimum(bounds, _priced(ground, made, seats, prices, combos), out=bounds)
    return bounds


def _priced(
    ground: Ground, made: Sequence[Bools], seats: int, prices: Prices, combos: Ints
) -> Floats:
    free = prices.worth(ground.free)
    worth = np.stack([np.maximum(free, prices.worth(pairs, prices.seat)) for pairs in made])
    flat = float(ground.capacity @ prices.place) + prices.seat * seats * combos.shape[1]
    parts = [
        worth[combos[start : start + CHUNK]].max(axis=1).sum(axis=1)
        for start in range(0, len(combos), CHUNK)
    ]
    bounds: Floats = np.concatenate(parts) + flat
    return bounds


def _program(
    ground: Ground,
    made: Sequence[Bools],
    seats: int,
    known: tuple[int, int],
    time_limit: float,
) -> tuple[int, int]:
    """(matched, what cannot be exceeded) by HiGHS, within what is known already."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    blocks = [np.argwhere(pairs) for pairs in (ground.free, *made)]
    pairs = np.concatenate(blocks)
    number = np.arange(len(pairs))
    course = np.repeat(np.arange(len(blocks)), [len(each) for each in blocks])
    people, openings = ground.free.shape
    in_course = course > 0
    rows = np.concatenate(
        [pairs[:, 0], people + pairs[:, 1], people + openings - 1 + course[in_course]]
    )
    columns = np.concatenate([number, number, number[in_course]])
    table = coo_array(
        (np.ones(len(rows)), (rows, columns)), shape=(people + openings + len(made), len(pairs))
    )
    limits = np.concatenate([np.ones(people), ground.capacity, np.full(len(made), seats)])
    answer = milp(
        -np.ones(len(pairs)),
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(table.tocsr(), -np.inf, limits),
        options={"time_limit": time_limit},
    )
    least, most = known
    if answer.x is not None:
        least = max(least, round(-answer.fun))
    if answer.mip_dual_bound is not None:
        most = min(most, whole(-float(answer.mip_dual_bound) + 1e-6))
    return least, max(least, most)
