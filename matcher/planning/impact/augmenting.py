"""The most people matched with a limited number of course-made pairs, exactly.

Successive cheapest paths: a path frees a place for one more person and moves others along; its
cost is the seats it takes more. Costs never fall from one path to the next, so the first path
that needs more seats than are left ends it. Searched on the openings alone, of which there are
few: the cheapest way from opening a to b is one move of somebody placed at a.
"""

from dataclasses import dataclass

import numpy as np

from matcher.planning.impact.ground import NEVER, Bools, Ground, Ints, Prices, ceiling, whole

NOBODY = -1


@dataclass(frozen=True)
class Matched:
    """`place` (people,) the opening's index or -1; `used` seats taken; `bound` from `prices`."""

    place: Ints
    total: int
    used: int
    prices: Prices
    bound: float

    @property
    def is_proved(self) -> bool:
        """The prices rule out one more."""
        return whole(self.bound) == self.total


def without_course(ground: Ground) -> Matched:
    """The most matched by pairs that already qualify."""
    start = np.full(ground.people, NOBODY, dtype=np.int64)
    nothing = np.zeros_like(ground.free)
    return _finished(ground, nothing, 0, _greedy(ground, start))


def with_course(ground: Ground, made: Bools, seats: int, base: Ints) -> Matched:
    """`base`: the places of `without_course`, from which the paths go on."""
    return _finished(ground, made, seats, base)


def _finished(ground: Ground, made: Bools, seats: int, base: Ints) -> Matched:
    search = _Search(ground, made, base)
    total, used = int((base != NOBODY).sum()), 0
    while search.explore() and used + search.step <= seats:
        used += search.step
        total += 1
        search.augment()
    prices = search.prices(seats)
    bound = ceiling(ground, [made], seats, prices)
    return Matched(search.place, total, used, prices, bound)


def _greedy(ground: Ground, place: Ints) -> Ints:
    """Who fits least takes first."""
    room = ground.capacity.copy()
    for person in np.argsort(ground.free.sum(axis=1), kind="stable"):
        options = np.flatnonzero(ground.free[person] & (room > 0))
        if len(options):
            place[person] = options[0]
            room[options[0]] -= 1
    return place


class _Search:
    """One matching under way. `way[a, b]`: the fewest seats more it takes to move one person
    placed at a to b; `entry[b]`: to place one more person at b."""

    def __init__(self, ground: Ground, made: Bools, base: Ints) -> None:
        self.cost = ground.priced(made)
        self.place = base.copy()
        size = len(ground.capacity)
        held = np.bincount(base[base != NOBODY], minlength=size)
        self.room = ground.capacity - held
        waiting = self.cost[base == NOBODY]
        self.waiting = np.stack([(waiting == price).sum(axis=0) for price in (0, 1)])
        self.way = np.full((size, size), NEVER, dtype=np.int64)
        for opening in np.flatnonzero(held):
            self._refresh(int(opening))
        self.far = np.full(size, NEVER, dtype=np.int64)
        self.before = np.full(size, NOBODY, dtype=np.int64)
        self.goal = NOBODY

    @property
    def step(self) -> int:
        """Seats the path found takes."""
        return int(self.far[self.goal])

    def explore(self) -> bool:
        """Whether a path is left, from people without a place to an opening with room."""
        self.far = self._entries()
        self._spread()
        open_ends = np.flatnonzero(self.room > 0)
        if not len(open_ends):
            self.goal = NOBODY
            return False
        self.goal = int(open_ends[self.far[open_ends].argmin()])
        return self.step < NEVER // 2

    def augment(self) -> None:
        """Move people along the path, last move first, and bring one more in."""
        end = self.goal
        self.room[end] -= 1
        touched = [end]
        while self.before[end] != NOBODY:
            start = int(self.before[end])
            there = np.flatnonzero(self.place == start)
            mover = there[(self.cost[there, end] - self.cost[there, start]).argmin()]
            self.place[mover] = end
            end = start
            touched.append(end)
        new = np.flatnonzero((self.place == NOBODY) & (self.cost[:, end] == self._entry(end)))[0]
        self.place[new] = end
        self.waiting -= np.stack([self.cost[new] == price for price in (0, 1)])
        for opening in touched:
            self._refresh(opening)

    def prices(self, seats: int) -> Prices:
        """What the last, fruitless search proves: openings are worth less the dearer they are
        to reach, and one seat is worth one match shared over the seats it would have taken.

        Where no path is left at all, any price that `seats` cannot pay does.
        """
        step = self.step if self.goal != NOBODY else NEVER
        if step >= NEVER // 2:
            step = 2 * (seats + 1)
        self.far = np.minimum(self._entries(), step)
        self._spread()
        return Prices(1.0 - self.far / step, 1.0 / step)

    def _entries(self) -> Ints:
        free, made = self.waiting
        return np.where(free > 0, 0, np.where(made > 0, 1, NEVER))

    def _spread(self) -> None:
        """Bellman-Ford from what `far` holds; costs form no cycle that saves seats."""
        self.before = np.full(len(self.far), NOBODY, dtype=np.int64)
        while len(self.far):
            through = self.far[:, None] + self.way
            best = through.argmin(axis=0)
            reached = through[best, np.arange(len(best))]
            better = reached < np.minimum(self.far, NEVER // 2)
            if not better.any():
                return
            self.far = np.where(better, reached, self.far)
            self.before = np.where(better, best, self.before)

    def _entry(self, opening: int) -> int:
        return 0 if self.waiting[0, opening] > 0 else 1

    def _refresh(self, opening: int) -> None:
        there = np.flatnonzero(self.place == opening)
        moves = self.cost[there] - self.cost[there, opening][:, None]
        self.way[opening] = np.minimum(moves.min(axis=0, initial=NEVER), NEVER)
