"""A choice laid out in days: who is worked on when, when exams are sat, when all of it is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.planning.path.modes import BENEFIT, Action, Done, Sat
from matcher.planning.path.problem import Problem, Session, Window, hours
from matcher.planning.path.program import Choice


@dataclass(frozen=True, slots=True)
class Placed:
    """One action with its days. An exam is sat on `end` and known on `known`; else both are one."""

    kind: str
    id: str
    start: int
    end: int
    known: int
    work: int
    krw: int
    session: Session | None = None
    window: Window | None = None
    pay: int = 0

    @property
    def hours(self) -> float:
        return hours(self.work)


@dataclass(frozen=True)
class Timeline:
    """Steps in the order in which they are known."""

    steps: tuple[Placed, ...]
    finish: int
    krw: int
    aids: Mapping[int, int]
    """Won each subsidy pays, by its id; taken off `krw` already."""
    actions: frozenset[Action]

    @property
    def hours(self) -> float:
        return sum(each.hours for each in self.steps)


class DoesNotFit(ValueError):
    """The choice cannot be laid out: for a choice of the program a defect, never a plan."""


def lay_out(problem: Problem, choice: Choice) -> Timeline:
    """Work in the order of its last days, each thing in one go, as early as it can be."""
    room = room_beside(problem, choice.sessions)
    exams, tasks = sorted(choice.exams, key=_exam_order), sorted(choice.tasks, key=_task_order)
    spans = _spans(room, exams, tasks)
    steps = [_session(problem, each) for each in choice.sessions]
    steps += [_task(each, spans[each.action]) for each in tasks]
    steps += _sat(problem, exams, spans)
    steps.sort(key=lambda each: (each.known, each.end, each.kind, each.id))
    finish = max((each.known for each in steps), default=0)
    return Timeline(tuple(steps), finish, choice.krw, choice.aids, choice.actions)


Span = tuple[int, int]
"""First and last day of work."""


def room_beside(problem: Problem, sessions: Sequence[Session]) -> list[int]:
    """Units left on each day beside the courses."""
    room = list(problem.supply)
    for each in sessions:
        for day in range(each.starts, each.ends + 1):
            if day not in problem.rests:
                room[day] -= each.load
    if min(room, default=0) < 0:
        raise DoesNotFit("courses take more than a day has")
    return room


def _spans(room: list[int], exams: Sequence[Sat], tasks: Sequence[Done]) -> dict[Action, Span]:
    """Exams before tasks due on one day: their results take a while."""
    jobs: list[tuple[int, int, Action, int]] = [
        (each.due - 1, 0, each.action, each.window.work) for each in exams
    ]
    jobs += [(each.due, 1, each.action, each.work) for each in tasks]
    spans: dict[Action, Span] = {}
    day = 0
    for due, _, action, work in sorted(jobs, key=lambda each: each[:2]):
        span = spend(room, day, work)
        if span is None or (work and span[1] > due):
            raise DoesNotFit(f"{action} is not done by day {due}")
        spans[action], day = span, span[1]
    return spans


def spend(room: list[int], day: int, work: int) -> Span | None:
    """First and last day of the work, begun on `day` and taken from `room`; None when the days
    run out. No work is done on the spot."""
    first = None
    while work > 0:
        if day >= len(room):
            return None
        used = min(room[day], work)
        if used and first is None:
            first = day
        room[day] -= used
        work -= used
        if work:
            day += 1
    return (day if first is None else first, day)


def _session(problem: Problem, each: Session) -> Placed:
    work = problem.taken(each, each.ends)
    return Placed(
        "session", str(each.id), each.starts, each.ends, each.ends, work, each.krw, session=each
    )


def _task(each: Done, span: Span) -> Placed:
    return Placed("task", each.task, *span, span[1], each.work, each.krw)


def _sat(problem: Problem, exams: Sequence[Sat], spans: dict[Action, Span]) -> list[Placed]:
    codes = [0] * problem.benefits
    found = []
    for each in exams:
        start, done = spans[each.action]
        opens = problem.opens(each.window)
        day = max(opens, done + 1 if each.window.work else start)
        if each.pay == BENEFIT:
            if not codes:
                raise DoesNotFit(f"no code is left for {each.exam}")
            codes.sort()
            day = max(day, codes.pop(0))
        if day > each.due:
            raise DoesNotFit(f"{each.exam} is not sat by day {each.due}")
        known = day + problem.wait
        codes.append(known)
        found.append(
            Placed(
                "exam", each.exam, min(start, day), day, known, each.window.work, each.krw,
                window=each.window, pay=each.pay,
            )
        )  # fmt: skip
    return found


def _exam_order(each: Sat) -> tuple[int, int, str]:
    """Of exams due on one day the one that needs no code goes first."""
    return (each.due, each.pay == BENEFIT, each.exam)


def _task_order(each: Done) -> tuple[int, str]:
    return (each.due, each.task)
