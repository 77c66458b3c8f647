"""A person's own data: who looked at it, and all of it as one file."""

import json
from dataclasses import dataclass
from datetime import datetime

from matcher.db import Unit
from matcher.exchange.own_archive import plain
from matcher.i18n import in_language
from matcher.matching import own_rows
from matcher.store import records
from models.account import Role

PAGE = 50


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
    """Every category of the data map with the person's rows in it, as JSON text; what is no text
    stands in base64."""
    actor = unit.signed_in
    tables = dict(own_rows.by_table(unit))
    unit.audit("data:exported", "account", actor.account_id)
    whole = {
        "service": "oreum",
        "exported_at": unit.now,
        "language": actor.language,
        "data": tables,
    }
    return json.dumps(whole, default=plain, ensure_ascii=False, indent=2)
