"""What may be done with a voucher: the whole table, and the days."""

from datetime import date, timedelta

import pytest

from matcher.policy.vouchers import (
    VoucherStep,
    can_be_used_on,
    can_give,
    masked,
    voucher_after,
    voucher_steps,
)
from models.voucher import VoucherState

DAY = date(2026, 11, 21)
ONE = timedelta(days=1)
ALLOWED = {
    (VoucherState.ASSIGNED, VoucherStep.TAKE_BACK): VoucherState.FREE,
    (VoucherState.ASSIGNED, VoucherStep.USE): VoucherState.USED,
    (VoucherState.FREE, VoucherStep.WITHDRAW): VoucherState.WITHDRAWN,
}


@pytest.mark.parametrize("state", list(VoucherState))
def test_no_step_leaves_the_table(state: VoucherState) -> None:
    for step in VoucherStep:
        assert voucher_after(state, step) is ALLOWED.get((state, step))
    assert voucher_steps(state) == tuple(step for start, step in ALLOWED if start is state)


@pytest.mark.parametrize("state", list(VoucherState))
def test_only_a_free_one_is_given_and_on_its_last_day_still(state: VoucherState) -> None:
    assert can_give(state, DAY, DAY) is (state is VoucherState.FREE)
    assert not can_give(state, DAY - ONE, DAY)


@pytest.mark.parametrize(
    ("day", "expires_on", "is_right"),
    [
        (DAY, DAY, True),
        (DAY - ONE, DAY, True),
        (DAY - 2 * ONE, DAY, False),
        (DAY + ONE, DAY + 9 * ONE, False),
        (DAY, DAY - ONE, False),
    ],
)
def test_it_is_used_between_the_day_it_was_given_and_its_last(
    day: date, expires_on: date, is_right: bool
) -> None:
    assert can_be_used_on(day, DAY - ONE, expires_on, DAY) is is_right


def test_a_desk_sees_four_characters() -> None:
    assert masked("ABCD-EFGH-1234") == "1234"
