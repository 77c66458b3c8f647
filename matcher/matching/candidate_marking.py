"""Putting a partner's mark on masked people and taking the last one back, each change on record."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching.candidate_views import NEW
from matcher.store import candidate_marks
from matcher.store.candidate_marks import MARKED, UNDONE, Decision
from models.application import RefusalReason, ShortlistEntry, ShortlistState
from models.opening import Opening

UNDO_WITHIN = timedelta(days=1)


def standing(unit: Unit, opening_id: int, youth_id: int) -> str:
    """By the mark alone: new, shortlisted or set_aside."""
    row = candidate_marks.rows_of(unit.session, opening_id, [youth_id]).get(youth_id)
    return NEW if row is None else row.state.value


def put(
    unit: Unit,
    opening: Opening,
    youth_ids: Sequence[int],
    state: ShortlistState | None,
    reason: RefusalReason | None,
) -> None:
    """The people are held. None takes the mark away."""
    batch = {"batch": secrets.token_hex(4)} if len(youth_ids) > 1 else {}
    kept = reason if state is ShortlistState.SET_ASIDE else None
    rows = candidate_marks.rows_of(unit.session, opening.id or 0, youth_ids)
    for each in youth_ids:
        _change(unit, MARKED, opening, each, rows.get(each), state, kept, batch)


def last_people(unit: Unit, actor: Actor, opening_id: int) -> list[int]:
    """Whom the own last decision was about; nobody once it was taken back."""
    found = last_of(unit, actor, opening_id)
    if not found or found[0].action != MARKED:
        return []
    return sorted(int(each.change["youth_id"]) for each in found)


def take_back(unit: Unit, actor: Actor, opening: Opening) -> bool:
    """The people are held. False, and nothing changed, when a mark is no longer what it was."""
    found = {int(each.change["youth_id"]): each for each in last_of(unit, actor, opening.id or 0)}
    rows = candidate_marks.rows_of(unit.session, opening.id or 0, sorted(found))
    for youth_id, was in found.items():
        row = rows.get(youth_id)
        if (
            was.action != MARKED
            or (None if row is None else row.state.value) != was.change["after"]
        ):
            return False
    for youth_id, was in found.items():
        before, reason = was.change["before"], was.change.get("before_reason")
        _change(
            unit, UNDONE, opening, youth_id, rows.get(youth_id),
            ShortlistState(before) if before else None,
            RefusalReason(reason) if reason else None, {},
        )  # fmt: skip
    return True


def last_of(unit: Unit, actor: Actor, opening_id: int) -> list[Decision]:
    """What the actor decided last here, or took back."""
    since = unit.now - UNDO_WITHIN
    return candidate_marks.last_decisions(unit.session, actor.account_id, opening_id, since)


def _change(
    unit: Unit,
    action: str,
    opening: Opening,
    youth_id: int,
    row: ShortlistEntry | None,
    state: ShortlistState | None,
    reason: RefusalReason | None,
    more: dict[str, Any],
) -> None:
    before = None if row is None else row.state.value
    before_reason = None if row is None or row.reason is None else row.reason.value
    if state is None:
        if row is not None:
            unit.session.delete(row)
    else:
        _store(unit, opening.id or 0, youth_id, row, state, reason)
    unit.audit(
        action, "opening", opening.id, youth_id=youth_id, before=before,
        before_reason=before_reason, after=None if state is None else state.value,
        reason=None if reason is None else reason.value, **more,
    )  # fmt: skip
    unit.access(action, youth_id, opening=opening.id)


def _store(
    unit: Unit,
    opening_id: int,
    youth_id: int,
    row: ShortlistEntry | None,
    state: ShortlistState,
    reason: RefusalReason | None,
) -> None:
    account_id = 0 if unit.actor is None else unit.actor.account_id
    row = row or ShortlistEntry(
        opening_id=opening_id, youth_id=youth_id, state=state, account_id=account_id, at=unit.now
    )
    row.state, row.account_id, row.at, row.reason = state, account_id, unit.now, reason
    unit.session.add(row)
