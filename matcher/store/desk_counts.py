"""How much waits for a desk beside its people: courses and paths.

Each count is the length of the list a page shows, and says so in a test.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlmodel import Session, col

from matcher.actor import Actor
from matcher.store import plans
from matcher.store.cohort import SESSION_DAYS
from matcher.store.course_desk import managed
from models.account import Account
from models.course import Course, CourseSession, CourseState, Enrolment, EnrolmentState
from models.plan import Plan, PlanState
from models.youth import YouthProfile


def courses(session: Session, actor: Actor, today: date) -> tuple[int, int, int]:
    """Courses with sessions that are over and lack results; with applicants to choose among; and
    with sessions that start soon with seats to give or people waiting."""
    session_ = CourseSession
    is_soon = and_(
        col(Course.state) == CourseState.PUBLISHED,
        col(session_.starts_on).between(today, today + timedelta(days=SESSION_DAYS)),
        or_(col(session_.taken) < col(session_.seats), _stands(EnrolmentState.WAITLISTED)),
    )
    is_unfinished = and_(col(session_.ends_on) < today, _stands(EnrolmentState.ENROLLED))
    tests = (is_unfinished, _stands(EnrolmentState.APPLIED), is_soon)
    parts = [_courses(actor, test) for test in tests]
    first, second, third = session.execute(select(*parts)).one()
    return int(first), int(second), int(third)


def plans_waiting(session: Session, actor: Actor, today: date) -> int:
    statement = (
        select(func.count(col(Plan.id)))
        .join(YouthProfile, col(YouthProfile.id) == col(Plan.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(plans.visible_to(actor, today), col(Plan.state) == PlanState.SUBMITTED)
    )
    return int(session.scalar(statement) or 0)


def _courses(actor: Actor, test: ColumnElement[bool]) -> Any:
    return (
        select(func.count(col(Course.id).distinct()))
        .join(CourseSession, col(CourseSession.course_id) == col(Course.id))
        .where(managed(actor), test)
        .scalar_subquery()
    )


def _stands(state: EnrolmentState) -> ColumnElement[bool]:
    return (
        exists()
        .where(col(Enrolment.session_id) == col(CourseSession.id), col(Enrolment.state) == state)
        .correlate(CourseSession)
    )
