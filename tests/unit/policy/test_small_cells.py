"""Nobody works a hidden count out: every small table, tried against a reader with all clues."""

from itertools import product

import pytest

from matcher.policy.small_cells import LEAST, Cell, Column, alone, protect, protect_way


def possible(column: Column, most: int) -> list[set[int]]:
    """For each group, the values a reader who knows the rules can still believe in."""
    cells = list(column.groups.values())
    choices = [
        [cell.n] if cell.n is not None else range(1, LEAST) if cell.is_small
        else range(most + 1)
        for cell in cells
    ]  # fmt: skip
    total = column.total
    fits = [
        values
        for values in product(*choices)
        if (total.n is None or sum(values) == total.n)
        and (not total.is_small or 1 <= sum(values) < LEAST)
    ]
    return [{values[place] for values in fits} for place in range(len(cells))]


def test_no_count_from_one_to_four_is_ever_shown() -> None:
    assert [alone(n).n for n in range(7)] == [0, None, None, None, None, 5, 6]


def test_no_hidden_count_follows_from_the_total_and_the_other_groups() -> None:
    for values in product((0, 1, 2, 4, 5, 6, 9), repeat=3):
        column = protect(dict(enumerate(values)))
        hidden = [
            found
            for cell, found in zip(column.groups.values(), possible(column, 20), strict=True)
            if cell.is_small
        ]
        if sum(values) < LEAST and sum(n > 0 for n in values) == 1:
            continue  # the total is hidden for the same reason and says no more than the cell
        assert all(len(found) > 1 for found in hidden), (values, column)


def test_a_single_small_group_takes_the_smallest_other_one_with_it() -> None:
    column = protect({1: 3, 2: 9, 3: 6})
    assert column.total == Cell(18)
    assert column.groups == {1: Cell(None, is_small=True), 2: Cell(9), 3: Cell(None)}


def test_two_groups_of_one_person_are_not_betrayed_by_their_sum() -> None:
    column = protect({1: 1, 2: 1, 3: 9, 4: 8})
    assert column.groups[4] == Cell(None)
    assert column.groups[3] == Cell(9)


def test_the_total_goes_when_no_group_is_left_to_hide() -> None:
    assert protect({1: 1, 2: 4}).total == Cell(5)
    assert protect({1: 4, 2: 4}).total == Cell(None)


@pytest.mark.parametrize("last", [(3, 9), (1, 6), (4, 5)])
def test_stages_show_only_totals_from_the_first_that_gives_something_away(
    last: tuple[int, int],
) -> None:
    ways = protect_way([{1: 12, 2: 12}, {1: 9, 2: 12}, dict(enumerate(last, 1)), {1: 0, 2: 5}])
    assert [column.groups for column in ways[:2]] == [
        {1: Cell(12), 2: Cell(12)},
        {1: Cell(9), 2: Cell(12)},
    ]
    assert [column.groups for column in ways[2:]] == [{1: Cell(None), 2: Cell(None)}] * 2
    assert [column.total.n for column in ways] == [24, 21, sum(last), 5]
