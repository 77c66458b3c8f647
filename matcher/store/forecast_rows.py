"""What a forecast learns from: openings that came, hires of a desk's people, seats that ended."""

from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.store import course_desk
from matcher.store.cohort import people
from models.account import Account
from models.application import Application, ApplicationEvent, ApplicationState
from models.certification import AttemptState, CertificationRecord
from models.course import Course, CourseSession, Enrolment, EnrolmentState
from models.opening import Opening, OpeningState
from models.youth import YouthProfile

CAME = (OpeningState.PUBLISHED, OpeningState.CLOSED, OpeningState.FILLED)
SAT = (AttemptState.PASSED, AttemptState.FAILED)
ENDED = (EnrolmentState.COMPLETED, EnrolmentState.DROPPED, EnrolmentState.NOT_COMPLETED)


def openings(session: Session, today: date) -> list[tuple[date, str, int]]:
    """(day it opened, sector, places) of all that ever took applications."""
    rows = session.execute(
        select(col(Opening.opens_on), col(Opening.sector), col(Opening.headcount))
        .where(col(Opening.state).in_(CAME), col(Opening.opens_on) <= today)
        .order_by(col(Opening.id))
    )
    return [(on, sector, places) for on, sector, places in rows]


def hires(session: Session, actor: Actor) -> list[tuple[date, str]]:
    """(day, sector), one for each hire that stands, of the desk's people."""
    first = func.min(col(ApplicationEvent.at))
    rows = session.execute(
        select(col(Application.id), col(Opening.sector), first)
        .join(ApplicationEvent, col(ApplicationEvent.application_id) == col(Application.id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(YouthProfile, col(YouthProfile.id) == col(Application.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(
            people(actor),
            col(Application.state) == ApplicationState.HIRED,
            col(ApplicationEvent.to_state) == ApplicationState.HIRED.value,
        )
        .group_by(col(Application.id), col(Opening.sector))
    )
    return [(day_of(at), sector) for _number, sector, at in rows]


def sittings(session: Session, actor: Actor, certification: str) -> tuple[int, int]:
    """(passed, failed) of the desk's people at the exams of one certificate."""
    rows = session.execute(
        select(col(CertificationRecord.state), func.count(col(CertificationRecord.id)))
        .join(YouthProfile, col(YouthProfile.id) == col(CertificationRecord.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(
            people(actor),
            col(CertificationRecord.certification) == certification,
            col(CertificationRecord.state).in_(SAT),
        )
        .group_by(col(CertificationRecord.state))
    )
    found = {state: int(count) for state, count in rows}
    return found.get(AttemptState.PASSED, 0), found.get(AttemptState.FAILED, 0)


def seats(session: Session, actor: Actor, today: date) -> list[tuple[date, bool]]:
    """(last day of the session, whether it was completed) of the desk's courses."""
    rows = session.execute(
        select(col(CourseSession.ends_on), col(Enrolment.state))
        .join(CourseSession, col(CourseSession.id) == col(Enrolment.session_id))
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .where(
            course_desk.managed(actor),
            col(Enrolment.state).in_(ENDED),
            col(CourseSession.ends_on) < today,
        )
    )
    return [(on, state is EnrolmentState.COMPLETED) for on, state in rows]
