"""Signing in and out: throttled, silent about who exists, one new session id each time."""

import hashlib
import secrets

from matcher.actor import Actor
from matcher.db import Unit
from matcher.gateways.passwords import Passwords
from matcher.i18n import gettext as _
from matcher.matching import throttling
from matcher.policy import limits
from matcher.policy.notices import NOTICE_VERSION
from matcher.refusal import Invalid
from matcher.store import accounts, consents, throttle
from matcher.text import canonical_email
from models.account import Account, AccountState, LoginSession, Role


def refuse_if_throttled(unit: Unit, email: str) -> None:
    """At most 10 failures in 5 minutes an account and an address, 1000 for everybody together."""
    said = _("여러 번 틀려서 잠시 멈췄어요. 5분 뒤에 다시 해 주세요.")
    throttling.refuse(unit, _limits(unit, email), said)


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
    throttling.count(unit, _limits(unit, email))
    throttle.prune(unit.session, unit.now - 2 * limits.DAY)
    unit.audit("login:failed", "account", None)


def open_session(unit: Unit, account_id: int, browser: str) -> tuple[str, Actor]:
    """A fresh session; gives its token, of which only the hash is stored."""
    token = secrets.token_urlsafe(32)
    account = unit.session.get_one(Account, account_id)
    throttle.clear(unit.session, _limits(unit, account.email)[0].bucket)
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
        raise Invalid(
            {"": _("이 계정에는 아직 할 일이 정해지지 않았어요. 운영자에게 물어봐 주세요.")}
        )
    return token, actor


def needs_notice(unit: Unit, actor: Actor) -> bool:
    """Whether a young person has yet to see what is scored and how."""
    return actor.role is Role.YOUTH and not consents.has_read_notice(
        unit.session, actor.account_id, NOTICE_VERSION
    )


def close_session(unit: Unit, token_hash: str) -> None:
    row = accounts.live_session(unit.session, token_hash)
    if row is not None:
        row.ended_at = unit.now
        unit.session.add(row)
        unit.audit("logout", "account", row.account_id)


def _limits(unit: Unit, email: str) -> tuple[limits.Limit, ...]:
    address = canonical_email(email)
    # Nobody's address holds unprintable characters, and PostgreSQL would not look them up.
    is_known = address.isprintable() and accounts.has_signed_in_from(
        unit.session, address, unit.source[:64]
    )
    return limits.sign_in(email, unit.source, is_known)
