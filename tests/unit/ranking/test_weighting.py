"""Weights of shown rows."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.splitting import Part
from matcher.ranking.weighting import CLIP, MOST_SHARE, USUAL_ETA, capped, fading, weights
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


def test_a_busy_account_is_held_to_its_cap() -> None:
    account = np.array([1] * 400 + list(range(2, 302)))
    factor = capped(np.ones(700), account)
    assert factor[:400].sum() == pytest.approx(MOST_SHARE * 700)
    assert (factor[400:] == 1.0).all()


@given(st.lists(st.integers(1, 5), min_size=1, max_size=40))
def test_the_cap_never_raises_a_weight_and_spares_accounts_alike(who: list[int]) -> None:
    factor = capped(np.ones(len(who)), np.array(who))
    assert ((factor > 0) & (factor <= 1)).all()
    alike = capped(np.ones(4), np.array([1, 2, 3, 4]))
    assert (alike == 1.0).all()


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
