import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.metrics.offpolicy import (
    click_worth,
    clipped,
    dcg_worth,
    effective_sample_size,
    examination,
    inverse_weights,
    self_normalised,
)

ITEMS, SHOWN, LISTS = 8, 4, 60_000
ETA = 0.7


class Log:
    """Items 0..7 in the order 0..7; the last of 4 places drawn from 3..7; clicks by position."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.relevance = np.linspace(0.5, 0.1, ITEMS)[rng.permutation(ITEMS)]
        self.new_place = rng.permutation(ITEMS) + 1
        last = rng.integers(SHOWN - 1, ITEMS, LISTS)
        first = np.tile(np.arange(SHOWN - 1), (LISTS, 1))
        self.item = np.column_stack((first, last)).ravel()
        self.place = np.tile(np.arange(1, SHOWN + 1), LISTS)
        self.propensity = np.tile([1.0] * (SHOWN - 1) + [1 / (ITEMS - SHOWN + 1)], LISTS)
        chance = self.relevance[self.item] * examination(self.place, ETA)
        self.clicks = (rng.random(len(chance)) < chance).astype(float)
        self.group = [SHOWN] * LISTS

    def weights(self, clip: float = math.inf) -> np.ndarray:
        return inverse_weights(self.place, self.propensity, eta=ETA, clip=clip)


@pytest.fixture(scope="module")
def log() -> Log:
    return Log(1)


def test_without_clipping_the_estimate_is_the_truth(log: Log) -> None:
    for worth in (dcg_worth(log.new_place, 5), click_worth(log.new_place, 5, ETA)):
        truth = float(log.relevance @ worth)
        found = clipped(log.clicks, log.weights(), worth[log.item], log.group, draws=200)
        error = (found.high - found.low) / 4
        assert found.value == pytest.approx(truth, abs=4 * error)
        assert error < 0.02 * truth


def test_without_propensities_it_is_not(log: Log) -> None:
    worth = dcg_worth(log.new_place, 5)
    naive = clipped(log.clicks, np.ones(len(log.clicks)), worth[log.item], log.group, draws=200)
    assert not naive.low <= float(log.relevance @ worth) <= naive.high


def test_the_self_normalised_estimate_is_the_mean_worth_of_a_relevant_item(log: Log) -> None:
    worth = dcg_worth(log.new_place, ITEMS)
    truth = float(log.relevance @ worth / log.relevance.sum())
    found = self_normalised(log.clicks, log.weights(), worth[log.item], log.group, draws=200)
    assert found.value == pytest.approx(truth, rel=0.02)
    assert found.low <= found.value <= found.high


def test_clipping_only_lowers_the_estimate_and_raises_the_effective_sample(log: Log) -> None:
    worth = dcg_worth(log.new_place, 5)[log.item]
    values, sizes = [], []
    for clip in (2.0, 5.0, 100.0):
        found = clipped(log.clicks, log.weights(clip), worth, log.group, draws=20)
        values.append(found.value)
        sizes.append(found.effective)
    assert values == sorted(values)
    assert sizes == sorted(sizes, reverse=True)


@given(st.lists(st.floats(0.0, 1e6), min_size=0, max_size=50))
def test_the_effective_sample_is_at_most_the_rows(weights: list[float]) -> None:
    assert 0.0 <= effective_sample_size(weights) <= len(weights) * (1 + 1e-9)


def test_equal_weights_count_in_full() -> None:
    assert effective_sample_size([0.3] * 7) == pytest.approx(7.0)
    assert effective_sample_size([]) == 0.0


@given(
    st.lists(
        st.tuples(st.integers(0, 3).map(float), st.floats(1, 20), st.floats(0, 1)),
        min_size=1,
        max_size=30,
    )
)
def test_the_self_normalised_estimate_stays_within_the_worths(
    rows: list[tuple[float, float, float]],
) -> None:
    gains, weights, worth = np.array(rows).T
    found = self_normalised(gains, weights, worth, [len(rows)], draws=5)
    assert -1e-9 <= found.value <= worth.max() + 1e-9


def test_a_row_from_before_propensities_was_shown_for_certain() -> None:
    assert inverse_weights([2.0], [math.nan]).tolist() == [2.0]


def test_without_a_click_everything_is_nought() -> None:
    found = self_normalised([0.0], np.ones(1), np.ones(1), [1], draws=3)
    assert (found.value, found.effective) == (0.0, 0.0)


def test_bad_input_is_named() -> None:
    with pytest.raises(ValueError, match="propensity"):
        inverse_weights([1], [0.0])
    with pytest.raises(ValueError, match="places"):
        examination([0])
    with pytest.raises(ValueError, match="sum"):
        clipped([1.0], np.ones(1), np.ones(1), [2])
    with pytest.raises(ValueError, match="negative"):
        clipped([-1.0], np.ones(1), np.ones(1), [1])
