"""A path as every screen, the API and the command line show it. Plain values only."""

from dataclasses import dataclass
from datetime import date

from matcher.settings import Settings
from models.plan import PlanKind, PlanTarget


@dataclass(frozen=True)
class Terms:
    """What the operator set: won a dollar, tax on fees in dollars, the pass rate assumed."""

    usd_krw: int
    vat_percent: int
    pass_rate_percent: int

    @classmethod
    def of(cls, settings: Settings) -> "Terms":
        return cls(settings.usd_krw, settings.exam_vat_percent, settings.pass_rate_percent)

    def won(self, usd: float) -> int:
        """An estimate, tax included, rounded up to a won."""
        return -int(-usd * self.usd_krw * (100 + self.vat_percent) // 100)


@dataclass(frozen=True)
class Wishes:
    """What a person asks for. `refs`: opening ids, one role slug, or certification ids.

    `languages` of an exam in order of liking; `nice` are requirement keys (`skill:docker`) of the
    target that are to be met as well as its musts. `budget_krw` and `by` None = no limit.
    """

    target: PlanTarget
    refs: tuple[str, ...]
    weekly_hours: int
    budget_krw: int | None = None
    by: date | None = None
    languages: tuple[str, ...] = ("ko", "en")
    is_online: bool = False
    """Exams at home instead of at a test centre."""
    is_minor: bool = False
    has_guardian_consent: bool = False
    nice: tuple[str, ...] = ()
    most: int = 3
    """How many plans of each kind at most."""


@dataclass(frozen=True)
class CostLine:
    """`amount` in `currency` (USD may have cents); `krw` is the estimate in won, tax included."""

    label: str
    amount: float
    currency: str
    krw: int


@dataclass(frozen=True)
class StepView:
    """`id` exam version code, course session id, microcredential slug or `skill:level`.

    An exam is sat on `end`; study for it begins on `start`. Scores None where nothing is ranked.
    """

    kind: str
    id: str
    title: str
    start: date
    end: date
    hours: float
    hours_low: float
    hours_high: float
    costs: tuple[CostLine, ...]
    krw: int
    score_after: float | None
    rank_after: int | None
    notes: tuple[str, ...]
    """Language and place of an exam, voucher used, weekly hours of a course, what it brings."""
    href: str


@dataclass(frozen=True)
class Risk:
    """Under the stated pass rate: all exams at the first try, and with one retake of each that
    still fits. `retake_by` is the last day such a retake could be sat."""

    exams: int
    pass_rate_percent: int
    first_try_percent: int
    with_retake_percent: int
    retake_by: date | None
    retake_krw: int


@dataclass(frozen=True)
class PlanView:
    """`finish_low` and `finish_high`: the same steps with the shortest and longest study hours.

    `gap` 0 = proved best of its kind; else by how much (days, won or points) one could be better.
    """

    kind: PlanKind
    place: int
    """1 = best of its kind."""
    starts_on: date
    finish: date
    finish_low: date
    finish_high: date | None
    """None: with the longest hours it no longer fits."""
    slack_days: int | None
    total_krw: int
    total_usd: float
    total_won: int
    """What is to be paid in won itself; `total_krw` is both together at the stated rate."""
    costs: tuple[CostLine, ...]
    hours_per_week: int
    total_hours: float
    steps: tuple[StepView, ...]
    risk: Risk
    score_before: float | None
    score_after: float | None
    rank_before: int | None
    rank_after: int | None
    of: int | None
    gap: float


@dataclass(frozen=True)
class Refusal:
    """A rule that stands in the way, in words, with its source."""

    rule: str
    words: str
    source: str
    until: date | None = None


@dataclass(frozen=True)
class Relaxation:
    """The smallest change of one wish that makes a plan possible.

    `change`: weeks, budget, hours, language, drop_nice, drop_must, guardian_consent; `unit`: weeks,
    KRW, hours_per_week, requirement, language or consent; `detail` a requirement key or language.
    """

    change: str
    amount: float
    unit: str
    detail: str
    words: str


@dataclass(frozen=True)
class Paths:
    """`plans` fastest, cheapest, strongest, each best first; empty with reasons when none fits.

    `is_there`: everything asked is met already. `timed_out`: the time limit cut the search, gaps
    tell how far.
    """

    title: str
    href: str
    closes_on: date | None
    plans: tuple[PlanView, ...]
    relaxations: tuple[Relaxation, ...]
    refusals: tuple[Refusal, ...]
    is_there: bool
    timed_out: bool
    terms: Terms
    model_version: str

    def best(self, kind: PlanKind) -> PlanView | None:
        return next((each for each in self.plans if each.kind is kind), None)
