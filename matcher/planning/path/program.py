"""The integer program of one target and one last day.

Variables: a session taken, a task done by a day, an exam sat in a window and paid in a way by a
day, a chain followed, won taken from a subsidy. Because studying can be split and nothing has a
release day, a choice fits exactly when, for every day D, the work due by D is at most what can be
worked until D beside the courses. So time needs no variables, only one row for each day on which
something is due.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from matcher.planning.path.chains import Chain, Chains
from matcher.planning.path.modes import (
    BENEFIT,
    Action,
    Done,
    Sat,
    exam_modes,
    task_modes,
    useful_sessions,
)
from matcher.planning.path.problem import Problem, Session, hours

TIME_LIMIT = 1
WORK_WEIGHT = 1e-4
"""Won an hour of work weighs: breaks ties of cost, below any real difference."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """What the program chose. `krw` is after subsidies, `aids` what each of them pays (by id);
    `bound` is what nothing can be better than."""

    sessions: tuple[Session, ...]
    tasks: tuple[Done, ...]
    exams: tuple[Sat, ...]
    krw: int
    aids: Mapping[int, int]
    value: float
    bound: float

    @property
    def actions(self) -> frozenset[Action]:
        return frozenset(each.action for some in self._all for each in some)

    @property
    def _all(self) -> tuple[tuple[Session | Done | Sat, ...], ...]:
        return (self.sessions, self.tasks, self.exams)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of one run: by which day, for how much, what is ruled out, what is weighed.

    `aim` is `any` (whatever fits), `work` or `cost`; `prizes` lower it by that much for an action
    taken. Every set in `without` must lose an action.
    """

    last: int
    budget: int | None
    aim: Literal["any", "work", "cost"] = "cost"
    without: tuple[frozenset[Action], ...] = ()
    prizes: Mapping[Action, float] = field(default_factory=dict)


class OutOfTime(Exception):
    """The time limit passed before anything was found or ruled out."""


def solve(
    problem: Problem, ways: Sequence[Chains], order: Order, until: float | None = None
) -> Choice | None:
    """None when nothing fits. `until` is a moment of the monotonic clock. Raises OutOfTime."""
    return _Program(problem, ways, order).solve(until)


def may_fit(problem: Problem, ways: Sequence[Chains], order: Order) -> bool:
    """False: not even with actions taken in part, which is quick to know and proves that no plan
    fits."""
    return _Program(problem, ways, order).may_fit()


class _Rows:
    """Constraint rows as triplets."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.column: list[int] = []
        self.value: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(
        self, terms: Iterable[tuple[int, float]], low: float = -np.inf, high: float = np.inf
    ) -> None:
        at = len(self.low)
        for column, value in terms:
            self.row.append(at)
            self.column.append(column)
            self.value.append(value)
        self.low.append(low)
        self.high.append(high)


class _Program:
    def __init__(self, problem: Problem, ways: Sequence[Chains], order: Order) -> None:
        self.problem, self.ways, self.order = problem, ways, order
        self.sessions = useful_sessions(problem, ways, order.last)
        self.tasks = task_modes(problem, ways, order.last)
        self.exams = exam_modes(problem, order.last)
        self.choices: list[Session | Done | Sat] = [*self.sessions, *self.tasks, *self.exams]
        self.aids = self._aid_pairs()
        self.first_task = len(self.sessions)
        self.first_exam = self.first_task + len(self.tasks)
        self.first_chain = self.first_exam + len(self.exams)
        self.chains = [(at, each) for at, way in enumerate(ways) for each in way.ways]
        self.first_aid = self.first_chain + len(self.chains)
        self.size = self.first_aid + len(self.aids)
        self.session_at = {each.id: at for at, each in enumerate(self.sessions)}
        self.rows = _Rows()

    def solve(self, until: float | None) -> Choice | None:
        self._write()
        rows = self.rows
        if not self.size:
            is_free = max(rows.low, default=0.0) <= 0.0
            return Choice((), (), (), 0, {}, 0.0, 0.0) if is_free else None
        found = self._run(until)
        if found.x is None:
            if found.status == TIME_LIMIT:
                raise OutOfTime
            return None
        bound = found.fun if found.mip_dual_bound is None else found.mip_dual_bound
        return self._choice(found.x, float(found.fun), float(bound))

    def may_fit(self) -> bool:
        self._write()
        return not self.size or self._run(None, is_whole=False).x is not None

    def _write(self) -> None:
        self._chain_rows()
        self._once_rows()
        self._work_rows()
        self._benefit_rows()
        self._aid_rows()
        self._budget_row()
        self._search_rows()

    def _run(self, until: float | None, is_whole: bool = True) -> Any:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        rows, high, whole = self.rows, np.ones(self.size), np.ones(self.size)
        high[self.first_aid :] = np.inf
        # A chain followed in part follows from whole actions.
        whole[self.first_chain if is_whole else 0 :] = 0
        options = {"mip_rel_gap": 0.0}
        if until is not None:
            options["time_limit"] = max(0.001, until - monotonic())
        matrix = csr_array((rows.value, (rows.row, rows.column)), shape=(len(rows.low), self.size))
        return milp(
            self._aim(),
            integrality=whole,
            bounds=Bounds(0.0, high),
            constraints=LinearConstraint(matrix, rows.low, rows.high),
            options=options,
        )

    def _aid_pairs(self) -> list[tuple[int, Action]]:
        """(subsidy, action) where the one may pay for the other."""
        found: list[tuple[int, Action]] = []
        for at, each in enumerate(self.problem.subsidies):
            if each.courses:
                found += [(at, ("session", run.id)) for run in self.sessions if run.krw]
            if each.exams:
                names = dict.fromkeys(mode.exam for mode in self.exams if mode.krw)
                found += [(at, ("exam", name)) for name in names]
        return found

    def _chain_rows(self) -> None:
        """One chain to every level wanted; whoever follows it does what it asks."""
        groups: dict[int, list[tuple[int, Chain]]] = defaultdict(list)
        for at, (way, chain) in enumerate(self.chains):
            if chain.sessions <= self.session_at.keys():
                groups[way].append((self.first_chain + at, chain))
        modes = _by_task(self.tasks)
        for at, each in enumerate(self.ways):
            columns = [(column, 1.0) for column, _ in groups[at]]
            if each.wanted.before is None:
                self.rows.add(columns, low=1.0, high=1.0)
            else:
                self.rows.add(columns, high=1.0)
                self._needs_row(at, columns)
            self._follow_rows(groups[at], modes)

    def _follow_rows(
        self, group: list[tuple[int, Chain]], modes: Mapping[str, list[tuple[int, int]]]
    ) -> None:
        """Of one level wanted: as at most one chain is followed, all that share a session or a
        task by a day stand in one row, which is far tighter than a row for each."""
        by_session: dict[int, list[int]] = defaultdict(list)
        by_task: dict[tuple[str, int], list[int]] = defaultdict(list)
        for column, chain in group:
            for session in chain.sessions:
                by_session[session].append(column)
            for task, day in chain.tasks:
                by_task[task, self._by(day)].append(column)
        for session, columns in by_session.items():
            self.rows.add(
                [*((c, 1.0) for c in columns), (self.session_at[session], -1.0)], high=0.0
            )
        for (task, last), _ in by_task.items():
            sooner = [
                c for (t, d), some in by_task.items() if t == task and d <= last for c in some
            ]
            able = [(self.first_task + mode, -1.0) for mode, due in modes[task] if due <= last]
            self.rows.add([*((c, 1.0) for c in sooner), *able], high=0.0)

    def _by(self, day: int | None) -> int:
        return self.order.last if day is None else min(day, self.order.last)

    def _needs_row(self, at: int, columns: list[tuple[int, float]]) -> None:
        wanted = self.ways[at].wanted
        for each in self.sessions:
            if each.starts == wanted.before and (wanted.skill, wanted.level) in each.needs:
                self.rows.add([*columns, (self.session_at[each.id], -1.0)], low=0.0)

    def _once_rows(self) -> None:
        """One run of a course, one way to do a thing, no two courses at the same hours."""
        by_course: dict[int, list[int]] = defaultdict(list)
        for at, each in enumerate(self.sessions):
            by_course[each.course].append(at)
        groups = [columns for columns in by_course.values() if len(columns) > 1]
        groups += [
            [self.first_task + mode for mode, _ in modes]
            for modes in _by_task(self.tasks).values()
            if len(modes) > 1
        ]
        for exam, columns in self._by_exam().items():
            groups.append(columns)
            if exam in self.problem.goal.exams:
                self.rows.add([(each, 1.0) for each in columns], low=1.0)
        for _missing in self.problem.goal.exams - self._by_exam().keys():
            self.rows.add([], low=1.0)
        vouchers: dict[int, list[int]] = defaultdict(list)
        for at, mode in enumerate(self.exams):
            if mode.pay > 0:
                vouchers[mode.pay].append(self.first_exam + at)
            if mode.window.after is not None:
                self._after_row(at, mode.window.after)
        groups += list(vouchers.values())
        for one, other in self.problem.clashes:
            if one in self.session_at and other in self.session_at:
                groups.append([self.session_at[one], self.session_at[other]])
        for columns in groups:
            self.rows.add([(each, 1.0) for each in columns], high=1.0)

    def _after_row(self, at: int, session: int) -> None:
        column = (self.first_exam + at, 1.0)
        other = self.session_at.get(session)
        self.rows.add([column] if other is None else [column, (other, -1.0)], high=0.0)

    def _by_exam(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for at, mode in enumerate(self.exams):
            found[mode.exam].append(self.first_exam + at)
        return found

    def _work_rows(self) -> None:
        """Work due by a day fits until that day; courses together fit every single day."""
        problem = self.problem
        jobs = [(each.due, self.first_task + at, each.work) for at, each in enumerate(self.tasks)]
        jobs += [
            (each.due - 1, self.first_exam + at, each.window.work)
            for at, each in enumerate(self.exams)
        ]
        for day in sorted({due for due, _, _ in jobs}):
            terms = [(column, hours(work)) for due, column, work in jobs if due <= day and work]
            terms += [
                (at, hours(taken))
                for at, each in enumerate(self.sessions)
                if (taken := problem.taken(each, day))
            ]
            self.rows.add(terms, high=hours(problem.supplied[day + 1]))
        for room, together in self._crowded():
            loads = [(at, hours(self.sessions[at].load)) for at in together]
            self.rows.add(loads, high=hours(room))

    def _crowded(self) -> set[tuple[int, tuple[int, ...]]]:
        """(units of a day, sessions that meet on it) wherever all of them would be too many."""
        found = set()
        supply, rests = self.problem.supply, self.problem.rests
        edges = {each.starts for each in self.sessions} | {each.ends + 1 for each in self.sessions}
        edges |= {d for d in range(1, len(supply)) if supply[d] != supply[d - 1]}
        for day in sorted(edges | {d + 1 for d in rests}):
            if day in rests or day >= len(supply):
                continue
            here = tuple(
                at for at, each in enumerate(self.sessions) if each.starts <= day <= each.ends
            )
            if sum(self.sessions[at].load for at in here) > supply[day]:
                found.add((supply[day], here))
        return {
            (room, here)
            for room, here in found
            if not any(room == other and set(here) < set(more) for other, more in found)
        }

    def _benefit_rows(self) -> None:
        """By any day no more codes are used than passes have brought by then."""
        problem = self.problem
        used = [at for at, mode in enumerate(self.exams) if mode.pay == BENEFIT]
        for day in sorted({self.exams[at].due for at in used}):
            terms = [(self.first_exam + at, 1.0) for at in used if self.exams[at].due <= day]
            terms += [
                (self.first_exam + at, -1.0)
                for at, mode in enumerate(self.exams)
                if mode.due + problem.wait <= day
            ]
            self.rows.add(terms, high=float(problem.benefits))

    def _aid_rows(self) -> None:
        caps: dict[int, list[tuple[int, float]]] = defaultdict(list)
        whole: dict[Action, list[tuple[int, float]]] = defaultdict(list)
        for at, (subsidy, action) in enumerate(self.aids):
            column, scheme = self.first_aid + at, self.problem.subsidies[subsidy]
            caps[subsidy].append((column, 1.0))
            whole[action].append((column, 1.0))
            costs = self._costs_of(action)
            terms = [
                (mode, -float(krw * scheme.percent // 100))
                for mode, krw, day in costs
                if day <= scheme.until
            ]
            self.rows.add([(column, 1.0), *terms], high=0.0)
        for subsidy, terms in caps.items():
            self.rows.add(terms, high=float(self.problem.subsidies[subsidy].cap))
        for action, terms in whole.items():
            paid = [(mode, -float(krw)) for mode, krw, _ in self._costs_of(action)]
            self.rows.add([*terms, *paid], high=0.0)

    def _costs_of(self, action: Action) -> list[tuple[int, int, int]]:
        """(column, won, day by which it is done)."""
        kind, name = action
        if kind == "session":
            at = self.session_at[int(name)]
            return [(at, self.sessions[at].krw, self.sessions[at].ends)]
        return [
            (self.first_exam + at, mode.krw, mode.due)
            for at, mode in enumerate(self.exams)
            if mode.exam == name
        ]

    def _costs(self) -> Floats:
        costs = np.zeros(self.size)
        costs[: self.first_chain] = [each.krw for each in self.choices]
        costs[self.first_aid :] = -1.0
        return costs

    def _work(self) -> Floats:
        """Hours of each column."""
        work = np.zeros(self.size)
        last = self.order.last
        work[: self.first_task] = [hours(self.problem.taken(each, last)) for each in self.sessions]
        work[self.first_task : self.first_exam] = [hours(each.work) for each in self.tasks]
        work[self.first_exam : self.first_chain] = [hours(each.window.work) for each in self.exams]
        return work

    def _aim(self) -> Floats:
        if self.order.aim == "any":
            return np.zeros(self.size)
        aim = self._work()
        if self.order.aim == "cost":
            aim = self._costs() + WORK_WEIGHT * aim
        for at, each in enumerate(self.choices):
            aim[at] -= self.order.prizes.get(each.action, 0.0)
        return aim

    def _budget_row(self) -> None:
        if self.order.budget is not None:
            costs = self._costs()
            terms = [(int(at), float(costs[at])) for at in np.flatnonzero(costs)]
            self.rows.add(terms, high=float(self.order.budget))

    def _search_rows(self) -> None:
        """Every plan ruled out loses a step."""
        columns: dict[Action, list[int]] = defaultdict(list)
        for at, each in enumerate(self.choices):
            columns[each.action].append(at)
        for plan in self.order.without:
            terms = [(at, 1.0) for action in plan for at in columns[action]]
            self.rows.add(terms, high=float(len(plan) - 1))

    def _paid(self, found: Floats) -> dict[int, int]:
        """Won by subsidy; those that pay nothing are left out."""
        paid: dict[int, float] = defaultdict(float)
        for at, (subsidy, _action) in enumerate(self.aids):
            paid[self.problem.subsidies[subsidy].id] += float(found[self.first_aid + at])
        return {scheme: round(won) for scheme, won in paid.items() if round(won)}

    def _choice(self, found: Floats, value: float, bound: float) -> Choice:
        on = [self.choices[at] for at in np.flatnonzero(found[: self.first_chain] > 0.5)]
        aids = self._paid(found)
        return Choice(
            sessions=tuple(each for each in on if isinstance(each, Session)),
            tasks=tuple(each for each in on if isinstance(each, Done)),
            exams=tuple(each for each in on if isinstance(each, Sat)),
            krw=sum(each.krw for each in on) - sum(aids.values()),
            aids=aids,
            value=value,
            bound=bound,
        )


def _by_task(modes: Sequence[Done]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, mode in enumerate(modes):
        found[mode.task].append((at, mode.due))
    return found
