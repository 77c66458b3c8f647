"""What may follow what for an accepted path."""

from datetime import date, timedelta

import pytest

from matcher.policy.plans import (
    ACTIVE,
    PLAN_STEPS,
    PlanAction,
    deadline_problem,
    standing_before_finish,
)
from matcher.policy.states import next_state
from models.account import Role
from models.plan import PlanEventKind as E
from models.plan import PlanState as S
from tests.factories import TODAY


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(PlanAction))
def test_only_the_owner_walks_a_plan_and_only_a_desk_answers_it(
    action: PlanAction, role: Role, state: S
) -> None:
    after = next_state(PLAN_STEPS, state, action, role)
    is_answer = action in (PlanAction.APPROVE, PlanAction.RETURN)
    desk = role in (Role.COORDINATOR, Role.CENTRE)
    allowed = {
        PlanAction.TICK: state in (*ACTIVE, S.FINISHED),
        PlanAction.PACE: state in ACTIVE,
        PlanAction.ABANDON: state in ACTIVE,
        PlanAction.SUBMIT: state in (S.ACCEPTED, S.RETURNED),
        PlanAction.APPROVE: state is S.SUBMITTED,
        PlanAction.RETURN: state is S.SUBMITTED,
    }[action]
    assert (after is not None) == (allowed and (desk if is_answer else role is Role.YOUTH))


def test_an_approval_ends_with_the_dates_it_spoke_of() -> None:
    assert next_state(PLAN_STEPS, S.APPROVED, PlanAction.PACE, Role.YOUTH) is S.ACCEPTED
    assert next_state(PLAN_STEPS, S.SUBMITTED, PlanAction.PACE, Role.YOUTH) is S.SUBMITTED


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ([], S.ACCEPTED),
        ([E.ACCEPTED, E.STEP_DONE, E.FINISHED], S.ACCEPTED),
        ([E.ACCEPTED, E.SUBMITTED, E.FINISHED], S.SUBMITTED),
        ([E.ACCEPTED, E.SUBMITTED, E.RETURNED, E.SUBMITTED, E.APPROVED, E.FINISHED], S.APPROVED),
        ([E.ACCEPTED, E.SUBMITTED, E.APPROVED, E.PACE, E.FINISHED], S.ACCEPTED),
        ([E.ACCEPTED, E.SUBMITTED, E.PACE, E.FINISHED], S.SUBMITTED),
    ],
)
def test_a_finished_plan_that_is_opened_again_stands_where_it_stood(
    kinds: list[E], state: S
) -> None:
    assert standing_before_finish(kinds) is state


@pytest.mark.parametrize(
    ("by", "problem"),
    [
        (None, None),
        (TODAY - timedelta(days=1), "past"),
        (TODAY, "past"),
        (TODAY + timedelta(days=1), None),
        (date(2031, 11, 1), None),
        (date(2033, 1, 1), "far"),
    ],
)
def test_a_goal_lies_ahead_and_in_sight(by: date | None, problem: str | None) -> None:
    assert deadline_problem(by, TODAY) == problem
