"""A person's own data: who looked at it, and all of it as one file."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from matcher.db import Unit
from matcher.i18n import in_language
from matcher.policy.data_map import DATA_MAP, exported_columns, owned_tables
from matcher.store import people, records
from models.account import Role

PAGE = 50
PEOPLE = frozenset({"youth", "youth_id", "youths"})
"""Names under which the audit keeps numbers of people."""


@dataclass(frozen=True)
class Look:
    at: datetime
    role: Role | None
    organisation_name: str
    task: str
    outcome: str


@dataclass(frozen=True)
class Looks:
    items: tuple[Look, ...]
    older: int | None
    """The `before` of the next page; None on the last."""


def looks(unit: Unit, before: int | None = None) -> Looks:
    """Staff and partner reads of the person's data, newest first, 50 a page."""
    actor = unit.signed_in
    if actor.youth_id is None:
        return Looks((), None)
    found = records.looks_at(unit.session, actor.youth_id, before, PAGE + 1)
    items = tuple(
        Look(
            at=record.at,
            role=Role(record.role) if record.role in set(Role) else None,
            organisation_name=""
            if organisation is None
            else in_language(organisation.name_ko, organisation.name_en),
            task=record.task,
            outcome=record.outcome,
        )
        for record, organisation in found[:PAGE]
    )
    return Looks(items, found[PAGE - 1][0].id if len(found) > PAGE else None)


def export(unit: Unit) -> str:
    """Every category of the data map with the person's rows in it, as JSON text."""
    actor = unit.signed_in
    numbers = people.numbers_of(unit.session, actor.account_id, actor.youth_id)
    tables: dict[str, Any] = {}
    for table in owned_tables():
        rule = DATA_MAP[table]
        assert rule.owner is not None
        found = people.rows(
            unit.session, table, rule.link, numbers[rule.owner], exported_columns(table)
        )
        tables[table] = [_shared(table, row, actor.youth_id) for row in found]
    unit.audit("data:exported", "account", actor.account_id)
    whole = {
        "service": "oreum",
        "exported_at": unit.now,
        "language": actor.language,
        "data": tables,
    }
    return json.dumps(whole, default=_plain, ensure_ascii=False, indent=2)


def _shared(table: str, row: dict[str, Any], own_youth: int | None) -> dict[str, Any]:
    """A refusal's reason is the partner's until the partner shares it. Who else was looked at or
    decided about stays out: their lasting numbers would join two lists of masked people."""
    if table == "application" and not row["is_reason_shared"]:
        row["reason"] = None
    if table == "exposure" and row["subject"] == "candidate":
        row["items"] = []
    if table == "audit_entry":
        row["change"] = {
            name: value
            for name, value in row["change"].items()
            if name not in PEOPLE or value == own_youth
        }
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else str(value)
