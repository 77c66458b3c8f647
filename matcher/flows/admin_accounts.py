"""An admin looks for accounts, invites staff, changes roles, disables and enables."""

from dataclasses import dataclass
from datetime import datetime

from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import account_access
from matcher.matching.paging import pages_of
from matcher.policy import accounts as rules
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.store import accounts, organisations
from models.account import Account, AccountState, Membership, Role
from models.organisation import Organisation

PAGE = 50


@dataclass(frozen=True)
class AccountRow:
    account_id: int
    email: str
    name: str
    role: Role
    state: AccountState
    organisation_id: int | None
    organisation_name: str
    created_at: datetime
    is_self: bool


@dataclass(frozen=True)
class AccountPage:
    rows: tuple[AccountRow, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class AccountView:
    row: AccountRow
    can_disable: bool
    can_enable: bool
    can_change_role: bool
    can_invite_again: bool
    organisations: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Invitation:
    """`email` in canonical form."""

    email: str
    name: str
    role: Role
    organisation_id: int | None


def search(
    unit: Unit, text: str, role: Role | None, state: AccountState | None, page: int
) -> AccountPage:
    """50 a page, newest first. Every young person on the page is an access of their data."""
    wanted = accounts.Search(text, role, state)
    total = accounts.count(unit.session, wanted)
    pages = pages_of(total, PAGE)
    shown = min(page, pages)
    found = accounts.find(unit.session, wanted, (shown - 1) * PAGE, PAGE)
    for _account, _membership, _organisation, youth_id in found:
        if youth_id is not None:
            unit.access("accounts:list", youth_id)
    rows = tuple(_row(unit, account, member, owner) for account, member, owner, _id in found)
    return AccountPage(rows, shown, pages, total)


def look_at(unit: Unit, account_id: int) -> AccountView:
    account, membership = _get(unit, account_id)
    profile = accounts.profile_of(unit.session, account_id)
    if profile is not None:
        unit.access("accounts:read", profile.id)
    organisation = organisations.get(unit.session, membership.organisation_id)
    row = _row(unit, account, membership, organisation)
    is_staff = membership.role in rules.STAFF_ROLES
    return AccountView(
        row=row,
        can_disable=not row.is_self and rules.can_disable(account.state),
        can_enable=not row.is_self and rules.can_enable(account.state),
        can_change_role=not row.is_self and is_staff and account.state is not AccountState.ERASED,
        can_invite_again=is_staff and account.state is AccountState.UNCONFIRMED,
        organisations=organisation_choices(unit),
    )


def organisation_choices(unit: Unit) -> tuple[tuple[int, str], ...]:
    """Open organisations of every kind, by kind and name."""
    return tuple(
        (row.id or 0, in_language(row.name_ko, row.name_en))
        for row in organisations.everyone(unit.session)
        if any(rules.fits(role, row) for role in rules.STAFF_ROLES)
    )


def invite(unit: Unit, wanted: Invitation) -> int:
    """A staff account without a password and a mail with the link to set one; gives its id."""
    if wanted.role not in rules.STAFF_ROLES:
        raise Invalid({"role": _("직원 계정의 역할만 고를 수 있습니다.")})
    _refuse_unfit(unit, wanted.role, wanted.organisation_id)
    if accounts.by_email(unit.session, wanted.email) is not None:
        raise Invalid({"email": _("이 이메일을 쓰는 계정이 이미 있습니다.")})
    account = account_access.invited(
        unit, wanted.email, wanted.name, wanted.role, wanted.organisation_id
    )
    assert account.id is not None
    unit.audit(
        "account:invited",
        "account",
        account.id,
        role=wanted.role.value,
        organisation_id=wanted.organisation_id,
    )
    return account.id


def invite_again(unit: Unit, account_id: int) -> None:
    account, membership = _get(unit, account_id)
    if account.state is not AccountState.UNCONFIRMED or membership.role not in rules.STAFF_ROLES:
        raise Conflict(_("이미 가입을 마친 계정입니다."))
    account_access.send_link(unit, account)
    unit.audit("account:invited_again", "account", account_id)


def disable(unit: Unit, account_id: int) -> None:
    """Ends its sessions, tokens and links with the same stroke."""
    account, membership = _other(unit, account_id)
    if not rules.can_disable(account.state):
        raise Conflict(_("이 계정은 지금 멈출 수 없습니다."))
    if membership.role is Role.ADMIN:
        _refuse_last_admin(unit, account_id)
    before, account.state = account.state, AccountState.DISABLED
    unit.session.add(account)
    account_access.shut_out(unit, account_id)
    unit.audit("account:disabled", "account", account_id, before=before.value)


def enable(unit: Unit, account_id: int) -> None:
    """Back to active, or to unconfirmed when the address was never proven."""
    account, _membership = _other(unit, account_id)
    if not rules.can_enable(account.state):
        raise Conflict(_("이 계정은 지금 다시 열 수 없습니다."))
    is_proven = account.confirmed_at is not None or account.password_hash is not None
    account.state = AccountState.ACTIVE if is_proven else AccountState.UNCONFIRMED
    unit.session.add(account)
    unit.audit("account:enabled", "account", account_id, after=account.state.value)


def change_role(unit: Unit, account_id: int, role: Role, organisation_id: int | None) -> None:
    """The next request of that account is in the new role; it has to sign in again."""
    account, membership = _other(unit, account_id)
    if account.state is AccountState.ERASED or not rules.can_change_role(membership.role, role):
        message = _("청년 계정과 직원 계정은 서로 바꿀 수 없습니다. 새 계정을 초대해 주십시오.")
        raise Invalid({"role": message})
    _refuse_unfit(unit, role, organisation_id)
    if membership.role is Role.ADMIN and role is not Role.ADMIN:
        _refuse_last_admin(unit, account_id)
    before = (membership.role.value, membership.organisation_id)
    membership.role, membership.organisation_id = role, organisation_id
    unit.session.add(membership)
    account_access.shut_out(unit, account_id)
    unit.audit(
        "account:role_changed",
        "account",
        account_id,
        before=list(before),
        after=[role.value, organisation_id],
    )


def _refuse_unfit(unit: Unit, role: Role, organisation_id: int | None) -> None:
    organisation = organisations.get(unit.session, organisation_id)
    is_absent = organisation_id is not None and organisation is None
    if is_absent or not rules.fits(role, organisation):
        raise Invalid({"organisation_id": _("이 역할에 맞는 기관을 골라 주십시오.")})


def _refuse_last_admin(unit: Unit, account_id: int) -> None:
    """Looked at under lock: somebody may have removed the acting admin a moment ago."""
    admins = accounts.active_admins(unit.session)
    acting = unit.signed_in.account_id
    if acting not in admins:
        raise Forbidden(_("이 계정은 이제 관리자가 아닙니다."))
    if admins <= {account_id}:
        raise Conflict(_("마지막 관리자입니다. 다른 관리자를 먼저 두십시오."))


def _other(unit: Unit, account_id: int) -> tuple[Account, Membership]:
    if account_id == unit.signed_in.account_id:
        raise Conflict(_("자기 계정에는 할 수 없습니다. 다른 관리자에게 부탁해 주십시오."))
    found = _get(unit, account_id)
    if found[0].state is AccountState.ERASED:
        raise Conflict(_("지워진 계정입니다."))
    return found


def _get(unit: Unit, account_id: int) -> tuple[Account, Membership]:
    account = accounts.by_id(unit.session, account_id)
    membership = accounts.membership_of(unit.session, account_id)
    if account is None or membership is None:
        raise NotFound
    return account, membership


def _row(
    unit: Unit, account: Account, membership: Membership, organisation: Organisation | None
) -> AccountRow:
    name = "" if organisation is None else in_language(organisation.name_ko, organisation.name_en)
    return AccountRow(
        account_id=account.id or 0,
        email=account.email,
        name=account.name,
        role=membership.role,
        state=account.state,
        organisation_id=membership.organisation_id,
        organisation_name=name,
        created_at=account.created_at,
        is_self=account.id == unit.signed_in.account_id,
    )
