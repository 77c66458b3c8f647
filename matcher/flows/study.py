"""A young person writes down what was studied for a certificate and how practice tests went."""

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.catalogue.certification import ExamVersion
from matcher.catalogue.certifications import load_programme
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching.exam_versions import known, target_exam
from matcher.refusal import Invalid, NotFound
from matcher.store import study as store
from matcher.store import youths
from models.study import PracticeScore, PracticeSource, StudyEntry

MOST_ENTRIES = 2_000
MOST_SCORES = 500
LONGEST_AGO = timedelta(days=3 * 366)


@dataclass(frozen=True)
class StudyForm:
    studied_on: date
    minutes: int
    domain: int | None
    note: str


@dataclass(frozen=True)
class ScoreForm:
    taken_on: date
    percent: int
    domain: int | None
    source: PracticeSource
    exam_code: str


def add_entry(unit: Unit, actor: Actor, certification_id: str, form: StudyForm) -> None:
    exam = _target(unit, actor, certification_id)
    _refuse_day("studied_on", form.studied_on, unit.today)
    _refuse_domain("domain", form.domain, exam)
    if store.count_entries(unit.session, actor.own_youth_id) >= MOST_ENTRIES:
        raise Invalid({"": _("공부 기록은 2,000개까지 남길 수 있어요.")})
    row = StudyEntry(
        youth_id=actor.own_youth_id,
        certification=certification_id,
        domain=form.domain,
        studied_on=form.studied_on,
        minutes=form.minutes,
        note=form.note,
        created_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # the id goes into the audit line
    unit.audit("study:recorded", "study_entry", row.id, certification=certification_id)


def add_score(unit: Unit, actor: Actor, certification_id: str, form: ScoreForm) -> None:
    exams = {exam.code: exam for exam in known(load_programme(), certification_id).exams}
    _refuse_day("taken_on", form.taken_on, unit.today)
    if form.exam_code not in exams:
        raise Invalid({"exam_code": _("목록에 있는 것 중에서 골라 주세요.")})
    _refuse_domain("part", form.domain, exams[form.exam_code])
    if store.count_scores(unit.session, actor.own_youth_id) >= MOST_SCORES:
        raise Invalid({"": _("연습 점수는 500개까지 남길 수 있어요.")})
    row = PracticeScore(
        youth_id=actor.own_youth_id,
        certification=certification_id,
        exam_code=form.exam_code,
        domain=form.domain,
        taken_on=form.taken_on,
        percent=form.percent,
        source=form.source,
        created_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # the id goes into the audit line
    unit.audit("practice:recorded", "practice_score", row.id, certification=certification_id)


def remove_entry(unit: Unit, actor: Actor, entry_id: int) -> str:
    """Gives the certification it was about."""
    row = store.entry(unit.session, actor.own_youth_id, entry_id)
    if row is None:
        raise NotFound
    youths.remove(unit.session, row)
    unit.audit("study:removed", "study_entry", entry_id)
    return row.certification


def remove_score(unit: Unit, actor: Actor, score_id: int) -> str:
    """Gives the certification it was about."""
    row = store.score(unit.session, actor.own_youth_id, score_id)
    if row is None:
        raise NotFound
    youths.remove(unit.session, row)
    unit.audit("practice:removed", "practice_score", score_id)
    return row.certification


def _target(unit: Unit, actor: Actor, certification_id: str) -> ExamVersion:
    programme = load_programme()
    records = youths.certification_records(unit.session, actor.own_youth_id)
    return target_exam(programme, known(programme, certification_id), records, unit.today)


def _refuse_day(field: str, day: date, today: date) -> None:
    if day > today:
        raise Invalid({field: _("아직 오지 않은 날이에요.")})
    if day < today - LONGEST_AGO:
        raise Invalid({field: _("3년보다 오래된 날은 적을 수 없어요.")})


def _refuse_domain(field: str, domain: int | None, exam: ExamVersion) -> None:
    if domain is not None and domain not in {each.n for each in exam.domains}:
        raise Invalid({field: _("이 시험에 없는 영역이에요.")})
