"""Young people's rows: profile, wishes, skill and certification records, licences, saved items."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, false, func, true
from sqlmodel import Session, col, select

from matcher.actor import Actor
from models.account import Account, Role
from models.certification import AwsCandidateId, CertificationRecord, LicenceRecord
from models.skill import Rater, SkillRecord
from models.youth import (
    Affiliation,
    AffiliationState,
    SavedItem,
    SavedKind,
    WishKind,
    YouthProfile,
    YouthWish,
)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Whose profiles an actor may read by role; partners reach people through candidates only."""
    if actor.role is Role.YOUTH:
        return col(YouthProfile.account_id) == actor.account_id
    if actor.role is Role.COORDINATOR:
        return (
            (col(YouthProfile.organisation_id) == actor.organisation_id)
            & (col(YouthProfile.affiliation) == Affiliation.RISE_UNIVERSITY)
            & (col(YouthProfile.affiliation_state) != AffiliationState.ENDED)
        )
    return true() if actor.role in (Role.CENTRE, Role.ADMIN) else false()


def get(session: Session, actor: Actor, youth_id: int | None) -> YouthProfile | None:
    return session.exec(
        select(YouthProfile).where(visible_to(actor), YouthProfile.id == youth_id)
    ).first()


def hold(session: Session, youth_ids: Any) -> None:
    """Until the transaction ends nobody else decides about these people: two hires, or a hire and
    a withdrawal, come one after the other. `youth_ids`: numbers or a query for them.

    Taken before any other lock. Rows that only refer to the person are not kept waiting; SQLite
    has one writer anyway.
    """
    session.exec(
        select(YouthProfile.id)
        .where(col(YouthProfile.id).in_(youth_ids))
        .order_by(col(YouthProfile.id))
        .with_for_update(key_share=True)
    ).all()


def status_of(session: Session, youth_id: int) -> str | None:
    return session.exec(select(YouthProfile.status).where(YouthProfile.id == youth_id)).first()


def name_of(session: Session, youth_id: int) -> str:
    statement = (
        select(Account.name)
        .join(YouthProfile, col(YouthProfile.account_id) == Account.id)
        .where(YouthProfile.id == youth_id)
    )
    return session.exec(statement).one()


def wishes(session: Session, youth_id: int) -> Sequence[YouthWish]:
    return session.exec(
        select(YouthWish)
        .where(YouthWish.youth_id == youth_id)
        .order_by(col(YouthWish.kind), col(YouthWish.place), col(YouthWish.value))
    ).all()


def replace_wishes(
    session: Session, youth_id: int, kinds: Sequence[WishKind], rows: Sequence[YouthWish]
) -> None:
    session.exec(
        delete(YouthWish).where(
            col(YouthWish.youth_id) == youth_id, col(YouthWish.kind).in_(list(kinds))
        )
    )
    session.add_all(rows)


def skill_records(session: Session, youth_id: int) -> Sequence[SkillRecord]:
    return session.exec(
        select(SkillRecord)
        .where(SkillRecord.youth_id == youth_id)
        .order_by(col(SkillRecord.skill), col(SkillRecord.rater))
    ).all()


def skill_record(session: Session, youth_id: int, skill: str, rater: Rater) -> SkillRecord | None:
    return session.exec(
        select(SkillRecord).where(
            SkillRecord.youth_id == youth_id,
            SkillRecord.skill == skill,
            SkillRecord.rater == rater,
        )
    ).first()


def count_skills(session: Session, youth_id: int) -> int:
    statement = select(func.count(func.distinct(SkillRecord.skill))).where(
        SkillRecord.youth_id == youth_id
    )
    return session.exec(statement).one()


def certification_records(session: Session, youth_id: int) -> Sequence[CertificationRecord]:
    return session.exec(
        select(CertificationRecord)
        .where(CertificationRecord.youth_id == youth_id)
        .order_by(col(CertificationRecord.id))
    ).all()


def certification_record(
    session: Session, youth_id: int, record_id: int
) -> CertificationRecord | None:
    return session.exec(
        select(CertificationRecord).where(
            CertificationRecord.youth_id == youth_id, CertificationRecord.id == record_id
        )
    ).first()


def aws_ids(session: Session, youth_id: int) -> Sequence[AwsCandidateId]:
    return session.exec(
        select(AwsCandidateId)
        .where(AwsCandidateId.youth_id == youth_id)
        .order_by(col(AwsCandidateId.id))
    ).all()


def licences(session: Session, youth_id: int) -> Sequence[LicenceRecord]:
    return session.exec(
        select(LicenceRecord)
        .where(LicenceRecord.youth_id == youth_id)
        .order_by(col(LicenceRecord.licence))
    ).all()


def saved_ids(session: Session, youth_id: int, kind: SavedKind) -> frozenset[int]:
    statement = select(SavedItem.item_id).where(
        SavedItem.youth_id == youth_id, SavedItem.kind == kind
    )
    return frozenset(session.exec(statement))


def saved_item(session: Session, youth_id: int, kind: SavedKind, item_id: int) -> SavedItem | None:
    return session.exec(
        select(SavedItem).where(
            SavedItem.youth_id == youth_id, SavedItem.kind == kind, SavedItem.item_id == item_id
        )
    ).first()


def remove(session: Session, row: Any) -> None:
    session.delete(row)
