"""Whole lists as plain rows for files, in an order that does not hang on row numbers.

Every list starts from what the actor looks after or manages; the command line (nobody) sees all.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, case, false, func, or_, select, true
from sqlalchemy import Table as Source
from sqlmodel import Session, SQLModel, col

from matcher.actor import Actor
from matcher.store.class_rows import managed
from matcher.store.import_keys import looked_after
from models.account import Account, AccountState, Role
from models.application import Application
from models.attendance import Attendance, ClassMeeting
from models.certification import CertificationRecord
from models.consent import Consent, ConsentPurpose
from models.course import Course, CourseSession, CourseSkill, Enrolment
from models.opening import Opening
from models.organisation import Organisation, OrganisationKind
from models.outcome import Outcome, OutcomeCheck
from models.plan import Plan
from models.skill import Rater, SkillRecord
from models.voucher import Voucher
from models.youth import YouthProfile, YouthWish

Rows = Iterator[Any]
AT_ONCE = 500
"""Rows that are held while a list is read."""


def _stream(session: Session, statement: Executable) -> Rows:
    yield from session.execute(statement, execution_options={"yield_per": AT_ONCE})


def _people(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(col(Account.state) != AccountState.ERASED)
    )


def people(session: Session, actor: Actor | None) -> Rows:
    statement = (
        _people(
            col(YouthProfile.id).label("youth_id"),
            col(Account.email),
            col(Account.name),
            col(Account.language),
            col(YouthProfile.affiliation),
            col(YouthProfile.affiliation_state),
            func.coalesce(col(Organisation.slug), "").label("university"),
            col(YouthProfile.status),
            col(YouthProfile.graduation_on),
            col(YouthProfile.weekly_hours),
            col(YouthProfile.budget_krw),
            func.coalesce(col(YouthProfile.external_id), "").label("external_id"),
        )
        .outerjoin(Organisation, col(Organisation.id) == col(YouthProfile.organisation_id))
        .where(looked_after(actor))
        .order_by(col(Account.email))
    )
    return _stream(session, statement)


def wishes(session: Session, actor: Actor | None, youths: Collection[int]) -> Rows:
    statement = (
        select(col(YouthWish.youth_id), col(YouthWish.kind), col(YouthWish.value))
        .join(YouthProfile, col(YouthProfile.id) == col(YouthWish.youth_id))
        .where(looked_after(actor), col(YouthWish.youth_id).in_(youths))
        .order_by(col(YouthWish.youth_id), col(YouthWish.place), col(YouthWish.value))
    )
    return _stream(session, statement)


def pool_consents(session: Session, actor: Actor | None, youths: Collection[int]) -> Rows:
    """Those in force; the newest of a person last."""
    statement = (
        select(col(Consent.youth_id), col(Consent.sectors))
        .join(YouthProfile, col(YouthProfile.id) == col(Consent.youth_id))
        .where(
            looked_after(actor),
            col(Consent.youth_id).in_(youths),
            col(Consent.purpose) == ConsentPurpose.POOL,
            col(Consent.withdrawn_at).is_(None),
        )
        .order_by(col(Consent.id))
    )
    return _stream(session, statement)


def skills(session: Session, actor: Actor | None) -> Rows:
    """What a file can bring: a partner's judgements stay with the partner."""
    statement = (
        _of_people(
            SkillRecord,
            col(SkillRecord.skill),
            col(SkillRecord.level),
            col(SkillRecord.rater),
            col(SkillRecord.evidence),
            col(SkillRecord.rated_on),
            col(SkillRecord.verification),
        )
        .where(looked_after(actor), col(SkillRecord.rater) != Rater.PARTNER)
        .order_by(col(Account.email), col(SkillRecord.skill), col(SkillRecord.rater))
    )
    return _stream(session, statement)


def certifications(session: Session, actor: Actor | None) -> Rows:
    statement = (
        _of_people(
            CertificationRecord,
            col(CertificationRecord.certification),
            col(CertificationRecord.state),
            col(CertificationRecord.planned_on),
            col(CertificationRecord.exam_on),
            col(CertificationRecord.exam_code),
            col(CertificationRecord.expires_on),
            col(CertificationRecord.proof_url),
            col(CertificationRecord.verification),
        )
        .where(looked_after(actor))
        .order_by(
            col(Account.email),
            col(CertificationRecord.certification),
            col(CertificationRecord.exam_code),
            func.coalesce(col(CertificationRecord.exam_on), col(CertificationRecord.planned_on)),
            col(CertificationRecord.id),
        )
    )
    return _stream(session, statement)


def _of_people(table: Any, *columns: Any) -> Select[Any]:
    return (
        select(col(YouthProfile.id).label("youth_id"), col(Account.email), *columns)
        .join(YouthProfile, col(YouthProfile.id) == col(table.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(col(Account.state) != AccountState.ERASED)
    )


def courses(session: Session, actor: Actor | None) -> Rows:
    """One row a session, columns of both; universities' courses alone can come back in."""
    course, run = Course.__table__, CourseSession.__table__  # type: ignore[attr-defined]
    statement = (
        select(
            col(Organisation.slug).label("provider_slug"),
            *(each.label(f"course_{each.name}") for each in course.c),
            *(each.label(f"session_{each.name}") for each in run.c),
        )
        .join(course, course.c.organisation_id == col(Organisation.id))
        .join(run, run.c.course_id == course.c.id)
        .where(managed(actor), col(Organisation.kind) == OrganisationKind.UNIVERSITY)
        .order_by(col(Organisation.slug), course.c.external_id, run.c.starts_on, run.c.id)
    )
    return _stream(session, statement)


def course_skills(session: Session, actor: Actor | None, courses: Collection[int]) -> Rows:
    statement = (
        select(
            col(CourseSkill.course_id),
            col(CourseSkill.kind),
            col(CourseSkill.skill),
            col(CourseSkill.from_level),
            col(CourseSkill.level),
        )
        .join(Course, col(Course.id) == col(CourseSkill.course_id))
        .where(managed(actor), col(CourseSkill.course_id).in_(courses))
        .order_by(col(CourseSkill.course_id), col(CourseSkill.skill))
    )
    return _stream(session, statement)


_SEAT: tuple[Any, ...] = (
    col(Organisation.slug).label("provider"),
    col(Course.external_id),
    col(Course.id).label("course_id"),
    col(CourseSession.starts_on),
    col(YouthProfile.id).label("youth_id"),
    col(Account.email),
    col(Account.name),
)
_SEAT_ORDER = (
    col(Organisation.slug),
    col(Course.external_id),
    col(Course.id),
    col(CourseSession.starts_on),
    col(Account.email),
)


def _seats(actor: Actor | None, *columns: Any) -> Select[Any]:
    return (
        select(*_SEAT, case((looked_after(actor), 1), else_=0).label("is_own"), *columns)
        .select_from(Enrolment)
        .join(CourseSession, col(CourseSession.id) == col(Enrolment.session_id))
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .join(Organisation, col(Organisation.id) == col(Course.organisation_id))
        .join(YouthProfile, col(YouthProfile.id) == col(Enrolment.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(managed(actor), col(Account.state) != AccountState.ERASED)
    )


def enrolments(session: Session, actor: Actor | None) -> Rows:
    columns = (
        col(Enrolment.state),
        col(Enrolment.completed_on),
        col(Enrolment.work_accepted_on),
    )
    return _stream(session, _seats(actor, *columns).order_by(*_SEAT_ORDER))


def attendance(session: Session, actor: Actor | None) -> Rows:
    columns = (
        col(ClassMeeting.held_on),
        col(ClassMeeting.starts),
        col(ClassMeeting.ends),
        col(Attendance.state),
    )
    statement = (
        _seats(actor, *columns)
        .join(Attendance, col(Attendance.enrolment_id) == col(Enrolment.id))
        .join(ClassMeeting, col(ClassMeeting.id) == col(Attendance.meeting_id))
        .order_by(*_SEAT_ORDER, col(ClassMeeting.held_on), col(ClassMeeting.starts))
    )
    return _stream(session, statement)


def outcomes(session: Session, actor: Actor | None) -> Rows:
    statement = (
        _of_people(
            Outcome,
            col(Account.name),
            col(Outcome.id),
            col(Outcome.kind),
            col(Outcome.state),
            col(Outcome.organisation_name),
            col(Outcome.sector),
            col(Outcome.is_in_jeju),
            col(Outcome.started_on),
            col(Outcome.ended_on),
        )
        .where(looked_after(actor))
        .order_by(col(Account.email), col(Outcome.kind), col(Outcome.started_on))
    )
    return _stream(session, statement)


def outcome_checks(session: Session, actor: Actor | None, outcomes: Collection[int]) -> Rows:
    statement = (
        select(
            col(OutcomeCheck.outcome_id),
            col(OutcomeCheck.months),
            col(OutcomeCheck.still_holds),
            col(OutcomeCheck.is_in_jeju),
            col(OutcomeCheck.checked_on),
        )
        .join(Outcome, col(Outcome.id) == col(OutcomeCheck.outcome_id))
        .join(YouthProfile, col(YouthProfile.id) == col(Outcome.youth_id))
        .where(looked_after(actor), col(OutcomeCheck.outcome_id).in_(outcomes))
    )
    return _stream(session, statement)


def applications(session: Session, actor: Actor | None) -> Rows:
    """Where they stand; what was written and why it was refused stays between the two sides."""
    statement = (
        _of_people(
            Application,
            col(Account.name),
            col(Organisation.name_ko).label("organisation"),
            col(Opening.title_ko).label("opening"),
            col(Application.state),
            col(Application.created_at),
            col(Application.updated_at),
        )
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Organisation, col(Organisation.id) == col(Opening.organisation_id))
        .where(looked_after(actor))
        .order_by(col(Account.email), col(Application.created_at), col(Application.id))
    )
    return _stream(session, statement)


def vouchers(session: Session, actor: Actor | None) -> Rows:
    """A desk's own pool, without the codes: those are shown to nobody but the person."""
    is_own: ColumnElement[bool] = true() if actor is None else false()
    if actor is not None and actor.role in (Role.COORDINATOR, Role.CENTRE):
        is_own = col(Voucher.organisation_id) == (actor.organisation_id or 0)
    statement = (
        select(
            col(Voucher.id),
            col(Voucher.percent),
            col(Voucher.level),
            col(Voucher.expires_on),
            col(Voucher.state),
            col(Voucher.youth_id),
            col(Account.email),
            col(Account.name),
            col(Voucher.used_on),
            col(Voucher.note),
        )
        .outerjoin(YouthProfile, col(YouthProfile.id) == col(Voucher.youth_id))
        .outerjoin(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(is_own)
        .order_by(col(Voucher.expires_on), col(Voucher.id))
    )
    return _stream(session, statement)


def plans(session: Session, actor: Actor | None, states: Sequence[str]) -> Rows:
    """Those the person handed in: a path nobody was asked about is the person's own."""
    statement = (
        _of_people(
            Plan,
            col(Account.name),
            col(Plan.target),
            col(Plan.kind),
            col(Plan.state),
            col(Plan.starts_on),
            col(Plan.ends_on),
            col(Plan.weekly_hours),
            col(Plan.updated_at),
        )
        .where(looked_after(actor), or_(*(col(Plan.state) == state for state in states)))
        .order_by(col(Account.email), col(Plan.id))
    )
    return _stream(session, statement)


def whole_table(session: Session, name: str, columns: Sequence[str]) -> Rows:
    """For the operator's command line only: every row, in the order of their numbers."""
    source: Source = SQLModel.metadata.tables[name]
    chosen = [source.c[column] for column in columns]
    return _stream(session, select(*chosen).order_by(*source.primary_key.columns))
