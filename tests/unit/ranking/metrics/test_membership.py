import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from matcher.ranking.metrics.membership import loss_attack

losses = st.lists(st.integers(0, 6).map(float), min_size=1, max_size=25)


@given(losses, losses)
def test_the_auc_is_scikit_learns(members: list[float], others: list[float]) -> None:
    truth = [1] * len(members) + [0] * len(others)
    wanted = roc_auc_score(truth, -np.array(members + others))
    assert loss_attack(members, others, draws=3).auc == pytest.approx(wanted)


def test_a_model_that_knows_nobody_reads_one_half_and_the_interval_holds_it() -> None:
    rng = np.random.default_rng(5)
    held = 0
    for seed in range(50):
        found = loss_attack(rng.random(80), rng.random(120), seed=seed, draws=200)
        held += found.low <= 0.5 <= found.high
    assert held >= 43


def test_memorised_members_are_found() -> None:
    rng = np.random.default_rng(6)
    found = loss_attack(rng.random(200) * 0.5, rng.random(200), draws=300)
    assert 0.6 < found.low < found.auc < found.high < 0.9
    assert (found.members, found.others) == (200, 200)


def test_the_same_seed_gives_the_same_interval() -> None:
    once, again = (loss_attack([0.1, 0.3, 0.2], [0.2, 0.4], seed=4, draws=50) for _ in range(2))
    assert once == again


@pytest.mark.parametrize(("members", "others"), [([], [1.0]), ([1.0], []), ([np.nan], [1.0])])
def test_nothing_to_attack_is_refused(members: list[float], others: list[float]) -> None:
    with pytest.raises(ValueError, match="loss"):
        loss_attack(members, others)
