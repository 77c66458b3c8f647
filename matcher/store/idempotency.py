"""Answers kept for a while; nobody reads another account's."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.idempotency import KeptAnswer


def find(session: Session, account_id: int, key_hash: str) -> KeptAnswer | None:
    return session.exec(
        select(KeptAnswer).where(
            KeptAnswer.account_id == account_id, KeptAnswer.key_hash == key_hash
        )
    ).first()


def reserve(session: Session, row: KeptAnswer) -> bool:
    """False when another request with the same key came first (it has committed by then)."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def prune(session: Session, before: datetime) -> None:
    session.exec(delete(KeptAnswer).where(col(KeptAnswer.created_at) < before))
