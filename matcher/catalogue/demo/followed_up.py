"""Demo answers to what a desk asks again: whether the work goes on after 3, 6 and 12 months, and
what graduates without work here do instead. Some have not answered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from matcher.catalogue.demo.days import ago, waking
from matcher.catalogue.demo.people_desk import OutcomeHeld
from matcher.catalogue.demo.shape import DemoData, Number

MONTHS = (3, 6, 12)
STAYING = {3: 0.95, 6: 0.88, 12: 0.8}
ANSWERING = 0.8
OPEN_DAYS = 60
"""Checks that came up since are left for the desk."""
OTHERWISE = ("seeking", "further_study", "seeking")


@dataclass(frozen=True, slots=True)
class CheckHeld:
    """`outcome` counts from 1 in the order of the outcomes."""

    outcome: Number
    months: int
    still_holds: bool
    is_in_jeju: bool | None
    source: str
    checked_on: date


def checks(outcomes: Sequence[OutcomeHeld], today: date, random: Random) -> tuple[CheckHeld, ...]:
    return tuple(
        check
        for number, outcome in enumerate(outcomes, 1)
        if outcome.kind == "employed" and outcome.state == "confirmed"
        for check in _checks_of(number, outcome, today, random)
    )


def _checks_of(
    number: Number, outcome: OutcomeHeld, today: date, random: Random
) -> Iterator[CheckHeld]:
    for months in MONTHS:
        asked = outcome.started_on + timedelta(days=months * 365 // 12 + random.randrange(3, 25))
        if asked > ago(today, OPEN_DAYS):
            return
        if random.random() > ANSWERING:
            continue
        holds = random.random() < STAYING[months]
        place = random.random() < 0.8 if outcome.is_in_jeju is None else outcome.is_in_jeju
        source = random.choice(("survey", "desk"))
        yield CheckHeld(number, months, holds, place if holds else None, source, asked)
        if not holds:
            return


def otherwise(
    data: DemoData, known: Iterable[OutcomeHeld], today: date, random: Random
) -> tuple[OutcomeHeld, ...]:
    """Every second graduate of whom nothing is told yet says what they do."""
    told = {each.youth for each in known}
    silent = [
        each
        for each in data.youths
        if each.status == "graduated" and each.number not in told
        and each.affiliation_state == "confirmed"
    ]  # fmt: skip
    found = []
    for place, youth in enumerate(silent[::2]):
        day = ago(today, random.randrange(30, 150))
        at = waking(day, random)
        found.append(
            OutcomeHeld(
                youth.number, OTHERWISE[place % 3], "confirmed", "survey", None, "", None, None,
                day, None, at, at,
            )
        )  # fmt: skip
    return tuple(found)
