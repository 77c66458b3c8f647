"""Many rows a statement: plain mappings in, ids out, no object a row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table as Source
from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, SQLModel

Row = Mapping[str, Any]
Each = TypeVar("Each")
CHUNK = 500


def chunks(rows: Sequence[Each], size: int = CHUNK) -> Iterator[list[Each]]:
    for start in range(0, len(rows), size):
        yield list(rows[start : start + size])


def table_of(table: type[SQLModel]) -> Source:
    return SQLModel.metadata.tables[str(table.__tablename__)]


def insert_all(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> None:
    """Every row must hold the same columns."""
    for chunk in chunks(rows):
        session.execute(insert(table), chunk)


def insert_returning(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> list[int]:
    """Ids in the order of the rows; every row must hold the same columns."""
    statement = insert(table).returning(table_of(table).c.id, sort_by_parameter_order=True)
    ids: list[int] = []
    for chunk in chunks(rows):
        ids += session.scalars(statement, chunk).all()
    return ids


def update_each(
    session: Session, table: type[SQLModel] | Source, rows: Iterable[tuple[int, Row]]
) -> None:
    """Set each row's own values; rows that set the same columns share a statement."""
    source = table if isinstance(table, Source) else table_of(table)
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row_id, values in rows:
        filled = {f"new_{name}": value for name, value in values.items()}
        by_columns.setdefault(tuple(values), []).append({"row_id": row_id, **filled})
    for columns, filled_rows in by_columns.items():
        statement = (
            update(source)
            .where(source.c.id == bindparam("row_id"))
            .values({name: bindparam(f"new_{name}") for name in columns})
        )
        for chunk in chunks(filled_rows):
            session.connection().execute(statement, chunk)
