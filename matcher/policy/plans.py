"""What may follow what for an accepted path, and which wishes contradict themselves."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from matcher.policy.states import Step, Table
from models.account import Role
from models.plan import PlanEventKind, PlanState


class PlanAction(StrEnum):
    TICK = "tick"
    """A step is done, skipped or open again."""
    PACE = "pace"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    ABANDON = "abandon"


USUAL_HOURS: Final = 8
"""A week, where a person named none."""
LONGEST_AHEAD: Final = timedelta(days=5 * 366)
ACTIVE: Final = (
    PlanState.ACCEPTED,
    PlanState.SUBMITTED,
    PlanState.APPROVED,
    PlanState.RETURNED,
)
_YOUTH = frozenset({Role.YOUTH})
_DESK = frozenset({Role.COORDINATOR, Role.CENTRE})

PLAN_STEPS: Table = {
    **{(state, PlanAction.TICK): Step(state, _YOUTH) for state in (*ACTIVE, PlanState.FINISHED)},
    **{(state, PlanAction.PACE): Step(state, _YOUTH) for state in ACTIVE},
    # Other dates than the ones approved: the approval no longer speaks of this plan.
    (PlanState.APPROVED, PlanAction.PACE): Step(PlanState.ACCEPTED, _YOUTH),
    (PlanState.ACCEPTED, PlanAction.SUBMIT): Step(PlanState.SUBMITTED, _YOUTH),
    (PlanState.RETURNED, PlanAction.SUBMIT): Step(PlanState.SUBMITTED, _YOUTH),
    (PlanState.SUBMITTED, PlanAction.APPROVE): Step(PlanState.APPROVED, _DESK),
    (PlanState.SUBMITTED, PlanAction.RETURN): Step(PlanState.RETURNED, _DESK),
    **{(state, PlanAction.ABANDON): Step(PlanState.ABANDONED, _YOUTH) for state in ACTIVE},
}

_STANDING = {
    PlanEventKind.ACCEPTED: PlanState.ACCEPTED,
    PlanEventKind.SUBMITTED: PlanState.SUBMITTED,
    PlanEventKind.APPROVED: PlanState.APPROVED,
    PlanEventKind.RETURNED: PlanState.RETURNED,
}


def standing_before_finish(kinds: Iterable[PlanEventKind]) -> PlanState:
    """Where a finished plan goes back to when a step is opened again; `kinds` oldest first."""
    state = PlanState.ACCEPTED
    for kind in kinds:
        if kind is PlanEventKind.PACE and state is PlanState.APPROVED:
            state = PlanState.ACCEPTED
        state = _STANDING.get(kind) or state
    return state


def deadline_problem(by: date | None, today: date) -> str | None:
    """`past` or `far` for a day that cannot be a goal."""
    if by is None:
        return None
    if by <= today:
        return "past"
    return "far" if by > today + LONGEST_AHEAD else None
