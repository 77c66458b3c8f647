"""The drawn places: nothing lost, nothing twice, and the probabilities are true."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.slots import Arrangement, arranged

sizes = st.integers(0, 60)
pages, slots = st.integers(1, 20), st.integers(0, 4)


@given(sizes, pages, slots, st.text(max_size=5))
def test_every_item_stands_exactly_once(size: int, page: int, slots: int, seed: str) -> None:
    found = arranged(range(size), page=page, slots=slots, seed=seed)
    assert sorted(found.ids) == list(range(size))


@given(sizes, pages, slots, st.text(max_size=5))
def test_only_the_end_of_the_first_page_is_drawn(
    size: int, page: int, slots: int, seed: str
) -> None:
    found = arranged(range(size), page=page, slots=slots, seed=seed)
    count = min(slots, page, max(0, size - page))
    assert len(found.drawn) == count
    assert found.ids[: page - count] == tuple(range(min(size, page - count)))
    assert found.ids[page - count : page] == found.drawn or count == 0
    assert all(each >= page for each in found.drawn)
    rest = found.ids[page:]
    assert list(rest) == sorted(rest)


def test_a_list_within_one_page_keeps_its_order() -> None:
    assert arranged(range(20), page=20, slots=1, seed="a") == Arrangement(
        tuple(range(20)), tuple(range(20)), 20
    )


def test_one_seed_gives_one_list_and_another_day_another() -> None:
    def drawn(seed: str) -> tuple[int, ...]:
        return arranged(range(500), page=20, slots=1, seed=seed).drawn

    assert drawn("7|2026-11-21") == drawn("7|2026-11-21")
    assert len({drawn(f"7|2026-11-{day}") for day in range(1, 31)}) > 20


def test_the_draw_is_even() -> None:
    counts = Counter(
        arranged(range(30), page=20, slots=1, seed=str(seed)).drawn[0] for seed in range(5000)
    )
    assert set(counts) == set(range(20, 30))
    assert sum((each - 500) ** 2 / 500 for each in counts.values()) < 27.9  # chi-square, p = .001


@pytest.mark.parametrize(("size", "page", "slots"), [(7, 3, 1), (7, 3, 2), (6, 4, 2), (5, 2, 2)])
def test_the_propensity_is_the_share_of_all_draws_that_put_the_item_there(
    size: int, page: int, slots: int
) -> None:
    order = tuple(range(size))
    draws = list(permutations(order[page:], slots))
    lists = []
    for drawn in draws:
        rest = [each for each in order[page - slots :] if each not in drawn]
        lists.append(Arrangement((*order[: page - slots], *drawn, *rest), order, page, drawn))
    times = Counter((item, place) for each in lists for place, item in enumerate(each.ids, 1))
    for each in lists:
        for spot in each.spots(each.ids):
            wanted = times[spot.id, spot.position] / len(draws)
            assert spot.propensity == pytest.approx(wanted)
            assert spot.is_drawn == (spot.id in each.drawn)
