"""Credentials this service signed: a person's own, one by its number, and the status bits."""

import secrets
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.store.cohort import people
from matcher.store.due_credentials import is_assessed
from models.account import Account
from models.attendance import Credential
from models.course import Course, CourseSession, CourseSkill, CourseSkillKind, Enrolment
from models.credential import IssuedCredential, IssuedState
from models.organisation import Organisation
from models.skill import SkillRecord
from models.youth import YouthProfile


class Finished(NamedTuple):
    credential: Credential
    course: Course
    organisation: Organisation


def finished(session: Session, youth_id: int) -> list[Finished]:
    """Courses the person completed and still has; the oldest first."""
    rows = session.exec(
        select(Credential, Course, Organisation)
        .join(Enrolment, col(Enrolment.id) == Credential.enrolment_id)
        .join(CourseSession, col(CourseSession.id) == Enrolment.session_id)
        .join(Course, col(Course.id) == CourseSession.course_id)
        .join(Organisation, col(Organisation.id) == Course.organisation_id)
        .where(Credential.youth_id == youth_id, col(Credential.revoked_on).is_(None))
        .order_by(col(Credential.issued_on), col(Credential.id))
    )
    return [Finished(*row) for row in rows]


def taught(session: Session, course_ids: Collection[int]) -> dict[int, list[CourseSkill]]:
    """What each course says it teaches, by slug."""
    rows = session.exec(
        select(CourseSkill)
        .where(
            col(CourseSkill.course_id).in_(course_ids), CourseSkill.kind == CourseSkillKind.GAINED
        )
        .order_by(col(CourseSkill.skill))
    )
    found: dict[int, list[CourseSkill]] = {}
    for row in rows:
        found.setdefault(row.course_id, []).append(row)
    return found


def assessed(session: Session, youth_id: int) -> Sequence[SkillRecord]:
    """Judgements that are signed; of one skill the higher one first."""
    return session.exec(
        select(SkillRecord)
        .where(SkillRecord.youth_id == youth_id, is_assessed())
        .order_by(col(SkillRecord.skill), col(SkillRecord.level).desc(), col(SkillRecord.id))
    ).all()


def of_person(session: Session, youth_id: int) -> Sequence[IssuedCredential]:
    """Newest first."""
    return session.exec(
        select(IssuedCredential)
        .where(IssuedCredential.youth_id == youth_id)
        .order_by(col(IssuedCredential.id).desc())
    ).all()


def of_credentials(session: Session, credential_ids: Collection[int]) -> Sequence[IssuedCredential]:
    """What was signed for these courses' credentials."""
    return session.exec(
        select(IssuedCredential).where(col(IssuedCredential.credential_id).in_(credential_ids))
    ).all()


def of_course(session: Session, youth_id: int, number: str) -> IssuedCredential | None:
    """The newest that was signed for the credential with this number."""
    return session.exec(
        select(IssuedCredential)
        .join(Credential, col(Credential.id) == col(IssuedCredential.credential_id))
        .where(Credential.number == number, IssuedCredential.youth_id == youth_id)
        .order_by(col(IssuedCredential.id).desc())
    ).first()


def by_number(session: Session, number: str) -> IssuedCredential | None:
    """Whoever asks: a credential's number is its reader's key."""
    return session.exec(select(IssuedCredential).where(IssuedCredential.number == number)).first()


def own(session: Session, actor: Actor, number: str) -> IssuedCredential | None:
    return session.exec(
        select(IssuedCredential).where(
            IssuedCredential.number == number,
            IssuedCredential.youth_id == actor.youth_id,
            col(IssuedCredential.youth_id).is_not(None),
        )
    ).first()


def at_desk(session: Session, actor: Actor, number: str) -> IssuedCredential | None:
    """Of somebody the desk looks after; locked until the transaction ends."""
    return session.exec(
        select(IssuedCredential)
        .join(YouthProfile, col(YouthProfile.id) == col(IssuedCredential.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(people(actor), IssuedCredential.number == number)
        .with_for_update(of=IssuedCredential.__table__)  # type: ignore[attr-defined]
    ).first()


def indexes(session: Session, state: IssuedState) -> Sequence[int]:
    """Bits of a status list that are set, in order."""
    return session.exec(
        select(IssuedCredential.status_index)
        .where(IssuedCredential.state == state)
        .order_by(col(IssuedCredential.status_index))
    ).all()


def free_index(session: Session, size: int) -> int:
    """By lot: a list read today and tomorrow must not tell who came next."""
    while True:
        index = secrets.randbelow(size)
        taken = select(IssuedCredential.id).where(IssuedCredential.status_index == index)
        if session.exec(taken).first() is None:
            return index
