"""The meetings of a session, the marks of who was there, and one person's own."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from matcher.actor import Actor
from matcher.store.course_desk import managed
from models.attendance import Attendance, AttendanceState, ClassMeeting
from models.course import Course, CourseSession, Enrolment
from models.organisation import Organisation
from models.venue import VenueBooking


class OwnClass(NamedTuple):
    enrolment: Enrolment
    session: CourseSession
    course: Course
    organisation: Organisation


def meetings(session: Session, session_id: int) -> Sequence[ClassMeeting]:
    """In the order they are held."""
    return session.scalars(
        select(ClassMeeting)
        .where(col(ClassMeeting.session_id) == session_id)
        .order_by(col(ClassMeeting.held_on), col(ClassMeeting.starts))
    ).all()


def meeting(
    session: Session, actor: Actor, session_id: int, meeting_id: int
) -> tuple[ClassMeeting, CourseSession, Course] | None:
    """Of a session this desk manages."""
    found = session.execute(
        select(ClassMeeting, CourseSession, Course)
        .join(CourseSession, col(CourseSession.id) == col(ClassMeeting.session_id))
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .where(
            managed(actor),
            col(ClassMeeting.session_id) == session_id,
            col(ClassMeeting.id) == meeting_id,
        )
    ).first()
    return None if found is None else (found[0], found[1], found[2])


def hold_meeting(session: Session, meeting_id: int) -> None:
    """Until the transaction ends nobody else marks anybody in this meeting."""
    session.scalars(
        select(col(ClassMeeting.id)).where(col(ClassMeeting.id) == meeting_id).with_for_update()
    ).all()


def marked(session: Session, session_id: int) -> dict[int, int]:
    """How many have a mark, by meeting."""
    found = session.execute(
        select(col(Attendance.meeting_id), func.count())
        .join(ClassMeeting, col(ClassMeeting.id) == col(Attendance.meeting_id))
        .where(col(ClassMeeting.session_id) == session_id)
        .group_by(col(Attendance.meeting_id))
    )
    return {row[0]: row[1] for row in found}


def marks(session: Session, meeting_id: int) -> dict[int, Attendance]:
    """By enrolment."""
    found = session.scalars(select(Attendance).where(col(Attendance.meeting_id) == meeting_id))
    return {row.enrolment_id: row for row in found}


def tallies(session: Session, session_id: int) -> dict[int, dict[AttendanceState, int]]:
    """By enrolment, how many marks of each kind."""
    found = session.execute(
        select(col(Attendance.enrolment_id), col(Attendance.state), func.count())
        .join(ClassMeeting, col(ClassMeeting.id) == col(Attendance.meeting_id))
        .where(col(ClassMeeting.session_id) == session_id)
        .group_by(col(Attendance.enrolment_id), col(Attendance.state))
    )
    counts: dict[int, dict[AttendanceState, int]] = defaultdict(dict)
    for enrolment_id, state, number in found:
        counts[enrolment_id][state] = number
    return counts


def held(session: Session, session_id: int, today: date) -> int:
    """How many meetings were due by today."""
    statement = select(func.count()).where(
        col(ClassMeeting.session_id) == session_id, col(ClassMeeting.held_on) <= today
    )
    return int(session.scalar(statement) or 0)


def remove(session: Session, meeting_ids: Sequence[int]) -> None:
    """Meetings nobody has a mark in, with what was booked for them."""
    session.execute(delete(VenueBooking).where(col(VenueBooking.meeting_id).in_(meeting_ids)))
    session.execute(delete(ClassMeeting).where(col(ClassMeeting.id).in_(meeting_ids)))


def own(session: Session, actor: Actor, enrolment_id: int) -> OwnClass | None:
    """The actor's own enrolment with everything around it, whatever became of the course."""
    row = session.execute(
        select(Enrolment, CourseSession, Course, Organisation)
        .join(CourseSession, col(CourseSession.id) == col(Enrolment.session_id))
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .join(Organisation, col(Organisation.id) == col(Course.organisation_id))
        .where(
            col(Enrolment.id) == enrolment_id,
            col(Enrolment.youth_id) == actor.youth_id,
        )
    ).first()
    return None if row is None else OwnClass(row[0], row[1], row[2], row[3])


def own_marks(session: Session, enrolment_id: int) -> dict[int, AttendanceState]:
    """By meeting; for callers that checked whose enrolment it is."""
    found = session.execute(
        select(col(Attendance.meeting_id), col(Attendance.state)).where(
            col(Attendance.enrolment_id) == enrolment_id
        )
    )
    return {row[0]: row[1] for row in found}


def open_check_ins(session: Session, session_id: int) -> Sequence[ClassMeeting]:
    """Meetings of the session with a code; whether its time is over is the caller's to see."""
    return session.scalars(
        select(ClassMeeting).where(
            col(ClassMeeting.session_id) == session_id, col(ClassMeeting.check_in_code) != ""
        )
    ).all()
