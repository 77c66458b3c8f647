"""The plan that raises the real ranking score most: sets of wishes from the best down.

A set's `hope` is the score if all of it could be had in its best proved form: more proof never
lowers a score, so no plan for the set or a part of it scores higher. Sets are tried in the order of
their hope until a plan's real score is as high as what is left to hope for; what stays between the
two is the gap.
"""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from matcher.planning.path.modes import Action
from matcher.planning.path.problem import Goal, Problem
from matcher.planning.path.program import Order, OutOfTime
from matcher.planning.path.search import Clock, Plan, Search
from matcher.planning.path.timeline import Timeline

MOST_SETS = 24
PRIZE = 1e7
"""Beyond any cost: a course proves its skills better than the person's own word."""
CLOSE = 1e-9

Wish = tuple[str, str, int]
"""("skill", slug, level) or ("exam", id, 0)."""
Hope = Callable[[Sequence[frozenset[Wish]]], Sequence[float]]
Score = Callable[[Timeline], float]


@dataclass(frozen=True)
class Strength:
    """`gap` in points of the score; `is_complete` False when sets were left untried."""

    plans: tuple[Plan, ...]
    scores: tuple[float, ...]
    is_complete: bool


def strongest(
    problem: Problem, wishes: Sequence[Wish], hope: Hope, score: Score, most: int, clock: Clock
) -> Strength:
    """`problem.goal` is always reached; of `wishes` as much as serves the score."""
    found: list[tuple[float, Timeline]] = []
    queue: list[tuple[float, int, tuple[int, ...], int]] = []
    _put(queue, wishes, [(tuple(range(len(wishes))), 0)], hope)
    tried, bound, is_complete = 0, float("-inf"), True
    while queue:
        top = -queue[0][0]
        best = max((value for value, _ in found), default=float("-inf"))
        if len(found) >= most and top <= best + CLOSE:
            break
        if tried == MOST_SETS or clock.is_over:
            bound, is_complete = max(bound, top), False
            break
        _, _, chosen, first = heapq.heappop(queue)
        tried += 1
        try:
            plans = _plans(problem, [wishes[each] for each in chosen], clock)
        except OutOfTime:
            bound, is_complete = max(bound, top), False
            break
        if plans:
            bound = max(bound, top)
            found += _new([(score(each), each) for each in plans], found)
        _put(queue, wishes, _smaller(chosen, first), hope)
    return _ended(found, bound, most, is_complete)


def _ended(
    found: list[tuple[float, Timeline]], bound: float, most: int, is_complete: bool
) -> Strength:
    found.sort(key=lambda each: (-each[0], each[1].krw, each[1].finish))
    kept: list[tuple[float, Timeline]] = []
    for value, timeline in found:
        if len(kept) < most and not any(other.actions <= timeline.actions for _, other in kept):
            kept.append((value, timeline))
    gap = max(0.0, bound - kept[0][0]) if kept else 0.0
    plans = tuple(Plan("strongest", timeline, gap) for _, timeline in kept)
    return Strength(plans, tuple(value for value, _ in kept), is_complete)


def _put(
    queue: list[tuple[float, int, tuple[int, ...], int]],
    wishes: Sequence[Wish],
    sets: Sequence[tuple[tuple[int, ...], int]],
    hope: Hope,
) -> None:
    hopes = hope([frozenset(wishes[each] for each in chosen) for chosen, _ in sets]) if sets else ()
    for value, (chosen, first) in zip(hopes, sets, strict=True):
        heapq.heappush(queue, (-value, -len(chosen), chosen, first))


def _smaller(chosen: tuple[int, ...], first: int) -> list[tuple[tuple[int, ...], int]]:
    """Each set without one wish, every set reached once: wishes are dropped in their order."""
    return [(chosen[:at] + chosen[at + 1 :], at) for at in range(first, len(chosen))]


def _plans(problem: Problem, wishes: Sequence[Wish], clock: Clock) -> list[Timeline]:
    """The cheapest, and the one that learns in courses what courses teach."""
    skills = dict(problem.goal.skills)
    for kind, name, level in wishes:
        if kind == "skill":
            skills[name] = max(level, skills.get(name, 0))
    exams = problem.goal.exams | {name for kind, name, _ in wishes if kind == "exam"}
    search = Search(replace(problem, goal=Goal(skills, exams)), clock)
    plain = Order(problem.last, problem.budget)
    first = search.find(plain)
    if first is None:
        return []
    prizes: dict[Action, float] = {
        each.action: PRIZE
        for each in problem.sessions
        if any(gain.skill in skills for gain in each.gains)
    }
    second = search.find(replace(plain, prizes=prizes)) if prizes else None
    return [each[1] for each in (first, second) if each is not None]


def _new(
    some: list[tuple[float, Timeline]], found: list[tuple[float, Timeline]]
) -> list[tuple[float, Timeline]]:
    known = {each.actions for _, each in found}
    fresh: dict[frozenset[Action], tuple[float, Timeline]] = {}
    for value, timeline in some:
        if timeline.actions not in known:
            fresh[timeline.actions] = (value, timeline)
    return list(fresh.values())
