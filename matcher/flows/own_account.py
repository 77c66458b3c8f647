"""A person's own account: name, language, password."""

from dataclasses import dataclass
from datetime import datetime

from matcher.db import Unit
from matcher.gateways.passwords import Passwords
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import throttling
from matcher.policy import limits
from matcher.policy.password_words import password_problem
from matcher.policy.passwords import LEAST
from matcher.refusal import Invalid, NotFound
from matcher.store import accounts, links, organisations, outbox
from models.account import Account, Role


@dataclass(frozen=True)
class OwnAccount:
    email: str
    name: str
    language: str
    role: Role
    organisation_name: str
    """Korean name of the organisation; empty without one."""
    created_at: datetime
    least_password: int


def overview(unit: Unit) -> OwnAccount:
    account, role = _own(unit), _role(unit)
    organisation_id = unit.actor.organisation_id if unit.actor else None
    organisation = organisations.get(unit.session, organisation_id)
    return OwnAccount(
        email=account.email,
        name=account.name,
        language=account.language,
        role=role,
        organisation_name=(
            in_language(organisation.name_ko, organisation.name_en) if organisation else ""
        ),
        created_at=account.created_at,
        least_password=LEAST[role],
    )


def change(unit: Unit, name: str, language: str) -> None:
    account = _own(unit)
    account.name, account.language = name, language
    unit.session.add(account)
    unit.audit("account:changed", "account", account.id)


def check_new_password(unit: Unit, passwords: Passwords, current: str, new: str) -> None:
    """Raises Invalid by field, or TooMany. Runs in a reading unit, because hashing is slow."""
    account = _own(unit)
    refuse_wrong_password(unit, passwords, current)
    refused = password_problem(new, _role(unit), (account.name, account.email))
    if refused is not None:
        raise Invalid({"password": refused})


def refuse_wrong_password(unit: Unit, passwords: Passwords, current: str) -> None:
    """The person in front of the screen is asked again; wrong answers are counted."""
    account = _own(unit)
    assert account.id is not None
    said = _("여러 번 틀려서 잠시 멈췄어요. 5분 뒤에 다시 해 주세요.")
    throttling.refuse(unit, limits.own_password(account.id), said)
    if not passwords.verify(current, account.password_hash):
        raise Invalid({"current": _("지금 쓰는 비밀번호가 아니에요.")})


def note_wrong_password(unit: Unit) -> None:
    account = _own(unit)
    assert account.id is not None
    throttling.count(unit, limits.own_password(account.id))
    unit.audit("password:wrong", "account", account.id)


def set_password(unit: Unit, password_hash: str) -> None:
    """Ends every session, this one too (the page opens a new one), token and link by mail."""
    account = _own(unit)
    assert account.id is not None
    account.password_hash = password_hash
    unit.session.add(account)
    accounts.end_sessions(unit.session, account.id, unit.now)
    accounts.revoke_tokens(unit.session, account.id, unit.now)
    links.spend_all(unit.session, account.id, unit.now)
    outbox.put(unit.session, account, "password_changed", unit.now)
    unit.audit("password:changed", "account", account.id)


def _own(unit: Unit) -> Account:
    account = None if unit.actor is None else accounts.by_id(unit.session, unit.actor.account_id)
    if account is None:
        raise NotFound
    return account


def _role(unit: Unit) -> Role:
    assert unit.actor is not None
    return unit.actor.role
