"""Consents given and withdrawn, and notices read."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from models.application import Introduction, IntroductionState
from models.assignment_exchange import AssignmentRequest
from models.consent import Consent, ConsentPurpose, NoticeReading
from models.opening import Opening
from models.organisation import Organisation


def live(
    session: Session, youth_id: int, today: date, purpose: ConsentPurpose | None = None
) -> Sequence[Consent]:
    """Given, not withdrawn, last day not over; oldest first."""
    statement = select(Consent).where(
        Consent.youth_id == youth_id,
        col(Consent.withdrawn_at).is_(None),
        or_(col(Consent.expires_on).is_(None), col(Consent.expires_on) >= today),
    )
    if purpose is not None:
        statement = statement.where(Consent.purpose == purpose)
    return session.exec(statement.order_by(col(Consent.id))).all()


def employers(session: Session, consents: Sequence[Consent]) -> dict[int, Organisation]:
    """The organisations named by employer consents, by number."""
    wanted = {each.organisation_id for each in consents if each.organisation_id is not None}
    rows = session.exec(select(Organisation).where(col(Organisation.id).in_(wanted)))
    return {row.id: row for row in rows if row.id is not None}


def withdraw(
    session: Session, youth_id: int, now: datetime, purpose: ConsentPurpose | None = None
) -> int:
    """Withdraw every standing consent of a purpose (or all); gives how many."""
    statement = update(Consent).where(
        col(Consent.youth_id) == youth_id, col(Consent.withdrawn_at).is_(None)
    )
    if purpose is not None:
        statement = statement.where(col(Consent.purpose) == purpose)
    return session.exec(statement.values(withdrawn_at=now)).rowcount


def employer_consent(session: Session, youth_id: int, consent_id: int) -> Consent | None:
    return session.exec(
        select(Consent).where(
            Consent.id == consent_id,
            Consent.youth_id == youth_id,
            Consent.purpose == ConsentPurpose.EMPLOYER,
            col(Consent.withdrawn_at).is_(None),
        )
    ).first()


def withdraw_requests(
    session: Session, youth_id: int, now: datetime, sectors: Sequence[str] | None = None
) -> int:
    """Unanswered introductions end with the consent they stood on, and so do requests to change to
    another opening of a round; gives how many introductions.

    With `sectors`, only those of openings outside these sectors.
    """
    statement = update(Introduction).where(
        col(Introduction.youth_id) == youth_id,
        col(Introduction.state) == IntroductionState.REQUESTED,
    )
    asked = delete(AssignmentRequest).where(col(AssignmentRequest.youth_id) == youth_id)
    if sectors is not None:
        outside = select(col(Opening.id)).where(col(Opening.sector).not_in(list(sectors)))
        statement = statement.where(col(Introduction.opening_id).in_(outside))
        asked = asked.where(col(AssignmentRequest.wanted_opening_id).in_(outside))
    session.exec(asked)
    changed = statement.values(
        state=IntroductionState.WITHDRAWN,
        version=col(Introduction.version) + 1,
        updated_at=now,
    )
    return session.exec(changed).rowcount


def has_read_notice(session: Session, account_id: int, version: str) -> bool:
    statement = select(NoticeReading.id).where(
        NoticeReading.account_id == account_id, NoticeReading.notice_version == version
    )
    return session.exec(statement).first() is not None
