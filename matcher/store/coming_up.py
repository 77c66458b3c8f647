"""Dated rows of young people: what a calendar shows and a digest tells. One query a kind, for one
person or for many at once."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func
from sqlmodel import Session, col, select

from models.application import Application, ApplicationState, Introduction, IntroductionState
from models.attendance import ClassMeeting
from models.certification import AttemptState, CertificationRecord
from models.course import Course, CourseMode, CourseSession, CourseState, Enrolment, EnrolmentState
from models.opening import Opening, OpeningState
from models.plan import Plan, PlanState, PlanStep, StepState
from models.voucher import Voucher, VoucherState
from models.youth import SavedItem, SavedKind

OPEN_ATTEMPTS = (AttemptState.PLANNED, AttemptState.SCHEDULED)

Ids = Sequence[int]


class StepRow(NamedTuple):
    """`version`, `updated_at` and `accepted_at` of the plan."""

    youth_id: int
    plan_id: int
    step_id: int
    kind: str
    ref: str
    ends_on: date
    version: int
    updated_at: datetime
    accepted_at: datetime


class DeadlineRow(NamedTuple):
    """An opening or a course session that closes; `since` when it was saved or applied for."""

    youth_id: int
    item_id: int
    parent_id: int
    title_ko: str
    title_en: str
    closes_on: date
    version: int
    updated_at: datetime
    since: datetime
    is_demo: bool
    opens_on: date | None = None
    """First day to apply, of a session."""


class LessonRow(NamedTuple):
    """A session somebody takes; `weekly_slots` as stored, `mode` as it is held now."""

    youth_id: int
    session_id: int
    course_id: int
    title_ko: str
    title_en: str
    place: str
    starts_on: date
    ends_on: date
    weekly_slots: list[Any]
    version: int
    course_updated_at: datetime
    enrolled_at: datetime
    is_demo: bool
    enrolment_id: int
    mode: CourseMode


class AskedRow(NamedTuple):
    """An introduction a partner asked for and nobody answered yet."""

    youth_id: int
    introduction_id: int
    title_ko: str
    title_en: str
    answer_by: date
    version: int
    updated_at: datetime


def attempts(session: Session, youth_ids: Ids) -> Sequence[CertificationRecord]:
    """Planned, booked and passed ones."""
    states = (*OPEN_ATTEMPTS, AttemptState.PASSED)
    return session.exec(
        select(CertificationRecord)
        .where(
            col(CertificationRecord.youth_id).in_(youth_ids),
            col(CertificationRecord.state).in_(states),
        )
        .order_by(col(CertificationRecord.id))
    ).all()


def vouchers(session: Session, youth_ids: Ids) -> Sequence[Voucher]:
    """Assigned and not used yet."""
    return session.exec(
        select(Voucher)
        .where(col(Voucher.youth_id).in_(youth_ids), Voucher.state == VoucherState.ASSIGNED)
        .order_by(col(Voucher.id))
    ).all()


def steps(session: Session, youth_ids: Ids, states: Collection[PlanState]) -> Sequence[StepRow]:
    """Open steps of plans in one of these states, the earliest first."""
    statement = (
        select(
            Plan.youth_id,
            Plan.id,
            PlanStep.id,
            PlanStep.kind,
            PlanStep.ref,
            PlanStep.ends_on,
            Plan.version,
            Plan.updated_at,
            Plan.created_at,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(PlanStep, col(PlanStep.plan_id) == Plan.id)
        .where(
            col(Plan.youth_id).in_(youth_ids),
            col(Plan.state).in_(states),
            PlanStep.state == StepState.TODO,
        )
        .order_by(col(PlanStep.ends_on), col(PlanStep.id))
    )
    return [StepRow(*row) for row in session.execute(statement)]


def saved_openings(session: Session, youth_ids: Ids) -> Sequence[DeadlineRow]:
    """Published ones a person keeps for later."""
    statement = _opening_columns(SavedItem.youth_id, SavedItem.saved_at).join(
        SavedItem,
        (col(SavedItem.item_id) == Opening.id) & (col(SavedItem.kind) == SavedKind.OPENING),
    )
    return _deadlines(session, statement.where(col(SavedItem.youth_id).in_(youth_ids)))


def applied_openings(
    session: Session, youth_ids: Ids, states: Collection[ApplicationState]
) -> Sequence[DeadlineRow]:
    """Published ones with an application of the person in one of these states."""
    statement = (
        _opening_columns(Application.youth_id, Application.created_at)
        .join(Application, col(Application.opening_id) == Opening.id)
        .where(
            col(Application.youth_id).in_(youth_ids),
            col(Application.state).in_(states),
        )
    )
    return _deadlines(session, statement)


def saved_sessions(session: Session, youth_ids: Ids) -> Sequence[DeadlineRow]:
    """Sessions of published courses a person keeps for later, by the close of applications."""
    statement = (
        select(
            SavedItem.youth_id,
            CourseSession.id,
            Course.id,
            Course.title_ko,
            Course.title_en,
            CourseSession.applications_close_on,
            Course.version,
            Course.updated_at,
            SavedItem.saved_at,
            Course.is_demo,
            CourseSession.applications_open_on,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Course, col(Course.id) == SavedItem.item_id)
        .join(CourseSession, col(CourseSession.course_id) == Course.id)
        .where(
            col(SavedItem.youth_id).in_(youth_ids),
            SavedItem.kind == SavedKind.COURSE,
            Course.state == CourseState.PUBLISHED,
            Course.source == "",
        )
        .order_by(col(CourseSession.applications_close_on), col(CourseSession.id))
    )
    return _deadlines(session, statement)


def lessons(session: Session, youth_ids: Ids) -> Sequence[LessonRow]:
    statement = (
        select(
            Enrolment.youth_id,
            CourseSession.id,
            Course.id,
            Course.title_ko,
            Course.title_en,
            Course.place,
            CourseSession.starts_on,
            CourseSession.ends_on,
            CourseSession.weekly_slots,
            Course.version,
            Course.updated_at,
            Enrolment.updated_at,
            Course.is_demo,
            Enrolment.id,
            func.coalesce(CourseSession.mode, Course.mode),
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(CourseSession, col(CourseSession.id) == Enrolment.session_id)
        .join(Course, col(Course.id) == CourseSession.course_id)
        .where(col(Enrolment.youth_id).in_(youth_ids), Enrolment.state == EnrolmentState.ENROLLED)
        .order_by(col(CourseSession.starts_on), col(CourseSession.id))
    )
    return [LessonRow(*row) for row in session.execute(statement)]


def meetings(session: Session, session_ids: Ids) -> dict[int, list[ClassMeeting]]:
    """The planned classes by session, in the order they are held."""
    found = session.exec(
        select(ClassMeeting)
        .where(col(ClassMeeting.session_id).in_(session_ids))
        .order_by(col(ClassMeeting.held_on), col(ClassMeeting.starts))
    )
    planned: dict[int, list[ClassMeeting]] = {}
    for row in found:
        planned.setdefault(row.session_id, []).append(row)
    return planned


def asked(session: Session, youth_ids: Ids) -> Sequence[AskedRow]:
    statement = (
        select(
            Introduction.youth_id,
            Introduction.id,
            Opening.title_ko,
            Opening.title_en,
            Introduction.answer_by,
            Introduction.version,
            Introduction.updated_at,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Opening, col(Opening.id) == Introduction.opening_id)
        .where(
            col(Introduction.youth_id).in_(youth_ids),
            Introduction.state == IntroductionState.REQUESTED,
        )
        .order_by(col(Introduction.answer_by), col(Introduction.id))
    )
    return [AskedRow(*row) for row in session.execute(statement)]


def session_titles(session: Session, ids: Ids) -> dict[int, tuple[str, str, int]]:
    """(Korean, English, course) of the course behind each session."""
    rows = session.exec(
        select(CourseSession.id, Course.title_ko, Course.title_en, Course.id)
        .join(Course, col(Course.id) == CourseSession.course_id)
        .where(col(CourseSession.id).in_(ids))
    )
    return {row[0]: (row[1], row[2], row[3] or 0) for row in rows if row[0] is not None}


def _opening_columns(youth_id: Any, since: Any) -> Select[Any]:
    statement: Select[Any] = (
        select(
            youth_id,
            Opening.id,
            Opening.id,
            Opening.title_ko,
            Opening.title_en,
            Opening.closes_on,
            Opening.version,
            Opening.updated_at,
            since,
            Opening.is_demo,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .select_from(Opening)
        .where(Opening.state == OpeningState.PUBLISHED)
        .order_by(col(Opening.closes_on), col(Opening.id))
    )
    return statement


def _deadlines(session: Session, statement: Select[Any]) -> list[DeadlineRow]:
    return [DeadlineRow(*row) for row in session.execute(statement)]
