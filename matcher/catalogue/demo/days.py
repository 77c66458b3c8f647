"""Days and moments of the demo: everything hangs on the day the data are made."""

from datetime import date, datetime, timedelta
from random import Random

from matcher.clock import start_of

HISTORY_DAYS = 730


def ago(today: date, days: int) -> date:
    return today - timedelta(days=days)


def ahead(today: date, days: int) -> date:
    return today + timedelta(days=days)


def monday_near(day: date) -> date:
    """The Monday of that week."""
    return day - timedelta(days=day.weekday())


def office(day: date, random: Random) -> datetime:
    """A moment of that day between 09:00 and 18:00 in Jeju."""
    return start_of(day) + timedelta(minutes=random.randrange(9 * 60, 18 * 60))


def waking(day: date, random: Random) -> datetime:
    """A moment of that day between 07:00 and 23:00 in Jeju."""
    return start_of(day) + timedelta(minutes=random.randrange(7 * 60, 23 * 60))


def weighted(random: Random, choices: dict[str, float]) -> str:
    return random.choices(list(choices), weights=list(choices.values()))[0]
