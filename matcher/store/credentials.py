"""What people got for completing a course; each number is given once."""

import base64
import secrets
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from matcher.actor import Actor
from models.attendance import Credential
from models.course import Course, CourseSession, Enrolment
from models.organisation import Organisation


class CredentialRow(NamedTuple):
    """A credential with the course it is for and who held that."""

    credential: Credential
    course: Course
    session: CourseSession
    organisation: Organisation


def _rows() -> SelectOfScalar[Any]:
    found = (
        select(Credential, Course, CourseSession, Organisation)
        .join(Enrolment, col(Enrolment.id) == Credential.enrolment_id)
        .join(CourseSession, col(CourseSession.id) == Enrolment.session_id)
        .join(Course, col(Course.id) == CourseSession.course_id)
        .join(Organisation, col(Organisation.id) == Course.organisation_id)
    )
    return cast("SelectOfScalar[Any]", found)


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
        _rows().where(Credential.number == number, Credential.youth_id == actor.youth_id)
    ).first()
    return None if row is None else CredentialRow(*row)


def finished(session: Session, youth_id: int, most: int | None = None) -> list[CredentialRow]:
    """Courses whose credential is in force, the latest first, no more than `most`; the caller has
    checked that the actor may read the person."""
    rows = session.exec(
        _rows()
        .where(Credential.youth_id == youth_id, col(Credential.revoked_on).is_(None))
        .order_by(col(Credential.issued_on).desc(), col(Credential.id).desc())
        .limit(most)
    )
    return [CredentialRow(*row) for row in rows]


def count(session: Session, youth_id: int) -> int:
    """How many courses have a credential in force."""
    statement = select(func.count(col(Credential.id))).where(
        Credential.youth_id == youth_id, col(Credential.revoked_on).is_(None)
    )
    return session.exec(statement).one()


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
