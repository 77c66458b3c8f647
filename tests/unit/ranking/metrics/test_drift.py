"""The stability index: nought for the same, alarm for a shift, no alarm by chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.metrics.drift import ALARM, LEAST_ROWS, drift_of, psi, reference, shares

SHARES = st.lists(st.floats(0.0, 1.0), min_size=2, max_size=12).filter(lambda each: sum(each) > 0)


def test_the_same_values_have_no_drift() -> None:
    values = np.random.default_rng(1).random(1_000)
    edges, expected = reference(values)
    assert psi(expected, shares(values, edges), 1_000) == 0.0


def test_by_hand() -> None:
    """(.6 - .5) ln 1.2 + (.4 - .5) ln .8"""
    assert psi([0.5, 0.5], [0.6, 0.4], 1_000) == pytest.approx(0.1 * np.log(1.5), abs=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_a_shift_raises_the_alarm_and_chance_does_not(seed: int) -> None:
    rng = np.random.default_rng(seed)
    edges, expected = reference(rng.beta(2, 5, 5_000))
    same = drift_of("youth", "text", edges.tolist(), expected.tolist(), rng.beta(2, 5, 1_000))
    moved = drift_of("youth", "text", edges.tolist(), expected.tolist(), rng.beta(3, 4, 1_000))
    assert (same.is_alarm, moved.is_alarm) == (False, True)


def test_few_rows_are_not_judged() -> None:
    found = drift_of("youth", "text", [0.5], [0.5, 0.5], np.ones(LEAST_ROWS - 1))
    assert (found.psi, found.is_alarm, found.rows) == (None, False, LEAST_ROWS - 1)


def test_values_that_pile_up_share_a_bin() -> None:
    values = np.array([0.0] * 90 + [1.0] * 10)
    edges, expected = reference(values)
    assert (edges.tolist(), expected.tolist()) == ([0.0], [0.9, 0.1])


@pytest.mark.parametrize("now", [0.3, 0.5])
def test_a_constant_that_changes_is_an_alarm(now: float) -> None:
    edges, expected = reference(np.full(500, 0.4))
    assert expected.tolist() == [0.0, 1.0, 0.0]
    assert psi(expected, shares(np.full(500, 0.4), edges), 500) == 0.0
    assert psi(expected, shares(np.full(500, now), edges), 500) > ALARM


@pytest.mark.parametrize("values", [[], [np.nan], [np.inf, 1.0]])
def test_a_reference_of_nothing_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="finite"):
        reference(values)


@given(SHARES)
def test_it_is_never_negative_and_symmetric(raw: list[float]) -> None:
    one = np.array(raw) / sum(raw)
    other = one[::-1]
    assert psi(one, other, 10_000) >= 0.0
    assert psi(one, other, 10_000) == pytest.approx(psi(other, one, 10_000))


def test_an_emptied_bin_is_an_alarm_and_finite() -> None:
    found = psi([0.5, 0.5], [1.0, 0.0], 1_000)
    assert (np.isfinite(found), found > ALARM) == (True, True)
