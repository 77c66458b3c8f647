"""What became of people: when it is asked again, how long an answer counts, who is due at all."""

from datetime import date, timedelta
from enum import StrEnum

from models.outcome import OutcomeKind, OutcomeState

CHECKS = (3, 6, 12)
"""Months after the start at which an outcome is looked at again."""
WINDOW = 6
"""Months around a date within which an answer still speaks for it: a check may be answered so
much later, and an outcome so far from the graduation says what became of the graduate."""
CORRECTED_WITHIN = timedelta(days=14)
"""How long whoever said that something still holds, or does not, may put it right."""
LASTING = (OutcomeKind.EMPLOYED, OutcomeKind.FOUNDED)
"""Kinds that are asked about again."""


class OutcomeStep(StrEnum):
    CONFIRM = "confirm"
    REJECT = "reject"
    REOPEN = "reopen"


_STEPS = {
    (OutcomeState.PROPOSED, OutcomeStep.CONFIRM): OutcomeState.CONFIRMED,
    (OutcomeState.PROPOSED, OutcomeStep.REJECT): OutcomeState.REJECTED,
    (OutcomeState.CONFIRMED, OutcomeStep.REOPEN): OutcomeState.PROPOSED,
    (OutcomeState.REJECTED, OutcomeStep.REOPEN): OutcomeState.PROPOSED,
}


def outcome_after(state: OutcomeState, step: OutcomeStep) -> OutcomeState | None:
    return _STEPS.get((state, step))


def months_after(day: date, months: int) -> date:
    """The same day of the month, or the month's last when it has fewer days."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                continue
    raise AssertionError("every month has 28 days")


def months_due(
    kind: OutcomeKind, started_on: date, ended_on: date | None, checked: frozenset[int], today: date
) -> tuple[int, ...]:
    """Checks that can be answered today: their day has come, is not too long ago, and nobody
    answered. An end that is known answers what comes after it."""
    if kind not in LASTING or started_on.year >= 9990:
        return ()
    return tuple(
        months
        for months in CHECKS
        if months not in checked
        and months_after(started_on, months) <= today <= months_after(started_on, months + WINDOW)
        and (ended_on is None or ended_on > months_after(started_on, months))
    )


def may_correct(checked_on: date, today: date) -> bool:
    return checked_on <= today <= checked_on + CORRECTED_WITHIN


def speaks_for(started_on: date, ended_on: date | None, graduation: date) -> bool:
    """Whether an outcome says what became of somebody who graduated that day."""
    first, last = months_after(graduation, -WINDOW), months_after(graduation, WINDOW)
    return started_on <= last and (ended_on is None or ended_on >= first)
