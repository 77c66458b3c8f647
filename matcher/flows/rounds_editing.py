"""A desk changes an assignment round that has not locked yet.

A draft is nobody's but the desk's. Once wishes are open people have been told a day, a number of
wishes and openings: the day comes no nearer, the number no lower and nobody invited is left out,
and whoever a change touches is written to.
"""

from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching.round_changes import Change, Changes, changes_of, tell
from matcher.matching.round_drafts import Choices, Draft, Seats, choices, columns_of, mistakes
from matcher.matching.round_letters import invite
from matcher.matching.round_steps import move, moving, own, refuse_step
from matcher.policy.rounds import RoundAction
from matcher.refusal import Invalid
from matcher.store import round_people, rounds
from models.assignment import AssignmentOpening, AssignmentRound, HardRule, RoundState

__all__ = ["Change", "Editing", "change", "view"]


@dataclass(frozen=True)
class Editing:
    """`is_open`: people wish already, so every change is told."""

    id: int
    name: str
    draft: Draft
    found: Choices
    is_open: bool
    version: int


def view(unit: Unit, actor: Actor, round_id: int) -> Editing:
    """Raises Conflict once the wishes are locked."""
    row = own(unit, actor, round_id)
    refuse_step(unit, actor, row, RoundAction.EDIT)
    kept = rounds.openings_of(unit.session, round_id)
    draft = _draft(unit, row)
    found = choices(unit, actor, kept)
    is_open = row.state is RoundState.WISHES_OPEN
    return Editing(round_id, row.name_ko, draft, found, is_open, row.version)


def change(unit: Unit, actor: Actor, round_id: int, version: int, draft: Draft) -> Changes:
    """Raises Invalid by field, Conflict when the round locked or was changed meanwhile."""
    row = moving(unit, actor, round_id, version, RoundAction.EDIT)
    before, kept = _draft(unit, row), rounds.openings_of(unit.session, round_id)
    invited = _invited(unit, row)
    errors = mistakes(unit, draft, choices(unit, actor, kept))
    is_open = row.state is RoundState.WISHES_OPEN
    if is_open:
        errors |= _taken_back(before, draft)
    found = changes_of(before, draft)
    wished = round_people.wishers_of(unit.session, round_id, found.removed) if not errors else set()
    for name, value in columns_of(draft).items():
        setattr(row, name, value)
    left_out = invited - _invited(unit, row)
    if is_open and left_out:
        words = _("이미 알린 %(n)s명이 빠집니다. 대상은 넓힐 수만 있습니다.")
        errors["cohort_status"] = words % {"n": len(left_out)}
    if errors:
        raise Invalid(errors)
    _write_seats(unit, row, found)
    move(unit, row, row.state, "round:changed", changes=sorted(found.codes))
    if is_open:
        _invite_more(unit, row, invited)
        tell(unit, row, found, kept, invited, wished)
    return found


def _taken_back(before: Draft, after: Draft) -> dict[str, str]:
    """What people were told and may count on."""
    errors: dict[str, str] = {}
    if after.wishes_until < before.wishes_until:
        words = _("이미 알린 날(%(day)s)보다 앞당길 수 없습니다.")
        errors["wishes_until"] = words % {"day": before.wishes_until.isoformat()}
    if after.most_wishes < before.most_wishes:
        words = _("이미 알린 %(n)s곳보다 줄일 수 없습니다.")
        errors["most_wishes"] = words % {"n": before.most_wishes}
    return errors


def _draft(unit: Unit, row: AssignmentRound) -> Draft:
    seats = rounds.opening_rows(unit.session, row.id or 0).values()
    return Draft(
        name_ko=row.name_ko,
        name_en=row.name_en,
        wishes_until=row.wishes_until,
        most_wishes=row.most_wishes,
        seats=tuple(Seats(each.opening_id, each.capacity, each.minimum) for each in seats),
        hard_rules=tuple(HardRule(each) for each in row.hard_rules),
        cohort_status=row.cohort_status,
        cohort_session_id=row.cohort_session_id,
    )


def _invited(unit: Unit, row: AssignmentRound) -> set[int]:
    with unit.session.no_autoflush:  # asks of what may be refused yet
        return set(unit.session.exec(round_people.cohort(row, unit.today)))


def _write_seats(unit: Unit, row: AssignmentRound, found: Changes) -> None:
    round_id = row.id or 0
    stored = rounds.opening_rows(unit.session, round_id)
    for opening_id in found.removed:
        unit.session.delete(stored[opening_id])
    round_people.drop_openings(unit.session, round_id, found.removed)
    for each in found.seats.values():
        held = stored.get(each.opening_id) or AssignmentOpening(
            round_id=round_id, opening_id=each.opening_id, capacity=each.capacity
        )
        held.capacity, held.minimum = each.capacity, each.minimum
        unit.session.add(held)
    if found.codes & {Change.ADDED, Change.REMOVED, Change.SEATS, Change.RULES}:
        # they were counted for another round than this one is now
        round_people.replace_chances(unit.session, round_id, [])


def _invite_more(unit: Unit, row: AssignmentRound, before: set[int]) -> None:
    more = sorted(_invited(unit, row) - before)
    if more:
        invite(unit, row, "round_opened", f"round:{row.id}:opened:{row.version}", more)
