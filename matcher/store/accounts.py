"""Accounts, memberships, sessions, tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import Session, col, select

from matcher.actor import Actor
from models.account import (
    AccessToken,
    Account,
    AccountState,
    LoginSession,
    Membership,
    Role,
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


def revoke_tokens(session: Session, account_id: int, now: datetime) -> None:
    session.exec(
        update(AccessToken)
        .where(col(AccessToken.account_id) == account_id, col(AccessToken.revoked_at).is_(None))
        .values(revoked_at=now)
    )


def has_signed_in_from(session: Session, email: str, source: str) -> bool:
    """Whether this account once opened a session from this address of the network."""
    statement = (
        select(LoginSession.id)
        .join(Account, col(Account.id) == LoginSession.account_id)
        .where(Account.email == email, LoginSession.source == source)
        .limit(1)
    )
    return bool(source) and session.exec(statement).first() is not None


def tokens_of(session: Session, account_id: int) -> Sequence[AccessToken]:
    return session.exec(
        select(AccessToken)
        .where(AccessToken.account_id == account_id, col(AccessToken.revoked_at).is_(None))
        .order_by(col(AccessToken.id))
    ).all()


def membership_of(session: Session, account_id: int) -> Membership | None:
    return session.exec(select(Membership).where(Membership.account_id == account_id)).first()


def profile_of(session: Session, account_id: int) -> YouthProfile | None:
    return session.exec(select(YouthProfile).where(YouthProfile.account_id == account_id)).first()


def active_admins(session: Session) -> frozenset[int]:
    """Their numbers; the rows stay locked until the transaction ends, so that two admins who
    remove each other at once cannot both succeed (SQLite has one writer anyway).

    Both tables are locked, because an admin is removed through either.
    """
    statement = (
        select(Account, Membership)
        .join(Membership, col(Account.id) == Membership.account_id)
        .where(Membership.role == Role.ADMIN, Account.state == AccountState.ACTIVE)
        .order_by(col(Account.id))
        .with_for_update(of=(Account, Membership))
        .execution_options(populate_existing=True)
    )
    rows = session.exec(statement).all()
    return frozenset(account.id for account, _role in rows if account.id is not None)


@dataclass(frozen=True)
class Search:
    """What an admin looks for; `text` is matched literally in names and addresses."""

    text: str = ""
    role: Role | None = None
    state: AccountState | None = None


def find(
    session: Session, search: Search, skip: int, most: int
) -> Sequence[tuple[Account, Membership, Organisation | None, int | None]]:
    """Accounts by number, newest first: with role, organisation and the youth's number."""
    statement = (
        select(Account, Membership, Organisation, YouthProfile.id)
        .join(Membership, col(Membership.account_id) == Account.id)
        .join(Organisation, col(Organisation.id) == Membership.organisation_id, isouter=True)
        .join(YouthProfile, col(YouthProfile.account_id) == Account.id, isouter=True)
        .where(*_filters(search))
        .order_by(col(Account.id).desc())
        .offset(skip)
        .limit(most)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.exec(statement)]


def count(session: Session, search: Search) -> int:
    statement = (
        select(func.count())
        .select_from(Account)
        .join(Membership, col(Membership.account_id) == Account.id)
        .where(*_filters(search))
    )
    return session.exec(statement).one()


def counts(session: Session) -> dict[tuple[Role, AccountState], int]:
    statement = (
        select(Membership.role, Account.state, func.count())
        .join(Account, col(Account.id) == Membership.account_id)
        .group_by(col(Membership.role), col(Account.state))
    )
    return {
        (Role(role), AccountState(state)): number for role, state, number in session.exec(statement)
    }


def _filters(search: Search) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if search.text:
        filters.append(
            or_(
                col(Account.name).icontains(search.text, autoescape=True),
                col(Account.email).icontains(search.text, autoescape=True),
            )
        )
    if search.role is not None:
        filters.append(col(Membership.role) == search.role)
    if search.state is not None:
        filters.append(col(Account.state) == search.state)
    return filters
