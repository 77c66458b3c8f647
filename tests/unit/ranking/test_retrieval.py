"""Retrieval reads everything and answers what scoring and sorting everything answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from matcher.ranking import retrieval
from matcher.ranking.retrieval import Nearest, nearest, nearest_sparse

whole = st.integers(0, 2**32 - 1)


def everything(queries: np.ndarray, items: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """By sorting all of it; equal scores by index."""
    scores = queries.astype(np.float64) @ items.astype(np.float64).T
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return order, np.take_along_axis(scores, order, axis=1)


def same(found: Nearest, wanted: tuple[np.ndarray, np.ndarray]) -> None:
    assert np.array_equal(found.index, wanted[0])
    assert np.array_equal(found.score, wanted[1])


@pytest.fixture
def small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieval, "QUERIES_A_BLOCK", 3)
    monkeypatch.setattr(retrieval, "ITEMS_A_TILE", 8)


@settings(max_examples=60, deadline=None)
@given(
    seed=whole,
    shape=st.tuples(st.integers(0, 9), st.integers(0, 90), st.integers(0, 4)),
    k=st.integers(1, 40),
    threads=st.integers(1, 3),
    spread=st.sampled_from([0, 1, 3, 50]),
)
def test_the_answer_is_that_of_scoring_everything_ties_by_index(seed, shape, k, threads, spread):
    # whole numbers: float32 products are exact, so even a single wrong tie would show
    queries, items, width = shape
    rng = np.random.default_rng(seed)
    left = rng.integers(-spread, spread + 1, (queries, width)).astype(float)
    right = rng.integers(-spread, spread + 1, (items, width)).astype(float)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retrieval, "QUERIES_A_BLOCK", 3)
        patch.setattr(retrieval, "ITEMS_A_TILE", 8)
        same(nearest(left, right, k, threads=threads), everything(left, right, k))
        rows = sparse.csr_array(left), sparse.csr_array(right)
        same(nearest_sparse(*rows, k, threads=threads), everything(left, right, k))


def test_real_numbers_over_many_tiles_give_the_same_sets_up_to_rounding():
    rng = np.random.default_rng(3)
    queries, items = rng.standard_normal((300, 16)), rng.standard_normal((20_000, 16))
    found = nearest(queries, items, 50)
    _, scores = everything(queries, items, 50)
    true = np.take_along_axis(queries @ items.T, found.index, axis=1)
    assert np.allclose(found.score, scores, atol=1e-4)
    assert (true >= scores[:, -1:] - 1e-4).all()
    assert all(len(set(row)) == 50 for row in found.index.tolist())


def test_ascending_scores_the_worst_order_lose_nothing(small_tiles):
    items = np.arange(1_000.0)[:, None]
    same(nearest([[1.0], [-1.0]], items, 5), everything(np.array([[1.0], [-1.0]]), items, 5))


def test_identical_items_come_lowest_index_first():
    found = nearest(np.ones((2, 3)), np.ones((5_000, 3)), 4)
    assert found.index.tolist() == [[0, 1, 2, 3]] * 2


def test_threads_do_not_change_a_bit():
    rng = np.random.default_rng(4)
    queries, items = rng.standard_normal((700, 24)), rng.standard_normal((5_000, 24))
    one, two = nearest(queries, items, 20, threads=1), nearest(queries, items, 20, threads=2)
    assert np.array_equal(one.index, two.index)
    assert np.array_equal(one.score, two.score)


def test_the_number_of_blas_threads_is_given_back():
    from threadpoolctl import threadpool_info

    before = threadpool_info()
    nearest(np.ones((2, 3)), np.ones((5, 3)), 1)
    assert threadpool_info() == before


@pytest.mark.parametrize(
    ("queries", "items", "shape"),
    [((0, 3), (5, 3), (0, 2)), ((4, 3), (0, 3), (4, 0)), ((4, 3), (1, 3), (4, 1))],
)
def test_nothing_to_find_is_an_empty_answer_and_too_few_are_all(queries, items, shape):
    found = nearest(np.zeros(queries), np.zeros(items), 2)
    assert found.index.shape == found.score.shape == shape


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30, 1e300])
def test_numbers_that_cannot_be_compared_are_refused(bad):
    spoilt = np.ones((3, 2))
    spoilt[1, 1] = bad
    for pair in ((spoilt, np.full((2, 2), 1e10)), (np.full((2, 2), 1e10), spoilt)):
        with pytest.raises(ValueError, match="finite"):
            nearest(*pair, 1)
        with pytest.raises(ValueError, match="finite"):
            nearest_sparse(*(sparse.csr_array(each) for each in pair), 1)


@pytest.mark.parametrize(
    ("queries", "items", "k"), [((2, 3), (4, 2), 1), ((2, 3), (4, 3), 0), ((6,), (4, 3), 1)]
)
def test_shapes_that_do_not_fit_and_no_places_are_refused(queries, items, k):
    with pytest.raises(ValueError, match=r"columns|at least 1|matrix"):
        nearest(np.ones(queries), np.ones(items), k)
