"""What happened, by whole quarter: openings that came, people who were hired, courses finished."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Came(NamedTuple):
    """An opening and its places, on the day it opened."""

    on: date
    sector: str
    places: int


class Hired(NamedTuple):
    on: date
    sector: str


class Ended(NamedTuple):
    """A seat whose course is over."""

    on: date
    is_completed: bool


def quarter(day: date) -> int:
    """Quarters counted on without a break; neighbours differ by one."""
    return day.year * 4 + (day.month - 1) // 3


def key_of(number: int) -> str:
    return f"{number // 4}-{number % 4 + 1}"


@dataclass(frozen=True)
class History:
    """Whole quarters from `first` to before `after`. Lists by sector, in quarter order."""

    first: int
    after: int
    sectors: tuple[str, ...]
    opened: Mapping[str, tuple[tuple[int, ...], ...]]
    """By quarter, the places of each opening that came."""
    hired: Mapping[str, tuple[int, ...]]
    ended: tuple[Ended, ...] = ()

    @property
    def quarters(self) -> int:
        return self.after - self.first

    @property
    def completed(self) -> int:
        return sum(each.is_completed for each in self.ended)

    @property
    def dropped(self) -> int:
        return len(self.ended) - self.completed

    def until(self, after: int) -> "History":
        """As it was known before a quarter."""
        length = max(0, after - self.first)
        return History(
            self.first,
            min(after, self.after),
            self.sectors,
            {sector: rows[:length] for sector, rows in self.opened.items()},
            {sector: rows[:length] for sector, rows in self.hired.items()},
            tuple(each for each in self.ended if quarter(each.on) < after),
        )


def history_of(
    came: Iterable[Came],
    hired: Iterable[Hired],
    ended: Iterable[Ended],
    sectors: Iterable[str],
    today: date,
    most: int,
) -> History:
    """The last `most` whole quarters, or as many as there are since the first opening."""
    openings, hires, seats = list(came), list(hired), list(ended)
    after = quarter(today)
    first = min((quarter(each.on) for each in openings), default=after)
    first = min(after, max(first, after - most))
    names = tuple(sectors)
    return History(
        first,
        after,
        names,
        {
            sector: tuple(
                tuple(
                    each.places
                    for each in openings
                    if each.sector == sector and quarter(each.on) == number
                )
                for number in range(first, after)
            )
            for sector in names
        },
        {
            sector: tuple(
                sum(each.sector == sector and quarter(each.on) == number for each in hires)
                for number in range(first, after)
            )
            for sector in names
        },
        tuple(seats),
    )
