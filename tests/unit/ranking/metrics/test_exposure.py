import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.metrics.exposure import (
    coverage,
    exposure_of,
    gini,
    never_shown_share,
    position_weight,
    share_by_group,
)

amounts = st.lists(st.integers(0, 800).map(lambda each: each / 8), min_size=1, max_size=30)


def test_a_place_is_worth_the_discount_of_dcg() -> None:
    assert position_weight([1, 3, 7]).tolist() == [1.0, 0.5, pytest.approx(1 / 3)]


def test_exposure_adds_up_over_lists_and_is_nought_for_the_unseen() -> None:
    found = exposure_of(["a", "b", "c"], ["a", "b", "a"], [1, 3, 3])
    assert found.tolist() == [1.5, 0.5, 0.0]
    assert coverage(found) == pytest.approx(2 / 3)


@given(amounts)
def test_gini_equals_the_mean_difference_of_all_pairs(values: list[float]) -> None:
    pairs = sum(abs(a - b) for a in values for b in values)
    whole = sum(values)
    wanted = pairs / (2 * len(values) * whole) if whole > 0 else 0.0
    assert gini(values) == pytest.approx(wanted, abs=1e-9)


def test_gini_is_nought_when_all_are_alike_and_grows_to_one() -> None:
    assert gini([3.0] * 7) == pytest.approx(0.0, abs=1e-15)
    assert gini([0.0] * 99 + [1.0]) == pytest.approx(0.99)
    assert gini([0.0, 0.0]) == 0.0


@given(amounts)
def test_the_shares_of_all_groups_sum_to_one(values: list[float]) -> None:
    groups = [str(index % 3) for index in range(len(values))]
    found = share_by_group(values, groups)
    assert math.fsum(people for _, people in found.values()) == pytest.approx(1.0)
    if any(values):
        assert math.fsum(seen for seen, _ in found.values()) == pytest.approx(1.0)


def test_a_group_has_its_share_of_exposure_beside_its_share_of_people() -> None:
    found = share_by_group([3.0, 1.0, 0.0, 0.0], ["a", "b", "b", "b"])
    assert found == {"a": (0.75, 0.25), "b": (0.25, 0.75)}


def test_the_share_of_newcomers_is_that_of_people_without_exposure_before() -> None:
    assert never_shown_share([1.0, 2.0, 1.0], [5.0, 0.0, 0.0]) == pytest.approx(0.75)
    assert never_shown_share([0.0], [0.0]) == 0.0


@pytest.mark.parametrize("values", [[], [-1.0], [math.nan], [[1.0]]])
def test_what_is_no_exposure_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="exposure"):
        gini(values)


def test_ranks_below_one_and_people_listed_twice_are_refused() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        position_weight([1, 0])
    with pytest.raises(ValueError, match="once"):
        exposure_of(["a", "a"], [], np.empty(0))
    with pytest.raises(KeyError):
        exposure_of(["a"], ["b"], [1])
