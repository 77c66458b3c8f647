"""Filters a person keeps under a name; only ever the own account's."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select, update

from models.bulk import SavedView


def listed(session: Session, account_id: int, place: str) -> Sequence[SavedView]:
    return session.exec(
        select(SavedView)
        .where(SavedView.account_id == account_id, SavedView.place == place)
        .order_by(col(SavedView.is_default).desc(), col(SavedView.name))
    ).all()


def get(session: Session, account_id: int, view_id: int) -> SavedView | None:
    return session.exec(
        select(SavedView).where(SavedView.account_id == account_id, SavedView.id == view_id)
    ).first()


def named(session: Session, account_id: int, place: str, name: str) -> SavedView | None:
    return session.exec(
        select(SavedView).where(
            SavedView.account_id == account_id, SavedView.place == place, SavedView.name == name
        )
    ).first()


def count(session: Session, account_id: int) -> int:
    statement = select(func.count()).where(SavedView.account_id == account_id)
    return session.exec(statement).one()


def clear_default(session: Session, account_id: int, place: str) -> None:
    session.exec(
        update(SavedView)
        .where(col(SavedView.account_id) == account_id, col(SavedView.place) == place)
        .values(is_default=False)
    )
