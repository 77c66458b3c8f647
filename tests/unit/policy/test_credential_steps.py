"""What a desk may do with a signed credential."""

from matcher.policy.credential_steps import AFTER, Step, steps_from
from models.credential import IssuedState


def test_what_was_taken_back_is_taken_back_for_good() -> None:
    assert steps_from(IssuedState.REVOKED) == ()


def test_a_desk_can_take_back_whatever_still_counts_and_nothing_replaces_by_hand() -> None:
    for state in IssuedState:
        assert (Step.REVOKE in steps_from(state)) is (state is not IssuedState.REVOKED)
    assert IssuedState.REPLACED not in AFTER.values()


def test_only_what_is_suspended_is_lifted_and_it_is_in_force_again() -> None:
    lifting = {state: after for (state, step), after in AFTER.items() if step is Step.LIFT}
    assert lifting == {IssuedState.SUSPENDED: IssuedState.IN_FORCE}
