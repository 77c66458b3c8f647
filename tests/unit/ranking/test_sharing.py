"""A learned shape's contribution, shared out among the requirements behind it."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matcher.ranking.sharing import shared_out
from matcher.ranking.tables import Steps

share = st.sampled_from([1.0, 0.5])
credit = st.one_of(st.just(0.0), st.just(1.0), st.floats(0.01, 0.99))
lines = st.lists(st.tuples(credit, share), min_size=1, max_size=8)
edges = st.lists(st.floats(0.0, 1.0), max_size=6, unique=True).map(sorted)
rises = st.lists(st.floats(0.0, 3.0), min_size=7, max_size=7)
neutral = st.sampled_from([0.0, 0.2, 0.3, 0.4, 1.0])


def shape(edges: list[float], rises: list[float], slope: float, neutral: float) -> Steps:
    """Rising, and nought at neutral."""
    steps = Steps(np.array(edges), np.cumsum(rises[: len(edges) + 1]), 0.0, slope)
    return steps.scaled(1.0, -float(steps.at([neutral])[0]))


def read(
    steps: Steps, some: list[tuple[float, float]], neutral: float
) -> tuple[float, list[float]]:
    credits, weights = zip(*some, strict=True)
    x = min(1.0, math.fsum(c * w for c, w in some) / math.fsum(weights))
    value, low, high = steps.at([x, 0.0, 1.0]).tolist()
    return value, shared_out(value, high - low, neutral, credits, weights)


@given(lines, edges, rises, st.floats(0.0, 2.0), neutral)
@example([(0.4, 1.0)], [0.4], [0.0, 2.0] + [0.0] * 5, 0.0, 0.4)
@example([(1.0, 1.0), (1.0, 0.5)], [0.5], [0.0, 2.0] + [0.0] * 5, 1.0, 0.4)
@example([(0.0, 1.0), (0.0, 0.5)], [0.1], [0.0, 2.0] + [0.0] * 5, 1.0, 0.4)
def test_the_parts_add_up_and_a_rising_shape_keeps_their_signs(some, edges, rises, slope, neutral):
    value, parts = read(shape(edges, rises, slope, neutral), some, neutral)
    assert math.fsum(parts) == pytest.approx(value, abs=1e-9)
    for (credit, _share), part in zip(some, parts, strict=True):
        assert credit < 1.0 or part >= -1e-12
        assert credit > 0.0 or part <= 1e-12


@given(lines, st.floats(0.0, 3.0), neutral)
def test_a_straight_line_is_shared_out_by_credit_alone(some, points, neutral):
    value, parts = read(shape([], [0.0] * 7, points, neutral), some, neutral)
    whole = math.fsum(w for _, w in some)
    for (credit, weight), part in zip(some, parts, strict=True):
        assert part == pytest.approx(weight / whole * points * (credit - neutral), abs=1e-9)
    assert math.fsum(parts) == pytest.approx(value, abs=1e-9)


@given(st.floats(-5.0, 5.0), st.floats(-3.0, 3.0), neutral, lines)
def test_the_parts_of_any_shape_add_up(value, points, neutral, some):
    credits, weights = zip(*some, strict=True)
    parts = shared_out(value, points, neutral, credits, weights)
    assert math.fsum(parts) == pytest.approx(value, abs=1e-9)


def test_what_a_step_takes_falls_on_the_missing_one_alone():
    # half is held, yet the shape is still at its foot: the met one keeps its points
    steps = shape([0.3, 0.9], [0.0, 0.0, 2.0, 0, 0, 0, 0], 0.0, 0.4)
    value, parts = read(steps, [(1.0, 1.0), (0.0, 1.0)], 0.4)
    assert value == 0.0
    assert parts == pytest.approx([0.6, -0.6])
