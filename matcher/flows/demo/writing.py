"""Rows of the demo: its own numbers become ids, table by table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlmodel import SQLModel

from matcher.catalogue.demo.shape import DemoData, Person
from matcher.db import Unit
from matcher.store.bulk_rows import insert_all, insert_returning

Row = dict[str, Any]


class Writing:
    """One load. Every part finds the ids of what the parts before it wrote."""

    def __init__(self, unit: Unit, data: DemoData) -> None:
        self.unit, self.session, self.data = unit, unit.session, data
        self.ids: dict[str, Mapping[Any, int]] = {}
        """Kind -> demo number (of an organisation: its slug) -> id."""
        self.counts: dict[str, int] = {}
        """Rows by table."""
        self.promises: dict[str, str] = {}
        """Commitments of the rounds' lotteries, by round."""

    def add(self, table: type[SQLModel], rows: Sequence[Row]) -> None:
        insert_all(self.session, table, rows)
        self._count(table, rows)

    def add_numbered(self, kind: str, table: type[SQLModel], rows: Sequence[Row]) -> None:
        """Rows come in the order of their numbers, which begin at 1."""
        ids = insert_returning(self.session, table, rows)
        self.ids[kind] = dict(enumerate(ids, start=1))
        self._count(table, rows)

    def rows(self, things: Iterable[Any], **more: Any) -> list[Row]:
        """Columns by the names of the fields; a field that holds a number becomes `..._id`."""
        return [more | self._row(thing) for thing in things]

    def organisation(self, slug: str | None) -> int | None:
        return None if slug is None else self.ids["organisation"][slug]

    def account(self, person: Person) -> int:
        return self.ids["account"][person.number]

    def _row(self, thing: Any) -> Row:
        row: Row = {}
        for name, value in _values(thing).items():
            if name in _LINKS:
                kind, column = _LINKS[name]
                row[column] = None if value is None else self.ids[kind][value]
            else:
                row[name] = list(value) if isinstance(value, tuple) else value
        return row

    def _count(self, table: type[SQLModel], rows: Sequence[Row]) -> None:
        name = str(table.__tablename__)
        self.counts[name] = self.counts.get(name, 0) + len(rows)


def _values(thing: Any) -> Mapping[str, Any]:
    if isinstance(thing, Mapping):
        return thing
    names = (field.name for field in fields(thing) if field.name != "number")
    return {name: getattr(thing, name) for name in names}


# field -> (what it numbers, column)
_LINKS = {
    "account": ("account", "account_id"),
    "actor_account": ("account", "actor_account_id"),
    "application": ("application", "application_id"),
    "asked_by_account": ("account", "asked_by_account_id"),
    "assigned_by_account": ("account", "assigned_by_account_id"),
    "counsellor_account": ("account", "counsellor_account_id"),
    "course": ("course", "course_id"),
    "event": ("event", "event_id"),
    "opening": ("opening", "opening_id"),
    "outcome": ("outcome", "outcome_id"),
    "organisation": ("organisation", "organisation_id"),
    "project": ("project", "project_id"),
    "rated_by": ("account", "rated_by_account_id"),
    "session": ("session", "session_id"),
    "verified_by": ("account", "verified_by_account_id"),
    "youth": ("youth", "youth_id"),
}
