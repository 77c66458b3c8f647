"""One certificate as a young person meets it: how ready, what to learn from, what may be sat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.catalogue.certification import Certification, ExamVersion
from matcher.catalogue.certifications import load_programme
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import passes
from matcher.matching.certification_facts import programme_facts
from matcher.matching.exam_versions import VersionLine, known, target_exam, version_lines
from matcher.matching.learning_resources import Library, Resource, Shelf
from matcher.matching.rule_words import words
from matcher.planning.readiness import (
    MARGIN,
    NEAR,
    Domain,
    Readiness,
    Score,
    Study,
    Yardstick,
    readiness,
)
from matcher.planning.sittings import Candidate, Window, windows
from matcher.store import study as store
from matcher.store import youths
from models.study import PracticeScore, PracticeSource, StudyEntry


@dataclass(frozen=True)
class DomainLine:
    n: int
    name: str
    weight: int


@dataclass(frozen=True)
class EntryLine:
    id: int
    on: date
    minutes: int
    domain: str
    note: str


@dataclass(frozen=True)
class ScoreLine:
    """`counts`: it is of the exam version the readiness is about."""

    id: int
    on: date
    percent: int
    domain: str
    source: PracticeSource
    exam_code: str
    counts: bool


@dataclass(frozen=True)
class WindowLine:
    """What this person may sit, from when to when (None = no end known)."""

    exam_code: str
    language: str
    opens_on: date
    closes_on: date | None
    price_usd: int | None
    is_beta: bool


@dataclass(frozen=True)
class Barrier:
    """Why not more, in words, and the page that says so."""

    words: str
    source: str


@dataclass(frozen=True)
class CertificateView:
    """`readiness` None: AWS gives no passing score, so nothing can be said."""

    certification: str
    name: str
    level: str
    page: str | None
    exam_guide: str | None
    source: str
    confidence: str
    exam_code: str
    exam_codes: tuple[str, ...]
    passing: int | None
    hours: tuple[int, int] | None
    domains: tuple[DomainLine, ...]
    domains_source: str
    domains_confidence: str
    windows: tuple[WindowLine, ...]
    barriers: tuple[Barrier, ...]
    versions: tuple[VersionLine, ...]
    readiness: Readiness | None
    margin: int
    near: int
    entries: tuple[EntryLine, ...]
    scores: tuple[ScoreLine, ...]
    shelves: tuple[Shelf, ...]
    general: tuple[Resource, ...]


def view(unit: Unit, actor: Actor, certification_id: str) -> CertificateView:
    """Raises NotFound for what is not in the programme."""
    programme = load_programme()
    certification = known(programme, certification_id)
    records = youths.certification_records(unit.session, actor.own_youth_id)
    exam = target_exam(programme, certification, records, unit.today)
    candidate = Candidate(history=passes.attempts_of(records))
    may_sit = windows(programme_facts(), certification_id, candidate, unit.today)
    entries = store.entries(unit.session, actor.own_youth_id, certification_id)
    scores = store.scores(unit.session, actor.own_youth_id, certification_id)
    found = _readiness(certification, exam, scores, entries)
    library = Library(unit.session, actor, programme, unit.today)
    names = {domain.n: domain.name_en for domain in exam.domains}
    origin = exam.domains[0].origin if exam.domains else exam.origin
    return CertificateView(
        certification=certification.id,
        name=in_language(certification.name_ko, certification.name_en),
        level=certification.level_slug,
        page=certification.page,
        exam_guide=certification.exam_guide,
        source=certification.origin.source,
        confidence=certification.origin.confidence,
        exam_code=exam.code,
        exam_codes=tuple(each.code for each in reversed(certification.exams)),
        passing=exam.standard_terms.passing_score,
        hours=certification.planning_hours,
        domains=tuple(DomainLine(d.n, d.name_en, d.weight_pct) for d in exam.domains),
        domains_source=origin.source,
        domains_confidence=origin.confidence,
        windows=tuple(_window(each) for each in may_sit.open),
        barriers=tuple(Barrier(words(each), each.source) for each in may_sit.refusals),
        versions=version_lines(certification, exam, unit.today),
        readiness=found,
        margin=MARGIN,
        near=NEAR,
        entries=tuple(_entry_line(row, names) for row in entries),
        scores=tuple(_score_line(row, names, exam.code) for row in scores),
        shelves=library.shelves(exam, found.weakest if found else ()),
        general=library.general(certification_id),
    )


def _readiness(
    certification: Certification,
    exam: ExamVersion,
    scores: Sequence[PracticeScore],
    entries: Sequence[StudyEntry],
) -> Readiness | None:
    """Domains differ between versions, so only scores of the target version count."""
    passing = exam.standard_terms.passing_score
    if passing is None:
        return None
    asked = Yardstick(
        passing=passing,
        hours=certification.planning_hours,
        domains=tuple(Domain(each.n, each.weight_pct) for each in exam.domains),
    )
    oldest_first = [row for row in reversed(scores) if row.exam_code == exam.code]
    return readiness(
        asked,
        [Score(row.taken_on, row.percent, row.domain) for row in oldest_first],
        [Study(row.minutes, row.domain) for row in entries],
    )


def _window(row: Window) -> WindowLine:
    return WindowLine(
        row.exam_code, row.language, row.opens_on, row.closes_on, row.price_usd, row.is_beta
    )


def _entry_line(row: StudyEntry, names: dict[int, str]) -> EntryLine:
    assert row.id is not None
    return EntryLine(row.id, row.studied_on, row.minutes, _domain(row.domain, names), row.note)


def _score_line(row: PracticeScore, names: dict[int, str], exam_code: str) -> ScoreLine:
    assert row.id is not None
    known = names if row.exam_code == exam_code else {}
    return ScoreLine(
        id=row.id,
        on=row.taken_on,
        percent=row.percent,
        domain=_domain(row.domain, known),
        source=row.source,
        exam_code=row.exam_code,
        counts=row.exam_code == exam_code,
    )


def _domain(n: int | None, names: dict[int, str]) -> str:
    if n is None:
        return _("전체")
    return names.get(n) or _("%(n)s영역") % {"n": n}
