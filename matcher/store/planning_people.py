"""Whom a desk plans for: the people it looks after who may be matched and still look for work."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from matcher.actor import Actor
from matcher.store import course_desk
from matcher.store.voucher_people import seeking
from models.course import Course, CourseSession, CourseState, Enrolment, EnrolmentState
from models.outcome import Outcome, OutcomeKind, OutcomeState
from models.youth import YouthProfile

HELD = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED)


def planned_for(actor: Actor, today: date, free_by: date) -> SelectOfScalar[Any]:
    """Ids: confirmed people with consent whom nobody hired, free for work by a day. A confirmed
    outcome that goes on (work, a business, further study) takes a person out."""
    settled = select(Outcome.youth_id).where(
        Outcome.state == OutcomeState.CONFIRMED,
        Outcome.kind != OutcomeKind.SEEKING,
        or_(col(Outcome.ended_on).is_(None), col(Outcome.ended_on) >= today),
    )
    free = or_(
        col(YouthProfile.available_from).is_(None), col(YouthProfile.available_from) <= free_by
    )
    return select(YouthProfile.id).where(
        col(YouthProfile.id).in_(seeking(actor, today)),
        col(YouthProfile.id).not_in(settled),
        free,
    )


def candidate_courses(actor: Actor) -> SelectOfScalar[Any]:
    """Ids of the desk's own courses that could be run: drafts too, closed ones not."""
    return select(Course.id).where(
        course_desk.managed(actor), col(Course.state) != CourseState.CLOSED
    )


def seated(session: Session, scope: SelectOfScalar[Any]) -> dict[int, frozenset[int]]:
    """By course, whoever has or had a seat: nobody takes a course twice."""
    rows = session.execute(
        select(CourseSession.course_id, Enrolment.youth_id)
        .join(CourseSession, col(CourseSession.id) == Enrolment.session_id)
        .where(col(CourseSession.course_id).in_(scope), col(Enrolment.state).in_(HELD))
    )
    found: dict[int, set[int]] = {}
    for course_id, youth_id in rows:
        found.setdefault(course_id, set()).add(youth_id)
    return {course_id: frozenset(people) for course_id, people in found.items()}


class LearnerRow(NamedTuple):
    youth_id: int
    course_id: int
    ends_on: date


def learners(session: Session, people: SelectOfScalar[Any], today: date) -> list[LearnerRow]:
    """Who of these people sits in a course that is not over, whoever runs it."""
    rows = session.execute(
        select(col(Enrolment.youth_id), col(CourseSession.course_id), col(CourseSession.ends_on))
        .join(CourseSession, col(CourseSession.id) == Enrolment.session_id)
        .where(
            Enrolment.state == EnrolmentState.ENROLLED,
            col(CourseSession.ends_on) >= today,
            col(Enrolment.youth_id).in_(people),
        )
        .order_by(col(Enrolment.id))
    )
    return [LearnerRow(*row) for row in rows]
