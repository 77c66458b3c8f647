"""What may be done with an exam voucher, by its state and the day."""

from datetime import date
from enum import StrEnum

from models.voucher import VoucherState


class VoucherStep(StrEnum):
    TAKE_BACK = "take_back"
    """From a person who did not use it; it can be given again."""
    USE = "use"
    WITHDRAW = "withdraw"
    """Out of the pool for good, for instance a code that does not work."""


_STEPS = {
    (VoucherState.ASSIGNED, VoucherStep.TAKE_BACK): VoucherState.FREE,
    (VoucherState.ASSIGNED, VoucherStep.USE): VoucherState.USED,
    (VoucherState.FREE, VoucherStep.WITHDRAW): VoucherState.WITHDRAWN,
}


def voucher_after(state: VoucherState, step: VoucherStep) -> VoucherState | None:
    return _STEPS.get((state, step))


def voucher_steps(state: VoucherState) -> tuple[VoucherStep, ...]:
    return tuple(step for start, step in _STEPS if start is state)


def can_give(state: VoucherState, expires_on: date, today: date) -> bool:
    return state is VoucherState.FREE and today <= expires_on


def can_be_used_on(day: date, assigned_on: date, expires_on: date, today: date) -> bool:
    """Between the day it was given and its last day, and not in the future."""
    return assigned_on <= day <= min(expires_on, today)


def masked(code: str) -> str:
    """All a desk ever sees of a code once it is stored."""
    return code[-4:]
