"""Skills asked for against skills held: by sector, skill and quarter, plain numbers in and out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

QUARTERS = 4


class Ask(NamedTuple):
    """One must of one opening: `places` people wanted by the day `by`."""

    sector: str
    skill: str
    level: int
    places: int
    by: date


class Holding(NamedTuple):
    """What one person holds, as somebody else has seen it. `sectors` empty: any."""

    person: int
    skill: str
    level: int
    sectors: frozenset[str]


class Learning(NamedTuple):
    """What a person in a course will hold once it is over."""

    person: int
    skill: str
    level: int
    ends_on: date
    sectors: frozenset[str]


@dataclass(frozen=True)
class Quarter:
    key: str
    first: date
    last: date


@dataclass(frozen=True)
class Need:
    """`level`: the one most places ask for. By quarter, up to and with it: places asked for, and
    people who will hold the skill from a course; `supply` people who hold it today."""

    sector: str
    skill: str
    level: int
    supply: int
    demand: tuple[int, ...]
    learning: tuple[int, ...]

    @property
    def asked(self) -> int:
        return self.demand[-1]


def quarters_from(today: date) -> tuple[Quarter, ...]:
    found: list[Quarter] = []
    day = today
    while len(found) < QUARTERS:
        number = (day.month - 1) // 3
        first = date(day.year, number * 3 + 1, 1)
        year, month = (day.year + 1, 1) if number == 3 else (day.year, number * 3 + 4)
        last = date(year, month, 1) - timedelta(days=1)
        found.append(Quarter(f"{day.year}-{number + 1}", first, last))
        day = last + timedelta(days=1)
    return tuple(found)


def needs(
    asks: Iterable[Ask],
    held: Iterable[Holding],
    learning: Iterable[Learning],
    quarters: Sequence[Quarter],
) -> tuple[Need, ...]:
    """The most asked for first. Places wanted before the first quarter count in it."""
    by_pair: dict[tuple[str, str], list[Ask]] = defaultdict(list)
    for ask in asks:
        by_pair[ask.sector, ask.skill].append(ask)
    of_skill: dict[str, list[Holding]] = defaultdict(list)
    for holding in held:
        of_skill[holding.skill].append(holding)
    to_come: dict[str, list[Learning]] = defaultdict(list)
    for each in learning:
        to_come[each.skill].append(each)
    found = [
        _need(pair, some, of_skill[pair[1]], to_come[pair[1]], quarters)
        for pair, some in by_pair.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.asked, each.sector, each.skill)))


def _need(
    pair: tuple[str, str],
    asks: Sequence[Ask],
    held: Sequence[Holding],
    learning: Sequence[Learning],
    quarters: Sequence[Quarter],
) -> Need:
    sector, skill = pair
    level = _level(asks)
    ready = {each.person for each in held if _serves(each, sector, level)}
    coming = [each for each in learning if _serves(each, sector, level)]
    return Need(
        sector,
        skill,
        level,
        len(ready),
        tuple(sum(ask.places for ask in asks if ask.by <= each.last) for each in quarters),
        tuple(
            len({one.person for one in coming if one.ends_on <= each.last} - ready)
            for each in quarters
        ),
    )


def _level(asks: Sequence[Ask]) -> int:
    """Of two levels asked for equally often the lower."""
    places: Counter[int] = Counter()
    for ask in asks:
        places[ask.level] += ask.places
    return min(places, key=lambda level: (-places[level], level))


def _serves(each: Holding | Learning, sector: str, level: int) -> bool:
    return each.level >= level and (not each.sectors or sector in each.sectors)
