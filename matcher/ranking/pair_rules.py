"""What a wish, a date and a count are worth, 0..1, where no skill or certificate is looked at."""

from collections.abc import Callable, Mapping
from datetime import date

from matcher.ranking.types import Opening, Seeker

RECENCY_HALF_LIFE_DAYS = 30.0
LATE_DAYS = 90.0
NO_WISH = 0.5
UNKNOWN_DAY = 0.5
AVERAGE_INTEREST = 0.5


def wish(wishes: Mapping[str, float], value: str | None) -> float:
    """No wish stated, or nothing to compare it with: neutral. A stated wish elsewhere: 0."""
    if not wishes or value is None:
        return NO_WISH
    return wishes.get(value, 0.0)


def recency(posted_on: date | None, today: date) -> float:
    if posted_on is None:
        return UNKNOWN_DAY
    return float(0.5 ** (max(0, (today - posted_on).days) / RECENCY_HALF_LIFE_DAYS))


def punctuality(
    free_from: date | None, starts_on: date | None, neutral: float = UNKNOWN_DAY
) -> float:
    if free_from is None or starts_on is None:
        return neutral
    return max(0.0, 1.0 - max(0, (free_from - starts_on).days) / LATE_DAYS)


def interest(popularity: float | None) -> float:
    return AVERAGE_INTEREST if popularity is None else popularity


PAIR_RULES: dict[str, Callable[[Seeker, Opening], float]] = {
    "sector_wish": lambda who, what: wish(who.sectors, what.sector),
    "region_wish": lambda who, what: wish(who.regions, what.region),
    "employment_wish": lambda who, what: wish(who.employment, what.employment_type),
    "schedule": lambda who, what: punctuality(who.available_from, what.starts_on),
}
OPENING_RULES: dict[str, Callable[[Opening, date], float]] = {
    "recency": lambda what, today: recency(what.posted_on, today),
    "popularity": lambda what, _: interest(what.popularity),
}
"""The same for everybody."""
