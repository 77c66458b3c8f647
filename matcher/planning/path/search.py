"""The best plan of a kind and the next best ones, proved, within a time limit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Literal

from matcher.planning.path.chains import Chains, Wanted, chains
from matcher.planning.path.modes import Action
from matcher.planning.path.problem import Problem
from matcher.planning.path.program import Choice, Order, OutOfTime, may_fit, solve
from matcher.planning.path.timeline import Timeline, lay_out

Kind = Literal["fastest", "cheapest", "strongest"]
FIRST_STEP = 3
"""Days the search looks further ahead after the least day did not do."""


@dataclass(frozen=True)
class Plan:
    """`gap` days or won by which an unseen plan could be better; 0 = proved best of those left."""

    kind: Kind
    timeline: Timeline
    gap: float = 0.0


@dataclass(frozen=True)
class Clock:
    """`until`: moment of the monotonic clock at which searching stops; None = never."""

    until: float | None = None

    @classmethod
    def of(cls, seconds: float | None) -> "Clock":
        return cls(None if seconds is None else monotonic() + seconds)

    @property
    def is_over(self) -> bool:
        return self.until is not None and monotonic() >= self.until


class Search:
    """One problem, its chains made once. `is_complete` False when ways were left out for size."""

    def __init__(self, problem: Problem, clock: Clock | None = None) -> None:
        self.problem = problem
        self.clock = clock or Clock()
        self.ways = _ways(problem)
        self.is_complete = all(each.is_complete for each in self.ways)
        self.timed_out = False

    @property
    def out_of_reach(self) -> tuple[Wanted, ...]:
        """Levels of the goal to which nothing leads, however long it may take."""
        goal = [each for each in self.ways if each.wanted.before is None]
        return tuple(each.wanted for each in goal if not each.ways)

    def find(self, order: Order) -> tuple[Choice, Timeline] | None:
        """Raises OutOfTime when the limit passed before an answer."""
        if self.clock.is_over:
            raise OutOfTime
        choice = solve(self.problem, self.ways, order, self.clock.until)
        return None if choice is None else (choice, lay_out(self.problem, choice))

    def plans(self, kind: Kind, most: int, floor: int = 0) -> tuple[Plan, ...]:
        """Best first; each leaves out at least one step of every plan before it.

        `floor`: a day before which no plan can end, when that is known.
        """
        found: list[Plan] = []
        while len(found) < most:
            without = tuple(each.timeline.actions for each in found)
            try:
                if kind == "fastest":
                    plan = self.fastest(without, found[-1].timeline.finish if found else floor)
                else:
                    plan = self.cheapest(without, floor)
            except OutOfTime:
                self.timed_out = True
                break
            if plan is None:
                break
            found.append(plan)
            if not plan.timeline.actions:
                break
        return tuple(found)

    def fastest(self, without: tuple[frozenset[Action], ...] = (), floor: int = 0) -> Plan | None:
        """Raises OutOfTime before any plan is found."""
        return self._earliest(Order(self.problem.last, self.problem.budget, "any", without), floor)

    def cheapest(self, without: tuple[frozenset[Action], ...] = (), floor: int = 0) -> Plan | None:
        """Raises OutOfTime before any plan is found."""
        found = self.find(Order(self.problem.last, self.problem.budget, "cost", without))
        if found is None:
            return None
        choice, timeline = found
        gap = max(0.0, choice.value - choice.bound)
        tied = Order(self.problem.last, timeline.krw, "any", without)
        if timeline.finish > floor:
            low, sooner = self._first(
                replace(tied, last=timeline.finish), self._least_day(tied, floor)
            )
            timeline, _ = self._soonest(tied, low, sooner or timeline)
        return Plan("cheapest", self._polished(tied, timeline), 0.0 if gap < 1.0 else gap)

    def _earliest(self, order: Order, floor: int) -> Plan | None:
        if not may_fit(self.problem, self.ways, order):
            return None
        low, timeline = self._first(order, self._least_day(order, floor))
        if timeline is None:
            return None
        timeline, gap = self._soonest(order, low, timeline)
        return Plan("fastest", self._polished(order, timeline), gap)

    def _least_day(self, order: Order, floor: int) -> int:
        """The first day by which a plan of actions taken in part would end: one of whole actions
        ends no sooner. Such a plan must be there by the last day."""
        low, high = floor, order.last
        if may_fit(self.problem, self.ways, replace(order, last=low)):
            return low
        while low + 1 < high:
            middle = (low + high) // 2
            if may_fit(self.problem, self.ways, replace(order, last=middle)):
                high = middle
            else:
                low = middle
        return high

    def _first(self, order: Order, low: int) -> tuple[int, Timeline | None]:
        """(least day still possible, a plan): looks ever further ahead, because a program of fewer
        days is a smaller one."""
        step = 0
        while True:
            last = min(order.last, low + step)
            found = self.find(replace(order, last=last))
            if found is not None:
                return low, found[1]
            if last == order.last:
                return last, None
            low, step = last + 1, 2 * step + FIRST_STEP

    def _soonest(self, order: Order, low: int, timeline: Timeline) -> tuple[Timeline, float]:
        """(plan, days it could be sooner): halving between what can and what cannot be."""
        try:
            while low < timeline.finish:
                day = (low + timeline.finish) // 2
                found = self.find(replace(order, last=day))
                if found is None:
                    low = day + 1
                else:
                    timeline = found[1]
        except OutOfTime:
            self.timed_out = True
        return timeline, float(max(0, timeline.finish - low))

    def _polished(self, order: Order, timeline: Timeline) -> Timeline:
        """Of the plans that end no later the cheapest, of those the one with least work."""
        try:
            found = self.find(replace(order, last=timeline.finish, aim="cost"))
        except OutOfTime:
            self.timed_out = True
            return timeline
        return timeline if found is None else found[1]


def _ways(problem: Problem) -> tuple[Chains, ...]:
    """Of the goal's skills, and of what the courses that help need beforehand, as far as needed."""
    found: dict[Wanted, Chains] = {}
    open_: list[Wanted] = [
        Wanted(skill, level)
        for skill, level in sorted(problem.goal.skills.items())
        if problem.level(skill) < level
    ]
    useful = _preparing(problem)
    open_ += [each for session in useful for each in _needs(problem, session)]
    while open_:
        wanted = open_.pop()
        if wanted in found:
            continue
        found[wanted] = chains(problem, wanted)
        for session in {each for way in found[wanted].ways for each in way.sessions}:
            open_ += _needs(problem, session)
    return tuple(found[each] for each in sorted(found, key=_order))


def _order(wanted: Wanted) -> tuple[str, int, int]:
    return (wanted.skill, wanted.level, -1 if wanted.before is None else wanted.before)


def _preparing(problem: Problem) -> set[int]:
    """Sessions that shorten the work for an exam."""
    windows = [window for exam in problem.exams for window in exam.windows]
    return {each.after for each in windows if each.after is not None}


def _needs(problem: Problem, session: int) -> Sequence[Wanted]:
    run = problem.by_id[session]
    return [
        Wanted(skill, level, run.starts)
        for skill, level in run.needs
        if problem.level(skill) < level
    ]
