"""What may follow what: openings, applications and introductions as tables.

A table maps (state, action) to the next state and the roles that may take the step. Steps without
roles are derived closings: something a person did elsewhere brings them about, nobody takes them
directly, and none of them counts as a refusal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from models.account import Role
from models.application import ApplicationState as A
from models.application import IntroductionState as I
from models.opening import OpeningState as O


class OpeningAction(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    PUBLISH = "publish"
    """A trusted partner's own step; others submit."""
    APPROVE = "approve"
    RETURN = "return"
    RECHECK = "recheck"
    """A published text was changed so that a person at the centre must read it again."""
    CLOSE = "close"
    FILL = "fill"


class ApplicationAction(StrEnum):
    REVIEW = "review"
    INVITE = "invite"
    OFFER = "offer"
    ACCEPT = "accept"
    """The person says yes to an offer."""
    HIRE = "hire"
    """Work has begun."""
    REFUSE = "refuse"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    CLAIM = "claim"
    """The person earned what an interview was promised for."""
    LOSE_TO_OTHER = "lose_to_other"
    """The person accepted the offer of another application."""
    END_WITH_OPENING = "end_with_opening"
    """The partner closed or filled the opening."""
    LAPSE = "lapse"
    """The partner let the time pass in which it had promised an answer."""


class IntroductionAction(StrEnum):
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


@dataclass(frozen=True)
class Step:
    to: Any
    roles: frozenset[Role]


Table = Mapping[tuple[Any, Any], Step]

_PARTNER = frozenset({Role.PARTNER})
_CENTRE = frozenset({Role.CENTRE})
_YOUTH = frozenset({Role.YOUTH})
_NOBODY: frozenset[Role] = frozenset()

OPEN_APPLICATION = (A.SENT, A.UNDER_REVIEW, A.INTERVIEW, A.OFFERED, A.ACCEPTED)
"""Not over, in the order of the stages."""
OWED_APPLICATION = (A.SENT, A.UNDER_REVIEW, A.INTERVIEW)
"""Where the partner may owe an answer; an offer waits for the person."""
BEFORE_INTERVIEW = (A.SENT, A.UNDER_REVIEW, A.REFUSED, A.WITHDRAWN, A.CLOSED)
"""From where a promised interview may be asked for: what was earned since is new."""

OPENING_STEPS: Table = {
    (O.DRAFT, OpeningAction.EDIT): Step(O.DRAFT, _PARTNER),
    (O.DRAFT, OpeningAction.SUBMIT): Step(O.SUBMITTED, _PARTNER),
    (O.DRAFT, OpeningAction.PUBLISH): Step(O.PUBLISHED, _PARTNER),
    (O.SUBMITTED, OpeningAction.APPROVE): Step(O.PUBLISHED, _CENTRE),
    (O.SUBMITTED, OpeningAction.RETURN): Step(O.RETURNED, _CENTRE),
    (O.RETURNED, OpeningAction.EDIT): Step(O.RETURNED, _PARTNER),
    (O.RETURNED, OpeningAction.SUBMIT): Step(O.SUBMITTED, _PARTNER),
    (O.PUBLISHED, OpeningAction.EDIT): Step(O.PUBLISHED, _PARTNER),
    (O.PUBLISHED, OpeningAction.RECHECK): Step(O.SUBMITTED, _PARTNER),
    (O.PUBLISHED, OpeningAction.CLOSE): Step(O.CLOSED, _PARTNER),
    (O.PUBLISHED, OpeningAction.FILL): Step(O.FILLED, _PARTNER),
}

APPLICATION_STEPS: Table = {
    (A.SENT, ApplicationAction.REVIEW): Step(A.UNDER_REVIEW, _PARTNER),
    (A.UNDER_REVIEW, ApplicationAction.INVITE): Step(A.INTERVIEW, _PARTNER),
    (A.INTERVIEW, ApplicationAction.OFFER): Step(A.OFFERED, _PARTNER),
    (A.OFFERED, ApplicationAction.ACCEPT): Step(A.ACCEPTED, _YOUTH),
    (A.ACCEPTED, ApplicationAction.HIRE): Step(A.HIRED, _PARTNER),
    (A.REFUSED, ApplicationAction.REOPEN): Step(A.UNDER_REVIEW, _PARTNER),
    # Only where the answer time passed: `reply_clock.may_reopen`.
    (A.CLOSED, ApplicationAction.REOPEN): Step(A.UNDER_REVIEW, _PARTNER),
    **{(state, ApplicationAction.REFUSE): Step(A.REFUSED, _PARTNER) for state in OPEN_APPLICATION},
    **{
        (state, ApplicationAction.WITHDRAW): Step(A.WITHDRAWN, _YOUTH) for state in OPEN_APPLICATION
    },
    **{(state, ApplicationAction.CLAIM): Step(A.INTERVIEW, _YOUTH) for state in BEFORE_INTERVIEW},
    **{
        (state, ApplicationAction.LOSE_TO_OTHER): Step(A.HIRED_ELSEWHERE, _NOBODY)
        for state in OPEN_APPLICATION
    },
    **{
        (state, ApplicationAction.END_WITH_OPENING): Step(A.CLOSED, _NOBODY)
        for state in OPEN_APPLICATION
        if state is not A.ACCEPTED
    },
    **{(state, ApplicationAction.LAPSE): Step(A.CLOSED, _NOBODY) for state in OWED_APPLICATION},
}

INTRODUCTION_STEPS: Table = {
    (I.REQUESTED, IntroductionAction.ACCEPT): Step(I.ACCEPTED, _YOUTH),
    (I.REQUESTED, IntroductionAction.REFUSE): Step(I.REFUSED, _YOUTH),
    (I.REQUESTED, IntroductionAction.WITHDRAW): Step(I.WITHDRAWN, _PARTNER),
    (I.REQUESTED, IntroductionAction.LAPSE): Step(I.LAPSED, _NOBODY),
}


def next_state(table: Table, state: Any, action: Any, role: Role) -> Any | None:
    """The state after the step, or None when this role may not take it from here."""
    step = table.get((state, action))
    return step.to if step is not None and role in step.roles else None


def derived_state(table: Table, state: Any, action: Any) -> Any | None:
    """The state after a derived closing, or None when the state is not touched by it."""
    step = table.get((state, action))
    return step.to if step is not None and not step.roles else None


def actions_from(table: Table, state: Any, role: Role) -> tuple[Any, ...]:
    """What this role may do now, in the order of the table."""
    return tuple(
        action for (start, action), step in table.items() if start == state and role in step.roles
    )


def introduction_standing(state: I, answer_by: date, today: date) -> I:
    """An unanswered request lapses when its day is over, also before the night has written it."""
    if state is I.REQUESTED and answer_by < today:
        return I.LAPSED
    return state
