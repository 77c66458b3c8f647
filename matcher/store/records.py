"""Reading the append-only records; writing them is trail.append's."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from models.account import Account
from models.organisation import Organisation
from models.trail import AccessRecord, AuditEntry


@dataclass(frozen=True)
class Filter:
    """`action` is the beginning of an action or a task; numbers are exact."""

    action: str = ""
    account_id: int | None = None
    youth_id: int | None = None
    before: int | None = None


def looks_at(
    session: Session, youth_id: int, before: int | None, most: int
) -> Sequence[tuple[AccessRecord, Organisation | None]]:
    """Who read this person's data, newest first."""
    statement = (
        select(AccessRecord, Organisation)
        .join(Organisation, col(Organisation.id) == AccessRecord.organisation_id, isouter=True)
        .where(AccessRecord.youth_id == youth_id)
        .order_by(col(AccessRecord.id).desc())
        .limit(most)
    )
    if before is not None:
        statement = statement.where(col(AccessRecord.id) < before)
    return [(row[0], row[1]) for row in session.exec(statement)]


def audits(
    session: Session, wanted: Filter, most: int
) -> Sequence[tuple[AuditEntry, Account | None]]:
    statement = (
        select(AuditEntry, Account)
        .join(Account, col(Account.id) == AuditEntry.account_id, isouter=True)
        .order_by(col(AuditEntry.id).desc())
        .limit(most)
    )
    if wanted.action:
        statement = statement.where(
            col(AuditEntry.action).startswith(wanted.action, autoescape=True)
        )
    if wanted.account_id is not None:
        statement = statement.where(AuditEntry.account_id == wanted.account_id)
    if wanted.before is not None:
        statement = statement.where(col(AuditEntry.id) < wanted.before)
    return [(row[0], row[1]) for row in session.exec(statement)]


def accesses(
    session: Session, wanted: Filter, most: int
) -> Sequence[tuple[AccessRecord, Account | None]]:
    statement = (
        select(AccessRecord, Account)
        .join(Account, col(Account.id) == AccessRecord.account_id, isouter=True)
        .order_by(col(AccessRecord.id).desc())
        .limit(most)
    )
    if wanted.action:
        statement = statement.where(
            col(AccessRecord.task).startswith(wanted.action, autoescape=True)
        )
    if wanted.account_id is not None:
        statement = statement.where(AccessRecord.account_id == wanted.account_id)
    if wanted.youth_id is not None:
        statement = statement.where(AccessRecord.youth_id == wanted.youth_id)
    if wanted.before is not None:
        statement = statement.where(col(AccessRecord.id) < wanted.before)
    return [(row[0], row[1]) for row in session.exec(statement)]


def count(session: Session, table: type[AuditEntry] | type[AccessRecord]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()
