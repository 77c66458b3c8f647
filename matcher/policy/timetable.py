"""Do two course sessions meet at the same time? Pure; days and hours in Jeju."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, order=True)
class Slot:
    """`weekday` 1 = Monday; `start` and `end` as HH:MM, which compare as text."""

    weekday: int
    start: str
    end: str


@dataclass(frozen=True)
class Run:
    starts_on: date
    ends_on: date
    slots: tuple[Slot, ...]


def slots_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Slot, ...]:
    """In weekday order; a stored row without all three values says nothing and is left out."""
    found = []
    for each in stored:
        weekday, start, end = each.get("weekday"), each.get("start"), each.get("end")
        if isinstance(weekday, int) and isinstance(start, str) and isinstance(end, str):
            found.append(Slot(weekday, start, end))
    return tuple(sorted(found))


def overlap(one: Run, other: Run) -> bool:
    """The weeks meet and so do hours on a weekday; unknown hours never clash."""
    if one.starts_on > other.ends_on or other.starts_on > one.ends_on:
        return False
    return any(
        a.weekday == b.weekday and a.start < b.end and b.start < a.end
        for a in one.slots
        for b in other.slots
    )
