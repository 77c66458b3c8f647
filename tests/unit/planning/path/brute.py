"""The planner's answer by trying everything: subsets, orders of work, windows, ways to pay.

Written from the meaning of a plan alone, day by day, and shares nothing with the program but the
description of the problem.
"""

from collections.abc import Iterator
from itertools import combinations, permutations, product

from matcher.planning.path.problem import Exam, Problem, Session, Task, Window

Answer = tuple[int, int]
"""(day everything is known, won)."""


def best(problem: Problem) -> dict[str, Answer | None]:
    """(day, won) least in that order for `fastest`, least in won first for `cheapest`."""
    found = [answer for _, answer in answers(problem)]
    return {
        "fastest": min(found, default=None),
        "cheapest": min(found, key=lambda each: (each[1], each[0]), default=None),
    }


def answers(problem: Problem) -> Iterator[tuple[frozenset[tuple[str, object]], Answer]]:
    """Every set of actions that reaches the goal, with each of its undominated ends."""
    done: list[tuple[frozenset[object], frozenset[object]]] = []
    shortens = {window.after for each in problem.exams for window in each.windows}
    for sessions, tasks, exams in _subsets(problem):
        rest = frozenset(each.id for each in (*sessions, *tasks) if each.id not in shortens)
        same = frozenset(each.id for each in (*sessions, *exams) if each.id not in rest)
        if any(other < rest and names == same for other, names in done):
            continue  # what works without a course or task works no worse than with it
        reached = list(_ends(problem, sessions, tasks, exams))
        if reached:
            done.append((rest, same))
        actions = frozenset(
            [("session", each.id) for each in sessions]
            + [("task", each.id) for each in tasks]
            + [("exam", each.id) for each in exams]
        )
        for answer in reached:
            yield actions, answer


def _subsets(
    problem: Problem,
) -> Iterator[tuple[tuple[Session, ...], tuple[Task, ...], tuple[Exam, ...]]]:
    needed = problem.goal.exams
    for exams in _some(problem.exams):
        if not needed <= {each.id for each in exams}:
            continue
        for size in range(len(problem.sessions) + len(problem.tasks) + 1):
            for some in combinations((*problem.sessions, *problem.tasks), size):
                sessions = tuple(each for each in some if isinstance(each, Session))
                tasks = tuple(each for each in some if isinstance(each, Task))
                if _together(problem, sessions):
                    yield sessions, tasks, exams


def _some(things: tuple[Exam, ...]) -> Iterator[tuple[Exam, ...]]:
    for size in range(len(things) + 1):
        yield from combinations(things, size)


def _together(problem: Problem, sessions: tuple[Session, ...]) -> bool:
    courses = [each.course for each in sessions]
    if len(set(courses)) < len(courses):
        return False
    for one, other in combinations(sorted(each.id for each in sessions), 2):
        if (one, other) in problem.clashes:
            return False
    return all(room >= 0 for room in _room(problem, sessions))


def _room(problem: Problem, sessions: tuple[Session, ...]) -> list[int]:
    return [
        supply
        - sum(
            each.load
            for each in sessions
            if each.starts <= day <= each.ends and day not in problem.rests
        )
        for day, supply in enumerate(problem.supply)
    ]


def _ends(
    problem: Problem,
    sessions: tuple[Session, ...],
    tasks: tuple[Task, ...],
    exams: tuple[Exam, ...],
) -> Iterator[Answer]:
    if any(each.ends > problem.last for each in sessions):
        return
    room = _room(problem, sessions)
    seen = set()
    for windows in product(*(each.windows for each in exams)):
        if any(
            each.after is not None and each.after not in {s.id for s in sessions}
            for each in windows
        ):
            continue
        jobs: list[tuple[str, int]] = [(each.id, each.work) for each in tasks]
        jobs += [(each.id, window.work) for each, window in zip(exams, windows, strict=True)]
        for order in permutations(jobs):
            finished = _worked(room, order)
            if finished is None or not _reached(problem, sessions, tasks, finished):
                continue
            for answer in _sittings(problem, sessions, tasks, exams, windows, finished):
                if answer not in seen:
                    seen.add(answer)
                    yield answer


def _worked(room: list[int], order: tuple[tuple[str, int], ...]) -> dict[str, int] | None:
    """The day on which each job is finished when they are done one after the other."""
    finished, day, left = {}, 0, list(room)
    for name, work in order:
        while work > 0:
            if day >= len(left):
                return None
            used = min(left[day], work)
            left[day] -= used
            work -= used
            if work > 0:
                day += 1
        finished[name] = day
    return finished


def _reached(
    problem: Problem,
    sessions: tuple[Session, ...],
    tasks: tuple[Task, ...],
    finished: dict[str, int],
) -> bool:
    def level(skill: str, before: int) -> int:
        at = problem.levels.get(skill, 0)
        for each in sessions:
            if each.ends < before:
                for gain in each.gains:
                    if gain.skill == skill:
                        start = level(skill, each.starts)
                        at = max(at, start, min(gain.high, start + gain.high - gain.low))
        rungs = {
            rung
            for each in tasks
            if finished[each.id] < before
            for name, rung in each.covers
            if name == skill
        }
        while at + 1 in rungs:
            at += 1
        return at

    for each in sessions:
        if any(level(skill, each.starts) < need for skill, need in each.needs):
            return False
    end = problem.last + 1
    if any(finished[each.id] > problem.last for each in tasks):
        return False
    return all(level(skill, end) >= need for skill, need in problem.goal.skills.items())


def _sittings(
    problem: Problem,
    sessions: tuple[Session, ...],
    tasks: tuple[Task, ...],
    exams: tuple[Exam, ...],
    windows: tuple[Window, ...],
    finished: dict[str, int],
) -> Iterator[Answer]:
    base = max([each.ends for each in sessions] + [finished[each.id] for each in tasks] + [0])
    cost = sum(each.krw for each in sessions) + sum(each.krw for each in tasks)
    ends = {each.id: each.ends for each in sessions}
    pairs = list(zip(exams, windows, strict=True))
    for order in permutations(pairs):
        ways = [_ways(problem, exam, window) for exam, window in order]
        for pays in product(*ways):
            used = [way for way, _, _ in pays if way > 0]
            if len(set(used)) < len(used):
                continue
            codes = [0] * problem.benefits
            known, won, fits = base, cost, True
            for (exam, window), (way, krw, until) in zip(order, pays, strict=True):
                day = max(1, window.opens, finished[exam.id] + (1 if window.work else 0))
                if window.after is not None:
                    day = max(day, ends[window.after] + 1)
                if way < 0:
                    if not codes:
                        fits = False
                        break
                    codes.sort()
                    day = max(day, codes.pop(0))
                if day > min(window.closes, until):
                    fits = False
                    break
                codes.append(day + problem.wait)
                known, won = max(known, day + problem.wait), won + krw
            if fits and known <= problem.last and (problem.budget is None or won <= problem.budget):
                yield known, won


def _ways(problem: Problem, exam: Exam, window: Window) -> list[tuple[int, int, int]]:
    far = len(problem.supply)
    ways = [(0, window.krw, far)]
    if window.krw:
        ways.append((-1, _less(window.krw, problem.benefit_percent), far))
        ways += [
            (each.id, _less(window.krw, each.percent), each.until)
            for each in problem.vouchers
            if exam.id in each.exams
        ]
    return ways


def _less(krw: int, percent: int) -> int:
    return (krw * (100 - percent) + 99) // 100
