"""What a partner did with the masked people of one opening: marks, examples, what was opened.

For flows that have checked the opening is the actor's own; lists read plain columns.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from models.application import Introduction, RefusalReason, ShortlistEntry, ShortlistState
from models.review import CalibrationExample
from models.trail import AccessRecord, AuditEntry

OPENED, MARKED, UNDONE = "candidate:read", "candidate:marked", "candidate:undone"
MOST_AT_ONCE = 50


class MarkLine(NamedTuple):
    state: ShortlistState
    reason: RefusalReason | None


class Decision(NamedTuple):
    """One line of the record: whom it was about and what it changed."""

    action: str
    change: dict[str, Any]
    at: datetime


def lines(session: Session, opening_id: int) -> dict[int, MarkLine]:
    """By youth."""
    rows = session.execute(
        select(ShortlistEntry.youth_id, ShortlistEntry.state, ShortlistEntry.reason).where(
            ShortlistEntry.opening_id == opening_id
        )
    )
    return {youth: MarkLine(state, reason) for youth, state, reason in rows}


def rows_of(
    session: Session, opening_id: int, youth_ids: Sequence[int]
) -> dict[int, ShortlistEntry]:
    """For changing them, by youth."""
    found = session.exec(
        select(ShortlistEntry).where(
            ShortlistEntry.opening_id == opening_id, col(ShortlistEntry.youth_id).in_(youth_ids)
        )
    ).all()
    return {row.youth_id: row for row in found}


def asked(session: Session, opening_id: int) -> frozenset[int]:
    rows = session.exec(select(Introduction.youth_id).where(Introduction.opening_id == opening_id))
    return frozenset(rows.all())


def introduction_of(session: Session, opening_id: int, youth_id: int) -> Introduction | None:
    return session.exec(
        select(Introduction).where(
            Introduction.opening_id == opening_id, Introduction.youth_id == youth_id
        )
    ).first()


def opened_by(session: Session, account_id: int, opening_id: int) -> frozenset[int]:
    """Whom the account has opened for this opening, by the access record."""
    rows = session.execute(
        select(AccessRecord.youth_id, AccessRecord.details).where(
            AccessRecord.account_id == account_id, AccessRecord.task == OPENED
        )
    )
    return frozenset(youth for youth, details in rows if details.get("opening") == opening_id)


def last_decisions(
    session: Session, account_id: int, opening_id: int, since: datetime
) -> list[Decision]:
    """What the account did last here since that moment: one line, or all of one press."""
    rows = session.execute(
        select(AuditEntry.action, AuditEntry.change, AuditEntry.at)
        .where(
            AuditEntry.account_id == account_id,
            AuditEntry.subject == "opening",
            AuditEntry.subject_id == opening_id,
            col(AuditEntry.action).in_((MARKED, UNDONE)),
            AuditEntry.at >= since,
        )
        .order_by(col(AuditEntry.id).desc())
        .limit(MOST_AT_ONCE)
    )
    found = [Decision(*row) for row in rows]
    batch = found[0].change.get("batch") if found else None
    return [each for each in found if each.change.get("batch") == batch] if batch else found[:1]


def examples(session: Session, opening_id: int) -> tuple[int, ...]:
    """Youth ids."""
    rows = session.exec(
        select(CalibrationExample.youth_id)
        .where(CalibrationExample.opening_id == opening_id)
        .order_by(col(CalibrationExample.youth_id))
    )
    return tuple(rows.all())


def example_rows(session: Session, opening_id: int) -> dict[int, CalibrationExample]:
    """For changing them, by youth."""
    rows = session.exec(
        select(CalibrationExample).where(CalibrationExample.opening_id == opening_id)
    ).all()
    return {row.youth_id: row for row in rows}
