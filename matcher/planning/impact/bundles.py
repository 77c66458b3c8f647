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

from matcher.planning.impact.augmenting import NOBODY, Matched, with_course
from matcher.planning.impact.bounding import Bounding, allowed_of, lenders
from matcher.planning.impact.courses import Singles
from matcher.planning.impact.ground import (
    SLACK,
    Bools,
    Ground,
    Ints,
    Prices,
    ceiling,
    whole,
)
from matcher.planning.impact.joint_program import most_matched

TIME_LIMIT = 2.5
"""Seconds for a whole search."""
PROGRAM_LIMIT = 2.0
"""Seconds for the integer program of one bundle."""
GREEDY_PART, BOUNDS_PART = 0.5, 0.7
"""Of the limit: until when the greedy choice, and until when the bounds, may take."""


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
    ends = perf_counter() + time_limit
    base, chosen = found.base, [made[each] for each in courses]
    pool = _pooled(ground, chosen, seats, found)
    most = pool.total
    least = most if _fits(pool.place, ground, chosen, seats) else 0
    for order in permutations(range(len(chosen))):
        if least == most or (least and perf_counter() > ends):
            break
        least = max(least, _in_turn(ground, [chosen[k] for k in order], seats, found))
    left = ends - perf_counter()
    if least < most and left > 0:
        least, most = most_matched(ground, chosen, seats, (least, most), left)
    return Bundle(tuple(courses), least - base.total, most - base.total)


def best_bundle(
    ground: Ground,
    made: Sequence[Bools],
    seats: int,
    found: Singles,
    size: int,
    time_limit: float = TIME_LIMIT,
) -> BundleSearch | None:
    """None with fewer courses than the bundle takes. Only courses that make a pair are tried.
    Every phase keeps the limit; what it leaves undone widens `most`, never the claim."""
    starts, base = perf_counter(), found.base.total
    ends, greedy_ends = starts + time_limit, starts + GREEDY_PART * time_limit
    useful = [number for number, gain in enumerate(found.gains) if gain.eligible]
    if len(useful) < size:
        return None
    lent = [Bounding.of(ground, made, seats * size, each) for each in lenders(found)]
    chosen = _greedy(ground, made, seats, found, useful, size, lent, greedy_ends)
    greedy = joint(ground, made, seats, found, chosen, time_limit / 3)
    pool = _pooled(ground, [made[each] for each in chosen], seats, found)
    lent.append(Bounding.of(ground, made, seats * size, pool.prices))
    combos = np.array(list(combinations(useful, size)), dtype=np.int64)
    highest = min(base + seats * size, int(ground.capacity.sum()))
    bounded = starts + BOUNDS_PART * time_limit
    allowed = allowed_of(lent, combos, highest, base + greedy.gained, bounded) - base
    hopes = np.array([each.gained for each in found.gains])[combos].sum(axis=1)
    best, most = greedy, greedy.gained
    for place in np.lexsort((-allowed, -hopes)):
        if allowed[place] <= best.gained:
            continue
        left = ends - perf_counter()
        if left <= 0:
            most = max(most, int(allowed[place]))
            continue
        some = [int(k) for k in combos[place]]
        limit = min(int(allowed[place]), _together(ground, made, seats, found, some))
        if limit <= best.gained:
            continue
        tried = joint(ground, made, seats, found, some, min(left, time_limit / 3))
        most = max(most, min(limit, tried.most))
        best = max(best, tried, key=lambda each: each.gained)
    return BundleSearch(best, greedy, max(most, best.gained))


def _greedy(
    ground: Ground,
    made: Sequence[Bools],
    seats: int,
    found: Singles,
    useful: Sequence[int],
    size: int,
    lent: Sequence[Bounding],
    ends: float,
) -> list[int]:
    """The course that gains most, then the one that adds most to it; of equal ones the first.
    Courses that gain most alone are tried first, in case the time is not enough for all."""
    ranked = sorted(useful, key=lambda k: (-found.gains[k].gained, k))
    chosen, place = [ranked[0]], found.matched[ranked[0]].place
    while len(chosen) < size:
        rest = [each for each in ranked if each not in chosen]
        step = _next(ground, made, seats, chosen, rest, place, lent, ends)
        chosen.append(step[0])
        place = step[1]
    return sorted(chosen)


def _next(
    ground: Ground,
    made: Sequence[Bools],
    seats: int,
    chosen: Sequence[int],
    rest: Sequence[int],
    place: Ints,
    lent: Sequence[Bounding],
    ends: float,
) -> tuple[int, Ints]:
    """The course that adds most to those chosen, and who is then placed where."""
    kept = _keeping(ground, place)
    best, most = rest[0], with_course(kept, made[rest[0]], seats, place)
    combos = np.array([[*chosen, each] for each in rest], dtype=np.int64)
    joined = np.minimum.reduce([each.joint(combos) for each in lent])
    ceilings = np.floor(joined + SLACK)
    for each, allowed in zip(rest[1:], ceilings[1:], strict=True):
        if perf_counter() > ends:
            break
        if allowed < most.total or (allowed == most.total and each > best):
            continue
        tried = with_course(kept, made[each], seats, place)
        if (tried.total, -each) > (most.total, -best):
            best, most = each, tried
    return best, most.place


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


def _pooled(ground: Ground, made: Sequence[Bools], seats: int, found: Singles) -> Matched:
    """By any of these courses, their seats in one pool: no plan for them matches more."""
    return with_course(ground, np.logical_or.reduce(made), seats * len(made), found.base.place)
