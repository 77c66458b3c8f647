"""What makes a timeline possible, checked day by day against the problem it answers."""

from matcher.planning.path.problem import Problem
from matcher.planning.path.timeline import Timeline


def faults(problem: Problem, line: Timeline) -> list[str]:
    """Everything that is wrong with it, in words."""
    checks = (_sessions, _work, _exams, _levels)
    return [fault for check in checks for fault in check(problem, line)]


def _sessions(problem: Problem, line: Timeline) -> list[str]:
    taken = [each.session for each in line.steps if each.session is not None]
    found = []
    if len({each.course for each in taken}) < len(taken):
        found.append("one course twice")
    for one in taken:
        for other in taken:
            if (one.id, other.id) in problem.clashes:
                found.append(f"sessions {one.id} and {other.id} at the same hours")
    for day, supply in enumerate(problem.supply):
        load = sum(
            each.load
            for each in taken
            if each.starts <= day <= each.ends and day not in problem.rests
        )
        if load > supply:
            found.append(f"courses take more than day {day} has")
    return found


def _work(problem: Problem, line: Timeline) -> list[str]:
    """In any stretch of days no more is worked than they have beside the courses."""
    jobs = [each for each in line.steps if each.session is None]
    found = []
    for first in {each.start for each in jobs}:
        for last in {_worked_by(each) for each in jobs}:
            inside = [each for each in jobs if each.start >= first and _worked_by(each) <= last]
            have = sum(problem.supply[first : last + 1]) - sum(
                each.session.load
                for each in line.steps
                if each.session is not None
                for day in range(max(first, each.session.starts), min(last, each.session.ends) + 1)
                if day not in problem.rests
            )
            if sum(each.work for each in inside) > have:
                found.append(f"too much work between day {first} and day {last}")
    return found


def _worked_by(step) -> int:  # type: ignore[no-untyped-def]
    return step.end - 1 if step.window is not None and step.work else step.end


def _exams(problem: Problem, line: Timeline) -> list[str]:
    ends = {each.session.id: each.end for each in line.steps if each.session is not None}
    found = []
    sat = sorted((each for each in line.steps if each.window is not None), key=lambda e: e.end)
    codes = [0] * problem.benefits
    used: list[int] = []
    for each in sat:
        assert each.window is not None
        if not max(1, each.window.opens) <= each.end <= each.window.closes:
            found.append(f"{each.id} on a day it is not offered")
        if each.window.after is not None and ends.get(each.window.after, 10**9) >= each.end:
            found.append(f"{each.id} before its course ended")
        if each.pay < 0:
            ready = [day for day in codes if day <= each.end]
            if not ready:
                found.append(f"{each.id} paid with a code nobody has")
            else:
                codes.remove(min(ready))
        if each.pay > 0:
            used.append(each.pay)
            voucher = next(v for v in problem.vouchers if v.id == each.pay)
            if each.end > voucher.until or each.id not in voucher.exams:
                found.append(f"{each.id} paid with a voucher that does not serve")
        codes.append(each.end + problem.wait)
    if len(set(used)) < len(used):
        found.append("a voucher twice")
    known = max([each.known for each in line.steps], default=0)
    if known != line.finish or known > problem.last:
        found.append("it ends on another day than it says, or too late")
    if problem.budget is not None and line.krw > problem.budget:
        found.append("over the budget")
    if line.krw != sum(each.krw for each in line.steps) - sum(line.aids.values()):
        found.append("the costs do not add up")
    return found


def _levels(problem: Problem, line: Timeline) -> list[str]:
    tasks = {each.id: each for each in problem.tasks}
    done = {each.id: each.end for each in line.steps if each.id in tasks}
    taken = [each.session for each in line.steps if each.session is not None]

    def level(skill: str, before: int) -> int:
        at = problem.levels.get(skill, 0)
        for each in taken:
            if each.ends < before:
                start = level(skill, each.starts)
                gains = [gain for gain in each.gains if gain.skill == skill]
                at = max([at, start, *(gain.after(start) for gain in gains)])
        rungs = {
            r
            for name, day in done.items()
            if day < before
            for s, r in tasks[name].covers
            if s == skill
        }
        while at + 1 in rungs:
            at += 1
        return at

    found = [
        f"session {each.id} before {skill} {need} is held"
        for each in taken
        for skill, need in each.needs
        if level(skill, each.starts) < need
    ]
    end = problem.last + 1
    found += [
        f"{skill} {need} is not reached"
        for skill, need in problem.goal.skills.items()
        if level(skill, end) < need
    ]
    passed = {each.id for each in line.steps if each.window is not None}
    return found + [f"{name} is not sat" for name in problem.goal.exams - passed]
