"""What a change of a round is, and the letters about it once wishes are open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.db import Unit
from matcher.matching.partner_letters import tell_partner
from matcher.matching.round_drafts import Draft, Seats
from matcher.matching.round_letters import invite_partners, named
from matcher.store import outbox, round_people, rounds
from matcher.store.rounds import RoundOpening
from models.assignment import AssignmentRound, EntryState


class Change(StrEnum):
    NAME = "name"
    DEADLINE = "deadline"
    MOST = "most"
    ADDED = "added"
    REMOVED = "removed"
    SEATS = "seats"
    RULES = "rules"
    COHORT = "cohort"


TOLD = frozenset(
    {Change.DEADLINE, Change.MOST, Change.ADDED, Change.REMOVED, Change.SEATS, Change.RULES}
)
"""A name and a wider circle change nothing for who is in; the newly invited get the invitation."""
TOLD_EVERYBODY = frozenset({Change.DEADLINE, Change.MOST, Change.ADDED})
"""What may be a reason to join after all; the rest goes to those who are in."""


@dataclass(frozen=True)
class Changes:
    """`added`, `removed`, `moved` (other seats or minimum): opening ids; `seats` what is to be."""

    codes: frozenset[Change]
    added: tuple[int, ...]
    removed: tuple[int, ...]
    moved: tuple[int, ...]
    seats: Mapping[int, Seats]


def changes_of(before: Draft, after: Draft) -> Changes:
    old = {each.opening_id: each for each in before.seats}
    new = {each.opening_id: each for each in after.seats}
    added, removed = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
    moved = sorted(key for key in new.keys() & old.keys() if new[key] != old[key])
    differs = {
        Change.NAME: (before.name_ko, before.name_en)
        != (after.name_ko, after.name_en or after.name_ko),
        Change.DEADLINE: before.wishes_until != after.wishes_until,
        Change.MOST: before.most_wishes != after.most_wishes,
        Change.ADDED: bool(added),
        Change.REMOVED: bool(removed),
        Change.SEATS: bool(moved),
        Change.RULES: set(before.hard_rules) != set(after.hard_rules),
        Change.COHORT: (before.cohort_status, before.cohort_session_id)
        != (after.cohort_status, after.cohort_session_id),
    }
    codes = frozenset(code for code, is_other in differs.items() if is_other)
    return Changes(codes, tuple(added), tuple(removed), tuple(moved), new)


def tell(
    unit: Unit,
    row: AssignmentRound,
    found: Changes,
    before: Sequence[RoundOpening],
    invited: set[int],
    wished: set[int],
) -> None:
    """`before`: the openings it had; `invited` before; `wished` for an opening that left."""
    if not found.codes & TOLD:
        return
    entries = round_people.entries(unit.session, row.id or 0)
    inside = {each.youth_id for each in entries if each.state is EntryState.JOINED}
    silent = invited - {each.youth_id for each in entries}
    to = inside | (silent if found.codes & TOLD_EVERYBODY else set())
    context = _context(row, found, {each.opening_id: each for each in before})
    for youth_id, account in round_people.accounts(unit.session, sorted(to)):
        outbox.put(
            unit.session, account, "round_changed", unit.now,
            f"round:{row.id}:changed:{row.version}:{youth_id}", **context,
            is_wished=youth_id in wished,
        )  # fmt: skip
    _tell_partners(unit, row, found, before)


def _context(
    row: AssignmentRound, found: Changes, before: Mapping[int, RoundOpening]
) -> dict[str, object]:
    gone = [before[each] for each in found.removed]
    moved = [before[each] for each in found.moved]
    return {
        **named(row),
        "changes": sorted(found.codes & TOLD),
        "wishes_until": row.wishes_until.isoformat(),
        "most": row.most_wishes,
        "added": len(found.added),
        "removed_ko": ", ".join(each.title_ko for each in gone),
        "removed_en": ", ".join(each.title_en for each in gone),
        "moved_ko": ", ".join(each.title_ko for each in moved),
        "moved_en": ", ".join(each.title_en for each in moved),
    }


def _tell_partners(
    unit: Unit, row: AssignmentRound, found: Changes, before: Sequence[RoundOpening]
) -> None:
    """New partners are invited; the others hear of the day and of their own openings."""
    known = {each.organisation_id for each in before}
    now = rounds.openings_of(unit.session, row.id or 0)
    added = {each.organisation_id for each in now if each.opening_id in found.added}
    invite_partners(unit, row, f"round:{row.id}:partner:{row.version}", added - known)
    for organisation_id in sorted(known):
        mine = [each for each in before if each.organisation_id == organisation_id]
        codes = _codes_for(found, {each.opening_id for each in mine}, organisation_id in added)
        if codes:
            own = Changes(codes, (), _only(found.removed, mine), _only(found.moved, mine), {})
            context = _context(row, own, {each.opening_id: each for each in mine})
            key = f"round:{row.id}:changed:{row.version}:partner"
            tell_partner(unit, organisation_id, "round_partner_changed", key, **context)


def _codes_for(found: Changes, mine: set[int], is_added: bool) -> frozenset[Change]:
    touched = {
        Change.DEADLINE: Change.DEADLINE in found.codes,
        Change.RULES: Change.RULES in found.codes,
        Change.ADDED: is_added,
        Change.REMOVED: bool(mine & set(found.removed)),
        Change.SEATS: bool(mine & set(found.moved)),
    }
    return frozenset(code for code, is_touched in touched.items() if is_touched)


def _only(ids: Sequence[int], mine: Sequence[RoundOpening]) -> tuple[int, ...]:
    own = {each.opening_id for each in mine}
    return tuple(each for each in ids if each in own)
