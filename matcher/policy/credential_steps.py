"""What a desk may do with a credential this service signed, and what becomes of it then."""

from collections.abc import Mapping
from enum import StrEnum

from models.credential import IssuedState


class Step(StrEnum):
    SUSPEND = "suspend"
    LIFT = "lift"
    REVOKE = "revoke"
    """For good: no step leads back."""


AFTER: Mapping[tuple[IssuedState, Step], IssuedState] = {
    (IssuedState.IN_FORCE, Step.SUSPEND): IssuedState.SUSPENDED,
    (IssuedState.SUSPENDED, Step.LIFT): IssuedState.IN_FORCE,
    (IssuedState.IN_FORCE, Step.REVOKE): IssuedState.REVOKED,
    (IssuedState.SUSPENDED, Step.REVOKE): IssuedState.REVOKED,
    (IssuedState.REPLACED, Step.REVOKE): IssuedState.REVOKED,
}


def steps_from(state: IssuedState) -> tuple[Step, ...]:
    return tuple(step for before, step in AFTER if before is state)
