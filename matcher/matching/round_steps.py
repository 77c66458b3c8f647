"""A step of a round begins here: found in the actor's scope, held, in a state that allows it."""

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.policy import rounds as rules
from matcher.policy.rounds import ROUND_STEPS, RoundAction
from matcher.policy.states import next_state
from matcher.refusal import Conflict, NotFound
from matcher.store import rounds
from models.assignment import AssignmentRound, RoundState


def own(unit: Unit, actor: Actor, round_id: int, *, lock: bool = False) -> AssignmentRound:
    """Raises NotFound for a round of another desk."""
    row = rounds.get(unit.session, actor, round_id, lock=lock)
    if row is None:
        raise NotFound
    return row


def refuse_step(unit: Unit, actor: Actor, row: AssignmentRound, action: RoundAction) -> None:
    state = rules.round_standing(row.state, row.wishes_until, unit.today)
    if next_state(ROUND_STEPS, state, action, actor.role) is None:
        raise Conflict(stale())


def moving(
    unit: Unit, actor: Actor, round_id: int, version: int, action: RoundAction
) -> AssignmentRound:
    """The round, held. Raises Conflict when it is not as the person saw it."""
    row = own(unit, actor, round_id, lock=True)
    refuse_step(unit, actor, row, action)
    if row.version != version:
        raise Conflict(stale())
    return row


def move(unit: Unit, row: AssignmentRound, to: RoundState, action: str, **change: object) -> None:
    before = row.state.value
    row.state, row.version, row.updated_at = to, row.version + 1, unit.now
    unit.session.add(row)
    unit.audit(action, "assignment_round", row.id, before=before, after=to.value, **change)


def stale() -> str:
    return _("그 사이에 배정이 바뀌었습니다. 새로 열어 다시 확인해 주십시오.")
