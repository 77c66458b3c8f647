"""Where a person is signed in, and their personal access tokens for the API."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.policy.accounts import MOST_TOKENS, TOKEN_DAYS
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import accounts, links
from models.account import AccessToken, LoginSession

LONGEST = timedelta(hours=12)
"""After this no session lives; see flows/identify."""


@dataclass(frozen=True)
class SessionView:
    session_id: int
    created_at: datetime
    source: str
    browser: str
    is_this: bool


@dataclass(frozen=True)
class TokenView:
    token_id: int
    name: str
    created_at: datetime
    expires_on: date
    is_expired: bool


def sessions(unit: Unit, token_hash: str) -> tuple[SessionView, ...]:
    """Living sessions, newest first; `token_hash` is this browser's."""
    rows = accounts.sessions_of(unit.session, unit.signed_in.account_id)
    return tuple(
        SessionView(
            row.id or 0, row.created_at, row.source, row.browser, row.token_hash == token_hash
        )
        for row in rows
        if unit.now - row.created_at <= LONGEST
    )


def end_session(unit: Unit, session_id: int) -> None:
    row = unit.session.get(LoginSession, session_id)
    if row is None or row.account_id != unit.signed_in.account_id or row.ended_at is not None:
        raise NotFound
    row.ended_at = unit.now
    unit.session.add(row)
    unit.audit("session:ended", "session", session_id)


def end_other_sessions(unit: Unit, token_hash: str) -> None:
    account_id = unit.signed_in.account_id
    this = accounts.live_session(unit.session, token_hash)
    accounts.end_sessions(unit.session, account_id, unit.now, keep=this.id if this else None)
    unit.audit("session:others_ended", "account", account_id)


def tokens(unit: Unit) -> tuple[TokenView, ...]:
    rows = accounts.tokens_of(unit.session, unit.signed_in.account_id)
    return tuple(
        TokenView(
            row.id or 0, row.name, row.created_at, row.expires_on, row.expires_on < unit.today
        )
        for row in rows
    )


def create_token(unit: Unit, name: str, expires_on: date) -> str:
    """The token itself, shown this once; only its hash is stored."""
    if not unit.today < expires_on <= unit.today + timedelta(days=TOKEN_DAYS):
        raise Invalid({"expires_on": _("내일부터 1년 사이의 날짜로 골라 주세요.")})
    account_id = unit.signed_in.account_id
    if len(accounts.tokens_of(unit.session, account_id)) >= MOST_TOKENS:
        raise Conflict(_("토큰은 스무 개까지 만들 수 있어요. 쓰지 않는 것을 먼저 없애 주세요."))
    token = f"oreum_{secrets.token_urlsafe(32)}"
    row = AccessToken(
        token_hash=links.hashed(token),
        account_id=account_id,
        name=name,
        created_at=unit.now,
        expires_on=expires_on,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.audit("token:created", "access_token", row.id, expires_on=expires_on.isoformat())
    return token


def revoke_token(unit: Unit, token_id: int) -> None:
    row = unit.session.get(AccessToken, token_id)
    if row is None or row.account_id != unit.signed_in.account_id or row.revoked_at is not None:
        raise NotFound
    row.revoked_at = unit.now
    unit.session.add(row)
    unit.audit("token:revoked", "access_token", token_id)
