"""The posting a partner works on: its own, or as good as absent."""

from matcher.actor import Actor
from matcher.db import Unit
from matcher.policy.operation import Operation
from matcher.refusal import NotFound
from matcher.store import openings
from models.account import Role
from models.opening import Opening


def own_opening(unit: Unit, actor: Actor, opening_id: int, *, lock: bool = False) -> Opening:
    """Raises NotFound for another firm's, and for everybody who sees postings but owns none."""
    row = openings.get(unit.session, actor, opening_id, lock=lock)
    if row is None or actor.role is not Role.PARTNER:
        raise NotFound
    return row


def ranked_opening(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, *, lock: bool = False
) -> Opening:
    """The same, where people are ranked at all: an operator that only informs has no candidates."""
    if not operation.may_rank_people:
        raise NotFound
    return own_opening(unit, actor, opening_id, lock=lock)
