"""AdditiveRanker: what it promises of every fit, and what it says to bad input."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.utils.estimator_checks import estimator_checks_generator

from matcher.ranking.artefact import ArtefactError
from matcher.ranking.learning import AdditiveRanker
from matcher.ranking.metrics.accuracy import measure
from tests.unit.ranking.learning.made import Made, lists

MONOTONE = [1, 1, 1, 0, 0, 0]


@pytest.fixture(scope="module")
def made() -> Made:
    return lists(240, missing=0.05, together=1.5)


@pytest.fixture(scope="module")
def later() -> Made:
    return lists(120, seed=1, missing=0.05, together=1.5)


@pytest.fixture(scope="module")
def fitted(made: Made) -> AdditiveRanker:
    ranker = AdditiveRanker(few_lists=100)
    return ranker.fit(made.X, made.y, group=made.group, monotone=MONOTONE)


def reached(scores: np.ndarray, data: Made) -> float:
    return measure("NDCG@10", scores, data.y, data.group.tolist()).mean


def test_contributions_and_base_add_up_to_the_score(fitted: AdditiveRanker, later: Made) -> None:
    parts = fitted.contributions(later.X)
    assert parts.shape == later.X.shape
    assert np.abs(fitted.base_ + parts.sum(axis=1) - fitted.predict(later.X)).max() < 1e-9


def test_pairs_are_halved_between_their_features(fitted: AdditiveRanker, later: Made) -> None:
    tables = fitted.tables_
    whole = fitted.pair_contributions(later.X)
    assert whole.shape == (len(later.X), len(tables.pairs))
    alone = np.column_stack([each.at(later.X[:, j]) for j, each in enumerate(tables.steps)])
    for pair, value in zip(tables.pairs, whole.T, strict=True):
        alone[:, pair.first] += value / 2.0
        alone[:, pair.second] += value / 2.0
    np.testing.assert_allclose(fitted.contributions(later.X), alone, atol=1e-12)


def test_what_only_works_together_is_learned_as_a_pair_table() -> None:
    data, new = lists(300, together=3.0), lists(100, seed=1, together=3.0)
    ranker = AdditiveRanker().fit(data.X, data.y, group=data.group)
    assert (3, 4) in {(each.first, each.second) for each in ranker.tables_.pairs}
    assert "pairs" in ranker.report_["chosen"]
    alone = new.X.copy()
    alone[:, 3] = 0.25  # the pair can no longer tell anything
    assert reached(ranker.predict(new.X), new) > reached(ranker.predict(alone), new) + 0.1


def test_the_learned_order_comes_near_the_true_one(fitted: AdditiveRanker) -> None:
    new = lists(120, seed=1, together=1.5)
    best, alone = reached(new.truth, new), reached(new.X[:, 0], new)
    assert reached(fitted.predict(new.X), new) > best - 0.1 > alone + 0.1


def test_ninety_thousand_raises_lower_nothing(fitted: AdditiveRanker) -> None:
    rng = np.random.default_rng(5)
    X = rng.random((90_000, 6))
    X[rng.random(X.shape) < 0.05] = np.nan
    column = rng.integers(0, 3, len(X))
    rows = np.arange(len(X))
    X[rows, column] = rng.random(len(X))
    raised = X.copy()
    raised[rows, column] += rng.random(len(X)) * (1.0 - raised[rows, column])
    before, after = fitted.predict(X), fitted.predict(raised)
    assert (after < before).sum() == 0
    assert (after > before).mean() > 0.5


def test_raises_do_lower_scores_when_nothing_forbids_it(made: Made) -> None:
    """The check above can fail: a falling truth, learned freely, falls."""
    turned = Made(1.0 - made.X, made.y, made.group, made.truth)
    ranker = AdditiveRanker().fit(turned.X, turned.y, group=turned.group)
    assert ranker.predict(np.full((1, 6), 0.9))[0] < ranker.predict(np.full((1, 6), 0.1))[0]


def test_a_falling_feature_is_held_flat_by_a_rising_constraint(made: Made) -> None:
    turned = 1.0 - made.X
    ranker = AdditiveRanker().fit(turned, made.y, group=made.group, monotone=[1, 0, 0, 0, 0, 0])
    ends = np.full((2, 6), 0.5)
    ends[:, 0] = (0.05, 0.95)
    low, high = ranker.predict(ends)
    assert high >= low


def test_the_same_data_and_seed_give_the_same_file(made: Made, tmp_path: Path) -> None:
    hashes = {
        AdditiveRanker(random_state=seed)
        .fit(made.X, made.y, group=made.group)
        .save(tmp_path / f"{number}")
        for number, seed in enumerate((3, 3))
    }
    assert len(hashes) == 1


def test_order_within_lists_tells_nothing() -> None:
    """Relevant rows first, features constant: a learner that reads the order would be perfect."""
    y = np.tile([1.0] + [0.0] * 9, 250)
    X = np.random.default_rng(0).random((2500, 3))
    ranker = AdditiveRanker().fit(X, y, group=np.full(250, 10))
    new = np.random.default_rng(1).random((2500, 3))
    found = measure("NDCG@10", ranker.predict(new), y, [10] * 250).mean
    by_chance = measure("NDCG@10", np.zeros(2500), y, [10] * 250).mean
    assert abs(found - by_chance) < 0.05


class TestFew:
    def test_without_evidence_the_prior_ranks(self) -> None:
        data = lists(1, size=4)
        y = [1.0, 0.0, 0.0, 0.0]
        ranker = AdditiveRanker(prior=[3.0, 0, 0, 0, 0, 1.0]).fit(data.X, y, group=[4])
        assert ranker.report_["mode"] == "few"
        new = lists(1, size=50, seed=2).X
        order = np.argsort(ranker.predict(new))
        by_prior = np.argsort(3.0 * new[:, 0] + new[:, 5])
        assert np.corrcoef(np.argsort(order), np.argsort(by_prior))[0, 1] > 0.98

    def test_few_lists_learn_away_from_a_wrong_prior(self) -> None:
        data, new = lists(80), lists(100, seed=1)
        wrong = [0.0, 0.0, 0.0, 0.0, 0.0, 5.0]
        ranker = AdditiveRanker(prior=wrong).fit(data.X, data.y, group=data.group)
        assert reached(ranker.predict(new.X), new) > reached(new.X[:, 5], new) + 0.2

    def test_a_good_prior_beats_none_on_ten_lists(self) -> None:
        data, new = lists(10, size=8, noise=1.5), lists(200, seed=1, noise=1.5)
        good = [1.0, 1.0, 1.5, 0.0, 0.0, 0.0]
        with_prior = AdditiveRanker(prior=good).fit(data.X, data.y, group=data.group)
        without = AdditiveRanker().fit(data.X, data.y, group=data.group)
        assert reached(with_prior.predict(new.X), new) > reached(without.predict(new.X), new)

    def test_constraints_bind_the_regression_too(self) -> None:
        data = lists(40)
        ranker = AdditiveRanker().fit(1.0 - data.X, data.y, group=data.group, monotone=MONOTONE)
        assert all(each.slope >= 0.0 for each in ranker.tables_.steps[:3])


class TestBadInput:
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"group": [20] * 29 + [19]}, "group sums to 599"),
            ({"group": [-20, 40, *[20] * 29]}, "none negative"),
            ({"group": [0.5] * 1200}, "whole sizes"),
            ({"group": []}, "list of list sizes"),
            ({"y": np.zeros(600)}, "nothing to learn from"),
            ({"y": np.full(600, np.nan)}, "labels are grades"),
            ({"y": np.full(600, -1.0)}, "labels are grades"),
            ({"y": np.full(600, 31.0)}, "labels are grades"),
            ({"monotone": [1, 1]}, "monotone needs 6"),
            ({"monotone": [2, 0, 0, 0, 0, 0]}, "monotone needs 6"),
            ({"sample_weight": np.full(600, -1.0)}, "sample_weight"),
            ({"sample_weight": np.ones(599)}, "sample_weight"),
            ({"feature_names": ["a"] * 6}, "6 different names"),
            ({"eval_set": (np.zeros((4, 5)), np.zeros(4), [4])}, "features"),
            ({"eval_set": (np.zeros((4, 6)), np.zeros(4), [3])}, "the group of eval_set sums to 3"),
        ],
    )
    def test_is_refused_with_its_reason(self, change: dict[str, Any], says: str) -> None:
        data = lists(30)
        asked: dict[str, Any] = {"X": data.X, "y": data.y, "group": data.group} | change
        with pytest.raises(ValueError, match=says):
            AdditiveRanker().fit(asked.pop("X"), asked.pop("y"), **asked)

    def test_infinity_is_refused_in_fit_and_in_predict(self) -> None:
        data = lists(30)
        broken = data.X.copy()
        broken[3, 2] = np.inf
        with pytest.raises(ValueError, match="infinity"):
            AdditiveRanker().fit(broken, data.y, group=data.group)
        ranker = AdditiveRanker().fit(data.X, data.y, group=data.group)
        with pytest.raises(ValueError, match="infinity"):
            ranker.predict(broken)
        with pytest.raises(ValueError, match="features"):
            ranker.predict(data.X[:, :5])

    @pytest.mark.parametrize("count", [30, 260])
    def test_a_feature_never_known_moves_nothing(self, count: int) -> None:
        data = lists(count)
        X = data.X.copy()
        X[:, 4] = np.nan
        ranker = AdditiveRanker(few_lists=200).fit(X, data.y, group=data.group)
        known = X.copy()
        known[:, 4] = 0.7
        moved = ranker.predict(known) - ranker.predict(X)
        assert np.ptp(moved) < 1e-12

    def test_one_row_lists_and_empty_lists_are_no_trouble(self) -> None:
        data = lists(30)
        X = np.concatenate((data.X, data.X[:3]))
        y = np.concatenate((data.y, [0.0, 1.0, 2.0]))
        group = [*data.group.tolist(), 1, 0, 1, 1]
        ranker = AdditiveRanker().fit(X, y, group=group)
        assert np.isfinite(ranker.predict(X)).all()

    def test_no_candidates_identical_rows_and_fifty_thousand(self, fitted: AdditiveRanker) -> None:
        assert fitted.tables_.predict(np.empty((0, 6))).shape == (0,)
        same = fitted.predict(np.full((50_000, 6), 0.4))
        assert len(np.unique(same)) == 1


class TestFile:
    def test_comes_back_bit_for_bit(
        self, fitted: AdditiveRanker, later: Made, tmp_path: Path
    ) -> None:
        path = tmp_path / "ranker.oreum"
        digest = fitted.save(path)
        assert list(tmp_path.iterdir()) == [path]
        back = AdditiveRanker.load(path, digest)
        np.testing.assert_array_equal(back.predict(later.X), fitted.predict(later.X))
        assert back.get_params() == fitted.get_params()
        assert back.report_ == fitted.report_
        assert path.stat().st_size < 1_000_000

    def test_holds_no_training_row(self, tmp_path: Path) -> None:
        """Canary values far from all others are in no edge and in no table."""
        data = lists(220)
        X = data.X.copy()
        X[7] = 0.123456789012345
        ranker = AdditiveRanker(few_lists=100).fit(X, data.y, group=data.group)
        held = [value for each in ranker.tables_.steps for value in each.edges]
        assert 0.123456789012345 not in held

    @pytest.mark.parametrize(
        "broken",
        [
            lambda data: data[:-1],
            lambda data: b"",
            lambda data: data.partition(b"\n")[2],
            lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:],
            lambda data: data.replace(b"tables/1", b"tables/2", 1),
        ],
    )
    def test_is_refused_when_anything_is_changed(
        self, fitted: AdditiveRanker, tmp_path: Path, broken: Any
    ) -> None:
        path = tmp_path / "ranker.oreum"
        fitted.save(path)
        path.write_bytes(broken(path.read_bytes()))
        with pytest.raises(ArtefactError):
            AdditiveRanker.load(path)

    def test_of_another_hash_is_refused(self, fitted: AdditiveRanker, tmp_path: Path) -> None:
        fitted.save(tmp_path / "one")
        with pytest.raises(ArtefactError, match="hash"):
            AdditiveRanker.load(tmp_path / "one", "0" * 64)


class OneList(AdditiveRanker):
    """All rows in one list, since scikit-learn's checks know no groups."""

    def fit(self, X: Any, y: Any = None, **asked: Any) -> "OneList":
        if y is None:
            raise ValueError("requires y to be passed, but the target y is None")
        rows = len(X) if hasattr(X, "__len__") else X.shape[0]
        return super().fit(X, y, group=[rows], **asked)  # type: ignore[return-value]


CHECKS = [
    check
    for check in estimator_checks_generator(OneList())
    # scores arrays of other libraries; the service has numpy alone
    if "array_api" not in str(check[1])
]


@pytest.mark.parametrize(
    "check", [each for _, each in CHECKS], ids=lambda check: check.func.__name__
)
def test_scikit_learn_finds_a_proper_estimator(check: Any) -> None:
    check(OneList())


def test_a_clone_is_unfitted_and_alike() -> None:
    ranker = AdditiveRanker(prior=[1.0], few_lists=7, random_state=3)
    assert clone(ranker).get_params() == ranker.get_params()


def test_one_list_that_tells_something_is_enough_whatever_few_lists_says() -> None:
    data = lists(3)
    data.y[20:] = 1.0
    ranker = AdditiveRanker(few_lists=0).fit(data.X, data.y, group=data.group)
    assert ranker.report_["mode"] == "few"
    assert np.isfinite(ranker.predict(data.X)).all()


def test_rows_without_weight_teach_nothing() -> None:
    data = lists(40)
    with pytest.raises(ValueError, match="nothing to learn"):
        fit(data, sample_weight=np.zeros(len(data.y)))
    only_first = np.where(np.arange(len(data.y)) < 20, 1.0, 0.0)
    assert np.isfinite(fit(data, sample_weight=only_first).predict(data.X)).all()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"sample_weight": np.full(800, 1e200)}, "sample_weight"),
        ({"sample_weight": np.full(800, 1e-200)}, "sample_weight"),
        ({"monotone": [0.5] * 6}, "monotone needs"),
        ({"monotone": [np.nan] * 6}, "monotone needs"),
        ({"prior": [1e300] * 6}, "prior needs"),
        ({"random_state": None}, "random_state"),
        ({"random_state": np.random.RandomState(0)}, "random_state"),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else "",
)
def test_numbers_out_of_range_are_told(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        fit(lists(40), **given)


@pytest.mark.parametrize("few_lists", [0, 200])
def test_features_out_of_the_range_of_single_precision_are_refused(few_lists: int) -> None:
    data = lists(40)
    data.X[3, 2] = 1e150
    with pytest.raises(ValueError, match="features must lie between"):
        fit(data, few_lists=few_lists)


def test_what_numpy_gives_as_parameters_is_saved_too(tmp_path: Path) -> None:
    data = lists(40)
    names = list(range(6))
    one = fit(
        data, prior=np.ones(6), few_lists=np.int64(200), random_state=np.int64(3),
        feature_names=names,
    )  # fmt: skip
    first, again = tmp_path / "a", tmp_path / "b"
    one.save(first)
    AdditiveRanker.load(first).save(again)
    assert first.read_bytes() == again.read_bytes()


def fit(data: Made, **given: Any) -> AdditiveRanker:
    known = ("prior", "few_lists", "random_state")
    own = {name: given.pop(name) for name in known if name in given}
    return AdditiveRanker(**own).fit(data.X, data.y, group=data.group, **given)
