"""What the clock does with published postings: ask whether they still look for people, remind,
and hide those nobody answers for. And the check that every applicant was told a result."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit, Units
from matcher.i18n import gettext as _
from matcher.matching.own_opening import own_opening
from matcher.matching.partner_letters import tell_partner
from matcher.policy.still_hiring import Due, due, pauses_on
from matcher.refusal import Conflict
from matcher.store import openings, outbox
from matcher.store import posting_versions as store
from models.opening import Opening, OpeningState


@dataclass(frozen=True)
class Asked:
    asked: int = 0
    reminded: int = 0
    paused: int = 0


@dataclass(frozen=True)
class Untold:
    application_id: int
    opening_id: int
    state: str


def ask_all(units: Units) -> Asked:
    """Every posting whose day has come, each in a transaction of its own. Running it twice on one
    day does nothing the second time: the step it took is what the next one counts from."""
    with units.reading() as unit:
        waiting = [
            number
            for number in store.published_ids(unit.session)
            if due(unit.session.get_one(Opening, number), unit.today) is not None
        ]
    done = [_take(units, number) for number in waiting]
    return Asked(done.count(Due.ASK), done.count(Due.REMIND), done.count(Due.PAUSE))


def still_looking(unit: Unit, actor: Actor, opening_id: int) -> None:
    """Yes. Whatever silence had hidden is listed again."""
    row = own_opening(unit, actor, opening_id, lock=True)
    if row.state is not OpeningState.PUBLISHED:
        raise Conflict(_("공고의 지금 상태에서는 할 수 없는 일입니다."))
    was_paused = row.paused_on is not None
    row.still_hiring_on = unit.today
    row.still_hiring_asked_on = row.still_hiring_reminded_on = row.paused_on = None
    _touch(unit, row)
    unit.audit("opening:still_hiring", "opening", row.id, was_paused=was_paused)


def untold(unit: Unit) -> tuple[Untold, ...]:
    """Whom nobody told a result; empty as long as every step tells the person it is about."""
    return tuple(
        Untold(row.id or 0, row.opening_id, row.state.value) for row in store.untold(unit.session)
    )


def _take(units: Units, opening_id: int) -> Due | None:
    with units.writing() as unit:
        row = store.locked(unit.session, opening_id)
        step = None if row is None else due(row, unit.today)
        if row is None or step is None:
            return None
        if step is Due.ASK:
            row.still_hiring_asked_on = unit.today
            _tell_partner(unit, row, "still_hiring", step)
        elif step is Due.REMIND:
            row.still_hiring_reminded_on = unit.today
            _tell_partner(unit, row, "still_hiring", step)
        else:
            row.paused_on = unit.today
            _tell_partner(unit, row, "posting_paused", step)
            _tell_applicants(unit, row)
        _touch(unit, row)
        unit.audit(f"opening:still_hiring_{step.value}", "opening", row.id)
        return step


def _touch(unit: Unit, row: Opening) -> None:
    """The version stays: nothing that somebody may be editing has changed."""
    row.updated_at = unit.now
    unit.session.add(row)


def _tell_partner(unit: Unit, row: Opening, template: str, step: Due) -> None:
    last = pauses_on(row)
    tell_partner(
        unit, row.organisation_id, template, f"opening:{row.id}:still:{step.value}:{unit.today}",
        title_ko=row.title_ko, title_en=row.title_en, opening_id=row.id,
        is_reminder=step is Due.REMIND, pauses_on=None if last is None else last.isoformat(),
    )  # fmt: skip


def _tell_applicants(unit: Unit, row: Opening) -> None:
    organisation = openings.organisation_of(unit.session, row)
    readers: Sequence[store.Reader] = store.readers(unit.session, row.id or 0)
    for reader in readers:
        outbox.put(
            unit.session, reader.account, "posting_hidden", unit.now,
            f"opening:{row.id}:hidden:{unit.today}:{reader.application_id}",
            title_ko=row.title_ko, title_en=row.title_en,
            organisation_ko=organisation.name_ko, organisation_en=organisation.name_en,
            application_id=reader.application_id,
        )  # fmt: skip
