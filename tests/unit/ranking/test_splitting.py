"""Lists, their labels, and the split by time."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.splitting import HORIZON_DAYS, Cuts, cuts, split
from tests.unit.ranking.taught import NEVER, lists


def test_every_part_is_later_than_the_part_before_it() -> None:
    some = lists()
    days = cuts([some], some.at[-1] + 1)
    train, validation, test = split(some, days).all()
    assert train.lists.at.max() < days.validation <= validation.lists.at.min()
    assert validation.lists.at.max() < days.test <= test.lists.at.min()
    assert sum(len(each.lists) for each in (train, validation, test)) == len(some)


@given(st.integers(2, 40), st.integers(0, 3))
def test_no_label_of_a_part_looks_beyond_its_end(count: int, seed: int) -> None:
    some = lists(count, seed=seed)
    days = cuts([some], some.at[-1] + 0.4)
    parts = split(some, days)
    ends = (days.validation, days.test, days.until)
    for part, end in zip(parts.all(), ends, strict=True):
        for grade in (1, 2, 3):
            early = (part.lists.reached < end).any(axis=1)
            assert not (part.y[~early] >= grade).any()


def test_what_happens_after_thirty_days_is_not_counted() -> None:
    some = lists(2, 2)
    reached = np.full((4, 3), NEVER)
    reached[0, 2] = some.at[0] + HORIZON_DAYS - 0.1
    reached[1, 2] = some.at[0] + HORIZON_DAYS
    assert replace(some, reached=reached).labels(1e9).tolist() == [3, 0, 0, 0]


def test_the_best_grade_counts() -> None:
    some = lists(1, 2)
    reached = np.array([[20_001.0, 20_002.0, NEVER], [20_001.0, NEVER, NEVER]])
    assert replace(some, reached=reached).labels(1e9).tolist() == [2, 1]


def test_setting_somebody_aside_takes_back_a_look_but_not_a_meeting() -> None:
    some = lists(1, 3, side="partner")
    reached = np.array(
        [[20_001.0, 20_001.5, NEVER], [20_001.0, NEVER, 20_003.0], [20_001.0, NEVER, NEVER]]
    )
    dismissed = np.array([20_002.0, 20_002.0, 20_009.0])
    shown = replace(some, reached=reached, dismissed=dismissed)
    assert shown.labels(20_005.0).tolist() == [0, 3, 1]
    assert shown.labels(20_001.9).tolist() == [2, 1, 1]


def test_a_list_left_with_one_row_is_gone() -> None:
    some = lists(3, 3)
    keep = np.array([True, True, False, True, False, False, False, False, False])
    left = some.rows(keep)
    assert left.group.tolist() == [2]
    assert left.at.tolist() == some.at[:1].tolist()
    assert np.array_equal(left.X, some.X[:2])


def test_lists_out_of_order_or_of_wrong_size_are_refused() -> None:
    some = lists(3, 2)
    with pytest.raises(ValueError, match="order of time"):
        replace(some, at=some.at[::-1].copy())
    with pytest.raises(ValueError, match="add up"):
        replace(some, group=np.array([2, 2, 1]))


def test_nothing_shown_splits_into_nothing() -> None:
    assert cuts([], 5.0) == Cuts(5.0, 5.0, 5.0)
    empty = lists(3, 2).take(np.zeros(3, dtype=bool))
    assert [each.labelled for each in split(empty, cuts([empty], 5.0)).all()] == [0, 0, 0]
