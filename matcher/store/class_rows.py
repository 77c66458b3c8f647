"""Sessions, seats, classes and what completions give, many at once, for imports."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select, true, update
from sqlmodel import Session, col

from matcher.actor import Actor
from matcher.store import course_desk
from matcher.store.bulk_rows import chunks
from matcher.store.enrolments import SEATED
from models.account import Account, AccountState
from models.attendance import Attendance, AttendanceState, ClassMeeting, Credential
from models.batch import BatchChange
from models.certification import AttemptState, CertificationRecord
from models.course import (
    Course,
    CourseMode,
    CourseSession,
    CourseSkill,
    CourseSkillKind,
    Enrolment,
    EnrolmentState,
)
from models.organisation import Organisation
from models.outcome import Outcome, OutcomeCheck
from models.skill import Rater, SkillRecord
from models.youth import YouthProfile


class SessionFact(NamedTuple):
    id: int
    course_id: int
    external_id: str | None
    slug: str
    name_ko: str
    name_en: str
    starts_on: date
    ends_on: date
    seats: int
    taken: int
    mode: CourseMode
    title_ko: str
    title_en: str
    needs_work: bool


class SeatFact(NamedTuple):
    id: int
    session_id: int
    youth_id: int
    state: EnrolmentState
    work_accepted_on: date | None
    completed_on: date | None
    email: str
    external_id: str | None
    name: str


class MeetingFact(NamedTuple):
    id: int
    session_id: int
    held_on: date
    starts: str
    ends: str


@dataclass
class HeldSkill:
    """A record as it stands, or one about to be made (`id` None)."""

    id: int | None
    skill: str
    rater: Rater
    level: int
    verification: int
    before: dict[str, Any] | None = None


class HeldPass(NamedTuple):
    certification: str
    exam_on: date | None
    expires_on: date | None
    verification: int

    def was_passed_by(self, day: date) -> bool:
        """A pass without its day always was."""
        return self.exam_on is None or self.exam_on <= day


def managed(actor: Actor | None) -> ColumnElement[bool]:
    return true() if actor is None else course_desk.managed(actor)


def sessions(session: Session, actor: Actor | None, starts: Collection[date]) -> list[SessionFact]:
    """Of the courses the actor manages, those that begin on one of the days."""
    statement = (
        select(
            col(CourseSession.id),
            col(Course.id),
            col(Course.external_id),
            col(Organisation.slug),
            col(Organisation.name_ko),
            col(Organisation.name_en),
            col(CourseSession.starts_on),
            col(CourseSession.ends_on),
            col(CourseSession.seats),
            col(CourseSession.taken),
            col(CourseSession.mode),
            col(Course.mode),
            col(Course.title_ko),
            col(Course.title_en),
            col(Course.needs_work),
        )
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .join(Organisation, col(Organisation.id) == col(Course.organisation_id))
        .where(managed(actor))
        .order_by(col(CourseSession.id))
    )
    rows = _by(session, statement, CourseSession.starts_on, sorted(starts))
    found: list[list[Any]] = [[*row[:10], row[10] or row[11], *row[12:]] for row in rows]
    return [SessionFact(*row) for row in found]


def hold(session: Session, session_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """(seats, taken) by session; nobody else takes or frees a seat there meanwhile."""
    statement = (
        select(col(CourseSession.id), col(CourseSession.seats), col(CourseSession.taken))
        .order_by(col(CourseSession.id))
        .with_for_update(key_share=True)
    )
    rows = _by(session, statement, CourseSession.id, sorted(session_ids))
    return {row[0]: (row[1], row[2]) for row in rows}


def shift_taken(session: Session, session_id: int, by: int) -> bool:
    """False when that would be more than there are seats, or fewer than none."""
    after = col(CourseSession.taken) + by
    moved = session.execute(
        update(CourseSession)
        .where(col(CourseSession.id) == session_id, after <= col(CourseSession.seats), after >= 0)
        .values(taken=after)
        .execution_options(synchronize_session=False)
    )
    return int(moved.rowcount) == 1  # type: ignore[attr-defined]  # an UPDATE has one


def seat_shifts(session: Session, notes: Sequence[BatchChange]) -> dict[int, int]:
    """By session, how many more seats are taken once the notes are undone."""
    stored = {note.row_id: note for note in notes if note.table_name == "enrolment"}
    statement = select(col(Enrolment.id), col(Enrolment.session_id), col(Enrolment.state))
    shifts = Counter[int]()
    for number, session_id, state in _by(session, statement, Enrolment.id, sorted(stored)):
        before = stored[number].before or {}
        shifts[session_id] += int(before.get("state") in SEATED) - int(state in SEATED)
    return dict(shifts)


def seats(session: Session, session_ids: Iterable[int]) -> list[SeatFact]:
    """For callers that checked whose sessions these are. Erased people are left out."""
    statement = (
        select(
            col(Enrolment.id),
            col(Enrolment.session_id),
            col(Enrolment.youth_id),
            col(Enrolment.state),
            col(Enrolment.work_accepted_on),
            col(Enrolment.completed_on),
            col(Account.email),
            col(YouthProfile.external_id),
            col(Account.name),
        )
        .join(YouthProfile, col(YouthProfile.id) == col(Enrolment.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(col(Account.state) != AccountState.ERASED)
        .order_by(col(Enrolment.id))
    )
    rows = _by(session, statement, Enrolment.session_id, sorted(session_ids))
    return [SeatFact(*row) for row in rows]


def meetings(session: Session, session_ids: Iterable[int]) -> list[MeetingFact]:
    statement = select(
        col(ClassMeeting.id),
        col(ClassMeeting.session_id),
        col(ClassMeeting.held_on),
        col(ClassMeeting.starts),
        col(ClassMeeting.ends),
    )
    rows = _by(session, statement, ClassMeeting.session_id, sorted(session_ids))
    return [MeetingFact(*row) for row in rows]


def marks(
    session: Session, meeting_ids: Iterable[int]
) -> dict[tuple[int, int], tuple[int, AttendanceState]]:
    """(meeting, enrolment) -> (id, state)."""
    statement = select(
        col(Attendance.meeting_id),
        col(Attendance.enrolment_id),
        col(Attendance.id),
        col(Attendance.state),
    )
    rows = _by(session, statement, Attendance.meeting_id, sorted(meeting_ids))
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def gains(session: Session, course_ids: Iterable[int]) -> dict[int, list[tuple[str, int, int]]]:
    """By course, (skill, level a learner may start from, level reached)."""
    statement = (
        select(
            col(CourseSkill.course_id),
            col(CourseSkill.skill),
            col(CourseSkill.from_level),
            col(CourseSkill.level),
        )
        .where(col(CourseSkill.kind) == CourseSkillKind.GAINED)
        .order_by(col(CourseSkill.course_id), col(CourseSkill.skill))
    )
    found: dict[int, list[tuple[str, int, int]]] = {}
    for course_id, *gain in _by(session, statement, CourseSkill.course_id, sorted(course_ids)):
        found.setdefault(course_id, []).append((gain[0], gain[1], gain[2]))
    return found


def skills(
    session: Session, youth_ids: Iterable[int], wanted: Collection[str]
) -> dict[tuple[int, str], list[HeldSkill]]:
    """Every judgement of these skills, by person and skill."""
    statement = (
        select(
            col(SkillRecord.youth_id),
            col(SkillRecord.id),
            col(SkillRecord.skill),
            col(SkillRecord.rater),
            col(SkillRecord.level),
            col(SkillRecord.verification),
            col(SkillRecord.rated_on),
            col(SkillRecord.rated_by_account_id),
            col(SkillRecord.evidence_kind),
            col(SkillRecord.evidence),
        )
        .where(col(SkillRecord.skill).in_(sorted(wanted)))
        .order_by(col(SkillRecord.id))
    )
    found: dict[tuple[int, str], list[HeldSkill]] = {}
    for youth_id, number, skill, rater, level, verification, *rest in _by(
        session, statement, SkillRecord.youth_id, sorted(youth_ids)
    ):
        names = ("rated_on", "rated_by_account_id", "evidence_kind", "evidence")
        before = {
            "level": level,
            "verification": verification,
            **dict(zip(names, rest, strict=True)),
        }
        held = HeldSkill(number, skill, rater, level, verification, before)
        found.setdefault((youth_id, skill), []).append(held)
    return found


def passes(session: Session, youth_ids: Iterable[int]) -> dict[int, list[HeldPass]]:
    statement = (
        select(
            col(CertificationRecord.youth_id),
            col(CertificationRecord.certification),
            col(CertificationRecord.exam_on),
            col(CertificationRecord.expires_on),
            col(CertificationRecord.verification),
        )
        .where(col(CertificationRecord.state) == AttemptState.PASSED)
        .order_by(col(CertificationRecord.id))
    )
    found: dict[int, list[HeldPass]] = {}
    for youth_id, *rest in _by(session, statement, CertificationRecord.youth_id, sorted(youth_ids)):
        found.setdefault(youth_id, []).append(HeldPass(*rest))
    return found


def credentialed(
    session: Session, enrolment_ids: Iterable[int]
) -> dict[int, tuple[int, date | None]]:
    """Credentials by enrolment, with the day they were revoked."""
    statement = select(col(Credential.enrolment_id), col(Credential.id), col(Credential.revoked_on))
    rows = _by(session, statement, Credential.enrolment_id, sorted(enrolment_ids))
    return {row[0]: (row[1], row[2]) for row in rows}


def outcomes(session: Session, youth_ids: Iterable[int]) -> list[Any]:
    """Rows of the whole table's columns."""
    statement = select(*Outcome.__table__.c)  # type: ignore[attr-defined]  # SQLModel hides it
    return _by(session, statement, Outcome.youth_id, sorted(youth_ids))


def outcome_checks(session: Session, outcome_ids: Iterable[int]) -> list[Any]:
    statement = select(*OutcomeCheck.__table__.c)  # type: ignore[attr-defined]  # SQLModel hides it
    return _by(session, statement, OutcomeCheck.outcome_id, sorted(outcome_ids))


def _by(session: Session, statement: Any, column: Any, values: Sequence[Any]) -> list[Any]:
    """Chunk by chunk: databases take only so many values in one IN."""
    found: list[Any] = []
    for chunk in chunks(values):
        found += session.execute(statement.where(col(column).in_(chunk))).all()
    return found
