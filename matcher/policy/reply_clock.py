"""When a partner is reminded of the answers it promised, and when its time is over.

The promised day is the last day of the time. Reminders come three days before it and on it. Seven
days after it an application that has no answer ends; nobody refused the person.
"""

from datetime import date, timedelta
from typing import Final

from models.application import ApplicationState, ClosingCause, LateReason
from models.opening import OpeningState

REMINDED: Final = (timedelta(days=3), timedelta(0))
"""Before the promised day."""
GRACE: Final = timedelta(days=7)
MOST_MORE: Final = timedelta(days=7)
"""What a partner that says why it is late may add, once."""


def is_over(answer_by: date, today: date) -> bool:
    return today > answer_by + GRACE


def ends_on(answer_by: date) -> date:
    """The day after which nothing waits any more."""
    return answer_by + GRACE


def is_news(answer_by: date, last: date | None, today: date) -> bool:
    """Whether a reminder has fallen due since the last mail. Days missed are not made up one by
    one: what is due goes into the next mail together."""
    return any(
        (last is None or last < answer_by - before) and answer_by - before <= today
        for before in REMINDED
    )


def more_time(answer_by: date, today: date, days: int) -> date:
    """The new promised day; never before the old one, and never after what may be added to it."""
    wanted = max(answer_by, today) + timedelta(days=days)
    return max(answer_by, min(wanted, answer_by + MOST_MORE))


def may_ask_more(answer_by: date | None, given: LateReason | None, today: date) -> bool:
    """Once an application, and only while the time is not over."""
    return answer_by is not None and given is None and not is_over(answer_by, today)


def may_reopen(state: ApplicationState, cause: ClosingCause | None, opening: OpeningState) -> bool:
    """A partner may take back its no, and answer after all what it let lapse. What ended with the
    opening, or because the person went elsewhere, stays ended."""
    if opening is not OpeningState.PUBLISHED:
        return False
    lapsed = state is ApplicationState.CLOSED and cause is ClosingCause.ANSWER_TIME_PASSED
    return lapsed or state is ApplicationState.REFUSED
