"""Facts that can be proved without a name: what they say and from what they follow.

Each is computed by this service of a day, and true of it: none says how much more there is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from matcher.policy.desk import SEEN

DAYS: Final = (1, 7, 30)
"""How long a proof may hold: what it says is of the day it was made."""
USUAL_DAYS: Final = 7
STEPS: Final = (1, 2, 3, 5, 10)
"""Numbers of courses that can be claimed: an exact count would tell more than was asked."""


class FactKind(StrEnum):
    CERTIFICATE = "certificate"
    COURSES = "courses"


@dataclass(frozen=True)
class Fact:
    """`name` is the claim's; `of` AWS's level or the sector (empty: any), `least` of courses.
    `until`: the last day it is surely true, None where it never ends."""

    name: str
    kind: FactKind
    of: str = ""
    least: int = 0
    verification: int = 0
    until: date | None = None
    claims: Mapping[str, Any] = field(default_factory=dict)


def certificate_facts(
    held: Iterable[tuple[str, int, date | None]], today: date
) -> tuple[Fact, ...]:
    """`held`: (AWS's level, verification, last valid day) of passes. Only what somebody other than
    the person confirmed, and only with a known end, is proved."""
    best: dict[str, tuple[int, date]] = {}
    for level, verification, until in held:
        if verification >= SEEN and until is not None and until >= today:
            best[level] = max(best.get(level, (0, until)), (verification, until))
    return tuple(_certificate(level, *best[level]) for level in sorted(best))


def _certificate(level: str, verification: int, until: date) -> Fact:
    word = level.lower()
    name = f"aws_{word}_active"
    claims = {name: True, f"aws_{word}_verification": verification}
    return Fact(name, FactKind.CERTIFICATE, level, 0, verification, until, claims)


def course_facts(sectors: Iterable[str | None]) -> tuple[Fact, ...]:
    """`sectors`: of each completed RISE course, None for one of no sector."""
    listed = list(sectors)
    known = sorted({each for each in listed if each})
    found = [fact for sector in known for fact in _steps(sector, listed.count(sector))]
    return (*found, *_steps("", len(listed)))


def _steps(sector: str, count: int) -> list[Fact]:
    middle = f"{sector}_" if sector else ""
    names = [(least, f"rise_courses_{middle}at_least_{least}") for least in STEPS if least <= count]
    return [
        Fact(name, FactKind.COURSES, sector, least, claims={name: True}) for least, name in names
    ]
