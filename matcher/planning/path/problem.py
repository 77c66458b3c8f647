"""What is asked and what can be done. Days are whole numbers from 0 (the first day one can study).

Work is counted in units of a seventh of a minute: `w` hours a week are `60 * w` units a day, so
that every sum here is a whole number and a plan fits or does not fit without rounding.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

UNITS_AN_HOUR = 420
"""7 * 60: an hour in sevenths of a minute."""

Rung = tuple[str, int]
"""(skill, level): the step from the level below up to this one."""


def units(hours: float) -> int:
    """Rounded up to a quarter of an hour."""
    return -int(-hours * 4 // 1) * (UNITS_AN_HOUR // 4)


def hours(work: int) -> float:
    return work / UNITS_AN_HOUR


@dataclass(frozen=True, slots=True)
class Gain:
    """A course's effect on a skill: from `low` to `high`; who starts lower climbs as many steps."""

    skill: str
    low: int
    high: int

    def after(self, level: int) -> int:
        return max(level, min(self.high, level + self.high - self.low))


@dataclass(frozen=True, slots=True)
class Session:
    """One dated run of a course. `load` units on each day from `starts` to `ends` but rest days.

    `needs` (skill, level) must be held before it starts: hard, unlike anything AWS asks.
    """

    id: int
    course: int
    starts: int
    ends: int
    load: int
    krw: int = 0
    gains: tuple[Gain, ...] = ()
    needs: tuple[Rung, ...] = ()

    @property
    def action(self) -> tuple[str, int | str]:
        return ("session", self.id)


@dataclass(frozen=True, slots=True)
class Task:
    """Work at any time: study, a project, a microcredential. It takes each skill in `covers` up one
    rung, for whoever stands on the rung below."""

    id: str
    work: int
    covers: tuple[Rung, ...]
    krw: int = 0


@dataclass(frozen=True, slots=True)
class Voucher:
    """One code that makes the exam cost `percent` less when sat by day `until`."""

    id: int
    percent: int
    until: int
    exams: frozenset[str]
    """Ids of the exams it pays for."""


@dataclass(frozen=True, slots=True)
class Window:
    """A version and language of an exam: sat between `opens` and `closes`, after `work`.

    `after` names the session that shortens the work; the exam is then sat after its end.
    """

    code: str
    language: str
    opens: int
    closes: int
    work: int
    krw: int
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Exam:
    """`id` is the certification's."""

    id: str
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Subsidy:
    """Pays `percent` of each cost it covers, `cap` won in all, for what is done by day `until`."""

    id: int
    percent: int
    cap: int
    until: int
    exams: bool = False
    courses: bool = False


@dataclass(frozen=True)
class Goal:
    """Levels to hold and certifications to pass."""

    skills: Mapping[str, int] = field(default_factory=dict)
    exams: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """`supply[d]` units can be worked on day d; `rests` are the days on which no course meets.

    `wait` days pass from a sitting to its result, and to the 50 % code a pass brings; `benefits`
    such codes are held already. `last` is the day by which everything is known.
    """

    supply: tuple[int, ...]
    goal: Goal
    last: int
    levels: Mapping[str, int] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()
    tasks: tuple[Task, ...] = ()
    exams: tuple[Exam, ...] = ()
    clashes: frozenset[tuple[int, int]] = frozenset()
    """Pairs of session ids, the smaller first, that meet at the same hours."""
    vouchers: tuple[Voucher, ...] = ()
    subsidies: tuple[Subsidy, ...] = ()
    rests: frozenset[int] = frozenset()
    benefits: int = 0
    benefit_percent: int = 50
    wait: int = 7
    budget: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.last < len(self.supply):
            raise ValueError(f"last day {self.last} lies outside {len(self.supply)} days")

    def level(self, skill: str) -> int:
        return self.levels.get(skill, 0)

    @cached_property
    def supplied(self) -> tuple[int, ...]:
        """`supplied[d]` units up to the morning of day d."""
        return (0, *accumulate(self.supply))

    @cached_property
    def meeting_days(self) -> tuple[int, ...]:
        """`meeting_days[d]` days before d on which courses meet."""
        return (0, *accumulate(int(day not in self.rests) for day in range(len(self.supply))))

    def taken(self, session: Session, by: int) -> int:
        """Units the session takes up to the evening of day `by`."""
        until = min(session.ends, by) + 1
        if until <= session.starts:
            return 0
        return session.load * (self.meeting_days[until] - self.meeting_days[session.starts])

    def opens(self, window: Window) -> int:
        """First day on which the exam can be sat: never today, as it has to be booked."""
        if window.after is None:
            return max(1, window.opens)
        return max(1, window.opens, self.by_id[window.after].ends + 1)

    @cached_property
    def by_id(self) -> Mapping[int, Session]:
        return {each.id: each for each in self.sessions}


def reduced(krw: int, percent: int) -> int:
    """Price after a reduction, rounded up to a won."""
    return -(-krw * (100 - percent) // 100)
