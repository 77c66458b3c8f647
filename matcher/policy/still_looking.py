"""Once a term everybody whom partners can see is asked whether they still look for work.

Asked on 1 March and 1 September. Whoever says no, or nothing for 21 days, is hidden from partners;
nothing is deleted, applications go on, and one press brings the person back.
"""

from datetime import date, timedelta
from typing import Final

ASKED_ON: Final = ((3, 1), (9, 1))
"""(month, day)"""
ANSWER_IN: Final = timedelta(days=21)


def term_start(today: date) -> date:
    """The last day on which the question was due."""
    days = [date(year, *each) for year in (today.year - 1, today.year) for each in ASKED_ON]
    return max(day for day in days if day <= today)


def is_due(asked_on: date | None, looking_on: date | None, since: date, today: date) -> bool:
    """Once a term; not when the person said yes in it, and not when it let itself be seen (`since`)
    in it."""
    start = term_start(today)
    answered = looking_on is not None and looking_on >= start
    return since < start and not answered and (asked_on is None or asked_on < start)


def is_asked(asked_on: date | None, looking_on: date | None, stopped_on: date | None) -> bool:
    """Whether the question stands without an answer."""
    if asked_on is None or stopped_on is not None:
        return False
    return looking_on is None or looking_on < asked_on


def is_hidden(
    asked_on: date | None, looking_on: date | None, stopped_on: date | None, today: date
) -> bool:
    """The same as `store.candidates.still_looking`, for one person."""
    if stopped_on is not None:
        return True
    return is_asked(asked_on, looking_on, stopped_on) and today > answer_by(asked_on)


def answer_by(asked_on: date | None) -> date:
    """The last day on which the person stays to be seen without an answer."""
    assert asked_on is not None
    return asked_on + ANSWER_IN
