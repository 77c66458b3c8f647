"""Minimum wage by year. A year without a source has no rate; nothing is carried on or guessed."""

from dataclasses import dataclass
from functools import cache

from matcher.catalogue.origin import Origin, origin, read

MONTHS = 12


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """`hours_per_month` = paid hours of a full-time month, the weekly rest day included."""

    year: int
    krw_per_hour: int
    hours_per_month: int
    origin: Origin

    @property
    def krw_per_year(self) -> int:
        return self.krw_per_hour * self.hours_per_month * MONTHS


@cache
def load_minimum_wages() -> tuple[MinimumWage, ...]:
    """The years whose rate is known, earliest first."""
    rows = read("minimum_wage.json")["years"]
    known = [row for row in rows if row["krw_per_hour"] is not None]
    found = (
        MinimumWage(row["year"], row["krw_per_hour"], row["hours_per_month"], origin(row))
        for row in known
    )
    return tuple(sorted(found, key=lambda each: each.year))
