"""Keeping certificates alive as an integer program: cover every day with intervals of validity.

A sitting on day t covers a certificate it renews from the day after t to t plus three years; a
maintenance year covers from its first possible day to the old expiry plus a year. The certificate
lives until the end when every day is covered, and it is enough to ask that of the day after each
interval. An interval begins after its own day, so whatever renews was still alive then.

Two facts make this exact. Validity only grows: a state with later expiries can do whatever an
earlier one could. And renewals travel: what an exam renews, it renews together with everything
below, so a later expiry of the upper certificate is one of the lower too (a maintenance year can
be put off to the later expiry and still reaches as far).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from matcher.planning.benefits import discounted
from matcher.planning.certification_rules import expiry_of, repeat_opens_on
from matcher.planning.renewal_model import Model, PlannedYear, Solution

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

# scipy is imported where it is used: it takes half a second that most pages never need.

Row = tuple[dict[int, float], float, float]
"""Coefficients by variable, least, most."""

ONE_DAY = timedelta(days=1)
INFEASIBLE = 2
"""Status of scipy.optimize.milp."""


class OutOfTimeError(Exception):
    """The time limit came before any way was found or ruled out."""


def is_possible(model: Model, seconds: float) -> bool:
    """Whether anything keeps everything alive, whatever it costs."""
    program = _Program(model)
    return program.run(program.count(), seconds) is not None


def solve(model: Model, fewest_first: bool, seconds: float) -> Solution | None:
    """The best by the first goal, of those by the second, of those the liked languages and the
    latest days. None when nothing keeps everything alive. Raises OutOfTimeError."""
    program = _Program(model)
    count, cents = program.count(), program.cents()
    goals = [count, cents] if fewest_first else [cents, count]
    first = program.run(goals[0], seconds)
    if first is None:
        return None
    values, gap = first
    program.hold(goals[0], float(goals[0] @ values))
    values, second_gap = program.better(goals[1], seconds, values)
    program.hold(goals[1], float(goals[1] @ values))
    values, _ = program.better(program.taste(), seconds, values)
    is_proven = gap == 0 and second_gap == 0
    return program.solution(values, is_proven, gap if fewest_first else gap / 100)


class _Program:
    """Variables: sittings, then the same paid with a code, then maintenance years; all 0 or 1."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.n = len(model.sittings)
        self.width = 2 * self.n + len(model.years)
        self.rows = [*self._covers(), *self._chained(), *self._repeats(), *self._paid()]

    def count(self) -> np.ndarray:
        goal = np.zeros(self.width)
        goal[: self.n] = 1
        return goal

    def cents(self) -> np.ndarray:
        goal = np.zeros(self.width)
        for i, sitting in enumerate(self.model.sittings):
            full = sitting.window.price_usd or 0
            goal[i] = round(full * 100)
            half = discounted(full, self.model.facts.benefit_percent)
            goal[self.n + i] = round((half - full) * 100)
        goal[2 * self.n :] = round((self.model.maintain_usd or 0) * 100)
        return goal

    def taste(self) -> np.ndarray:
        """Standard exams before betas, the liked language, then late days; no needless years."""
        liking = {w.language: n for n, w in reversed(list(enumerate(self.model.windows)))}
        places = {language: n for n, language in enumerate(sorted(liking, key=liking.__getitem__))}
        goal = np.zeros(self.width)
        for i, sitting in enumerate(self.model.sittings):
            days_left = (self.model.until - sitting.on).days
            worse = sitting.window.is_beta * 10 + places[sitting.window.language]
            goal[i] = days_left + worse * 10_000
        goal[2 * self.n :] = 1
        return goal

    def run(self, goal: np.ndarray, seconds: float) -> tuple[np.ndarray, float] | None:
        """(0/1 values, how much better it could still be); None when there is no solution."""
        from scipy.optimize import Bounds, milp

        if self.width == 0:
            empty = all(low <= 0 for _, low, _ in self.rows)
            return (np.zeros(0), 0.0) if empty else None
        found = milp(
            goal,
            integrality=np.ones(self.width),
            bounds=Bounds(0, 1),
            constraints=self._constraints(),
            options={"time_limit": seconds, "mip_rel_gap": 0},
        )
        if found.x is None and found.status == INFEASIBLE:
            return None
        if found.x is None:
            raise OutOfTimeError
        values = np.round(found.x)
        best = float(goal @ values)
        if found.status == 0:
            return values, 0.0
        bound = max(0.0, float(np.ceil(found.mip_dual_bound - 1e-6)))  # no goal is ever below 0
        return values, max(0.0, best - bound)

    def better(
        self, goal: np.ndarray, seconds: float, known: np.ndarray
    ) -> tuple[np.ndarray, float]:
        """As `run` from a known solution, which stands when time runs out on this lesser goal."""
        try:
            found = self.run(goal, seconds)
        except OutOfTimeError:
            found = None
        return (known, np.inf) if found is None else found

    def hold(self, goal: np.ndarray, most: float) -> None:
        self.rows.append(({int(i): float(goal[i]) for i in np.flatnonzero(goal)}, -np.inf, most))

    def solution(self, values: np.ndarray, is_proven: bool, gap: float) -> Solution:
        model = self.model
        years = [y for j, y in enumerate(model.years) if values[2 * self.n + j]]
        return Solution(
            sittings=tuple(s for i, s in enumerate(model.sittings) if values[i]),
            years=tuple(PlannedYear(y.certification, y.after, y.opens_on) for y in years),
            is_proven=is_proven,
            gap=gap,
        )

    def _constraints(self) -> "LinearConstraint | tuple[()]":
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        if not self.rows:
            return ()
        data, places, starts = [], [], [0]
        for coefficients, _, _ in self.rows:
            places += list(coefficients)
            data += list(coefficients.values())
            starts.append(len(data))
        matrix = csr_array((data, places, starts), shape=(len(self.rows), self.width))
        low = [row[1] for row in self.rows]
        return LinearConstraint(matrix, low, [row[2] for row in self.rows])

    def _covers(self) -> Iterator[Row]:
        model = self.model
        for certification, expiry in sorted(model.wanted.items()):
            spans = list(self._spans(certification))
            first = model.reach(expiry)
            ends = {first} | {end for _, _, end in spans}
            for end in sorted(end for end in ends if first <= end < model.until):
                day = end + ONE_DAY
                yield {i: 1.0 for i, begin, last in spans if begin < day <= last}, 1, np.inf

    def _spans(self, certification: str) -> Iterator[tuple[int, date, date]]:
        """(variable, day it happens, last day it reaches) of all that renews the certificate."""
        model = self.model
        for i, sitting in enumerate(model.sittings):
            if model.renews(sitting, certification):
                yield i, sitting.on, model.reach(expiry_of(sitting.on, model.facts.rules))
        for j, year in enumerate(model.years):
            if certification in model.facts.renews(year.certification):
                yield 2 * self.n + j, year.opens_on, model.reach(year.until)

    def _chained(self) -> Iterator[Row]:
        """A year needs the sitting, or the year before it, that it is added to."""
        model = self.model
        for j, year in enumerate(model.years):
            row = {2 * self.n + j: 1.0}
            if year.number > 0:
                yield row | {2 * self.n + j - 1: -1.0}, -np.inf, 0
            elif year.source is not None:
                begun = {
                    i: -1.0
                    for i, s in enumerate(model.sittings)
                    if s.on == year.source and model.renews(s, year.certification)
                }
                yield row | begun, -np.inf, 0

    def _repeats(self) -> Iterator[Row]:
        """Of one version, one pass in two years; of a beta, one ever."""
        by_code: dict[str, list[int]] = {}
        for i, sitting in enumerate(self.model.sittings):
            by_code.setdefault(sitting.window.exam_code, []).append(i)
        for places in by_code.values():
            betas = [i for i in places if self.model.sittings[i].window.is_beta]
            yield dict.fromkeys(betas, 1.0), 0, 1
            for i in places:
                begin = self.model.sittings[i].on
                opens_on = repeat_opens_on(begin, self.model.facts.rules)
                closed = [k for k in places if begin <= self.model.sittings[k].on < opens_on]
                yield dict.fromkeys(closed, 1.0), 0, 1

    def _paid(self) -> Iterator[Row]:
        """A code pays a sitting that takes place, and was held or earned on an earlier day."""
        sittings = self.model.sittings
        for i in range(self.n):
            yield {self.n + i: 1.0, i: -1.0}, -np.inf, 0
        for day in sorted({s.on for s in sittings}):
            used = {self.n + i: 1.0 for i, s in enumerate(sittings) if s.on <= day}
            earned = {i: -1.0 for i, s in enumerate(sittings) if s.on < day}
            yield used | earned, -np.inf, self.model.codes
