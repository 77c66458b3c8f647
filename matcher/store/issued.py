"""Credentials this service signed: a person's own, one by its number, and the status bits."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from matcher.actor import Actor
from matcher.store.cohort import people
from matcher.store.due_credentials import is_assessed
from models.account import Account
from models.attendance import Credential
from models.credential import IssuedCredential, IssuedState
from models.skill import SkillRecord
from models.youth import YouthProfile


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


def english_titles(session: Session, credential_ids: Collection[int]) -> dict[int, str]:
    """Of the courses' credentials, as they stood on the day of completion."""
    found = session.exec(
        select(Credential.id, Credential.title_en).where(col(Credential.id).in_(credential_ids))
    )
    return {number: title for number, title in found if number is not None}


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


def last_change(session: Session) -> datetime | None:
    """When the state of any credential last changed after it was signed. It never goes back: a
    row is not deleted, and each further change of it is later."""
    statement = select(func.max(IssuedCredential.state_since)).where(
        col(IssuedCredential.state_since) > col(IssuedCredential.created_at)
    )
    return session.exec(statement).one()


def free_index(session: Session, size: int) -> int:
    """By lot: a list read today and tomorrow must not tell who came next."""
    while True:
        index = secrets.randbelow(size)
        taken = select(IssuedCredential.id).where(IssuedCredential.status_index == index)
        if session.exec(taken).first() is None:
            return index
