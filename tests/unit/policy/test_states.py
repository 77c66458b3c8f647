"""Every (state, action, role) triple: what the table allows, and nothing else."""

from datetime import date
from itertools import product

import pytest

from matcher.policy.states import (
    APPLICATION_STEPS,
    INTRODUCTION_STEPS,
    OPEN_APPLICATION,
    OPENING_STEPS,
    ApplicationAction,
    IntroductionAction,
    OpeningAction,
    actions_from,
    derived_state,
    introduction_standing,
    next_state,
)
from models.account import Role
from models.application import ApplicationState as A
from models.application import IntroductionState
from models.opening import OpeningState

OPENING = {
    ("draft", "edit", "partner"): "draft",
    ("draft", "submit", "partner"): "submitted",
    ("draft", "publish", "partner"): "published",
    ("submitted", "approve", "centre"): "published",
    ("submitted", "return", "centre"): "returned",
    ("returned", "edit", "partner"): "returned",
    ("returned", "submit", "partner"): "submitted",
    ("published", "edit", "partner"): "published",
    ("published", "recheck", "partner"): "submitted",
    ("published", "close", "partner"): "closed",
    ("published", "fill", "partner"): "filled",
}
APPLICATION = {
    ("sent", "review", "partner"): "under_review",
    ("under_review", "invite", "partner"): "interview",
    ("interview", "offer", "partner"): "offered",
    ("offered", "accept", "youth"): "accepted",
    ("accepted", "hire", "partner"): "hired",
    ("refused", "reopen", "partner"): "under_review",
    ("closed", "reopen", "partner"): "under_review",
    ("sent", "refuse", "partner"): "refused",
    ("under_review", "refuse", "partner"): "refused",
    ("interview", "refuse", "partner"): "refused",
    ("offered", "refuse", "partner"): "refused",
    ("accepted", "refuse", "partner"): "refused",
    ("sent", "withdraw", "youth"): "withdrawn",
    ("under_review", "withdraw", "youth"): "withdrawn",
    ("interview", "withdraw", "youth"): "withdrawn",
    ("offered", "withdraw", "youth"): "withdrawn",
    ("accepted", "withdraw", "youth"): "withdrawn",
    ("sent", "claim", "youth"): "interview",
    ("under_review", "claim", "youth"): "interview",
    ("refused", "claim", "youth"): "interview",
    ("withdrawn", "claim", "youth"): "interview",
    ("closed", "claim", "youth"): "interview",
}
INTRODUCTION = {
    ("requested", "accept", "youth"): "accepted",
    ("requested", "refuse", "youth"): "refused",
    ("requested", "withdraw", "partner"): "withdrawn",
}


@pytest.mark.parametrize(
    ("table", "states", "actions", "legal"),
    [
        (OPENING_STEPS, OpeningState, OpeningAction, OPENING),
        (APPLICATION_STEPS, A, ApplicationAction, APPLICATION),
        (INTRODUCTION_STEPS, IntroductionState, IntroductionAction, INTRODUCTION),
    ],
    ids=["openings", "applications", "introductions"],
)
def test_only_the_legal_triples_lead_anywhere(table, states, actions, legal) -> None:  # type: ignore[no-untyped-def]
    found = {
        (state.value, action.value, role.value): after.value
        for state, action, role in product(states, actions, Role)
        if (after := next_state(table, state, action, role)) is not None
    }
    assert found == legal


def test_derived_closings_touch_open_applications_only_and_belong_to_nobody() -> None:
    waiting = {A.SENT, A.UNDER_REVIEW, A.INTERVIEW}
    for action, after, touched in (
        (ApplicationAction.LOSE_TO_OTHER, A.HIRED_ELSEWHERE, set(OPEN_APPLICATION)),
        (ApplicationAction.END_WITH_OPENING, A.CLOSED, {*waiting, A.OFFERED}),
        (ApplicationAction.LAPSE, A.CLOSED, waiting),
    ):
        found = {state: derived_state(APPLICATION_STEPS, state, action) for state in A}
        assert found == {state: after if state in touched else None for state in A}
        assert not [r for r in Role if next_state(APPLICATION_STEPS, A.SENT, action, r)]


def test_a_step_people_take_is_never_a_derived_one() -> None:
    assert derived_state(APPLICATION_STEPS, A.SENT, ApplicationAction.REFUSE) is None


def test_a_decided_application_leaves_the_youth_nothing_to_withdraw() -> None:
    for state in set(A) - set(OPEN_APPLICATION):
        found = actions_from(APPLICATION_STEPS, state, Role.YOUTH)
        assert set(found) <= {ApplicationAction.CLAIM}


@pytest.mark.parametrize(
    ("day", "standing"),
    [(date(2026, 11, 28), "requested"), (date(2026, 11, 29), "lapsed")],
)
def test_a_request_lapses_when_its_last_day_is_over(day: date, standing: str) -> None:
    found = introduction_standing(IntroductionState.REQUESTED, date(2026, 11, 28), day)
    assert found.value == standing


def test_an_answered_request_does_not_lapse() -> None:
    found = introduction_standing(
        IntroductionState.ACCEPTED, date(2026, 11, 28), date(2027, 11, 28)
    )
    assert found is IntroductionState.ACCEPTED
