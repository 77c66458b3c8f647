"""What waits at a desk, the most pressing first: one number each, and the list it is the length of.

A counter is one line here. Its number and the list it leads to come from the same rule, and a test
opens every list to see that they agree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching import outcome_checks
from matcher.matching.duplicates import suggested
from matcher.matching.round_duties import to_confirm
from matcher.store import cohort, counselling, desk_counts, evidence, outcomes, presented
from matcher.store.cohort import Attention, Filter
from matcher.store.evidence import Show
from models.outcome import OutcomeState


class Urgency(StrEnum):
    NOW = "now"
    """Somebody waits for this desk."""
    COMING = "coming"
    WHENEVER = "whenever"
    """Worth a look; nobody waits, and it may turn out to be nothing."""


@dataclass(frozen=True)
class Counter:
    """`path` below the desk's own address."""

    key: str
    n: int
    path: str
    urgency: Urgency = Urgency.NOW


def counters(unit: Unit, actor: Actor) -> tuple[Counter, ...]:
    return (*_to_settle(unit, actor), *_coming(unit, actor), *_whenever(unit, actor))


def _to_settle(unit: Unit, actor: Actor) -> Iterator[Counter]:
    session, today = unit.session, unit.today
    people = cohort.attention_counts(session, actor, Filter(), today)
    unfinished, to_select, _soon = desk_counts.courses(session, actor, today)
    yield _of_people(Attention.CLAIM, people[Attention.CLAIM])
    yield Counter("evidence", evidence.counts(session, actor)[Show.OPEN], "/evidence")
    yield Counter("badges", presented.counts(session, actor)[presented.Show.OPEN], "/badges")
    yield _of_people(Attention.PROOF, people[Attention.PROOF])
    yield Counter("select", to_select, "/courses?show=selecting")
    yield Counter("unfinished", unfinished, "/courses?show=unfinished")
    yield Counter("rounds", len(to_confirm(session, actor)), "/assignments?show=waiting")
    yield Counter("plans", desk_counts.plans_waiting(session, actor, today), "/plans")
    proposed = outcomes.count(session, actor, OutcomeState.PROPOSED)
    yield Counter("outcomes", proposed, "/outcomes?show=proposed")
    checks = len(outcome_checks.due(session, actor, today))
    yield Counter("checks", checks, "/outcomes?show=due")
    to_note = counselling.count_to_note(session, actor, today)
    yield Counter("counselling", to_note, "/counselling")
    yield _of_people(Attention.ANSWER, people[Attention.ANSWER])
    yield _of_people(Attention.UNMAPPED, people[Attention.UNMAPPED])


def _coming(unit: Unit, actor: Actor) -> Iterator[Counter]:
    people = cohort.attention_counts(unit.session, actor, Filter(), unit.today)
    _unfinished, _to_select, soon = desk_counts.courses(unit.session, actor, unit.today)
    for kind in (Attention.EXAM, Attention.EXPIRING):
        yield _of_people(kind, people[kind], Urgency.COMING)
    yield Counter("soon", soon, "/courses?show=soon", Urgency.COMING)


def _whenever(unit: Unit, actor: Actor) -> Iterator[Counter]:
    pairs = len(suggested(unit, actor)[0])
    yield Counter("duplicates", pairs, "/duplicates", Urgency.WHENEVER)


def _of_people(kind: Attention, n: int, urgency: Urgency = Urgency.NOW) -> Counter:
    return Counter(kind.value, n, f"/roster?needs={kind.value}", urgency)
