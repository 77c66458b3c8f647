from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.display import display, display_rows, half_points, largest_remainder
from matcher.ranking.recommend import rank_openings
from matcher.ranking.types import Seeker
from tests.unit.ranking.builders import CONTEXT, opening_lists, seekers


@pytest.mark.parametrize(
    ("score", "half"),
    [(0.0, 0.0), (0.24, 0.0), (0.25, 0.5), (2.93, 3.0), (2.74, 2.5), (4.75, 5.0), (5.0, 5.0)],
)
def test_scores_go_to_the_nearest_half_point(score: float, half: float) -> None:
    assert half_points(score) == half


def test_rows_start_where_the_last_one_ended_and_end_at_the_total() -> None:
    got = display_rows(1.2, [("must_skill", 1.734), ("text", -0.004)], 2.93)
    assert [(row.code, row.value, row.start) for row in got.rows] == [
        ("base", Decimal("1.20"), Decimal("0.00")),
        ("must_skill", Decimal("1.73"), Decimal("1.20")),
        ("text", Decimal("0.00"), Decimal("2.93")),
        ("round", Decimal("0.07"), Decimal("2.93")),
    ]
    assert got.total == Decimal("3.00")


def test_parts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        display_rows(1.0, [("text", 0.5)], 2.0)


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=40))
def test_two_decimals_add_up_exactly_and_each_is_the_cent_next_to_its_value(
    parts: list[float],
) -> None:
    score = sum(parts)
    got = display_rows(0.0, [(str(place), each) for place, each in enumerate(parts)], score)
    assert sum((row.value for row in got.rows), Decimal(0)) == got.total
    assert got.total == Decimal(str(half_points(score)))
    assert all(
        abs(float(row.value) - each) < 0.01 + 1e-6
        for row, each in zip(got.rows[1:], parts, strict=False)
    )


def test_equal_remainders_go_in_list_order() -> None:
    assert largest_remainder([0.005, 0.005, 0.005, 0.005], 2) == [1, 1, 0, 0]


def test_a_total_below_the_floors_takes_from_the_smallest_remainders() -> None:
    assert largest_remainder([0.02, 0.015], 2) == [1, 1]


@given(seekers(), opening_lists())
def test_every_ranked_item_can_be_shown_to_the_cent(seeker: Seeker, openings: list) -> None:
    for item in rank_openings(seeker, openings, CONTEXT).items:
        got = display(item)
        assert sum((row.value for row in got.rows), Decimal(0)) == got.total
        assert float(got.total) == half_points(item.score)
