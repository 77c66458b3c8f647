"""The days on which a partner is reminded, and the day its time is over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.policy import refusals, reply_clock
from models.application import ApplicationState, ClosingCause, LateReason, RefusalReason
from models.opening import OpeningState

DAY = date(2026, 11, 21)
A, C = ApplicationState, ClosingCause


def test_a_reminder_is_due_three_days_before_and_on_the_day_once_each() -> None:
    answer_by, last, told = DAY + timedelta(days=5), None, []
    for n in range(12):
        today = DAY + timedelta(days=n)
        if reply_clock.is_news(answer_by, last, today):
            told.append(n)
            last = today
    assert told == [2, 5]


def test_a_missed_day_is_made_up_for_once() -> None:
    """The clock stood still from before the first reminder until after the second."""
    answer_by = DAY
    assert reply_clock.is_news(answer_by, DAY - timedelta(days=9), DAY + timedelta(days=2))
    assert not reply_clock.is_news(answer_by, DAY + timedelta(days=2), DAY + timedelta(days=3))


@pytest.mark.parametrize(("after", "over"), [(0, False), (7, False), (8, True)])
def test_the_time_is_over_on_the_eighth_day_after_the_promised_one(after: int, over: bool) -> None:
    assert reply_clock.is_over(DAY, DAY + timedelta(days=after)) is over


@given(st.integers(-20, 7), st.integers(1, 7))
def test_more_time_is_never_less_and_at_most_seven_days(late: int, days: int) -> None:
    new = reply_clock.more_time(DAY, DAY + timedelta(days=late), days)
    assert DAY <= new <= DAY + reply_clock.MOST_MORE


@pytest.mark.parametrize(
    ("answer_by", "given_before", "may"),
    [
        (DAY, None, True),
        (DAY - timedelta(days=7), None, True),
        (DAY - timedelta(days=8), None, False),
        (DAY, LateReason.ON_HOLD, False),
        (None, None, False),
    ],
)
def test_more_time_is_asked_for_once_and_in_time(
    answer_by: date | None, given_before: LateReason | None, may: bool
) -> None:
    assert reply_clock.may_ask_more(answer_by, given_before, DAY) is may


@pytest.mark.parametrize("opening", list(OpeningState))
@pytest.mark.parametrize("cause", [None, *C])
@pytest.mark.parametrize("state", list(A))
def test_only_a_refusal_and_a_lapse_are_taken_back_and_only_while_published(
    state: ApplicationState, cause: ClosingCause | None, opening: OpeningState
) -> None:
    may = reply_clock.may_reopen(state, cause, opening)
    own = state is A.REFUSED or (state is A.CLOSED and cause is C.ANSWER_TIME_PASSED)
    assert may is (own and opening is OpeningState.PUBLISHED)


def test_retired_reasons_are_real_ones_and_enough_are_left() -> None:
    left = [each for each in RefusalReason if refusals.is_offered(each)]
    assert set(RefusalReason) - set(left) == refusals.RETIRED
    assert RefusalReason.OTHER in left
    assert (refusals.next_review() - refusals.REVIEWED_ON).days in (365, 366)
