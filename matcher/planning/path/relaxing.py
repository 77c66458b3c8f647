"""What would have to give for a plan to exist: the smallest change of one wish at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from matcher.planning.path.problem import Goal, Problem
from matcher.planning.path.program import Order, OutOfTime
from matcher.planning.path.search import Clock, Search

Change = Literal["days", "won", "hours", "drop", "variant"]
MOST_HOURS = 40


@dataclass(frozen=True, slots=True)
class Easing:
    """`amount` days or won more, or hours a week in all; `detail` what is dropped or changed.

    `together`: only with the other one that says so too; alone neither is enough.
    """

    change: Change
    amount: int = 0
    detail: str = ""
    together: bool = False


@dataclass(frozen=True)
class Easier:
    """Other problems to try: with `hours(h)` a week, without some part of the goal, with another
    wish changed. `last` is the furthest day a plan may end at all."""

    last: int
    weekly_hours: int
    hours: Callable[[int], Problem]
    drops: Mapping[str, Goal]
    variants: Mapping[str, Problem]


def easings(problem: Problem, easier: Easier, clock: Clock) -> tuple[Easing, ...]:
    """Only what makes a plan possible; empty when nothing does or the time is over."""
    found: list[Easing] = []
    try:
        found += _more_days(problem, easier, clock)
        found += _more_won(problem, clock)
        if not found and problem.budget is not None:
            found += _days_and_won(problem, easier, clock)
        found += _more_hours(easier, clock)
        found += [
            Easing("drop", detail=name)
            for name, goal in easier.drops.items()
            if _fits(replace(problem, goal=goal), clock)
        ]
        found += [
            Easing("variant", detail=name)
            for name, other in easier.variants.items()
            if _fits(other, clock)
        ]
    except OutOfTime:
        return tuple(found)
    return tuple(found)


def _more_days(problem: Problem, easier: Easier, clock: Clock) -> list[Easing]:
    if problem.last >= easier.last:
        return []
    plan = Search(replace(problem, last=easier.last), clock).fastest()
    return [] if plan is None else [Easing("days", plan.timeline.finish - problem.last)]


def _more_won(problem: Problem, clock: Clock) -> list[Easing]:
    if problem.budget is None:
        return []
    found = Search(replace(problem, budget=None), clock).find(Order(problem.last, None))
    return [] if found is None else [Easing("won", found[1].krw - problem.budget)]


def _days_and_won(problem: Problem, easier: Easier, clock: Clock) -> list[Easing]:
    """The least money with all the time there is, then the least time for that money."""
    assert problem.budget is not None
    plan = Search(replace(problem, last=easier.last, budget=None), clock).cheapest()
    if plan is None:
        return []
    days = max(0, plan.timeline.finish - problem.last)
    won = max(0, plan.timeline.krw - problem.budget)
    return [Easing("days", days, together=True), Easing("won", won, together=True)]


def _more_hours(easier: Easier, clock: Clock) -> list[Easing]:
    low, high = easier.weekly_hours + 1, MOST_HOURS
    if low > high or not _fits(easier.hours(high), clock):
        return []
    while low < high:
        middle = (low + high) // 2
        if _fits(easier.hours(middle), clock):
            high = middle
        else:
            low = middle + 1
    return [Easing("hours", low)]


def _fits(problem: Problem, clock: Clock) -> bool:
    return Search(problem, clock).find(Order(problem.last, problem.budget, "work")) is not None
