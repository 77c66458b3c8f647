"""Proposed assignments that wait for this account as the second pair of eyes."""

from sqlmodel import Session

from matcher.actor import Actor
from matcher.policy.rounds import can_confirm
from matcher.store import rounds
from models.assignment import AssignmentRound, RoundState
from models.organisation import Organisation


def may_confirm(actor: Actor, row: AssignmentRound) -> bool:
    return can_confirm(
        actor.account_id, actor.role, actor.organisation_id, row.proposed_by_account_id,
        row.organisation_id,
    )  # fmt: skip


def to_confirm(session: Session, actor: Actor) -> list[tuple[AssignmentRound, Organisation]]:
    """The newest first, of the rounds this desk manages."""
    return [
        (row, owner)
        for row, owner in rounds.listed(session, actor)
        if row.state is RoundState.PROPOSED and may_confirm(actor, row)
    ]
