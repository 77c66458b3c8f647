"""Signing in and out: throttled, silent about who exists, one new session id each time."""

import hashlib
import secrets
from datetime import timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.gateways.passwords import Passwords
from matcher.i18n import gettext as _
from matcher.refusal import Invalid, TooMany
from matcher.store import accounts
from matcher.text import canonical_email
from models.account import Account, AccountState, LoginSession, ThrottleHit

WINDOW = timedelta(minutes=5)
MOST_TRIES = 10
MOST_TRIES_ALL = 1000


def refuse_if_throttled(unit: Unit, email: str) -> None:
    """At most 10 failures in 5 minutes an account and an address, 1000 for everybody together."""
    since = unit.now - WINDOW
    limits = [(bucket, MOST_TRIES) for bucket in _buckets(unit, email)] + [("all", MOST_TRIES_ALL)]
    if any(accounts.count_hits(unit.session, bucket, since) >= most for bucket, most in limits):
        seconds = int(WINDOW.total_seconds())
        raise TooMany(_("여러 번 틀려서 잠시 멈췄어요. 5분 뒤에 다시 해 주세요."), seconds)


def check_password(unit: Unit, passwords: Passwords, email: str, password: str) -> int:
    """The account id behind a right password. Raises Invalid with the same words for every cause.

    Hashing runs before any write transaction is open, so a slow hash holds no lock.
    """
    refuse_if_throttled(unit, email)
    account = accounts.by_email(unit.session, canonical_email(email))
    stored = account.password_hash if account is not None else None
    is_right = passwords.verify(password, stored)
    if not is_right or account is None or account.id is None:
        raise Invalid({"": _("이메일이나 비밀번호가 맞지 않아요.")})
    if account.state is AccountState.UNCONFIRMED:
        raise Invalid({"": _("가입 확인 메일의 링크를 먼저 눌러 주세요.")})
    if account.state is not AccountState.ACTIVE:
        raise Invalid({"": _("이메일이나 비밀번호가 맞지 않아요.")})
    return account.id


def note_failure(unit: Unit, email: str) -> None:
    for bucket in (*_buckets(unit, email), "all"):
        unit.session.add(ThrottleHit(bucket=bucket, at=unit.now))
    unit.audit("login:failed", "account", None)


def open_session(unit: Unit, account_id: int, browser: str) -> tuple[str, Actor]:
    """A fresh session; gives its token, of which only the hash is stored."""
    token = secrets.token_urlsafe(32)
    account = unit.session.get_one(Account, account_id)
    accounts.clear_hits(unit.session, _buckets(unit, account.email)[0])
    unit.session.add(
        LoginSession(
            token_hash=hashlib.sha256(token.encode()).hexdigest(),
            account_id=account_id,
            created_at=unit.now,
            source=unit.source[:64],
            browser=browser[:200],
        )
    )
    unit.audit("login:succeeded", "account", account_id)
    actor = accounts.actor_of(unit.session, account_id)
    if actor is None:
        raise Invalid({"": _("이 계정에는 아직 할 일이 정해지지 않았어요. 운영자에게 물어봐 주세요.")})
    return token, actor


def close_session(unit: Unit, token_hash: str) -> None:
    row = accounts.live_session(unit.session, token_hash)
    if row is not None:
        row.ended_at = unit.now
        unit.session.add(row)
        unit.audit("logout", "account", row.account_id)


def _buckets(unit: Unit, email: str) -> tuple[str, str]:
    hashed = hashlib.sha256(canonical_email(email).encode()).hexdigest()[:32]
    return f"account:{hashed}", f"address:{unit.source}"
