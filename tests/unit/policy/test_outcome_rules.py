"""When an outcome is asked about again, and whether it speaks for a graduation."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.policy.outcomes import (
    CHECKS,
    OutcomeStep,
    months_after,
    months_due,
    outcome_after,
    speaks_for,
)
from models.outcome import OutcomeKind, OutcomeState

JOB = OutcomeKind.EMPLOYED
NONE: frozenset[int] = frozenset()


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 4, 14), ()),
        (date(2026, 4, 15), (3,)),
        (date(2026, 7, 14), (3,)),
        (date(2026, 7, 15), (3, 6)),
        (date(2026, 10, 15), (3, 6)),
        (date(2026, 10, 16), (6,)),
        (date(2027, 1, 15), (6, 12)),
        (date(2027, 7, 15), (12,)),
        (date(2027, 7, 16), ()),
    ],
)
def test_a_check_is_due_from_its_day_and_for_six_months(today: date, due: tuple[int, ...]) -> None:
    assert months_due(JOB, date(2026, 1, 15), None, NONE, today) == due


def test_what_was_answered_or_ended_is_not_asked_again() -> None:
    start, today = date(2026, 1, 15), date(2026, 7, 20)
    assert months_due(JOB, start, None, frozenset({3}), today) == (6,)
    assert months_due(JOB, start, date(2026, 5, 1), NONE, today) == (3,)
    assert months_due(OutcomeKind.FURTHER_STUDY, start, None, NONE, today) == ()


@pytest.mark.parametrize(
    ("started", "ended", "speaks"),
    [
        (date(2026, 8, 20), None, True),
        (date(2026, 8, 21), None, False),
        (date(2019, 1, 1), None, True),
        (date(2019, 1, 1), date(2025, 8, 20), True),
        (date(2019, 1, 1), date(2025, 8, 19), False),
    ],
)
def test_an_outcome_speaks_for_a_graduation_within_half_a_year(
    started: date, ended: date | None, speaks: bool
) -> None:
    assert speaks_for(started, ended, date(2026, 2, 20)) is speaks


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 1000))
def test_every_check_comes_once_and_none_before_its_day(start: date, days: int) -> None:
    today = start + timedelta(days=days)
    for months in months_due(JOB, start, None, NONE, today):
        assert months in CHECKS
        assert months_after(start, months) <= today


def test_only_a_proposal_is_confirmed_or_left_out() -> None:
    steps = {
        (state, step): outcome_after(state, step) for state in OutcomeState for step in OutcomeStep
    }
    assert {key: after for key, after in steps.items() if after is not None} == {
        (OutcomeState.PROPOSED, OutcomeStep.CONFIRM): OutcomeState.CONFIRMED,
        (OutcomeState.PROPOSED, OutcomeStep.REJECT): OutcomeState.REJECTED,
        (OutcomeState.CONFIRMED, OutcomeStep.REOPEN): OutcomeState.PROPOSED,
        (OutcomeState.REJECTED, OutcomeStep.REOPEN): OutcomeState.PROPOSED,
    }
