"""One certification, its exam versions, and what is true of them on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from matcher.catalogue.origin import Origin

LEVELS = ("Foundational", "Business", "Associate", "Professional", "Specialty")

PhaseName = Literal["beta", "standard"]
Status = Literal["upcoming", "active", "beta", "retiring", "retired"]

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """A first or last day. None with certainty open, conflict, unknown or none (see `origin`);
    `announced` is a day that one source names and another does not confirm."""

    value: date | None
    origin: Origin
    announced: date | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """None where no figure is published. Scores run from 100 to 1000."""

    price_usd: int | None
    minutes: int | None
    questions_total: int | None
    questions_scored: int | None
    passing_score: int | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Phase:
    name: PhaseName
    first_day: Day
    last_day: Day
    terms: Terms


@dataclass(frozen=True, slots=True)
class LanguageOffer:
    """`code` is BCP 47 (ko, en, zh-Hans, pt-BR); `phases` None means all phases of the exam."""

    code: str
    phases: tuple[str, ...] | None
    last_day: date | None
    origin: Origin

    def speaks(self, asked: str) -> bool:
        """Same language; a bare `zh` or `es` on either side stands for all its variants."""
        return asked == self.code or asked == _bare(self.code) or _bare(asked) == self.code


@dataclass(frozen=True, slots=True)
class Domain:
    n: int
    name_en: str
    weight_pct: int
    keywords: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class ExamVersion:
    """One exam code. `domains` is empty where none are confirmed."""

    code: str
    certification_id: str
    phases: tuple[Phase, ...]
    languages: tuple[LanguageOffer, ...]
    domains: tuple[Domain, ...]
    announced_topics: tuple[str, ...]
    registration_opens: date | None
    beta_booking_code: str | None
    early_adopter_badge_until: date | None
    origin: Origin

    @property
    def first_day(self) -> date | None:
        return self.phases[0].first_day.value

    @property
    def last_day(self) -> date | None:
        """Last day in any language; None while no end is known."""
        return self.phases[-1].last_day.value

    @property
    def standard_terms(self) -> Terms:
        return self.phases[-1].terms

    def phase_on(self, day: date) -> Phase | None:
        return next((p for p, begin, end in self.windows() if begin <= day <= end), None)

    def terms_on(self, day: date) -> Terms | None:
        phase = self.phase_on(day)
        return None if phase is None else phase.terms

    def languages_on(self, day: date) -> tuple[str, ...]:
        """Codes on offer that day, in the order of the data."""
        phase = self.phase_on(day)
        if phase is None:
            return ()
        return tuple(o.code for o in self.languages if _is_offered(o, phase, day))

    def is_offered(self, day: date, language: str) -> bool:
        on_offer = self.languages_on(day)
        return any(o.code in on_offer and o.speaks(language) for o in self.languages)

    def last_day_in(self, language: str) -> date | None:
        """The earlier of the language's end and the exam's end; None while neither is known."""
        ends = [self.last_day]
        offers = [o.last_day for o in self.languages if o.speaks(language)]
        if offers and None not in offers:
            ends.append(max(end for end in offers if end is not None))
        return min((end for end in ends if end is not None), default=None)

    def has_begun(self, day: date) -> bool:
        return any(begin <= day for _, begin, _ in self.windows())

    def windows(self) -> list[tuple[Phase, date, date]]:
        """(phase, first day, last day), open sides as date.min and date.max.

        A phase without a first day follows the one before it; an open end goes on until the next
        phase has a day, so a phase whose start is not settled has no window yet.
        """
        windows: list[tuple[Phase, date, date]] = []
        begin: date | None = date.min
        for index, phase in enumerate(self.phases):
            begin = phase.first_day.value or begin
            if begin is None:
                break
            end = phase.last_day.value or self._day_before_next(index)
            windows.append((phase, begin, end or date.max))
            begin = None if end is None else end + _ONE_DAY
        return windows

    def _day_before_next(self, index: int) -> date | None:
        following = self.phases[index + 1 : index + 2]
        starts = [p.first_day.value for p in following if p.first_day.value is not None]
        return starts[0] - _ONE_DAY if starts else None


@dataclass(frozen=True, slots=True)
class Experience:
    """Advice, never a gate. Months; None where no figure is given."""

    months_min: int | None
    months_recommended: int | None
    text_en: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Certification:
    """`name_ko` is our own wording; `planning_hours` is our own (low, high) estimate."""

    id: str
    name_ko: str
    name_en: str
    former_name: str | None
    level: str
    exams: tuple[ExamVersion, ...]
    planning_hours: tuple[int, int] | None
    experience: Experience | None
    page: str | None
    exam_guide: str | None
    usually_before: tuple[str, ...]
    next: tuple[str, ...]
    replaced_by: tuple[str, ...]
    is_renewable: bool
    """Passing its own exam again renews it."""
    can_be_maintained: bool
    """The one-year maintenance route without an exam is open for it."""
    origin: Origin

    @property
    def level_slug(self) -> str:
        return self.level.lower()

    @property
    def domains(self) -> tuple[Domain, ...]:
        """Of the newest exam version whose domains are confirmed."""
        known = [exam.domains for exam in self.exams if exam.domains]
        return known[-1] if known else ()

    def status_on(self, day: date) -> Status:
        """`retiring`: sittable, and the end of every version is known, whenever that day is."""
        phases = {phase.name for exam in self.exams if (phase := exam.phase_on(day)) is not None}
        last_days = [exam.last_day for exam in self.exams]
        if "standard" in phases:
            return "active" if None in last_days else "retiring"
        if "beta" in phases:
            return "beta"
        if not any(exam.has_begun(day) for exam in self.exams):
            return "upcoming"
        return "active" if None in last_days else "retired"


def _bare(code: str) -> str:
    return code.split("-")[0]


def _is_offered(offer: LanguageOffer, phase: Phase, day: date) -> bool:
    in_phase = offer.phases is None or phase.name in offer.phases
    return in_phase and (offer.last_day is None or day <= offer.last_day)
