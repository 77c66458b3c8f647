"""The append-only records. Access and audit lines form hash chains; nothing here updates a row."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from models.account import ThrottleHit
from models.answer_link import AnswerLinkUse
from models.credential import ShareLinkUse
from models.trail import AccessRecord, AuditEntry, Exposure

GENESIS = "0" * 64
_LOCKS = {AccessRecord: 7_301_001, AuditEntry: 7_301_002}
Chained = AccessRecord | AuditEntry
Trail = Chained | Exposure | AnswerLinkUse | ShareLinkUse | ThrottleHit


def append(session: Session, rows: Iterable[Trail]) -> None:
    """Add rows in order; chained ones get the hash of the line before them."""
    rows = list(rows)
    _lock_chains(session, {type(row) for row in rows})
    for row in rows:
        if isinstance(row, AccessRecord | AuditEntry):
            _append_chained(session, row)
        else:
            session.add(row)


def _lock_chains(session: Session, tables: set[type[Trail]]) -> None:
    """One writer a chain, until the transaction ends; always in the same order, for two writers
    that took the chains crosswise would wait for each other. SQLite has one writer anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table, number in _LOCKS.items():
        if table in tables:
            session.exec(text(f"SELECT pg_advisory_xact_lock({number})"))  # type: ignore[call-overload]


def _append_chained(session: Session, row: Chained) -> None:
    table = type(row)
    last = session.exec(select(table.hash).order_by(col(table.id).desc()).limit(1)).first()
    row.previous_hash = last or GENESIS
    row.hash = line_hash(row)
    session.add(row)
    # Flushed so that the next line in this transaction finds its predecessor.
    session.flush()


def line_hash(row: Chained) -> str:
    """SHA-256 over the previous hash and every field but the id and the hash itself."""
    fields = row.model_dump(exclude={"id", "hash"})
    body = json.dumps(fields, default=_plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()


def first_break(session: Session, table: type[Chained]) -> int | None:
    """The id of the first line whose hash or link is wrong, or None when the chain holds."""
    previous = GENESIS
    rows: Iterable[Chained] = session.scalars(select(table).order_by(col(table.id)))
    for row in rows:
        if row.previous_hash != previous or row.hash != line_hash(row):
            return row.id
        previous = row.hash
    return None


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
