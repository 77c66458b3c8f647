"""How reliably a firm answers those who apply, and by how much a slow one is listed lower.

An application that nobody has answered yet says something too: that it has not been answered for
so long. Shares and medians are therefore read off a Kaplan-Meier curve, in which such applications
count until today and then leave, instead of being left out, which would flatter the slow, or being
called unanswered, which would wrong the quick.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LEAST: Final = 5
"""Decided applications below which nothing is said about a firm."""
WELL_ANSWERED: Final = 0.8
"""Share answered in the promised time from which on a firm is listed where it belongs."""
MOST_LOWER: Final = 0.5
"""Points a firm may lose in the order of a list; never in a score."""
FOR_SLOWNESS: Final = 0.4
FOR_SILENCE: Final = 0.1
MANY_SILENCES: Final = 5


class End(StrEnum):
    ANSWERED = "answered"
    LAPSED = "lapsed"
    """The promised time passed without an answer."""
    OPEN = "open"
    """Still waiting, or over for a reason that was not the firm's answer."""


@dataclass(frozen=True, slots=True)
class Wait:
    """One application: `days` until its end, or until today; `promised` days for an answer."""

    days: int
    promised: int
    end: End


@dataclass(frozen=True)
class ReplyRate:
    """`in_time` 0 to 1; `median_days` None when fewer than half get an answer at all; `lapses`
    with the other promises that were not kept."""

    decided: int
    in_time: float
    median_days: int | None
    lapses: int

    @property
    def is_known(self) -> bool:
        return self.decided >= LEAST


def reply_rate(waits: Sequence[Wait], unkept: int = 0) -> ReplyRate:
    """`unkept`: interviews agreed to and not held, and promises of an interview broken."""
    lapsed = sum(each.end is End.LAPSED for each in waits)
    answered = sum(each.end is End.ANSWERED for each in waits)
    # In parts of the promised time, so that firms with other promises can stand side by side.
    in_time = _answered_by(1.0, [(each.days / each.promised, each.end) for each in waits])
    by_day = [(float(each.days), each.end) for each in waits]
    days = sorted({each.days for each in waits if each.end is End.ANSWERED})
    median = next((day for day in days if _answered_by(day, by_day) >= 0.5), None)
    return ReplyRate(answered + lapsed, in_time, median, lapsed + unkept)


def listed_lower(rate: ReplyRate | None) -> float:
    """Points by which the firm's postings stand lower in a young person's list, to two decimals.

    Nothing without a history. It never grows when the share rises or the silences fall.
    """
    if rate is None or not rate.is_known:
        return 0.0
    slow = max(0.0, WELL_ANSWERED - rate.in_time) / WELL_ANSWERED
    silent = min(rate.lapses, MANY_SILENCES) / MANY_SILENCES
    return round(min(MOST_LOWER, FOR_SLOWNESS * slow + FOR_SILENCE * silent), 2)


def _answered_by(limit: float, waits: Sequence[tuple[float, End]]) -> float:
    """The share answered by then. What lapsed never is, so it stays among those at risk."""
    waiting = 1.0
    for moment in sorted({at for at, end in waits if end is End.ANSWERED and at <= limit}):
        at_risk = sum(at >= moment or end is End.LAPSED for at, end in waits)
        answered = sum(at == moment and end is End.ANSWERED for at, end in waits)
        waiting *= 1 - answered / at_risk
    return round(1 - waiting, 12)
