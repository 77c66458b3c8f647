"""Measuring a candidate on later lists."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.ranking.evaluating import (
    Bench,
    Score,
    accuracy,
    cold_start,
    comparisons,
    exposure,
    losses,
    membership,
    off_policy,
    popularity_score,
    ranks,
)
from matcher.ranking.report import CANDIDATE
from matcher.ranking.splitting import Part, Parts, cuts, split
from tests.unit.ranking.taught import NAMES, lists


def bench(**columns: str) -> Bench:
    """Each score is one feature; the planted taste is must_skill before all."""
    some = lists(200, taste={"must_skill": 6.0}, people=400)
    scores = {name: _column(feature) for name, feature in columns.items()}
    return Bench(split(some, cuts([some], 20_300.0)), scores, 0.5, 0)


def _column(feature: str) -> Score:
    at = NAMES.index(feature)
    return lambda X: X[:, at]


def test_who_knows_the_taste_wins_and_the_gap_is_the_difference_of_the_values() -> None:
    found = bench(candidate="must_skill", **{"additive-1": "text"})
    values = {each.model: each.value for each in accuracy(found)}
    (gap,) = comparisons(found)
    assert values[CANDIDATE] > values["additive-1"] + 0.1
    assert gap.difference == pytest.approx(values[CANDIDATE] - values["additive-1"])
    assert gap.low > 0.0
    worth = {each.model: each.value for each in off_policy(found)}
    assert worth[CANDIDATE] > worth["additive-1"]


def test_cold_start_counts_only_lists_about_the_unseen() -> None:
    found = bench(candidate="must_skill")
    later, train = found.parts.test.lists, found.parts.train.lists
    first = np.cumsum(later.group) - later.group
    new = ~np.isin(later.person[first], train.person)
    assert 0 < new.sum() < len(later)
    (row,) = [each for each in cold_start(found) if each.newcomer == "person"]
    assert 0 < row.queries <= new.sum()


def test_equal_scores_share_their_places() -> None:
    some = lists(2, 3)
    assert ranks(np.array([5.0, 5.0, 7.0, 1.0, 2.0, 3.0]), some).tolist() == [2.5, 2.5, 1, 3, 2, 1]


def test_a_model_that_fits_its_training_lists_only_is_caught() -> None:
    found = bench(candidate="must_skill")
    train = found.parts.train
    learned = {
        row.tobytes(): float(label) for row, label in zip(train.lists.X, train.y, strict=True)
    }

    def by_heart(X: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        return np.array([learned.get(row.tobytes(), 0.0) for row in X])

    honest = membership([found])
    leaking = membership([replace(found, scores={CANDIDATE: by_heart})])
    assert honest is not None
    assert leaking is not None
    assert honest.auc < 0.60 < 0.95 < leaking.auc


def test_a_list_s_loss_falls_as_its_pairs_come_right() -> None:
    part = bench(candidate="must_skill").parts.test
    right = losses(part, lambda X: part.y * 10.0)
    wrong = losses(part, lambda X: part.y * -10.0)
    assert len(right) == part.labelled
    assert right.max() < 0.01 < wrong.min()


def test_exposure_is_named_by_model_and_nothing_is_said_of_an_empty_part() -> None:
    found = bench(candidate="must_skill")
    assert {each.measure for each in exposure(found)} == {"gini", "coverage", "never_shown"}
    empty = found.parts.test.lists.take(np.zeros(len(found.parts.test.lists), dtype=bool))
    nothing = Part(empty, np.empty(0, dtype=np.int64))
    bare = replace(found, parts=Parts(found.parts.train, nothing, nothing))
    assert accuracy(bare) == comparisons(bare) == exposure(bare) == off_policy(bare) == ()
    assert cold_start(bare) == ()
    assert membership([bare]) is None


def test_popularity_alone_is_the_column_of_that_name() -> None:
    X = lists(2).X
    assert np.array_equal(popularity_score(NAMES)(X), X[:, NAMES.index("popularity")])
