"""The certification programme as a whole: what can be sat on a day, what renews what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from matcher.catalogue.certification import (
    LEVELS,
    Certification,
    ExamVersion,
    Phase,
    Status,
)
from matcher.catalogue.origin import Origin

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rule:
    value: Any
    origin: Origin


@dataclass(frozen=True, slots=True)
class RenewalEdge:
    """A pass of `passed` also renews `renews`."""

    passed: str
    renews: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Maintenance:
    """One more year without an exam: only while active and `window_days` before the expiry."""

    adds_years: int
    window_days: int
    eligible: tuple[str, ...]
    associate_points: int
    associate_practical_min: int
    professional_points: int
    professional_practical_min: int
    needs_en: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class ProctorLanguage:
    """A language in which an online exam is watched; `hours` None where nobody speaks it."""

    code: str
    hours: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class LevelPrice:
    level: str
    price_usd: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class Microcredential:
    """`name_en` None where the exact title was not seen; it never counts as a certification."""

    slug: str
    name_en: str | None
    keywords: tuple[str, ...]
    related: tuple[str, ...]
    first_day: date | None
    price_usd: int
    minutes: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class LearningProgramme:
    """Skill Builder, Educate and the like; `details` keys differ by programme."""

    slug: str
    name_en: str
    page: str
    details: Mapping[str, Any]
    korean_note: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Sitting:
    """One exam version that can be sat on the day asked about."""

    certification: Certification
    exam: ExamVersion
    phase: Phase
    status: Status
    languages: tuple[str, ...]
    last_day: date | None
    """In the language asked for, or of the exam when none was."""


@dataclass(frozen=True)
class Programme:
    as_of: date
    certifications: tuple[Certification, ...]
    rules: Mapping[str, Rule]
    renewal_edges: tuple[RenewalEdge, ...]
    maintenance: Maintenance
    prices: tuple[LevelPrice, ...]
    proctor_languages: tuple[ProctorLanguage, ...]
    microcredentials: tuple[Microcredential, ...]
    learning_programmes: tuple[LearningProgramme, ...]

    def certification(self, certification_id: str) -> Certification:
        return _only((c for c in self.certifications if c.id == certification_id), certification_id)

    def known_certification(self, certification_id: str) -> Certification | None:
        """None for one that is no longer on record."""
        return next((each for each in self.certifications if each.id == certification_id), None)

    def exam(self, code: str) -> ExamVersion:
        return _only((e for c in self.certifications for e in c.exams if e.code == code), code)

    def known_exam(self, code: str) -> ExamVersion | None:
        """None for a code that is no longer on record."""
        exams = (exam for each in self.certifications for exam in each.exams)
        return next((exam for exam in exams if exam.code == code), None)

    def sittable(self, on: date, language: str | None = None) -> tuple[Sitting, ...]:
        found = [
            sitting
            for certification in self.certifications
            for exam in certification.exams
            if (sitting := _sitting(certification, exam, on, language)) is not None
        ]
        return tuple(sorted(found, key=_by_level_then_code))

    def exam_for(
        self, certification_id: str, on: date, language: str | None = None
    ) -> ExamVersion | None:
        """The version to sit that day: a standard exam before a beta, then the newest code."""
        certification = self.certification(certification_id)
        found = [
            sitting
            for exam in certification.exams
            if (sitting := _sitting(certification, exam, on, language)) is not None
        ]
        best = max(found, key=lambda s: (s.phase.name == "standard", s.exam.code), default=None)
        return None if best is None else best.exam

    def renews(self, certification_id: str) -> frozenset[str]:
        """Other certifications that a pass moves while they are active."""
        self.certification(certification_id)
        return frozenset(e.renews for e in self.renewal_edges if e.passed == certification_id)

    def renewed_by(self, certification_id: str) -> frozenset[str]:
        self.certification(certification_id)
        return frozenset(e.passed for e in self.renewal_edges if e.renews == certification_id)

    def language_ends(self, exam_code: str, language: str) -> date | None:
        """Last day in that language; None while no end is known."""
        return self.exam(exam_code).last_day_in(language)

    def has_proctor(self, language: str) -> bool:
        """Whether an online exam is watched by someone who speaks the language."""
        return any(p.code == language and p.hours is not None for p in self.proctor_languages)

    @property
    def validity_years(self) -> int:
        return self._whole("validity_years")

    @property
    def retake_wait_days(self) -> int:
        return self._whole("retake_wait_days")

    @property
    def no_repeat_years(self) -> int:
        return self._whole("no_repeat_years")

    @property
    def voucher_percent(self) -> int:
        return self._whole("voucher_percent")

    @property
    def minimum_age(self) -> int:
        return self._whole("minimum_age")

    @property
    def guardian_consent_ages(self) -> tuple[int, int]:
        """First and last age at which a guardian's consent is needed."""
        low, high = self.rules["guardian_consent_ages"].value
        return int(low), int(high)

    @property
    def beta_attempts(self) -> int:
        return self._whole("beta_attempts")

    def rule_source(self, key: str) -> str:
        return self.rules[key].origin.source

    def _whole(self, key: str) -> int:
        return int(self.rules[key].value)


def _only(found: Iterable[T], key: str) -> T:
    for item in found:
        return item
    raise KeyError(key)


def _sitting(
    certification: Certification, exam: ExamVersion, on: date, language: str | None
) -> Sitting | None:
    phase = exam.phase_on(on)
    if phase is None or not _speaks(exam, on, language):
        return None
    return Sitting(
        certification=certification,
        exam=exam,
        phase=phase,
        status="beta" if phase.name == "beta" else certification.status_on(on),
        languages=exam.languages_on(on),
        last_day=exam.last_day if language is None else exam.last_day_in(language),
    )


def _speaks(exam: ExamVersion, on: date, language: str | None) -> bool:
    """Old versions have no languages on record; they still count when no language is asked."""
    if language is not None:
        return exam.is_offered(on, language)
    return not exam.languages or bool(exam.languages_on(on))


def _by_level_then_code(sitting: Sitting) -> tuple[int, str]:
    return LEVELS.index(sitting.certification.level), sitting.exam.code
