"""When a promised interview may be asked for, and what became of the promise."""

from datetime import date, timedelta

import pytest

from matcher.policy import promises as rules
from matcher.policy.promises import Held, Missing
from models.application import ApplicationState as A
from models.interview import InterviewState as I
from models.promise import PromiseState, TakingState

BY = date(2027, 1, 31)
DAY = timedelta(days=1)
SEEN = Held(2, earned_on=BY, expires_on=date(2029, 1, 1))


@pytest.mark.parametrize(
    ("held", "today", "missing"),
    [
        ((SEEN,), BY, None),
        ((), BY, Missing.RECORD),
        ((Held(1, BY),), BY, Missing.PROOF),
        ((Held(1, BY), SEEN), BY, None),
        ((Held(2, BY, expires_on=BY - DAY),), BY, Missing.EXPIRED),
        ((Held(2, BY, expires_on=BY),), BY, None),
        ((Held(2, None),), BY, None),
        ((SEEN,), BY + 14 * DAY, None),
        ((SEEN,), BY + 15 * DAY, Missing.TOO_LATE),
        ((Held(2, BY + DAY),), BY + DAY, Missing.DAY_UNKNOWN),
        ((Held(2, None),), BY + DAY, Missing.DAY_UNKNOWN),
    ],
)
def test_only_what_is_proved_by_the_day_earns_the_interview(
    held: tuple[Held, ...], today: date, missing: Missing | None
) -> None:
    assert rules.what_is_missing(held, None, BY, today) is missing


def test_a_skill_needs_its_level_before_its_proof() -> None:
    assert rules.what_is_missing([Held(2, BY, level=2)], 3, BY, BY) is Missing.LEVEL
    assert rules.what_is_missing([Held(1, BY, level=3)], 3, BY, BY) is Missing.PROOF
    assert rules.what_is_missing([Held(3, BY, level=4)], 3, BY, BY) is None


def test_a_booked_exam_is_told_apart_from_nothing_at_all() -> None:
    assert rules.what_is_missing([], None, BY, BY, is_pending=True) is Missing.PENDING
    old = Held(2, BY, expires_on=BY - DAY)
    assert rules.what_is_missing([old], None, BY, BY, is_pending=True) is Missing.PENDING


@pytest.mark.parametrize(
    ("application", "interviews", "today", "offered", "after"),
    [
        (A.INTERVIEW, [I.HELD], BY, False, TakingState.KEPT),
        (A.REFUSED, [I.HELD], BY + DAY, False, TakingState.KEPT),
        (A.OFFERED, [], BY, False, TakingState.KEPT),
        (A.HIRED, [], BY + DAY, False, TakingState.KEPT),
        (A.WITHDRAWN, [], BY, False, TakingState.DROPPED),
        (A.HIRED_ELSEWHERE, [I.BOOKED], BY, True, TakingState.DROPPED),
        (A.INTERVIEW, [I.MISSED], BY, True, TakingState.DROPPED),
        (A.INTERVIEW, [], BY, False, None),
        (A.INTERVIEW, [I.BOOKED], BY, False, None),
        (A.INTERVIEW, [], BY + DAY, False, TakingState.BROKEN),
        (A.INTERVIEW, [], BY + DAY, True, TakingState.DROPPED),
        (A.INTERVIEW, [I.NOT_HELD], BY + DAY, True, TakingState.BROKEN),
        (A.REFUSED, [], BY + DAY, False, TakingState.BROKEN),
        (A.CLOSED, [I.CANCELLED], BY + DAY, False, TakingState.BROKEN),
    ],
)
def test_a_promise_is_broken_by_the_partner_alone(
    application: A, interviews: list[I], today: date, offered: bool, after: TakingState | None
) -> None:
    assert rules.taking_after(application, interviews, BY, today, offered) is after


def test_a_promise_is_taken_up_until_its_day_and_no_longer_once_withdrawn() -> None:
    assert rules.can_be_taken(PromiseState.OFFERED, BY, BY)
    assert not rules.can_be_taken(PromiseState.OFFERED, BY, BY + DAY)
    assert not rules.can_be_taken(PromiseState.WITHDRAWN, BY, BY)


def test_the_hash_is_over_both_texts_and_their_border() -> None:
    assert rules.is_intact("가", "a", rules.digest("가", "a"))
    assert rules.digest("가", "a") != rules.digest("가a", "")
    assert rules.digest("가", "a") != rules.digest("가", "b")
