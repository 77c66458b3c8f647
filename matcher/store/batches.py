"""Import batches: what each made or changed, and how it is undone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.types import Date
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_model

from models.base import UtcDateTime
from models.batch import BatchChange, ImportBatch


class Recorder:
    """Adds rows to the session and notes them for the batch; `finish` writes the notes at once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._made: list[SQLModel] = []
        self._changed: list[tuple[SQLModel, dict[str, Any]]] = []

    @property
    def made(self) -> int:
        return len(self._made)

    @property
    def changed(self) -> int:
        return len(self._changed)

    def make(self, row: SQLModel) -> None:
        self.session.add(row)
        self._made.append(row)

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
        return True

    def finish(self, batch_id: int) -> None:
        self.session.flush()
        notes = [_note(batch_id, row, None) for row in self._made]
        notes += [_note(batch_id, row, before) for row, before in self._changed]
        if notes:
            self.session.execute(insert(BatchChange), notes)


def get(session: Session, batch_id: int) -> ImportBatch | None:
    return session.get(ImportBatch, batch_id)


def listed(session: Session, limit: int = 50) -> Sequence[ImportBatch]:
    return session.exec(
        select_model(ImportBatch).order_by(col(ImportBatch.id).desc()).limit(limit)
    ).all()


def same_file(session: Session, kind: str, file_hash: str) -> ImportBatch | None:
    """The batch of the very same file, when it still stands."""
    return session.exec(
        select_model(ImportBatch).where(
            ImportBatch.kind == kind,
            ImportBatch.file_hash == file_hash,
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


def edited_since(session: Session, notes: Sequence[BatchChange]) -> list[BatchChange]:
    """Notes whose row carries another version now than right after the import."""
    return [
        note
        for note in notes
        if note.after_version is not None and _version(session, note) != note.after_version
    ]


def undo(session: Session, notes: Sequence[BatchChange]) -> None:
    """Delete what was made and put back what was changed. IntegrityError when others depend."""
    for note in notes:
        table = _table(note)
        here = table.c.id == note.row_id
        if note.before is None:
            session.execute(delete(table).where(here))
        else:
            values = {name: _typed(table, name, value) for name, value in note.before.items()}
            session.execute(update(table).where(here).values(values))


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _note(batch_id: int, row: SQLModel, before: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "table_name": type(row).__tablename__,
        "row_id": getattr(row, "id", None),
        "before": before,
        "after_version": getattr(row, "version", None),
    }


def _table(note: BatchChange) -> Table:
    return SQLModel.metadata.tables[note.table_name]


def _version(session: Session, note: BatchChange) -> int | None:
    table = _table(note)
    return session.execute(
        select(table.c.version).where(table.c.id == note.row_id)
    ).scalar_one_or_none()


def _typed(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if value is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
