"""Frozen evaluation packs: a desk's own; the centre reads every desk's."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, func, true
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.store import youths
from models.account import Role
from models.evaluation import EvaluationPack
from models.organisation import Organisation
from models.youth import YouthProfile

Listed = tuple[EvaluationPack, Organisation]


def readable(actor: Actor) -> ColumnElement[bool]:
    if actor.role is Role.COORDINATOR:
        return col(EvaluationPack.organisation_id) == actor.organisation_id
    return true() if actor.role is Role.CENTRE else false()


def page(session: Session, actor: Actor, number: int, size: int) -> list[Listed]:
    """The newest first; page `number` counts from 1."""
    found = session.exec(
        select(EvaluationPack, Organisation)
        .join(Organisation, col(Organisation.id) == col(EvaluationPack.organisation_id))
        .where(readable(actor))
        .order_by(col(EvaluationPack.frozen_at).desc(), col(EvaluationPack.id).desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    return [(pack, organisation) for pack, organisation in found]


def count(session: Session, actor: Actor) -> int:
    return len(session.exec(select(EvaluationPack.id).where(readable(actor))).all())


def get(session: Session, actor: Actor, pack_id: int) -> EvaluationPack | None:
    return session.exec(
        select(EvaluationPack).where(readable(actor), EvaluationPack.id == pack_id)
    ).first()


def stored(session: Session, pack_id: int) -> EvaluationPack | None:
    """For the operator's command line, whoever's it is."""
    return session.get(EvaluationPack, pack_id)


def with_hash(session: Session, sha256: str) -> EvaluationPack | None:
    return session.exec(select(EvaluationPack).where(EvaluationPack.sha256 == sha256)).first()


def newest(
    session: Session, organisation_id: int, year: int, project: str
) -> EvaluationPack | None:
    return session.exec(
        select(EvaluationPack)
        .where(
            EvaluationPack.organisation_id == organisation_id,
            EvaluationPack.year == year,
            EvaluationPack.project == project,
        )
        .order_by(col(EvaluationPack.frozen_at).desc(), col(EvaluationPack.id).desc())
        .limit(1)
    ).first()


def of_year(session: Session, year: int) -> Sequence[EvaluationPack]:
    """Every desk's, the oldest first. Not scoped: what a pack may tell depends on all of them."""
    return session.exec(
        select(EvaluationPack).where(EvaluationPack.year == year).order_by(col(EvaluationPack.id))
    ).all()


def newest_of_year(session: Session, year: int) -> int:
    """The number of the last one of any desk, 0 without one."""
    newest = func.coalesce(func.max(col(EvaluationPack.id)), 0)
    return session.exec(select(newest).where(EvaluationPack.year == year)).one() or 0


def stop_others(session: Session) -> None:
    """Nobody else freezes a pack until the transaction ends."""
    # One fixed row as a lock; rows that refer to it are written meanwhile.
    row = select(Organisation.id).order_by(col(Organisation.id)).limit(1)
    session.exec(row.with_for_update(key_share=True)).first()


def openable(session: Session, actor: Actor, youth_ids: Sequence[int]) -> frozenset[int]:
    """Those whose record the desk may open."""
    return frozenset(
        number
        for number in session.exec(
            select(YouthProfile.id).where(
                youths.visible_to(actor), col(YouthProfile.id).in_(youth_ids)
            )
        )
        if number is not None
    )
