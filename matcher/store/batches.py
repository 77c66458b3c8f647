"""Import batches: what each made or changed, and how it is undone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Table,
    Text,
    cast,
    delete,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.types import Date
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_model

from matcher.actor import Actor
from matcher.store import bulk_rows
from matcher.store.bulk_rows import Row
from models.account import Account, Role
from models.base import UtcDateTime
from models.batch import BatchChange, ImportBatch


class Change(NamedTuple):
    """One stored row's new values beside the ones it had."""

    row_id: int
    before: Row
    after: Row


class Recorder:
    """Writes rows and notes them for the batch; `finish` notes the ones added as objects."""

    def __init__(self, session: Session, batch_id: int) -> None:
        self.session = session
        self.batch_id = batch_id
        self.made = 0
        self.changed = 0
        self._made: list[SQLModel] = []
        self._changed: list[tuple[SQLModel, dict[str, Any]]] = []

    def make(self, row: SQLModel) -> None:
        self.session.add(row)
        self._made.append(row)
        self.made += 1

    def change(self, row: SQLModel, values: Mapping[str, Any]) -> bool:
        """Set what differs; False when nothing does."""
        before = {
            name: plain(getattr(row, name))
            for name, value in values.items()
            if getattr(row, name) != value
        }
        if not before:
            return False
        for name, value in values.items():
            setattr(row, name, value)
        self.session.add(row)
        self._changed.append((row, before))
        self.changed += 1
        return True

    def make_all(
        self, table: type[SQLModel], rows: Sequence[Row], watched: Sequence[str] = ()
    ) -> list[int]:
        """Ids in the order of the rows. `watched`: columns whose later change stops a revert."""
        ids = bulk_rows.insert_returning(self.session, table, rows)
        self._note(
            table,
            [
                (row_id, None, {name: plain(row[name]) for name in watched} or None)
                for row_id, row in zip(ids, rows, strict=True)
            ],
            version=1 if "version" in bulk_rows.table_of(table).c else None,
        )
        self.made += len(ids)
        return ids

    def change_all(
        self, table: type[SQLModel], changes: Sequence[Change], watched: Sequence[str] = ()
    ) -> None:
        """Of tables that count versions `after` holds the new one."""
        bulk_rows.update_each(self.session, table, [(each.row_id, each.after) for each in changes])
        for version, same in groupby(changes, lambda each: each.after.get("version")):
            self._note(
                table,
                [
                    (
                        each.row_id,
                        {name: plain(value) for name, value in each.before.items()},
                        {name: plain(each.after[name]) for name in watched if name in each.after}
                        or None,
                    )
                    for each in same
                ],
                version=version,
            )
        self.changed += len(changes)

    def finish(self) -> None:
        self.session.flush()
        notes = [_note(self.batch_id, row, None) for row in self._made]
        notes += [_note(self.batch_id, row, before) for row, before in self._changed]
        bulk_rows.insert_all(self.session, BatchChange, notes)

    def _note(
        self,
        table: type[SQLModel],
        rows: Sequence[tuple[int, dict[str, Any] | None, dict[str, Any] | None]],
        version: int | None,
    ) -> None:
        shared = {
            "batch_id": self.batch_id,
            "table_name": str(table.__tablename__),
            "after_version": version,
        }
        for chunk in bulk_rows.chunks(rows):
            notes = [
                {**shared, "row_id": row_id, "before": before, "after": after}
                for row_id, before, after in chunk
            ]
            bulk_rows.insert_all(self.session, BatchChange, notes)


def managed(actor: Actor | None) -> ColumnElement[bool]:
    """A coordinator's or partner's own organisation's; the centre and the command line see all."""
    if actor is None or actor.role is Role.CENTRE:
        return true()
    if actor.role in (Role.COORDINATOR, Role.PARTNER) and actor.organisation_id is not None:
        return col(ImportBatch.organisation_id) == actor.organisation_id
    return false()


def get(
    session: Session, actor: Actor | None, batch_id: int, *, lock: bool = False
) -> ImportBatch | None:
    """`lock` holds the batch until the transaction ends, so that it is taken back once."""
    statement = select_model(ImportBatch).where(managed(actor), ImportBatch.id == batch_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.exec(statement).first()


def listed(
    session: Session, actor: Actor | None, page: int = 1, size: int = 20
) -> list[tuple[ImportBatch, str | None]]:
    """Newest first, with the name of who imported it."""
    rows = session.execute(
        select_model(ImportBatch, Account.name)
        .outerjoin(Account, col(Account.id) == ImportBatch.account_id)
        .where(managed(actor))
        .order_by(col(ImportBatch.id).desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return [(row[0], row[1]) for row in rows]


def name_of(session: Session, batch: ImportBatch) -> str | None:
    return session.scalar(select(col(Account.name)).where(col(Account.id) == batch.account_id))


def count(session: Session, actor: Actor | None) -> int:
    return session.scalar(select(func.count(col(ImportBatch.id))).where(managed(actor))) or 0


def same_file(
    session: Session, kind: str, file_hash: str, organisation_id: int | None
) -> ImportBatch | None:
    """The same desk's batch of the very same file, when it still stands."""
    return session.exec(
        select_model(ImportBatch).where(
            ImportBatch.kind == kind,
            ImportBatch.file_hash == file_hash,
            ImportBatch.organisation_id == organisation_id,
            col(ImportBatch.reverted_at).is_(None),
        )
    ).first()


def changes(session: Session, batch_id: int) -> Sequence[BatchChange]:
    """Newest first, so that children go before their parents."""
    return session.exec(
        select_model(BatchChange)
        .where(BatchChange.batch_id == batch_id)
        .order_by(col(BatchChange.id).desc())
    ).all()


def totals(session: Session, batch_id: int) -> list[tuple[str, bool, int]]:
    """(table, whether the rows were made, how many), the largest first."""
    # Many rows a statement write a missing `before` as JSON's own null.
    is_made = or_(col(BatchChange.before).is_(None), cast(col(BatchChange.before), Text) == "null")
    rows = session.execute(
        select(col(BatchChange.table_name), is_made, func.count())
        .where(col(BatchChange.batch_id) == batch_id)
        .group_by(col(BatchChange.table_name), is_made)
        .order_by(func.count().desc(), col(BatchChange.table_name))
    )
    return [(table, bool(made), number) for table, made, number in rows]


def edited_since(session: Session, notes: Sequence[BatchChange]) -> list[BatchChange]:
    """Notes whose row carries another version, or other values, than right after the import; a
    row that is gone was taken away by somebody else."""
    found: list[BatchChange] = []
    for table_name, group in _by_table(notes):
        watched = [note for note in group if note.after_version is not None or note.after]
        for chunk in bulk_rows.chunks(watched):
            found += _edited(session, SQLModel.metadata.tables[table_name], chunk)
    return found


def _edited(session: Session, table: Table, notes: list[BatchChange]) -> list[BatchChange]:
    rows = session.execute(select(table).where(table.c.id.in_([note.row_id for note in notes])))
    now = {row.id: row._mapping for row in rows}
    return [note for note in notes if _is_edited(note, now.get(note.row_id))]


def _is_edited(note: BatchChange, row: Mapping[Any, Any] | None) -> bool:
    if row is None:
        return note.before is not None or note.after is not None
    if note.after_version is not None and row["version"] != note.after_version:
        return True
    return any(plain(row[name]) != value for name, value in (note.after or {}).items())


def undo(session: Session, notes: Sequence[BatchChange]) -> None:
    """Delete what was made and put back what was changed. IntegrityError when others depend."""
    for table_name, group in _by_table(notes):
        table = SQLModel.metadata.tables[table_name]
        for chunk in bulk_rows.chunks([note.row_id for note in group if note.before is None]):
            session.execute(delete(table).where(table.c.id.in_(chunk)))
        changed = [
            (note.row_id, {name: _typed(table, name, v) for name, v in note.before.items()})
            for note in group
            if note.before is not None
        ]
        bulk_rows.update_each(session, table, changed)


def _by_table(notes: Sequence[BatchChange]) -> list[tuple[str, list[BatchChange]]]:
    """In order; neighbours of one table together."""
    return [(name, list(group)) for name, group in groupby(notes, lambda note: note.table_name)]


def plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def _note(batch_id: int, row: SQLModel, before: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "table_name": type(row).__tablename__,
        "row_id": getattr(row, "id", None),
        "before": before,
        "after_version": getattr(row, "version", None),
        "after": None,
    }


def _typed(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if value is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    enum = getattr(kind, "enum_class", None)
    return enum(value) if enum is not None else value
