"""Outcomes that a hire suggests, and checks that can be answered today."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from matcher.actor import Actor
from matcher.db import Unit
from matcher.policy import outcomes as policy
from matcher.store import job_offers, openings
from matcher.store import outcomes as store
from models.application import Application
from models.opening import Opening
from models.outcome import Outcome, OutcomeCheck, OutcomeKind, OutcomeSource

IN_JEJU = frozenset({"jeju-si", "seogwipo-si"})
OFF_JEJU = frozenset({"mainland"})
SAME_HIRE_DAYS = 45
"""Two starts of work this close are one job told twice."""
OLDEST_CHECK = max(policy.CHECKS) + policy.WINDOW


def propose_hire(unit: Unit, row: Application, opening: Opening) -> None:
    """A hire recorded here proposes an outcome; a person at the desk says whether it counts."""
    offer = job_offers.of(unit.session, row.id or 0)
    starts_on = max(opening.starts_on or unit.today, unit.today)
    if offer is not None:  # the day both sides agreed on
        starts_on = offer.starts_on
    kind = OutcomeKind.EMPLOYED
    if store.near(unit.session, row.youth_id, kind, starts_on, SAME_HIRE_DAYS):
        return
    organisation = openings.organisation_of(unit.session, opening)
    unit.session.add(
        Outcome(
            youth_id=row.youth_id,
            kind=kind,
            source=OutcomeSource.HIRE,
            organisation_name=organisation.name_ko,
            organisation_id=organisation.id,
            sector=opening.sector,
            is_in_jeju=is_in_jeju(opening.region),
            started_on=starts_on,
            application_id=row.id,
            created_at=unit.now,
            updated_at=unit.now,
        )
    )


def is_in_jeju(region: str) -> bool | None:
    """None for remote work: where the person lives, nobody said."""
    return True if region in IN_JEJU else False if region in OFF_JEJU else None


def due(session: Session, actor: Actor, today: date) -> list[tuple[store.OutcomeRow, int]]:
    """(outcome, months) of every check the desk can answer today, the oldest start first."""
    since = policy.months_after(today, -OLDEST_CHECK)
    rows = store.lasting(session, actor, policy.LASTING, since)
    known = store.checks(session, [row.outcome.id or 0 for row in rows])
    return [
        (row, months)
        for row in rows
        for months in due_of(row.outcome, known.get(row.outcome.id or 0, ()), today)
    ]


def due_of(row: Outcome, known: Sequence[OutcomeCheck], today: date) -> tuple[int, ...]:
    checked = frozenset(each.months for each in known)
    return policy.months_due(row.kind, row.started_on, row.ended_on, checked, today)


def correctable(row: OutcomeCheck, source: OutcomeSource, today: date) -> bool:
    """An answer is put right by the side that gave it."""
    return row.source is source and policy.may_correct(row.checked_on, today)


def correct(
    unit: Unit,
    row: Outcome,
    months: int,
    source: OutcomeSource,
    still_holds: bool,
    is_in_jeju: bool | None = None,
) -> bool:
    """False where that side has no answer it may still put right. The day of the first answer
    stands, so that correcting buys no more time; before and after are in the audit."""
    known = store.checks(unit.session, [row.id or 0]).get(row.id or 0, [])
    check = next((each for each in known if each.months == months), None)
    if check is None or not correctable(check, source, unit.today):
        return False
    before = check.still_holds
    check.still_holds, check.is_in_jeju = still_holds, is_in_jeju
    unit.session.add(check)
    unit.audit(
        "outcome:corrected", "outcome", row.id, months=months, before=before, after=still_holds
    )
    return True


def knowledge(session: Session, actor: Actor, today: date) -> tuple[list[store.Graduate], int]:
    """Graduates of half a year ago and longer of whom nothing is known, and how many there are in
    all: what became of them must have begun or lasted within half a year of the graduation."""
    until = policy.months_after(today, -policy.WINDOW)
    found = store.graduates(session, actor, until)
    spans = store.confirmed_of(session, actor)
    unknown = [
        each
        for each in found
        if not any(
            policy.speaks_for(started, ended, each.graduation_on)
            for started, ended in spans.get(each.youth_id, ())
        )
    ]
    return unknown, len(found)
