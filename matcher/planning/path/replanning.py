"""The same steps at another pace: everything that is left, in the least time, and nothing else."""

from collections.abc import Sequence
from dataclasses import replace

from matcher.planning.path.problem import Exam, Gain, Goal, Problem, Session, Task
from matcher.planning.path.search import Clock, Search
from matcher.planning.path.timeline import Timeline


def again(
    problem: Problem,
    sessions: Sequence[Session],
    tasks: Sequence[Task],
    exams: Sequence[Exam],
    clock: Clock,
) -> Timeline | None:
    """None when they do not fit. Each step is made a goal of its own, because what was a way to a
    level once may be needless by now and is to be done all the same."""
    asked = [f"session:{each.id}" for each in sessions] + [f"task:{each.id}" for each in tasks]
    taught = [
        replace(each, gains=(Gain(f"session:{each.id}", 0, 1),), needs=()) for each in sessions
    ]
    done = [replace(each, covers=((f"task:{each.id}", 1),)) for each in tasks]
    left = replace(
        problem,
        goal=Goal(dict.fromkeys(asked, 1), frozenset(each.id for each in exams)),
        levels={},
        sessions=tuple(taught),
        tasks=tuple(done),
        exams=tuple(exams),
        budget=None,
    )
    plan = Search(left, clock).fastest()
    return None if plan is None else plan.timeline
