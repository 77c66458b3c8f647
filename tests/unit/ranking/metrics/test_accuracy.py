"""The figures equal what counting by hand over every order of the ties gives."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

from matcher.ranking.metrics.accuracy import measure, paired, popularity_order, random_order

Rows = list[tuple[int, int]]
rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=6)


def _ndcg(labels: tuple[int, ...], k: int) -> float:
    def dcg(order: tuple[int, ...]) -> float:
        return sum((2**y - 1) / math.log2(place + 1) for place, y in enumerate(order[:k], 1))

    return dcg(labels) / dcg(tuple(sorted(labels, reverse=True)))


def _hit(labels: tuple[int, ...], k: int) -> float:
    return float(any(labels[:k]))


def _mrr(labels: tuple[int, ...], k: int) -> float:
    return next((1 / place for place, y in enumerate(labels, 1) if y), 0.0)


def _brute(one: Rows, k: int, name: str) -> float:
    """The mean over every order that puts a higher score first."""
    orders = [
        order
        for order in itertools.permutations(one)
        if all(a[0] >= b[0] for a, b in itertools.pairwise(order))
    ]
    of = {"NDCG": _ndcg, "Hit": _hit, "MRR": _mrr}[name]
    return float(np.mean([of(tuple(label for _, label in order), k) for order in orders]))


@pytest.mark.parametrize("name", ["NDCG", "Hit", "MRR"])
@given(lists=st.lists(rows, min_size=1, max_size=4), k=st.integers(1, 7))
def test_ties_count_as_the_mean_over_their_orders(name: str, lists: list[Rows], k: int) -> None:
    flat = [row for one in lists for row in one]
    wanted = {
        query: _brute(one, k, name)
        for query, one in enumerate(lists)
        if any(label for _, label in one)
    }
    full_name = "MRR" if name == "MRR" else f"{name}@{k}"
    scores, labels = [score for score, _ in flat], [label for _, label in flat]
    found = measure(full_name, scores, labels, [len(one) for one in lists])
    assert dict(zip(found.queries.tolist(), found.values, strict=True)) == pytest.approx(wanted)
    assert found.left_out == len(lists) - len(wanted)


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4)), min_size=2, max_size=40),
    st.integers(1, 12),
)
def test_ndcg_equals_scikit_learns(one: Rows, k: int) -> None:
    scores, labels = np.array(one, dtype=float).T
    found = measure(f"NDCG@{k}", scores, labels, [len(one)])
    if len(found.values):
        assert found.mean == pytest.approx(ndcg_score([2**labels - 1], [scores], k=k), abs=1e-12)


@given(st.lists(rows, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_rows_within_a_list_says_nothing(lists: list[Rows], dice: object) -> None:
    mixed = [dice.sample(one, len(one)) for one in lists]  # type: ignore[attr-defined]
    sizes = [len(one) for one in lists]
    for name in ("NDCG@3", "Hit@3", "MRR"):
        before, after = (
            measure(name, *np.array([row for one in some for row in one], float).T, sizes).values
            for some in (lists, mixed)
        )
        assert before == pytest.approx(after)


def test_the_random_order_is_its_exact_expectation() -> None:
    labels = [1, 0, 0, 0]
    found = measure("Hit@1", random_order(4), labels, [4])
    assert found.mean == pytest.approx(0.25)
    assert measure("MRR", random_order(4), labels, [4]).mean == pytest.approx(25 / 48)


def test_popularity_counts_positives_and_gives_nothing_to_what_it_never_saw() -> None:
    found = popularity_order(["a", "b", "a", "c"], [1, 0, 2, 1], ["a", "b", "c", "d"])
    assert found.tolist() == [2, 0, 1, 0]


def test_a_paired_interval_is_narrower_than_two_apart_and_the_same_every_time() -> None:
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 3, 4000)
    scores = labels + rng.normal(size=4000) * 2
    better = scores + labels * 0.3
    ours, theirs = (measure("NDCG@10", each, labels, [10] * 400) for each in (better, scores))
    both = paired(ours, theirs, seed=3)
    assert both == paired(ours, theirs, seed=3)
    assert both.low > 0.0
    assert both.value == pytest.approx(ours.mean - theirs.mean)
    assert both.high - both.low < ours.interval().high - ours.interval().low


def test_a_95_percent_interval_holds_the_truth_about_95_times_in_100() -> None:
    rng = np.random.default_rng(2)
    held = 0
    for seed in range(300):
        labels = np.tile([1, 0, 0, 0], 60)
        found = measure("MRR", rng.random(240), labels, [4] * 60).interval(seed=seed, draws=400)
        held += found.low <= 25 / 48 <= found.high
    assert 270 <= held <= 297


@pytest.mark.parametrize(
    ("name", "scores", "labels", "group"),
    [
        ("NDCG@0", [1.0], [1], [1]),
        ("ndcg@10", [1.0], [1], [1]),
        ("MRR@5", [1.0], [1], [1]),
        ("MRR", [1.0, 2.0], [1, 0], [1]),
        ("MRR", [1.0, 2.0], [1], [2]),
        ("MRR", [np.nan], [1], [1]),
        ("MRR", [1.0], [np.inf], [1]),
        ("MRR", [1.0], [-1], [1]),
        ("MRR", [1.0], [1], [1, 0]),
    ],
)
def test_bad_input_is_named(
    name: str, scores: list[float], labels: list[float], group: list[int]
) -> None:
    with pytest.raises(ValueError, match=r"metric|rows|finite|negative"):
        measure(name, scores, labels, group)


def test_lists_without_a_positive_leave_nothing_to_average() -> None:
    found = measure("NDCG@10", [1.0, 2.0], [0, 0], [1, 1])
    assert (len(found.values), found.left_out) == (0, 2)
    assert math.isnan(found.mean)


def test_different_lists_are_not_compared_in_pairs() -> None:
    ours, theirs = measure("MRR", [1, 2], [1, 0], [2]), measure("Hit@1", [1, 2], [1, 0], [2])
    with pytest.raises(ValueError, match="same"):
        paired(ours, theirs)
