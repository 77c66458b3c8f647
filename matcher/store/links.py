"""One-time links by mail: only the hash of what stands in the link is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.account import OneTimePurpose, OneTimeToken

LIFETIME = {
    OneTimePurpose.CONFIRM_EMAIL: timedelta(days=2),
    OneTimePurpose.RESET_PASSWORD: timedelta(hours=1),
}
INVITE_LIFETIME = timedelta(days=7)


def issue(
    session: Session,
    account_id: int,
    purpose: OneTimePurpose,
    now: datetime,
    lifetime: timedelta | None = None,
) -> str:
    """A new link's token; earlier links of the same purpose stop working."""
    spend_all(session, account_id, now, purpose)
    token = secrets.token_urlsafe(32)
    session.add(
        OneTimeToken(
            token_hash=hashed(token),
            account_id=account_id,
            purpose=purpose,
            expires_at=now + (lifetime or LIFETIME[purpose]),
        )
    )
    return token


def spend_all(
    session: Session, account_id: int, now: datetime, purpose: OneTimePurpose | None = None
) -> None:
    statement = update(OneTimeToken).where(
        col(OneTimeToken.account_id) == account_id, col(OneTimeToken.used_at).is_(None)
    )
    if purpose is not None:
        statement = statement.where(col(OneTimeToken.purpose) == purpose)
    session.exec(statement.values(used_at=now))


def account_of(session: Session, token: str, purpose: OneTimePurpose, now: datetime) -> int | None:
    """The account a working link belongs to."""
    return session.exec(
        select(OneTimeToken.account_id).where(
            OneTimeToken.token_hash == hashed(token),
            OneTimeToken.purpose == purpose,
            col(OneTimeToken.used_at).is_(None),
            col(OneTimeToken.expires_at) > now,
        )
    ).first()


def use(session: Session, token: str, purpose: OneTimePurpose, now: datetime) -> int | None:
    """Spend the link; two clicks at once: one gets the account, the other None."""
    account_id = account_of(session, token, purpose, now)
    if account_id is None:
        return None
    spent = session.exec(
        update(OneTimeToken)
        .where(col(OneTimeToken.token_hash) == hashed(token), col(OneTimeToken.used_at).is_(None))
        .values(used_at=now)
    )
    return account_id if spent.rowcount == 1 else None


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
