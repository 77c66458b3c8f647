"""An admin reads what was changed and who looked; reading it is a record itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matcher.db import Unit
from matcher.store import accounts, outbox, records, trail
from models.account import Account, AccountState, Role
from models.outbox import OutboxState
from models.trail import AccessRecord, AuditEntry

PAGE = 50
CHECKED_UNASKED = 5_000
"""Chains up to this long are checked on every look; longer ones only when asked."""


@dataclass(frozen=True)
class Entry:
    entry_id: int
    at: datetime
    account_id: int | None
    account_name: str
    role: str
    what: str
    subject: str
    subject_id: int | None
    outcome: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Chain:
    """`first_break` is the number of the first wrong line; None with `is_checked` = it holds."""

    lines: int
    is_checked: bool
    first_break: int | None


@dataclass(frozen=True)
class RecordsView:
    entries: tuple[Entry, ...]
    older: int | None
    chain: Chain


@dataclass(frozen=True)
class Overview:
    people: dict[str, int]
    """Active accounts by role."""
    waiting_people: int
    waiting_mails: int
    failed_mails: int


def overview(unit: Unit) -> Overview:
    counted = accounts.counts(unit.session)
    mails = outbox.counts(unit.session)
    return Overview(
        people={role.value: counted.get((role, AccountState.ACTIVE), 0) for role in Role},
        waiting_people=sum(
            number
            for (_role, state), number in counted.items()
            if state is AccountState.UNCONFIRMED
        ),
        waiting_mails=mails.get(OutboxState.WAITING, 0),
        failed_mails=mails.get(OutboxState.FAILED, 0),
    )


def changes(unit: Unit, wanted: records.Filter, check: bool = False) -> RecordsView:
    found = records.audits(unit.session, wanted, PAGE + 1)
    entries = tuple(_audit(entry, account) for entry, account in found[:PAGE])
    unit.access("audit:read", None, action=wanted.action, account_id=wanted.account_id)
    return RecordsView(entries, _older(entries, len(found)), _chain(unit, AuditEntry, check))


def looks(unit: Unit, wanted: records.Filter, check: bool = False) -> RecordsView:
    found = records.accesses(unit.session, wanted, PAGE + 1)
    entries = tuple(_access(entry, account) for entry, account in found[:PAGE])
    chain = _chain(unit, AccessRecord, check)
    unit.access("access:read", wanted.youth_id, action=wanted.action, account_id=wanted.account_id)
    return RecordsView(entries, _older(entries, len(found)), chain)


def wanted(
    action: str = "",
    account_id: int | None = None,
    youth_id: int | None = None,
    before: int | None = None,
) -> records.Filter:
    return records.Filter(action, account_id, youth_id, before)


def _older(entries: tuple[Entry, ...], found: int) -> int | None:
    return entries[-1].entry_id if found > PAGE else None


def _chain(unit: Unit, table: type[AuditEntry] | type[AccessRecord], check: bool) -> Chain:
    lines = records.count(unit.session, table)
    if not check and lines > CHECKED_UNASKED:
        return Chain(lines, False, None)
    return Chain(lines, True, trail.first_break(unit.session, table))


def _audit(entry: AuditEntry, account: Account | None) -> Entry:
    return Entry(
        entry_id=entry.id or 0,
        at=entry.at,
        account_id=entry.account_id,
        account_name=account.name if account else "",
        role=entry.role,
        what=entry.action,
        subject=entry.subject,
        subject_id=entry.subject_id,
        outcome="",
        details=flat(entry.change),
    )


def _access(entry: AccessRecord, account: Account | None) -> Entry:
    return Entry(
        entry_id=entry.id or 0,
        at=entry.at,
        account_id=entry.account_id,
        account_name=account.name if account else "",
        role=entry.role,
        what=entry.task,
        subject="youth" if entry.youth_id is not None else "",
        subject_id=entry.youth_id,
        outcome=entry.outcome,
        details=flat(entry.details),
    )


def flat(details: Mapping[str, Any]) -> dict[str, Any]:
    """Nested values by their path, `before.status`, and lists as their items, for reading."""
    found: dict[str, Any] = {}
    for key, value in details.items():
        if isinstance(value, Mapping):
            found |= {f"{key}.{inner}": each for inner, each in flat(value).items()}
        elif isinstance(value, list):
            found[key] = ", ".join(str(each) for each in value)
        else:
            found[key] = value
    return found
