"""One person's rows as the desk that looks after them may read them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from matcher.actor import Actor
from matcher.store import youths
from models.account import Account, AccountState, Role
from models.application import Application, ApplicationState
from models.course import Course, CourseSession, Enrolment, EnrolmentState
from models.opening import Opening
from models.organisation import Organisation
from models.skill import UnmappedSkill
from models.youth import YouthProfile


class Person(NamedTuple):
    profile: YouthProfile
    account: Account
    organisation: Organisation | None


class EnrolmentLine(NamedTuple):
    state: EnrolmentState
    title_ko: str
    title_en: str
    starts_on: date
    ends_on: date
    is_demo: bool


class ApplicationLine(NamedTuple):
    state: ApplicationState
    title_ko: str
    title_en: str
    organisation_ko: str
    organisation_en: str
    created_at: datetime
    is_demo: bool


def person(session: Session, actor: Actor, youth_id: int) -> Person | None:
    if actor.role not in (Role.COORDINATOR, Role.CENTRE):
        return None
    found = session.execute(
        select(YouthProfile, Account, Organisation)
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .outerjoin(Organisation, col(Organisation.id) == col(YouthProfile.organisation_id))
        .where(
            youths.visible_to(actor),
            col(YouthProfile.id) == youth_id,
            col(Account.state) != AccountState.ERASED,
        )
    ).first()
    return None if found is None else Person(*found)


def visible(session: Session, actor: Actor, youth_ids: Sequence[int]) -> frozenset[int]:
    """Those of them whose record the actor may open."""
    found = session.scalars(
        select(col(YouthProfile.id)).where(
            youths.visible_to(actor), col(YouthProfile.id).in_(youth_ids)
        )
    )
    return frozenset(number for number in found if number is not None)


def enrolments(session: Session, youth_id: int) -> list[EnrolmentLine]:
    found = session.execute(
        select(
            col(Enrolment.state),
            col(Course.title_ko),
            col(Course.title_en),
            col(CourseSession.starts_on),
            col(CourseSession.ends_on),
            col(Course.is_demo),
        )
        .join(CourseSession, col(CourseSession.id) == col(Enrolment.session_id))
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .where(col(Enrolment.youth_id) == youth_id)
        .order_by(col(CourseSession.starts_on).desc(), col(Enrolment.id))
    )
    return [EnrolmentLine(*row) for row in found]


def applications(session: Session, youth_id: int) -> list[ApplicationLine]:
    """Where they stand; what was written and why it was refused stays between the two sides."""
    found = session.execute(
        select(
            col(Application.state),
            col(Opening.title_ko),
            col(Opening.title_en),
            col(Organisation.name_ko),
            col(Organisation.name_en),
            col(Application.created_at),
            col(Opening.is_demo),
        )
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Organisation, col(Organisation.id) == col(Opening.organisation_id))
        .where(col(Application.youth_id) == youth_id)
        .order_by(col(Application.created_at).desc(), col(Application.id))
    )
    return [ApplicationLine(*row) for row in found]


def unmapped(session: Session, youth_id: int) -> Sequence[str]:
    return session.scalars(
        select(col(UnmappedSkill.text))
        .where(col(UnmappedSkill.youth_id) == youth_id)
        .order_by(col(UnmappedSkill.id))
    ).all()
