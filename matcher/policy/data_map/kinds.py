"""How a table is described: what each column says about people, and what erasing does to a row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    NUMBER = "number"
    """The row's own number or a reference; alone it names nobody."""
    PERSON = "person"
    """Says who somebody is or where they sat: name, address, browser."""
    RECORD = "record"
    """What is recorded about the person: levels, dates, states, choices."""
    WORDS = "words"
    """Free text, which may hold anything."""
    HASH = "hash"
    """Hashes; never exported."""
    OTHERS = "others"
    """About another person, or another organisation's own judgement; not in the owner's export."""
    SERVICE = "service"
    """The service's own bookkeeping or public facts."""


class Erase(StrEnum):
    DELETE = "delete"
    BLANK = "blank"
    KEEP = "keep"
    NOTHING = "nothing"
    """The table holds nothing about a person."""


class Owner(StrEnum):
    ACCOUNT = "account"
    YOUTH = "youth"
    APPLICATION = "application"
    ENROLMENT = "enrolment"
    OUTCOME = "outcome"
    PLAN = "plan"


@dataclass(frozen=True)
class Table:
    erase: Erase
    columns: dict[str, Kind]
    owner: Owner | None = None
    """Whose number stands in `link`; the export and erasure find the rows by it."""
    link: str = ""
    blank: dict[str, Any] = field(default_factory=dict)
    """Values after erasure; "{number}" stands for the row's own number."""


def kinds(**groups: str) -> dict[str, Kind]:
    """Columns by kind, as words in one string."""
    return {name: Kind(kind) for kind, names in groups.items() for name in names.split()}


def public(service: str, number: str = "id", others: str = "") -> Table:
    return Table(Erase.NOTHING, kinds(number=number, service=service, others=others))


def owned(
    owner: Owner,
    erase: Erase,
    *,
    link: str = "",
    blank: Mapping[str, Any] | None = None,
    **columns: str,
) -> Table:
    """Rows of one owner, found by `link`: the column named after the owner where none is given."""
    return Table(erase, kinds(**columns), owner, link or f"{owner.value}_id", dict(blank or {}))
