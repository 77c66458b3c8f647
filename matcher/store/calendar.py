"""Calendar feeds, the choices about digests, and who gets one."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from models.account import Account, AccountState, Membership, Role
from models.calendar import CalendarFeed, DigestChoice
from models.consent import Consent, ConsentPurpose
from models.youth import YouthProfile

DIGEST = "digest"
"""Name of the mail's template."""


def feed_account(session: Session, token_hash: str) -> int | None:
    """The account behind a feed that has not been ended."""
    return session.exec(
        select(CalendarFeed.account_id).where(
            CalendarFeed.token_hash == token_hash, col(CalendarFeed.revoked_at).is_(None)
        )
    ).first()


def feed_of(session: Session, account_id: int) -> CalendarFeed | None:
    """The one that works, if any."""
    return session.exec(
        select(CalendarFeed)
        .where(CalendarFeed.account_id == account_id, col(CalendarFeed.revoked_at).is_(None))
        .order_by(col(CalendarFeed.id).desc())
    ).first()


def end_feeds(session: Session, account_id: int, now: datetime) -> int:
    """How many worked until now."""
    ended = session.exec(
        update(CalendarFeed)
        .where(col(CalendarFeed.account_id) == account_id, col(CalendarFeed.revoked_at).is_(None))
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
    return ended.rowcount


def choice_of(session: Session, account_id: int) -> DigestChoice | None:
    return session.exec(select(DigestChoice).where(DigestChoice.account_id == account_id)).first()


def choices(session: Session) -> dict[int, DigestChoice]:
    """By account."""
    return {row.account_id: row for row in session.exec(select(DigestChoice))}


def readers(session: Session, today: date) -> Sequence[tuple[Account, int]]:
    """Active young people who consent to the service, and their profiles' numbers."""
    consenting = select(Consent.youth_id).where(
        Consent.purpose == ConsentPurpose.SERVICE,
        col(Consent.withdrawn_at).is_(None),
        or_(col(Consent.expires_on).is_(None), col(Consent.expires_on) >= today),
    )
    found = session.exec(
        select(Account, YouthProfile.id)
        .join(Membership, col(Membership.account_id) == Account.id)
        .join(YouthProfile, col(YouthProfile.account_id) == Account.id)
        .where(
            Account.state == AccountState.ACTIVE,
            Membership.role == Role.YOUTH,
            col(YouthProfile.id).in_(consenting),
        )
        .order_by(col(Account.id))
    )
    return [(account, youth_id) for account, youth_id in found if youth_id is not None]
