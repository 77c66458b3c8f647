"""Whether people decide or only follow the order."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.policy.human_part import Decision, figures
from tests.factories import NOW


def decided(
    person: int, rank: int | None, chosen: bool, seconds: int | None = 60, opening: int = 1
) -> Decision:
    opened = None if seconds is None else NOW - timedelta(seconds=seconds)
    return Decision(opening, person, NOW, chosen, opened, rank)


def test_the_best_ranked_chosen_and_the_others_not_is_following_the_order() -> None:
    found = figures([decided(each, each, each <= 3) for each in range(1, 21)])
    assert (found.judged, found.followed, found.share) == (20, 20, 100)


def test_each_choice_against_the_order_counts_twice_for_somebody_lost_a_place() -> None:
    rows = [decided(1, 1, False), decided(2, 2, True), decided(3, 3, False), decided(4, 4, False)]
    found = figures(rows)
    assert (found.judged, found.followed, found.share) == (4, 2, 50)


@pytest.mark.parametrize("chosen", [True, False])
def test_where_all_were_treated_alike_nobody_could_go_against_the_order(chosen: bool) -> None:
    found = figures([decided(each, each, chosen) for each in range(1, 30)])
    assert (found.decisions, found.judged, found.share, found.is_alert) == (29, 0, None, False)


def test_somebody_nobody_opened_counts_as_unread_and_as_quick() -> None:
    rows = [decided(1, None, True, None), decided(2, 2, False, 9), decided(3, 3, False, 10)]
    found = figures(rows)
    assert (found.unread, found.quick, found.median_seconds) == (1, 2, 9)


@pytest.mark.parametrize(
    ("people", "seconds", "against", "alert"),
    [
        (20, 9, 0, True),
        (20, 10, 0, False),
        (19, 9, 0, False),
        (40, 9, 2, True),
        (40, 9, 4, False),
    ],
)
def test_the_alert_needs_ninety_five_percent_and_a_median_under_ten_seconds(
    people: int, seconds: int, against: int, alert: bool
) -> None:
    """`against` is even: whoever is chosen against the order takes the place of another."""
    rows = [
        decided(each, each, each < 10 or each >= people - against // 2, seconds)
        for each in range(people)
    ]
    found = figures(rows)
    assert found.judged - found.followed == against
    assert found.is_alert is alert


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), max_size=12), st.randoms())
def test_figures_do_not_depend_on_the_order_of_the_lines(
    rows: list[tuple[int, bool]], chance: object
) -> None:
    lines = [decided(number, rank, chosen) for number, (rank, chosen) in enumerate(rows)]
    shuffled = list(lines)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert figures(lines) == figures(shuffled)
