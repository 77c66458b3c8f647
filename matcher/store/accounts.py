"""Accounts, memberships, sessions, tokens."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from matcher.actor import Actor
from models.account import (
    AccessToken,
    Account,
    AccountState,
    LoginSession,
    Membership,
    OneTimePurpose,
    OneTimeToken,
    Role,
    ThrottleHit,
)
from models.organisation import Organisation
from models.youth import YouthProfile


def by_email(session: Session, email: str) -> Account | None:
    """`email` in canonical form."""
    return session.exec(select(Account).where(Account.email == email)).first()


def by_id(session: Session, account_id: int) -> Account | None:
    return session.get(Account, account_id)


def actor_of(session: Session, account_id: int) -> Actor | None:
    """The actor behind an account; None when it is not active or has no role."""
    row = session.exec(
        select(Account, Membership, YouthProfile.id, Organisation)
        .join(Membership, col(Membership.account_id) == Account.id)
        .join(YouthProfile, col(YouthProfile.account_id) == Account.id, isouter=True)
        .join(Organisation, col(Organisation.id) == Membership.organisation_id, isouter=True)
        .where(Account.id == account_id, Account.state == AccountState.ACTIVE)
    ).first()
    if row is None:
        return None
    account, membership, youth_id, organisation = row
    return Actor(
        account_id=account_id,
        role=membership.role,
        name=account.name,
        language=account.language,
        organisation_id=membership.organisation_id,
        organisation_name=_named(organisation, account.language),
        youth_id=youth_id,
    )


def _named(organisation: Organisation | None, language: str) -> str | None:
    if organisation is None:
        return None
    return organisation.name_ko if language == "ko" else organisation.name_en


def live_session(session: Session, token_hash: str) -> LoginSession | None:
    return session.exec(
        select(LoginSession).where(
            LoginSession.token_hash == token_hash, col(LoginSession.ended_at).is_(None)
        )
    ).first()


def end_sessions(session: Session, account_id: int, now: datetime, keep: int | None = None) -> None:
    """End every session of an account but `keep`."""
    statement = update(LoginSession).where(
        col(LoginSession.account_id) == account_id, col(LoginSession.ended_at).is_(None)
    )
    if keep is not None:
        statement = statement.where(col(LoginSession.id) != keep)
    session.exec(statement.values(ended_at=now))


def sessions_of(session: Session, account_id: int) -> Sequence[LoginSession]:
    return session.exec(
        select(LoginSession)
        .where(LoginSession.account_id == account_id, col(LoginSession.ended_at).is_(None))
        .order_by(col(LoginSession.created_at).desc())
    ).all()


def token_account(session: Session, token_hash: str, today: date) -> int | None:
    """The account behind a live access token."""
    return session.exec(
        select(AccessToken.account_id).where(
            AccessToken.token_hash == token_hash,
            col(AccessToken.revoked_at).is_(None),
            col(AccessToken.expires_on) >= today,
        )
    ).first()


def tokens_of(session: Session, account_id: int) -> Sequence[AccessToken]:
    return session.exec(
        select(AccessToken)
        .where(AccessToken.account_id == account_id, col(AccessToken.revoked_at).is_(None))
        .order_by(col(AccessToken.id))
    ).all()


def one_time(session: Session, token_hash: str, purpose: OneTimePurpose) -> OneTimeToken | None:
    return session.exec(
        select(OneTimeToken).where(
            OneTimeToken.token_hash == token_hash,
            OneTimeToken.purpose == purpose,
            col(OneTimeToken.used_at).is_(None),
        )
    ).first()


def count_hits(session: Session, bucket: str, since: datetime) -> int:
    statement = select(func.count()).where(
        ThrottleHit.bucket == bucket, col(ThrottleHit.at) > since
    )
    return session.exec(statement).one()


def clear_hits(session: Session, bucket: str) -> None:
    session.exec(delete(ThrottleHit).where(col(ThrottleHit.bucket) == bucket))


def admins_left(session: Session, besides: int) -> int:
    """How many active admins there are without the account `besides`."""
    statement = (
        select(func.count())
        .select_from(Membership)
        .join(Account, col(Account.id) == Membership.account_id)
        .where(
            Membership.role == Role.ADMIN,
            Account.state == AccountState.ACTIVE,
            col(Account.id) != besides,
        )
    )
    return session.exec(statement).one()
