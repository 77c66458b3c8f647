"""Scores as chances."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.calibration import bins, chances, error, isotonic, platt


def drawn(slope: float, intercept: float, rows: int = 20_000) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    rng = np.random.default_rng(3)
    score = rng.normal(2.0, 1.5, rows)
    return score, (rng.random(rows) < chances(intercept + slope * score)).astype(float)


def test_the_planted_line_is_found_again() -> None:
    line = platt(*drawn(0.8, -3.0))
    assert line.slope == pytest.approx(0.8, abs=0.05)
    assert line.intercept == pytest.approx(-3.0, abs=0.15)


def test_a_score_that_is_wrong_way_round_gets_no_slope_rather_than_a_negative_one() -> None:
    score, happened = drawn(-0.8, 1.0)
    line = platt(score, happened)
    assert line.slope == 0.0
    assert chances(line.log_odds(score))[0] == pytest.approx(happened.mean(), abs=0.01)


@given(st.lists(st.tuples(st.floats(-50, 50), st.booleans()), max_size=30))
def test_any_few_rows_give_a_finite_line_that_keeps_the_order(
    rows: list[tuple[float, bool]],
) -> None:
    score = np.array([each for each, _ in rows])
    line = platt(score, np.array([float(yes) for _, yes in rows]))
    assert np.isfinite([line.slope, line.intercept]).all()
    assert line.slope >= 0.0


def test_chances_that_are_right_have_next_to_no_error_and_doubled_ones_do() -> None:
    score, happened = drawn(0.8, -3.0)
    right = chances(-3.0 + 0.8 * score)
    assert error(bins(right, happened)) < 0.015
    assert error(bins(np.minimum(1.0, right * 2), happened)) > 0.1


def test_bins_hold_every_row_once_and_keep_equal_chances_together() -> None:
    chance = np.array([0.1] * 30 + [0.5] * 20 + [0.9] * 10)
    found = bins(chance, np.zeros(60))
    assert [each.count for each in found] == [30, 20, 10]
    assert bins(np.empty(0), np.empty(0)) == ()


def test_isotonic_chances_rise_with_the_score() -> None:
    score, happened = drawn(0.8, -3.0, 2_000)
    later = np.linspace(-3.0, 8.0, 50)
    assert (np.diff(isotonic(score, happened, later)) >= 0).all()
