"""Golden tables counted by hand, twins written out at length, and planted bias (R1, R7)."""

import math
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.metrics.fairness import (
    Counts,
    audit,
    equal_opportunity_gap,
    exposure_ratio,
    holm,
    large_enough,
    ndkl,
    permutation_p,
    scoring_counts,
    selection_counts,
    skew,
)

GOLDEN = [
    # one selected and assessed a group, the least ratio by hand, the verdict
    ([(50, 100), (50, 100)], "1", "green"),
    ([(40, 100), (50, 100)], "4/5", "green"),
    ([(39, 100), (50, 100)], "39/50", "amber"),
    ([(20, 100), (50, 100)], "2/5", "red"),
    ([(10, 100), (20, 100)], "1/2", "amber"),
    ([(36, 300), (60, 300)], "3/5", "red"),
    ([(48, 300), (60, 300)], "4/5", "green"),
    ([(47, 300), (60, 300)], "47/60", "amber"),
    ([(850, 1000), (1000, 1000)], "17/20", "amber"),
    ([(800, 1000), (1000, 1000)], "4/5", "amber"),
    ([(799, 1000), (1000, 1000)], "799/1000", "red"),
    ([(5, 30), (5, 30)], "1", "green"),
    ([(5, 29), (5, 30)], "29/30*1", "insufficient"),
    ([(4, 30), (5, 30)], "4/5", "insufficient"),
    ([(5, 30), (30, 30)], "1/6", "red"),
    ([(0, 300), (100, 300)], "0", "insufficient"),
    ([(0, 100), (0, 100)], None, "insufficient"),
    ([(50, 100)], "1", "insufficient"),
    ([], None, "insufficient"),
    ([(30, 30), (30, 30)], "1", "green"),
    ([(6, 30), (7, 30)], "6/7", "green"),
    ([(6, 30), (12, 30)], "1/2", "amber"),
    ([(5, 30), (15, 30)], "1/3", "red"),
    ([(50, 100), (50, 100), (20, 100)], "2/5", "red"),
    ([(50, 100), (50, 100), (45, 100)], "9/10", "green"),
    ([(50, 100), (50, 100), (4, 10)], "4/5", "insufficient"),
    ([(60, 300), (60, 300), (36, 300)], "3/5", "red"),
    ([(20, 100), (30, 100), (30, 100)], "2/3", "amber"),
    ([(500, 1000), (450, 1000), (450, 1000), (450, 1000)], "9/10", "green"),
    ([(120, 200), (90, 200), (60, 200), (30, 200)], "1/4", "red"),
]


def _counts(pairs: list[tuple[int, int]]) -> Counts:
    return {f"g{index}": pair for index, pair in enumerate(pairs)}


def _fisher(one: tuple[int, int], other: tuple[int, int]) -> Fraction:
    """Two-sided, by adding every table with the same margins that is no likelier."""
    selected, people = one[0] + other[0], one[1] + other[1]

    def ways(first: int) -> int:
        return math.comb(one[1], first) * math.comb(other[1], selected - first)

    lowest, highest = max(0, selected - other[1]), min(one[1], selected)
    every = [ways(first) for first in range(lowest, highest + 1)]
    return Fraction(sum(way for way in every if way <= ways(one[0])), math.comb(people, selected))


def test_there_are_thirty_golden_tables() -> None:
    assert len(GOLDEN) == 30


@pytest.mark.parametrize(("pairs", "ratio", "verdict"), GOLDEN)
def test_golden_table(pairs: list[tuple[int, int]], ratio: str | None, verdict: str) -> None:
    found = audit(_counts(pairs))
    assert found.verdict == verdict
    if ratio is None:
        assert found.ratio is None
        return
    by_hand = Fraction(1)
    for part in ratio.split("*"):
        by_hand *= Fraction(part)
    assert found.ratio == pytest.approx(float(by_hand), abs=1e-15)
    assert [(row.selected, row.assessed) for row in found.rows] == pairs


@pytest.mark.parametrize("pairs", [pairs for pairs, _, _ in GOLDEN if len(pairs) > 1])
def test_the_p_values_equal_a_sum_over_all_tables(pairs: list[tuple[int, int]]) -> None:
    found = audit(_counts(pairs))
    rates = [Fraction(*pair) for pair in pairs]
    best = rates.index(max(rates))
    keys = list(combinations(range(len(pairs)), 2))
    adjusted = dict(
        zip(keys, holm([float(_fisher(pairs[a], pairs[b])) for a, b in keys]), strict=True)
    )
    wanted = [
        None if index == best else adjusted[(min(index, best), max(index, best))]
        for index in range(len(pairs))
    ]
    assert [row.p for row in found.rows] == [
        each if each is None else pytest.approx(each, rel=1e-9) for each in wanted
    ]


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.7]) == pytest.approx([1.0, 1.0])
    assert holm([]) == []


def test_a_row_with_few_on_either_side_is_not_published() -> None:
    found = audit({"a": (4, 100), "b": (97, 100), "c": (50, 100)})
    assert [row.is_hidden for row in found.rows] == [True, True, False]


def test_groups_under_two_percent_are_left_out() -> None:
    assert large_enough({"a": (1, 2), "b": (10, 98)}) == {"a": (1, 2), "b": (10, 98)}
    assert large_enough({"a": (1, 1), "b": (10, 98)}) == {"b": (10, 98)}


@pytest.mark.parametrize("pair", [(2, 1), (-1, 3)])
def test_counts_that_cannot_be_are_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="selected of"):
        audit({"a": pair})


def _red(rng: np.random.Generator, runs: int, people: list[int], rates: list[float]) -> float:
    """Share of runs whose verdict is red."""
    drawn = rng.binomial(people, rates, size=(runs, len(people)))
    reds = [
        audit(_counts(list(zip(row, people, strict=True)))).verdict == "red"
        for row in drawn.tolist()
    ]
    return float(np.mean(reds))


@pytest.mark.parametrize("rate", [0.35, 0.5])
def test_planted_bias_is_red_in_90_of_100_runs(rate: float) -> None:
    assert _red(np.random.default_rng(7), 500, [300, 300], [rate, rate * 0.6]) >= 0.9


@pytest.mark.parametrize("rate", [0.1, 0.2, 0.35, 0.5])
@pytest.mark.parametrize("people", [[300, 300], [100, 100], [60] * 4])
def test_no_bias_is_red_in_at_most_5_of_100_runs(rate: float, people: list[int]) -> None:
    rng = np.random.default_rng(8)
    assert _red(rng, 500 if len(people) == 2 else 150, people, [rate] * len(people)) <= 0.05


labels = st.lists(st.sampled_from("abc"), min_size=1, max_size=12)


@given(labels, st.integers(1, 12))
def test_skew_equals_its_twin(pool: list[str], k: int) -> None:
    ranked = pool[::-1]
    names = sorted(set(pool))
    wanted = {
        name: math.log(
            ((ranked[:k].count(name) + 0.5) / (len(ranked[:k]) + 0.5 * len(names)))
            / ((pool.count(name) + 0.5) / (len(pool) + 0.5 * len(names)))
        )
        for name in names
    }
    assert skew(ranked, pool, k) == pytest.approx(wanted)


@given(labels)
def test_ndkl_equals_its_twin(ranked: list[str]) -> None:
    total = whole = 0.0
    for size in range(1, len(ranked) + 1):
        divergence = 0.0
        for name in set(ranked[:size]):
            share = ranked[:size].count(name) / size
            divergence += share * math.log(share / (ranked.count(name) / len(ranked)))
        total += divergence / math.log2(size + 1)
        whole += 1 / math.log2(size + 1)
    assert ndkl(ranked) == pytest.approx(total / whole, abs=1e-12)


@given(labels)
def test_ndkl_is_never_negative_and_nought_for_one_group(ranked: list[str]) -> None:
    assert ndkl(ranked) >= -1e-12
    assert ndkl(["a"] * len(ranked)) == pytest.approx(0.0, abs=1e-12)


def test_exposure_ratio_by_hand() -> None:
    found = exposure_ratio([1, 3, 3, 7], ["a", "a", "b", "b"])
    assert found == {"a": 1.0, "b": pytest.approx((0.5 + 1 / 3) / 1.5)}


def test_the_scoring_rate_counts_scores_above_the_median_of_all() -> None:
    assert scoring_counts([1, 2, 3, 4], ["a", "a", "b", "b"]) == {"a": (0, 2), "b": (2, 2)}
    assert selection_counts([True, False, True], ["a", "b", "b"]) == {"a": (1, 1), "b": (1, 2)}


def test_equal_opportunity_counts_only_those_who_deserved_it() -> None:
    selected, deserved = [1, 0, 1, 1, 0, 1], [1, 1, 1, 1, 0, 0]
    assert equal_opportunity_gap(selected, deserved, list("aabbab")) == pytest.approx(0.5)
    assert equal_opportunity_gap([1], [0], ["a"]) is None


def test_a_permutation_p_is_small_for_a_real_gap_and_uniform_without_one() -> None:
    rng = np.random.default_rng(3)
    groups = ["a", "b"] * 40
    gap = np.tile([0.0, 1.0], 40) + rng.normal(size=80)
    assert permutation_p(gap, groups, draws=400) < 0.01
    none = [permutation_p(rng.normal(size=80), groups, seed=s, draws=200) for s in range(200)]
    assert 0.4 < float(np.mean(none)) < 0.6
    assert permutation_p(np.ones(80), groups, draws=50) == 1.0
