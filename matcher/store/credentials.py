"""What people got for completing a course; each number is given once."""

import base64
import secrets
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from matcher.actor import Actor
from models.attendance import Credential
from models.course import Course, CourseSession, Enrolment
from models.organisation import Organisation


class CredentialRow(NamedTuple):
    credential: Credential
    course: Course
    session: CourseSession
    organisation: Organisation


def new_number(year: int) -> str:
    """60 random bits: nobody finds another's number by counting on."""
    word = base64.b32encode(secrets.token_bytes(8)).decode("ascii")[:12]
    return f"OR-{year}-{word}"


def of_enrolment(session: Session, enrolment_id: int) -> Credential | None:
    return session.exec(select(Credential).where(Credential.enrolment_id == enrolment_id)).first()


def by_enrolment(session: Session, session_id: int) -> dict[int, str]:
    """Numbers in force of one session's people."""
    found = session.exec(
        select(Credential.enrolment_id, Credential.number)
        .join(Enrolment, col(Enrolment.id) == Credential.enrolment_id)
        .where(Enrolment.session_id == session_id, col(Credential.revoked_on).is_(None))
    )
    return dict(found.all())


def own(session: Session, actor: Actor, number: str) -> CredentialRow | None:
    """The actor's own by its number; a revoked one too, which the page says."""
    row = session.exec(
        select(Credential, Course, CourseSession, Organisation)
        .join(Enrolment, col(Enrolment.id) == Credential.enrolment_id)
        .join(CourseSession, col(CourseSession.id) == Enrolment.session_id)
        .join(Course, col(Course.id) == CourseSession.course_id)
        .join(Organisation, col(Organisation.id) == Course.organisation_id)
        .where(Credential.number == number, Credential.youth_id == actor.youth_id)
    ).first()
    return None if row is None else CredentialRow(*row)


def issue(
    session: Session, youth_id: int, enrolment_id: int, course: Course, on: date, now: datetime
) -> Credential:
    """One an enrolment: a second call gives the first one's row, in force again."""
    row = of_enrolment(session, enrolment_id)
    if row is None:
        row = Credential(
            youth_id=youth_id,
            enrolment_id=enrolment_id,
            number=new_number(on.year),
            title_ko=course.title_ko,
            title_en=course.title_en,
            issued_on=on,
            created_at=now,
        )
    row.revoked_on = None
    session.add(row)
    session.flush()  # a clash of numbers shows here
    return row


def revoke(session: Session, enrolment_id: int, on: date) -> str:
    """Its number, which stays known; empty when there was none in force."""
    row = of_enrolment(session, enrolment_id)
    if row is None or row.revoked_on is not None:
        return ""
    row.revoked_on = on
    session.add(row)
    return row.number
