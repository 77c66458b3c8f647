"""The exam versions of a certification as its page shows them, each fact with its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from babel import Locale

from matcher.catalogue.certification import Certification, Day, ExamVersion, LanguageOffer, Phase
from matcher.catalogue.origin import Origin
from matcher.catalogue.programme import Programme
from matcher.i18n import current_language
from matcher.refusal import NotFound
from models.certification import AttemptState, CertificationRecord

AHEAD = timedelta(days=30)
"""Whoever starts now sits in a month at the earliest, perhaps in the next version."""
_OPEN = (AttemptState.PLANNED, AttemptState.SCHEDULED)


@dataclass(frozen=True)
class LanguageLine:
    name: str
    last_day: date | None
    source: str
    confidence: str


@dataclass(frozen=True)
class PhaseLine:
    """`announced`: a day one source names and another does not confirm."""

    is_beta: bool
    first_day: date | None
    last_day: date | None
    announced: date | None
    price_usd: int | None
    minutes: int | None
    questions: int | None
    passing: int | None
    dates_source: str
    dates_confidence: str
    terms_source: str
    terms_confidence: str


@dataclass(frozen=True)
class VersionLine:
    code: str
    is_target: bool
    is_over: bool
    phases: tuple[PhaseLine, ...]
    languages: tuple[LanguageLine, ...]
    source: str
    confidence: str


def known(programme: Programme, certification_id: str) -> Certification:
    """Raises NotFound for what is not in the programme."""
    for each in programme.certifications:
        if each.id == certification_id:
            return each
    raise NotFound


def target_exam(
    programme: Programme,
    certification: Certification,
    records: Iterable[CertificationRecord],
    today: date,
) -> ExamVersion:
    """The version a person prepares for: of an attempt ahead, else the one on offer in a month."""
    codes = {exam.code: exam for exam in certification.exams}
    for row in records:
        if row.certification == certification.id and row.state in _OPEN and row.exam_code in codes:
            return codes[row.exam_code]
    found = programme.exam_for(certification.id, today + AHEAD)
    return found or programme.exam_for(certification.id, today) or certification.exams[-1]


def version_lines(
    certification: Certification, target: ExamVersion, today: date
) -> tuple[VersionLine, ...]:
    """Newest first; versions that are over come last."""
    lines = [_line(exam, exam is target, today) for exam in reversed(certification.exams)]
    return tuple(sorted(lines, key=lambda line: line.is_over))


def _line(exam: ExamVersion, is_target: bool, today: date) -> VersionLine:
    last = exam.last_day
    return VersionLine(
        code=exam.code,
        is_target=is_target,
        is_over=last is not None and last < today,
        phases=tuple(_phase(phase) for phase in exam.phases),
        languages=tuple(_language(offer) for offer in exam.languages),
        source=exam.origin.source,
        confidence=exam.origin.confidence,
    )


def _language(offer: LanguageOffer) -> LanguageLine:
    origin = offer.origin
    return LanguageLine(_spoken(offer.code), offer.last_day, origin.source, origin.confidence)


def _spoken(code: str) -> str:
    """A BCP 47 code as the reader calls the language."""
    return Locale.parse(code, sep="-").get_display_name(current_language()) or code


def _phase(phase: Phase) -> PhaseLine:
    dated = _dated(phase.first_day, phase.last_day)
    return PhaseLine(
        is_beta=phase.name == "beta",
        first_day=phase.first_day.value,
        last_day=phase.last_day.value,
        announced=phase.first_day.announced,
        price_usd=phase.terms.price_usd,
        minutes=phase.terms.minutes,
        questions=phase.terms.questions_total,
        passing=phase.terms.passing_score,
        dates_source=dated.source,
        dates_confidence=dated.confidence,
        terms_source=phase.terms.origin.source,
        terms_confidence=phase.terms.origin.confidence,
    )


def _dated(first: Day, last: Day) -> Origin:
    """An end that is known matters most."""
    return last.origin if last.value is not None else first.origin
