import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.popularity import WEIGHT, popularity

counts = st.dictionaries(
    st.integers(1, 9), st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=6
).map(lambda some: {item: (max(pair), min(pair)) for item, pair in some.items()})


def test_hand_computed_rates() -> None:
    # overall 30 of 200 = .15, and 20 imagined viewers bring 3 more who take an interest
    got = popularity({1: 100, 2: 100}, {1: 30})
    first, second = (30 + 3) / (100 + WEIGHT), 3 / (100 + WEIGHT)
    assert got == pytest.approx({1: first / (first + 0.15), 2: second / (second + 0.15)})


def test_one_viewer_hardly_moves_an_item_and_many_do() -> None:
    shown, interested = {1: 1, 2: 1_000, 3: 1_000}, {1: 1, 2: 400, 3: 100}
    got = popularity(shown, interested)
    assert 0.5 < got[1] < got[2]
    assert got[3] < 0.5


def test_what_nobody_saw_or_liked_has_no_popularity() -> None:
    assert popularity({}, {}) == {}
    assert popularity({1: 40, 2: 3}, {}) == {}
    assert popularity({1: 4, 2: 0}, {1: 2}).keys() == {1}


@pytest.mark.parametrize(
    ("shown", "interested"), [({1: 2}, {1: 3}), ({}, {1: 1}), ({1: 2}, {1: -1})]
)
def test_counts_that_cannot_be_are_refused(
    shown: dict[int, int], interested: dict[int, int]
) -> None:
    with pytest.raises(ValueError, match="interested in 1"):
        popularity(shown, interested)


@given(counts)
def test_popularity_is_between_0_and_1_and_half_at_the_overall_rate(
    some: dict[int, tuple[int, int]],
) -> None:
    shown = {item: seen for item, (seen, _) in some.items()}
    interested = {item: liked for item, (_, liked) in some.items()}
    for item, value in popularity(shown, interested).items():
        assert 0.0 < value < 1.0
        overall = sum(interested.values()) / sum(shown.values())
        assert (value >= 0.5 - 1e-12) == (interested[item] >= overall * shown[item] - 1e-9)
