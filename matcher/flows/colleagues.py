"""A partner's people: who works here, inviting one, ending one's access."""

from dataclasses import dataclass
from datetime import datetime

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import account_access, throttling
from matcher.policy import accounts as rules
from matcher.policy import limits
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.store import accounts, colleagues, openings
from models.account import Account, AccountState, Role
from models.organisation import OrganisationState

MOST_COLLEAGUES = 50


@dataclass(frozen=True)
class Colleague:
    account_id: int
    name: str
    email: str
    state: AccountState
    since: datetime
    is_self: bool
    can_end: bool
    can_invite_again: bool


@dataclass(frozen=True)
class Team:
    organisation: str
    can_invite: bool
    rows: tuple[Colleague, ...]


def listing(unit: Unit, actor: Actor) -> Team:
    rows = colleagues.visible_to(unit.session, actor)
    return Team(
        organisation=actor.organisation_name or "",
        can_invite=_is_active(unit, actor),
        rows=tuple(_row(each, actor) for each in rows),
    )


def one(unit: Unit, actor: Actor, account_id: int) -> Colleague:
    found = {each.account_id: each for each in listing(unit, actor).rows}
    if account_id not in found:
        raise NotFound
    return found[account_id]


def count_try(unit: Unit, actor: Actor) -> None:
    """In a transaction of its own, before each invitation: also a refused one says whether an
    address has an account. Raises TooMany."""
    tries = limits.colleague_mails(actor.organisation_id or 0)
    throttling.refuse(unit, tries, _("오늘 보낼 수 있는 초대를 다 보내셨습니다."))
    throttling.count(unit, tries)


def invite(unit: Unit, actor: Actor, email: str, name: str) -> None:
    """An account of the own organisation and a mail with the link to set a password."""
    if not _is_active(unit, actor):
        raise Conflict(_("센터가 기업을 확인한 뒤에 동료를 초대할 수 있습니다."))
    living = [
        each
        for each in colleagues.held(unit.session, actor).values()
        if each.state is not AccountState.DISABLED
    ]
    if len(living) >= MOST_COLLEAGUES:
        raise Conflict(_("동료는 50명까지 둘 수 있습니다. 쓰지 않는 계정을 먼저 끝내 주십시오."))
    if accounts.by_email(unit.session, email) is not None:
        raise Invalid({"email": _("이 이메일을 쓰는 계정이 이미 있습니다.")})
    account = account_access.invited(unit, email, name, Role.PARTNER, actor.organisation_id)
    unit.audit("colleague:invited", "account", account.id, organisation_id=actor.organisation_id)


def invite_again(unit: Unit, actor: Actor, account_id: int) -> None:
    row = colleagues.held(unit.session, actor).get(account_id)
    if row is None:
        raise NotFound
    if row.state is not AccountState.UNCONFIRMED:
        raise Conflict(_("이미 가입을 마친 계정입니다."))
    account_access.send_link(unit, row)
    unit.audit("colleague:invited_again", "account", account_id)


def end(unit: Unit, actor: Actor, account_id: int) -> None:
    """The account stops, its sessions with it, and the people it had still to score become free.
    Nobody ends oneself, so somebody is always left."""
    held = colleagues.held(unit.session, actor)
    row = held.get(account_id)
    if row is None:
        raise NotFound
    acting = held.get(actor.account_id)
    if acting is None or acting.state is not AccountState.ACTIVE:
        raise Forbidden(_("이 계정은 이제 쓸 수 없습니다."))
    if account_id == actor.account_id:
        raise Conflict(_("자기 계정은 동료가 끝낼 수 있습니다."))
    if not rules.can_disable(row.state):
        raise Conflict(_("이미 끝난 계정입니다."))
    before, row.state = row.state, AccountState.DISABLED
    unit.session.add(row)
    account_access.shut_out(unit, account_id)
    colleagues.drop_open_assignments(unit.session, account_id)
    unit.audit("colleague:ended", "account", account_id, before=before.value)


def _is_active(unit: Unit, actor: Actor) -> bool:
    found = openings.partner_organisation(unit.session, actor.organisation_id or 0)
    return found is not None and found.state is OrganisationState.ACTIVE


def _row(account: Account, actor: Actor) -> Colleague:
    is_self = account.id == actor.account_id
    return Colleague(
        account_id=account.id or 0,
        name=account.name,
        email=account.email,
        state=account.state,
        since=account.created_at,
        is_self=is_self,
        can_end=not is_self and rules.can_disable(account.state),
        can_invite_again=account.state is AccountState.UNCONFIRMED,
    )
