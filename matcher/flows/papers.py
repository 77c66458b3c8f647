"""Application papers go on the day their partner set: what was written is emptied, that there was
an application and how it ended stays."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from matcher.clock import day_of
from matcher.db import Unit, Units
from matcher.policy.papers import DECIDED, destroy_on
from matcher.store import papers as store
from models.application import Application


@dataclass(frozen=True)
class PapersView:
    """`on` the day they go at the latest, None while nothing is decided; `gone_on` when gone."""

    kept_days: int
    on: date | None
    gone_on: date | None


def shown(unit: Unit, application_ids: Collection[int]) -> dict[int, PapersView]:
    """For applications the caller has seen already."""
    ends = store.last_steps(unit.session, application_ids)
    return {
        row.id or 0: PapersView(days, _on(row, ends.get(row.id or 0), days), row.papers_gone_on)
        for row, days in store.with_terms(unit.session, application_ids)
    }


def destroy_due(units: Units) -> int:
    """How many went, each in a transaction of its own; a second run finds nothing more."""
    with units.reading() as unit:
        due = [
            each.application_id
            for each in store.decided(unit.session, DECIDED)
            if destroy_on(day_of(each.decided_at), each.kept_days) <= unit.today
        ]
    return sum(_destroy(units, number) for number in due)


def _destroy(units: Units, application_id: int) -> bool:
    """False when somebody opened the application again meanwhile, or another run was faster."""
    with units.writing() as unit:
        row = store.locked(unit.session, application_id)
        if row is None or row.papers_gone_on is not None or row.state not in DECIDED:
            return False
        _empty(unit, row)
        row.papers_gone_on, row.updated_at = unit.today, unit.now
        unit.session.add(row)
        unit.audit("application:papers_gone", "application", row.id, state=row.state.value)
        return True


def _empty(unit: Unit, row: Application) -> None:
    row.message = row.words = row.note = ""
    for offer in store.offers(unit.session, row.id or 0):
        offer.words = ""
        unit.session.add(offer)
    for asked in store.introductions(unit.session, row):
        asked.message = ""
        unit.session.add(asked)
    for review in store.reviews(unit.session, row):
        review.note = ""
        unit.session.add(review)
    for slot in store.own_slots(unit.session, row.id or 0):
        slot.place = ""
        unit.session.add(slot)


def _on(row: Application, decided_at: datetime | None, kept_days: int) -> date | None:
    if row.state not in DECIDED:
        return None
    return destroy_on(day_of(decided_at or row.updated_at), kept_days)
