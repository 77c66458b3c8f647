"""Everything held about one person, table by table, as its owner gets to see it."""

from collections.abc import Iterator
from typing import Any

from matcher.db import Unit
from matcher.policy.data_map import DATA_MAP, exported_columns, owned_tables
from matcher.store import people

PEOPLE = frozenset({"youth", "youth_id", "youths"})
"""Names under which the audit keeps numbers of people."""
Rows = list[dict[str, Any]]


def by_table(unit: Unit) -> Iterator[tuple[str, Rows]]:
    """Every owned table of the data map, one at a time: more of it is never held than one."""
    actor = unit.signed_in
    numbers = people.numbers_of(unit.session, actor.account_id, actor.youth_id)
    for table in owned_tables():
        rule = DATA_MAP[table]
        assert rule.owner is not None
        found = people.rows(
            unit.session, table, rule.link, numbers[rule.owner], exported_columns(table)
        )
        yield table, [_shared(table, row, actor.youth_id) for row in found]


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
