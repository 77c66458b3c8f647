"""What can be chosen, as the program sees it: each action by the days on which it may be due."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matcher.planning.path.chains import Chains
from matcher.planning.path.problem import Exam, Problem, Session, Window, reduced

FULL, BENEFIT = 0, -1
"""How an exam is paid, besides the ids of vouchers."""

Action = tuple[str, int | str]
"""("session", id), ("task", id) or ("exam", certification)."""


@dataclass(frozen=True, slots=True)
class Sat:
    """An exam mode: sat by day `due`, paid by `pay`."""

    exam: str
    window: Window
    pay: int
    krw: int
    due: int

    @property
    def action(self) -> Action:
        return ("exam", self.exam)


@dataclass(frozen=True, slots=True)
class Done:
    """A task mode: worked by the evening of day `due`."""

    task: str
    work: int
    krw: int
    due: int

    @property
    def action(self) -> Action:
        return ("task", self.task)


def useful_sessions(problem: Problem, ways: Sequence[Chains], last: int) -> list[Session]:
    """Those some chain or exam makes use of, over by the last day."""
    useful = {session for way in ways for chain in way.ways for session in chain.sessions}
    useful |= {window.after or 0 for exam in problem.exams for window in exam.windows}
    return [each for each in problem.sessions if each.id in useful and each.ends <= last]


def task_modes(problem: Problem, ways: Sequence[Chains], last: int) -> list[Done]:
    """A task by the end, and by each earlier day some chain asks it for."""
    due: dict[str, set[int]] = defaultdict(set)
    for way in ways:
        for chain in way.ways:
            for task, day in chain.tasks:
                due[task].add(last if day is None else min(day, last))
    known = {each.id: each for each in problem.tasks}
    return [
        Done(task, known[task].work, known[task].krw, day)
        for task in sorted(due)
        for day in sorted(due[task])
        if day >= 0
    ]


def exam_modes(problem: Problem, last: int) -> list[Sat]:
    """Each window by its last day, by the last day of each subsidy, and sooner by whole waits: as
    soon as the code of its pass may be wanted for a later exam. A chain of codes is never longer
    than the exams asked for, because an exam nobody asked for is worth its code at the head of a
    chain only."""
    ends, wait, goal = last - problem.wait, problem.wait, problem.goal.exams
    whole = [
        Sat(exam.id, window, pay, krw, day)
        for exam in _worth_sitting(problem)
        for window in exam.windows
        for pay, krw, until in _pays(problem, exam.id, window)
        for day in _last_days(problem, min(ends, window.closes, until))
    ]
    steps = range(1, len(goal) + 1)
    sooner = {each.due - wait * step for each in whole if each.exam in goal for step in steps}
    found = {
        replace(each, due=day)
        for each in whole
        for day in _days(each, sooner, each.exam in goal)
        if day >= problem.opens(each.window)
    }
    return sorted(found, key=_order)


def _last_days(problem: Problem, last: int) -> set[int]:
    return {last} | {each.until for each in problem.subsidies if each.exams and each.until < last}


def _days(mode: Sat, sooner: Iterable[int], is_asked: bool) -> set[int]:
    """An exam nobody asked for is worth its code alone, and so only in time for another one."""
    days = {min(day, mode.due) for day in sooner}
    return days | {mode.due} if is_asked else days


def _order(mode: Sat) -> tuple[str, str, str, int, int, int]:
    window = mode.window
    return (mode.exam, window.code, window.language, window.after or 0, mode.pay, mode.due)


def _worth_sitting(problem: Problem) -> list[Exam]:
    """What is asked for, and what costs less than its code can save."""
    goal = problem.goal.exams
    asked = [each for each in problem.exams if each.id in goal]
    dearest = [max((w.krw for w in each.windows), default=0) for each in asked]
    saving = sum(krw - reduced(krw, problem.benefit_percent) for krw in dearest)
    others = [each for each in problem.exams if each.id not in goal]
    useful = [each for each in others if _least(problem, each) < saving]
    return asked + [each for each in useful if _is_rare(problem, each, useful)]


def _is_rare(problem: Problem, exam: Exam, others: Sequence[Exam]) -> bool:
    """Whether fewer others than exams are asked for are cheaper, quicker and open for as long: no
    more codes than that are ever wanted, so the rest are left out."""
    if _least(problem, exam) != min(window.krw for window in exam.windows):
        return True  # a voucher makes it special
    better = sum(other.id != exam.id and _serves_better(other, exam) for other in others)
    return better < len(problem.goal.exams)


def _serves_better(one: Exam, other: Exam) -> bool:
    return all(
        any(_is_better(window, theirs, one.id < other.id) for window in one.windows)
        for theirs in other.windows
    )


def _is_better(window: Window, other: Window, wins_ties: bool) -> bool:
    """Costs and takes no more, and is open whenever the other is."""
    if window.after is not None or window.opens > other.opens or window.closes < other.closes:
        return False
    mine, theirs = (window.krw, window.work), (other.krw, other.work)
    is_equal = mine == theirs and (window.opens, window.closes) == (other.opens, other.closes)
    return (wins_ties or not is_equal) and mine[0] <= theirs[0] and mine[1] <= theirs[1]


def _least(problem: Problem, exam: Exam) -> int:
    """Won for it as the first exam of all."""
    pays = [pay for window in exam.windows for pay in _pays(problem, exam.id, window)]
    return min((krw for pay, krw, _ in pays if pay != BENEFIT), default=0)


def _pays(problem: Problem, exam: str, window: Window) -> list[tuple[int, int, int]]:
    """(way, won, last day) of each way to pay."""
    far = len(problem.supply)
    ways = [(FULL, window.krw, far)]
    if window.krw:
        ways.append((BENEFIT, reduced(window.krw, problem.benefit_percent), far))
        ways += [
            (each.id, reduced(window.krw, each.percent), each.until)
            for each in problem.vouchers
            if exam in each.exams
        ]
    return ways
