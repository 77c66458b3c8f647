"""An admin notes which accounts one person works with, and ends such a note."""

from dataclasses import dataclass
from datetime import datetime

from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.policy import accounts as rules
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import accounts, same_person
from matcher.store.same_person import Worker
from models.account import Account, AccountState, Role
from models.review import SamePerson


@dataclass(frozen=True)
class Side:
    account_id: int
    name: str
    email: str
    role: Role
    organisation: str


@dataclass(frozen=True)
class Line:
    id: int
    sides: tuple[Side, Side]
    at: datetime


def listing(unit: Unit) -> tuple[Line, ...]:
    """Newest first."""
    rows = same_person.rows(unit.session)
    ids = {number for row in rows for number in (row.account_id, row.other_account_id)}
    found = same_person.workers(unit.session, ids)
    return tuple(
        Line(
            row.id or 0, (_side(found[row.account_id]), _side(found[row.other_account_id])), row.at
        )
        for row in rows
    )


def note(unit: Unit, email: str, other_email: str) -> None:
    """Raises Invalid by field. Young people's accounts are never joined: a person who seeks work
    here speaks for nobody."""
    one, other = _staff(unit, "email", email), _staff(unit, "other_email", other_email)
    if one.id == other.id:
        raise Invalid({"other_email": _("서로 다른 두 계정을 적어 주십시오.")})
    low, high = sorted((one.id or 0, other.id or 0))
    if same_person.pair(unit.session, low, high) is not None:
        raise Conflict(_("두 계정은 이미 한 사람으로 적혀 있습니다."))
    row = SamePerson(
        account_id=low, other_account_id=high, at=unit.now,
        noted_by_account_id=unit.signed_in.account_id,
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()  # the audit line names it
    unit.audit("same_person:noted", "same_person", row.id, accounts=[low, high])


def end(unit: Unit, note_id: int) -> None:
    row = unit.session.get(SamePerson, note_id)
    if row is None:
        raise NotFound
    unit.session.delete(row)
    accounts_of = [row.account_id, row.other_account_id]
    unit.audit("same_person:ended", "same_person", note_id, accounts=accounts_of)


def _staff(unit: Unit, key: str, email: str) -> Account:
    account = accounts.by_email(unit.session, email)
    membership = None if account is None else accounts.membership_of(unit.session, account.id or 0)
    is_staff = membership is not None and membership.role in rules.STAFF_ROLES
    if account is None or not is_staff or account.state is AccountState.ERASED:
        raise Invalid({key: _("이 이메일을 쓰는 담당자 계정이 없습니다.")})
    return account


def _side(row: Worker) -> Side:
    name = in_language(row.organisation_ko or "", row.organisation_en or "")
    return Side(row.account_id, row.name, row.email, row.role, name)
