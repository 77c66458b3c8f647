"""The meetings a session's weekly hours ask for. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.policy.timetable import Run

MOST_MEETINGS = 400


@dataclass(frozen=True, order=True)
class ClassDay:
    held_on: date
    starts: str
    ends: str


def class_days(run: Run, holidays: Collection[date]) -> tuple[ClassDay, ...]:
    """Every slot of every week from the first day to the last, holidays left out; the first
    MOST_MEETINGS of them."""
    found: list[ClassDay] = []
    day = run.starts_on
    while day <= run.ends_on and len(found) < MOST_MEETINGS:
        if day not in holidays:
            found += [
                ClassDay(day, slot.start, slot.end)
                for slot in run.slots
                if slot.weekday == day.isoweekday()
            ]
        day += timedelta(days=1)
    return tuple(found[:MOST_MEETINGS])
