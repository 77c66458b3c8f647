"""The parts of the ranker against slow and plain twins."""

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingRegressor

from matcher.ranking.learning import pairs as pairs_module
from matcher.ranking.learning.bins import Bins
from matcher.ranking.learning.boosting import Growth, Held, boosted
from matcher.ranking.learning.cells import Cells, cell_index
from matcher.ranking.learning.lists import Lists, checked, mean_ndcg
from matcher.ranking.learning.objectives import LambdaLoss
from matcher.ranking.learning.pairs import Pairs
from matcher.ranking.learning.together import Coarse, promising
from tests.unit.ranking.learning.made import lists


def graded(count: int = 30, seed: int = 0) -> Lists:
    data = lists(count, size=9, seed=seed)
    return checked(data.X, data.y, data.group, None)


def pairs_of(some: Lists) -> Pairs:
    return Pairs.of(some, np.random.default_rng(0))


def test_pairs_are_all_ordered_pairs_within_lists() -> None:
    some = graded(5)
    found = pairs_of(some)
    expected = {
        (i, j)
        for i in range(len(some.y))
        for j in range(len(some.y))
        if some.query[i] == some.query[j] and some.y[i] > some.y[j]
    }
    assert set(zip(found.better.tolist(), found.worse.tolist(), strict=True)) == expected
    each = np.bincount(some.query[found.better], found.even, minlength=5)
    np.testing.assert_allclose(each[some.informative], 1.0)


def test_too_many_pairs_are_sampled_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    some = graded(40)
    everything = len(pairs_of(some))
    monkeypatch.setattr(pairs_module, "MOST_PAIRS", everything // 4)
    fewer = pairs_of(some)
    assert everything // 4 - 40 <= len(fewer) <= everything // 4 + 40
    assert set(some.query[fewer.better]) == set(np.flatnonzero(some.informative))


def test_a_list_of_fifty_thousand_needs_no_room_for_all_its_pairs() -> None:
    y = np.random.default_rng(0).integers(0, 3, 50_000).astype(float)
    some = checked(np.zeros((50_000, 1)), y, [50_000], None)
    found = pairs_of(some)
    assert len(found) == pairs_module.MOST_PAIRS
    assert (some.y[found.better] > some.y[found.worse]).all()


def test_lambda_slopes_equal_their_definition() -> None:
    some = graded(6)
    found, rng = pairs_of(some), np.random.default_rng(3)
    score = rng.standard_normal(len(some.y))
    loss = LambdaLoss(some, found, np.zeros(len(some.y)), rng.random(len(some.y)))
    gradient, hessian = loss.slopes(score)
    down, bend = np.zeros(len(score)), np.zeros(len(score))
    for i, j in zip(found.better, found.worse, strict=True):
        places = []
        for row in (i, j):
            same = some.query == some.query[row]
            places.append(int((score[same] > score[row]).sum()))
        worth = [1 / np.log2(place + 2) for place in places]
        cost = (some.gain[i] - some.gain[j]) / some.ideal[some.query[i]] * abs(worth[0] - worth[1])
        wrong = 1 / (1 + np.exp(score[i] - score[j]))
        down[i] -= cost * wrong
        down[j] += cost * wrong
        bend[[i, j]] += cost * wrong * (1 - wrong)
    np.testing.assert_allclose(gradient, down / bend.mean(), atol=1e-9)
    np.testing.assert_allclose(hessian, np.maximum(bend / bend.mean(), 1e-6), atol=1e-9)


def test_the_public_interface_grows_the_same_trees() -> None:
    """scikit-learn's loss base class is private; a regression on Newton targets, one tree a round,
    needs none of it. Should the class go, this form replaces it."""
    some = graded(120)
    bins = Bins.of(some.X)
    numbers = bins.numbers(some.X)
    index = cell_index(numbers, Cells.of(bins).widths)
    found, nothing = pairs_of(some), np.zeros(len(some.y))
    tie = np.random.default_rng(1).random(len(some.y))
    growth = Growth(rounds=20, rate=0.1)
    private = boosted(
        LambdaLoss(some, found, nothing, tie),
        numbers,
        nothing,
        Held(some, index, nothing),
        growth,
        monotone=[1, 0, 0, 0, 0, 0],
        seed=0,
        cells=Cells.of(bins),
    ).score(index)
    loss, score = LambdaLoss(some, found, nothing, tie), nothing.copy()
    for _ in range(growth.rounds):
        gradient, hessian = loss.slopes(score)
        tree = HistGradientBoostingRegressor(
            learning_rate=1.0,
            max_iter=1,
            max_leaf_nodes=growth.leaves,
            min_samples_leaf=growth.least_rows,
            interaction_cst="no_interactions",
            monotonic_cst=[1, 0, 0, 0, 0, 0],
            early_stopping=False,
        ).fit(numbers, -gradient / hessian, sample_weight=hessian)
        score += growth.rate * tree.predict(numbers)
    assert mean_ndcg(some, private) > mean_ndcg(some, nothing) + 0.1
    assert np.corrcoef(private, score)[0, 1] > 0.999
    assert np.abs(private - private.mean() - (score - score.mean())).max() < 0.02


def test_a_joint_effect_stands_out_among_the_pairs() -> None:
    rng = np.random.default_rng(0)
    X = rng.random((4000, 5))
    signal = np.where((X[:, 1] > 0.5) == (X[:, 3] > 0.5), 1.0, -1.0) + X[:, 0]
    index = (X * 20).astype(np.intp)
    coarse = Coarse.cut(index, [20] * 5)
    found = promising(coarse, (-signal, np.ones(4000)), range(5), 1)
    assert found == ((1, 3),)


def test_a_pair_table_says_nothing_about_cells_without_rows() -> None:
    rng = np.random.default_rng(0)
    index = rng.integers(0, 5, (500, 2))
    index = index[~((index[:, 0] == 4) & (index[:, 1] == 4))]
    coarse = Coarse.cut(index, [5, 5])
    cells = Cells((5, 5))
    coarse.write(cells, (0, 1), rng.standard_normal(121))
    assert cells.double[(0, 1)][4, 4] == 0.0
    assert (cells.double[(0, 1)][-1] == 0.0).all()
