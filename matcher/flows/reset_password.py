"""A new password through a link by mail; invitations to staff end here too."""

from dataclasses import dataclass

from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import throttling
from matcher.policy import limits
from matcher.policy.password_words import password_problem
from matcher.policy.passwords import LEAST
from matcher.refusal import Invalid
from matcher.store import accounts, consents, links, outbox, throttle
from models.account import Account, AccountState, OneTimePurpose, Role
from models.consent import ConsentPurpose

USABLE = (AccountState.ACTIVE, AccountState.UNCONFIRMED)


@dataclass(frozen=True)
class LinkView:
    """Behind a working link: how long the new password has to be."""

    least: int
    email: str


def ask(unit: Unit, email: str) -> None:
    """Mail a link when the address has an account; from outside nothing tells the difference."""
    tries = limits.reset(email, unit.source)
    throttling.refuse(unit, tries, _("오늘은 더 보낼 수 없어요. 내일 다시 해 주세요."))
    throttling.count(unit, tries)
    account = accounts.by_email(unit.session, email)
    if account is None or account.id is None or account.state not in USABLE:
        return
    token = links.issue(unit.session, account.id, OneTimePurpose.RESET_PASSWORD, unit.now)
    outbox.put(unit.session, account, "reset_password", unit.now, token=token)
    unit.audit("password:reset_asked", "account", account.id)


def look_up(unit: Unit, token: str) -> LinkView | None:
    """What stands behind a link; None when it does not work (any more)."""
    found = _behind(unit, token)
    return None if found is None else LinkView(LEAST[found[1]], found[0].email)


def check(unit: Unit, token: str, password: str) -> None:
    """Raises Invalid for a dead link or a refused password."""
    found = _behind(unit, token)
    if found is None:
        raise Invalid({"": _dead()})
    account, role = found
    refused = password_problem(password, role, (account.name, account.email))
    if refused is not None:
        raise Invalid({"password": refused})


def set_password(unit: Unit, token: str, password_hash: str) -> None:
    """Spend the link, set the password, end every session and token. Proves the address too."""
    account_id = links.use(unit.session, token, OneTimePurpose.RESET_PASSWORD, unit.now)
    account = None if account_id is None else accounts.by_id(unit.session, account_id)
    if account is None or account.id is None or account.state not in USABLE:
        raise Invalid({"": _dead()})
    account.password_hash = password_hash
    if account.state is AccountState.UNCONFIRMED:
        account.state, account.confirmed_at = AccountState.ACTIVE, unit.now
        _drop_choices(unit, account.id)
    unit.session.add(account)
    links.spend_all(unit.session, account.id, unit.now)
    accounts.end_sessions(unit.session, account.id, unit.now)
    accounts.revoke_tokens(unit.session, account.id, unit.now)
    throttle.forget(unit.session, limits.email_buckets(account.email)[:2])
    outbox.put(unit.session, account, "password_changed", unit.now)
    unit.audit("password:reset", "account", account.id)


def _drop_choices(unit: Unit, account_id: int) -> None:
    """Anybody may have filled the sign-up form in with this address: what was optional there is
    asked again."""
    profile = accounts.profile_of(unit.session, account_id)
    if profile is not None and profile.id is not None:
        for purpose in (ConsentPurpose.POOL, ConsentPurpose.LEARNING):
            consents.withdraw(unit.session, profile.id, unit.now, purpose)


def _behind(unit: Unit, token: str) -> tuple[Account, Role] | None:
    account_id = links.account_of(unit.session, token, OneTimePurpose.RESET_PASSWORD, unit.now)
    account = None if account_id is None else accounts.by_id(unit.session, account_id)
    if account is None or account.id is None or account.state not in USABLE:
        return None
    membership = accounts.membership_of(unit.session, account.id)
    return None if membership is None else (account, membership.role)


def _dead() -> str:
    return _("이 링크는 더 쓸 수 없어요. 새 링크를 받아 주세요.")
