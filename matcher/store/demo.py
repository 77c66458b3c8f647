"""Writing the demo data: many rows a statement, numbers in, ids out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, func, select

from models.account import Account
from models.organisation import Organisation

Row = Mapping[str, Any]
CHUNK = 2_000


def holds_accounts(session: Session) -> bool:
    return session.exec(select(func.count()).select_from(Account)).one() > 0


def organisation_ids(session: Session) -> dict[str, int]:
    """By slug."""
    rows = session.exec(select(Organisation.slug, Organisation.id).order_by(col(Organisation.id)))
    return {slug: number for slug, number in rows if number is not None}


def insert_all(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> None:
    """Every row must hold the same columns."""
    for chunk in _chunks(rows):
        session.execute(insert(table), chunk)


def insert_returning(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> list[int]:
    """Ids in the order of the rows."""
    key = SQLModel.metadata.tables[str(table.__tablename__)].c.id
    ids: list[int] = []
    for chunk in _chunks(rows):
        statement = insert(table).returning(key, sort_by_parameter_order=True)
        ids += session.scalars(statement, chunk).all()
    return ids


def _chunks(rows: Sequence[Row]) -> Iterable[list[Row]]:
    for start in range(0, len(rows), CHUNK):
        yield list(rows[start : start + CHUNK])
