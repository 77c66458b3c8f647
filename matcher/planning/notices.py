"""Which days are worth a line to a person, and when one mail for all of them is due.

Each fact becomes news once per threshold: on the day it comes within so many days, or on the day
after it was recorded when it was within them already. A digest tells the news since the last one,
so nothing is told every week until it is over.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Topic(StrEnum):
    RENEWAL = "renewal"
    """A certificate ends; from the first threshold on it is time to renew it."""
    VERSION = "version"
    """The exam of a certificate planned or held changes or goes."""
    KOREAN = "korean"
    """Last day in Korean of a planned exam."""
    VOUCHER = "voucher"
    STEP = "step"
    OPENING = "opening"
    COURSE = "course"
    """A course kept for later takes applications; `on` is their last day."""


THRESHOLDS: Final[Mapping[Topic, tuple[int, ...]]] = MappingProxyType(
    {
        Topic.RENEWAL: (180, 90, 30),
        Topic.VERSION: (180, 90, 30),
        Topic.KOREAN: (60, 14),
        Topic.VOUCHER: (60, 14),
        Topic.STEP: (6, -1),
        Topic.OPENING: (6,),
        Topic.COURSE: (366, 6),
    }
)
"""Days before; -1 is the day after, when a step is overdue. The weekly ones begin six days before,
so that each comes up on exactly one weekday a week."""

FORGOTTEN: Final = 28
"""A step that long overdue is no news any more; the plan's own page still shows it."""
QUIET_FROM, QUIET_UNTIL = time(21), time(8)
WEEK: Final = 7


@dataclass(frozen=True)
class Fact:
    """`on` the day it ends or is due; `known_on` the day it was recorded; `key` names it."""

    topic: Topic
    key: str
    on: date
    known_on: date


@dataclass(frozen=True)
class Notice:
    """`days` until the day, negative when it is past; `news_on` when it became worth a line."""

    topic: Topic
    key: str
    on: date
    days: int
    news_on: date


def notices(facts: Iterable[Fact], today: date, muted: Sequence[str] = ()) -> tuple[Notice, ...]:
    """What holds today, the nearest day first."""
    found = [
        notice
        for fact in facts
        if fact.topic not in muted and (notice := _notice(fact, today)) is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.topic, each.key)))


def news(found: Iterable[Notice], last: date | None, today: date) -> tuple[Notice, ...]:
    """What became news after the last digest; everything that holds when there was none yet."""
    return tuple(each for each in found if last is None or last < each.news_on <= today)


def is_due(rhythm: str, weekday: int, today: date, last: date | None) -> bool:
    """Whether a digest may go today. A missed day is not made up for: its news go with the next.

    `weekday` 1 = Monday, for the weekly rhythm; a changed weekday never makes two in a week.
    """
    if rhythm == "daily":
        return last is None or last < today
    if rhythm == "weekly":
        is_day = today.isoweekday() == weekday
        return is_day and (last is None or (today - last).days >= WEEK)
    return False


def is_quiet(at: time) -> bool:
    """Hours of Jeju in which no mail is written."""
    return at >= QUIET_FROM or at < QUIET_UNTIL


def _notice(fact: Fact, today: date) -> Notice | None:
    days = (fact.on - today).days
    crossed = [limit for limit in THRESHOLDS[fact.topic] if days <= limit]
    last_day = -FORGOTTEN if fact.topic is Topic.STEP else 0
    if not crossed or days < last_day:
        return None
    since = fact.on - timedelta(days=min(crossed))
    news_on = max(since, fact.known_on + timedelta(days=1))
    return Notice(fact.topic, fact.key, fact.on, days, news_on)
