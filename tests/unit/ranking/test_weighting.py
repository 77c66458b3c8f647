"""Weights of shown rows."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.splitting import Ints, Part
from matcher.ranking.tables import Floats
from matcher.ranking.weighting import (
    CLIP,
    MOST_FIRM,
    MOST_PERSON,
    MOST_TIMES,
    USUAL_ETA,
    capped,
    fading,
    weights,
)
from tests.unit.ranking.taught import NEVER, lists


def part(count: int = 60, **more: object) -> Part:
    some = replace(lists(count), **more)  # type: ignore[arg-type]
    return Part(some, some.labels(1e9))


def test_a_success_further_down_says_more_and_a_zero_there_says_less() -> None:
    some = lists(1, 4)
    reached = np.full((4, 3), NEVER)
    reached[[0, 3], 2] = some.at[0] + 1
    shown = replace(some, reached=reached)
    rows = weights(Part(shown, shown.labels(1e9)), 1.0).rows
    assert rows[3] / rows[0] == pytest.approx(4.0)
    assert rows[2] / rows[0] == pytest.approx(1 / 3)


def test_no_row_weighs_more_than_the_clip_beside_the_first_place() -> None:
    some = part(1, rank=np.array([1.0, 1e6, 2.0, 3.0, 4.0, 5.0]))
    shown = Part(some.lists, np.array([3, 3, 0, 0, 0, 0]))
    rows = weights(shown, 1.0).rows
    assert rows[1] / rows[0] == pytest.approx(CLIP)


def test_a_drawn_place_counts_for_those_that_were_not_drawn() -> None:
    chance = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.5])
    shown = part(1, propensity=chance, rank=np.ones(6))
    rows = weights(Part(shown.lists, np.array([3, 0, 0, 0, 0, 3])), 0.0).rows
    assert rows[5] / rows[0] == pytest.approx(2.0)


def test_the_effective_size_is_at_most_the_rows_and_reached_by_equal_weights() -> None:
    shown = part()
    assert weights(shown, 1.0).effective < len(shown.y)
    assert weights(shown, 0.0).effective == pytest.approx(len(shown.y))


def shares(rows: Floats, who: Ints) -> Floats:
    own = np.bincount(np.unique(who, return_inverse=True)[1], rows)
    return np.asarray(own / rows.sum())


def test_nobody_has_more_than_the_cap_of_what_is_left_of_the_whole() -> None:
    who = np.array([1] * 400 + list(range(2, 602)))
    rows = capped(np.ones(1_000), [(who, MOST_PERSON)])
    assert shares(rows, who).max() == pytest.approx(MOST_PERSON)
    assert (rows[400:] == 1.0).all()


def test_where_people_are_few_nobody_has_more_than_four_equal_shares() -> None:
    who = np.array([1] * 400 + list(range(2, 42)))
    rows = capped(np.ones(440), [(who, MOST_PERSON)])
    assert shares(rows, who).max() == pytest.approx(MOST_TIMES / 41)


def test_a_persons_and_a_firms_cap_hold_together() -> None:
    rng = np.random.default_rng(0)
    person, firm = rng.zipf(1.3, 20_000) % 700, rng.zipf(1.2, 20_000) % 120
    rows = capped(np.ones(20_000), [(person, MOST_PERSON), (firm, MOST_FIRM)])
    assert shares(rows, person).max() <= MOST_PERSON * (1 + 1e-6)
    assert shares(rows, firm).max() <= MOST_FIRM * (1 + 1e-6)
    assert rows.max() == pytest.approx(1.0)


def test_caps_that_cannot_hold_together_are_widened_and_not_everything_is_lost() -> None:
    """All firms but one know a single person; that one knows everybody else."""
    person = np.array([0] * 200 + list(range(1, 201)))
    firm = np.array([*range(1, 201), *[0] * 200])
    rows = capped(np.ones(400), [(person, 0.1), (firm, 0.1)])
    assert rows.sum() > 1.0
    assert (rows > 0).all()


@given(
    st.lists(st.tuples(st.integers(1, 30), st.floats(0.01, 100)), min_size=1, max_size=80),
    st.floats(0.001, 1.0),
)
def test_a_cap_never_raises_a_weight_and_holds(rows: list[tuple[int, float]], share: float) -> None:
    who = np.array([each for each, _weight in rows])
    before = np.array([weight for _each, weight in rows])
    after = capped(before, [(who, share)])
    least = max(share, MOST_TIMES / len(set(who.tolist())))
    assert ((after > 0) & (after <= before)).all()
    assert shares(after, who).max() <= least * (1 + 1e-6)


@given(st.permutations(range(12)))
def test_the_order_of_rows_changes_no_weight(order: list[int]) -> None:
    who, weight = np.array([1] * 8 + [2, 3, 4, 5]), np.arange(1.0, 13.0)
    places = np.array(order)
    apart = capped(weight[places], [(who[places], 0.3)])
    assert apart == pytest.approx(capped(weight, [(who, 0.3)])[places])


def test_alike_people_and_firms_keep_their_whole_weight() -> None:
    who = np.arange(200)
    assert (capped(np.ones(200), [(who, MOST_PERSON), (who, MOST_FIRM)]) == 1.0).all()
    assert len(capped(np.empty(0), [(np.empty(0, np.int64), MOST_PERSON)])) == 0


def test_colleagues_of_a_firm_share_its_cap_on_the_partners_side_alone() -> None:
    some = replace(
        lists(400, people=400), side="partner", account=np.array([7] * 300 + [*range(100)])
    )
    theirs = weights(Part(some, some.labels(1e9)), 0.0).rows
    firm = some.account[some.of]
    assert shares(theirs, firm).max() <= max(MOST_FIRM, MOST_TIMES / 101) * (1 + 1e-6)
    own = replace(some, side="youth")
    assert shares(weights(Part(own, own.labels(1e9)), 0.0).rows, firm).max() > 0.5


def test_how_fast_looks_fade_is_estimated_apart_from_what_stands_there() -> None:
    """Good rows stand first in these lists; only the planted fading must be found."""
    rng = np.random.default_rng(0)
    some = lists(1_500, 10)
    X = some.X.copy()
    X[:, 0] = np.tile(np.linspace(1.0, 0.0, 10), 1_500) + rng.normal(0, 0.3, len(X))
    seen = rng.random(len(X)) < some.rank**-0.8
    likes = rng.random(len(X)) < 0.25 / (1.0 + np.exp(-2.0 * (X[:, 0] - 0.5)))
    y = (seen & likes).astype(np.int64)
    assert fading(Part(replace(some, X=X), y)) == pytest.approx(0.8, abs=0.15)
    assert fading(Part(some, np.zeros(len(X), dtype=np.int64))) == USUAL_ETA
