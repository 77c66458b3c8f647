"""The grid reads step functions exactly as a search for the edge does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher.ranking.lookup import BLOCK, Grid, finest_cells
from matcher.ranking.tables import AdditiveTables, Steps

numbers = st.floats(-1e6, 1e6, allow_subnormal=False)
anything = st.one_of(numbers, st.sampled_from([np.nan, 1e300, -1e300, 0.0, -0.0]))


@st.composite
def steps(draw: st.DrawFn) -> Steps:
    found = draw(st.lists(numbers, max_size=12, unique=True))
    edges = finest_cells(np.array(sorted(found)))
    values = draw(arrays(np.float64, len(edges) + 1, elements=st.floats(-9, 9)))
    return Steps(edges, values, draw(st.floats(-9, 9)))


@given(steps(), st.lists(anything, min_size=1, max_size=40))
@settings(max_examples=300)
def test_every_float_finds_its_step(one: Steps, found: list[float]) -> None:
    # values on an edge and one float to either side are where a grid could go wrong
    near = [side for edge in one.edges for side in (edge, np.nextafter(edge, np.inf))]
    X = np.array([*found, *near])
    grid = Grid.of([(one.edges, one.values, one.missing)])
    assert grid is not None
    np.testing.assert_array_equal(grid.values(grid.index(X[:, None]))[0], one.at(X))


def test_far_from_nought_edges_stay_apart() -> None:
    """Years and timestamps: single precision alone could not tell them from each other."""
    edges = 1.7e9 + np.arange(50) * 3600.0
    assert len(finest_cells(edges)) == 50
    one = Steps(edges, np.arange(51.0))
    grid = Grid.of([(edges, one.values, 0.0)])
    assert grid is not None
    X = 1.7e9 + np.linspace(-9e3, 2e5, 997)
    np.testing.assert_array_equal(grid.values(grid.index(X[:, None]))[0], one.at(X))


def test_edges_closer_than_the_finest_cell_are_searched_instead() -> None:
    edges = np.array([0.0, 1e-12, 1.0])
    tables = AdditiveTables(("a",), 0.5, (Steps(edges, np.array([1.0, 2.0, 3.0, 4.0])),))
    assert Grid.of([(edges, tables.steps[0].values, 0.0)]) is None
    np.testing.assert_array_equal(
        tables.predict([[0.0], [1e-13], [0.5], [2.0]]), [1.5, 2.5, 3.5, 4.5]
    )
    assert len(finest_cells(edges)) == 2


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_blocks_and_threads_change_no_bit(dtype: type) -> None:
    rng = np.random.default_rng(0)
    X = rng.random((3 * BLOCK + 17, 5)).astype(dtype)
    X[rng.random(X.shape) < 0.1] = np.nan
    made = [Steps(np.sort(rng.random(20)), rng.standard_normal(21), 0.3) for _ in range(5)]
    tables = AdditiveTables(tuple("abcde"), 0.1, tuple(made))
    whole = tables.predict(X)
    alone = np.concatenate([tables.predict(X[row : row + 1]) for row in range(0, len(X), 501)])
    np.testing.assert_array_equal(whole[::501], alone)
    assert np.abs(tables.base + tables.contributions(X).sum(axis=1) - whole).max() < 1e-12


@pytest.mark.parametrize("edges", [[0.5], [0.0, 1e-12, 1.0]], ids=["grid", "search"])
@pytest.mark.parametrize("sign", [1, -1])
def test_infinity_is_refused(edges: list[float], sign: int) -> None:
    tables = AdditiveTables(("a",), 0.0, (Steps(np.array(edges), np.arange(len(edges) + 1.0)),))
    for method in (tables.predict, tables.contributions):
        with pytest.raises(ValueError, match="infinity"):
            method([[0.3], [sign * np.inf]])


def test_nothing_to_score_is_no_error() -> None:
    tables = AdditiveTables(("a",), 0.5, (Steps(np.empty(0), np.array([1.0])),))
    assert tables.predict(np.empty((0, 1))).shape == (0,)
    np.testing.assert_array_equal(tables.predict([[np.nan], [3.0]]), [0.5, 1.5])


@pytest.mark.parametrize("edges", [[-1.7e308, 1.7e308], [-1.7e308, -1e300], [-1e236, 0.0, 1.0]])
def test_edges_a_single_precision_span_cannot_hold_are_still_exact(edges: list[float]) -> None:
    one = Steps(np.array(edges), np.arange(len(edges) + 1.0), missing=9.0)
    tables = AdditiveTables(("a",), 0.5, (one,))
    sides = [np.nextafter(each, far) for each in edges for far in (-1.7e308, 1.7e308)]
    X = np.array([*edges, *sides, -5e-324, 0.0, 5e-324, np.nan])
    np.testing.assert_array_equal(tables.predict(X[:, None]), 0.5 + one.at(X))
    assert set(finest_cells(np.array(edges))) <= set(edges)
