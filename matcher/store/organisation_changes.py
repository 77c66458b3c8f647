"""A partner's own firm, and who changed what of it."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from matcher.actor import Actor
from models.account import Account
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.trail import AuditEntry

MOST = 50


def own(session: Session, actor: Actor, *, lock: bool = False) -> Organisation | None:
    """`lock` holds the row until the transaction ends; SQLite's one writer needs no lock."""
    statement = select(Organisation).where(
        Organisation.id == actor.organisation_id,
        Organisation.kind == OrganisationKind.PARTNER,
        Organisation.state != OrganisationState.CLOSED,
    )
    if lock:
        statement = statement.with_for_update()
    return session.exec(statement.execution_options(populate_existing=lock)).first()


def holder_of(session: Session, business_number: str, besides: int) -> Organisation | None:
    """Another organisation that carries the number."""
    return session.exec(
        select(Organisation)
        .where(Organisation.business_number == business_number, Organisation.id != besides)
        .order_by(col(Organisation.id))
    ).first()


def lines(session: Session, organisation_id: int, action: str) -> Sequence[tuple[AuditEntry, str]]:
    """The newest first, with the name of who did it."""
    rows = session.exec(
        select(AuditEntry, Account.name)
        .outerjoin(Account, col(Account.id) == AuditEntry.account_id)
        .where(
            AuditEntry.subject == "organisation",
            AuditEntry.subject_id == organisation_id,
            AuditEntry.action == action,
        )
        .order_by(col(AuditEntry.id).desc())
        .limit(MOST)
    ).all()
    return [(row[0], row[1] or "") for row in rows]
