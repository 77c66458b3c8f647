"""When a partner is asked whether a posting still looks for people, and what silence does.

Nothing is closed by silence: it only hides the posting until somebody answers.
"""

from datetime import date, timedelta
from enum import StrEnum

from matcher.clock import day_of
from models.opening import Opening, OpeningState

ASK_AFTER = timedelta(weeks=4)
"""Of being published, or of the last yes."""
REMIND_AFTER = timedelta(weeks=2)
PAUSE_AFTER = timedelta(weeks=2)
"""Of the reminder."""


class Due(StrEnum):
    ASK = "ask"
    REMIND = "remind"
    PAUSE = "pause"


def due(row: Opening, today: date) -> Due | None:
    """The next thing silence brings about, when its day has come."""
    if row.state is not OpeningState.PUBLISHED or row.closes_on < today or row.paused_on:
        return None
    if row.still_hiring_asked_on is None:
        return Due.ASK if today >= _since(row) + ASK_AFTER else None
    if row.still_hiring_reminded_on is None:
        return Due.REMIND if today >= row.still_hiring_asked_on + REMIND_AFTER else None
    return Due.PAUSE if today >= row.still_hiring_reminded_on + PAUSE_AFTER else None


def pauses_on(row: Opening) -> date | None:
    """The first day on which silence hides it; None while nobody has been asked."""
    if row.still_hiring_reminded_on is not None:
        return row.still_hiring_reminded_on + PAUSE_AFTER
    if row.still_hiring_asked_on is not None:
        return row.still_hiring_asked_on + REMIND_AFTER + PAUSE_AFTER
    return None


def _since(row: Opening) -> date:
    known = [row.opens_on]
    if row.published_at is not None:
        known.append(day_of(row.published_at))
    if row.still_hiring_on is not None:
        known.append(row.still_hiring_on)
    return max(known)
