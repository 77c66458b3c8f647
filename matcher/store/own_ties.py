"""What ties a young person to partners: applications with their steps, introductions, consents."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from matcher.actor import Actor
from models.account import Account, AccountState
from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    Introduction,
    IntroductionState,
)
from models.consent import Consent, ConsentPurpose
from models.opening import Opening
from models.organisation import Organisation
from models.trail import AccessRecord
from models.youth import SavedItem, SavedKind


def application_of(session: Session, youth_id: int, opening_id: int) -> Application | None:
    return session.exec(
        select(Application).where(
            Application.youth_id == youth_id, Application.opening_id == opening_id
        )
    ).first()


def events(session: Session, ids: Sequence[int]) -> dict[int, list[ApplicationEvent]]:
    """By application, the oldest step first."""
    found = session.exec(
        select(ApplicationEvent)
        .where(col(ApplicationEvent.application_id).in_(ids))
        .order_by(col(ApplicationEvent.at), col(ApplicationEvent.id))
    )
    steps: dict[int, list[ApplicationEvent]] = {}
    for row in found:
        steps.setdefault(row.application_id, []).append(row)
    return steps


def partner_looks(session: Session, youth_id: int) -> dict[int, list[datetime]]:
    """By organisation, when a partner opened this person's record, the oldest look first."""
    found = session.execute(
        select(AccessRecord.organisation_id, AccessRecord.at)
        .where(
            AccessRecord.youth_id == youth_id,
            AccessRecord.role == "partner",
            AccessRecord.outcome == "ok",
        )
        .order_by(col(AccessRecord.at))
    )
    looks: dict[int, list[datetime]] = {}
    for organisation_id, at in found:
        if organisation_id is not None:
            looks.setdefault(organisation_id, []).append(at)
    return looks


def looks_since(session: Session, youth_id: int, since: datetime) -> int:
    """How many organisations looked at this person's record."""
    statement = (
        select(AccessRecord.organisation_id)
        .where(AccessRecord.youth_id == youth_id, col(AccessRecord.at) >= since)
        .distinct()
    )
    return len(session.exec(statement).all())


def introductions(session: Session, actor: Actor) -> Sequence[Introduction]:
    """The ones asked of the actor, newest first."""
    if actor.youth_id is None:
        return []
    return session.exec(
        select(Introduction)
        .where(Introduction.youth_id == actor.youth_id)
        .order_by(col(Introduction.created_at).desc(), col(Introduction.id).desc())
    ).all()


def introduction(session: Session, actor: Actor, introduction_id: int) -> Introduction | None:
    if actor.youth_id is None:
        return None
    return session.exec(
        select(Introduction).where(
            Introduction.id == introduction_id, Introduction.youth_id == actor.youth_id
        )
    ).first()


def contact_of(session: Session, row: Introduction) -> tuple[str, str] | None:
    """Name and e-mail of whoever asked, while that account is active; else the organisation's name
    and mailbox; None without either."""
    asked = session.get(Account, row.asked_by_account_id)
    if asked is not None and asked.state is AccountState.ACTIVE:
        return asked.name, asked.email
    firm = session.exec(
        select(Organisation)
        .join(Opening, col(Opening.organisation_id) == Organisation.id)
        .where(Opening.id == row.opening_id)
    ).one()
    return (firm.name_ko, firm.contact_email) if firm.contact_email else None


def employer_consent(
    session: Session, youth_id: int, organisation_id: int, until: date
) -> Consent | None:
    """A standing consent for this employer that lasts at least until the day."""
    return session.exec(
        select(Consent).where(
            Consent.youth_id == youth_id,
            Consent.purpose == ConsentPurpose.EMPLOYER,
            Consent.organisation_id == organisation_id,
            col(Consent.withdrawn_at).is_(None),
            or_(col(Consent.expires_on).is_(None), col(Consent.expires_on) >= until),
        )
    ).first()


def is_tied(session: Session, youth_id: int, organisation_id: int) -> bool:
    """Whether an application or an accepted introduction still needs the employer consent."""
    own = select(Opening.id).where(Opening.organisation_id == organisation_id)
    applied = select(Application.id).where(
        Application.youth_id == youth_id,
        col(Application.opening_id).in_(own),
        Application.state != ApplicationState.WITHDRAWN,
    )
    met = select(Introduction.id).where(
        Introduction.youth_id == youth_id,
        col(Introduction.opening_id).in_(own),
        Introduction.state == IntroductionState.ACCEPTED,
    )
    return (
        session.exec(applied.limit(1)).first() is not None
        or session.exec(met.limit(1)).first() is not None
    )


def end_employer_consents(
    session: Session, youth_id: int, organisation_id: int, now: datetime
) -> None:
    session.exec(
        update(Consent)
        .where(
            col(Consent.youth_id) == youth_id,
            col(Consent.purpose) == ConsentPurpose.EMPLOYER,
            col(Consent.organisation_id) == organisation_id,
            col(Consent.withdrawn_at).is_(None),
        )
        .values(withdrawn_at=now)
        .execution_options(synchronize_session=False)
    )


def saved(session: Session, youth_id: int, kind: SavedKind) -> Sequence[int]:
    """Ids in the order they were saved, the newest first."""
    return session.exec(
        select(SavedItem.item_id)
        .where(SavedItem.youth_id == youth_id, SavedItem.kind == kind)
        .order_by(col(SavedItem.saved_at).desc(), col(SavedItem.id).desc())
    ).all()
