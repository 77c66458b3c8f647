import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.base import clone

from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.features import OPENING_FEATURES
from matcher.ranking.scorer import (
    AdditiveScorer,
    ScorerConfig,
    course_scorer,
    opening_scorer,
)
from matcher.ranking.weights import COURSE_MODEL, MODEL_VERSION, OPENING_MODEL

WIDTH = len(OPENING_FEATURES)
rows = hnp.arrays(
    np.float64, st.tuples(st.integers(0, 8), st.just(WIDTH)), elements=st.floats(0, 1)
)
TOY = ScorerConfig("toy", ("a", "b"), (3.0, 1.0), (0.5, 0.0), floor=0.5)


def test_hand_computed_scores_contributions_and_clipping() -> None:
    scorer = AdditiveScorer(TOY).fit([[0.0, 0.0]])
    assert scorer.base_ == 1.0
    X = [[0.5, 0.0], [1.0, 1.0], [0.0, 0.0]]
    assert scorer.contributions(X).tolist() == [[0.0, 0.0], [1.5, 1.0], [-1.5, 0.0]]
    assert scorer.additive(X).tolist() == [1.0, 3.5, -0.5]
    assert scorer.predict(X).tolist() == [1.0, 3.5, 0.0]


def test_without_a_floor_the_map_comes_from_the_data_and_then_stays() -> None:
    config = ScorerConfig("toy", ("a",), (2.0,), (0.0,), None, (0.0, 1.0))
    scorer = AdditiveScorer(config).fit([[0.25], [0.75]])
    assert scorer.predict([[0.25], [0.5], [0.75], [1.0]]).tolist() == [0.0, 2.5, 5.0, 5.0]
    assert AdditiveScorer(config).fit([[0.5], [0.5]]).predict([[0.5]]).tolist() == [0.0]


@given(rows)
def test_base_and_contributions_add_up_to_the_score(X: np.ndarray) -> None:
    scorer = opening_scorer()
    total = scorer.base_ + scorer.contributions(X).sum(axis=1)
    assert np.abs(np.clip(total, 0, 5) - scorer.predict(X)).max(initial=0.0) <= 1e-9


@given(rows, st.integers(0, 7))
def test_a_row_scores_the_same_in_every_batch(X: np.ndarray, row: int) -> None:
    whole = opening_scorer().additive(X)
    assert whole[row : row + 1].tolist() == opening_scorer().additive(X[row : row + 1]).tolist()


@given(rows, st.integers(0, WIDTH - 1), st.floats(0, 1))
def test_raising_any_feature_never_lowers_the_score(
    X: np.ndarray, column: int, value: float
) -> None:
    raised = X.copy()
    raised[:, column] = np.maximum(raised[:, column], value)
    assert (opening_scorer().additive(raised) >= opening_scorer().additive(X)).all()


def test_the_constructor_only_stores_and_clones() -> None:
    scorer = AdditiveScorer(TOY)
    assert vars(scorer) == {"config": TOY}
    assert clone(scorer).get_params() == {"config": TOY}


def test_the_fit_does_not_change_the_shipped_model() -> None:
    config = opening_scorer().config
    again = AdditiveScorer(config).fit(np.random.default_rng(0).random((50, WIDTH)))
    assert (again.base_, again.coef_.tolist()) == (
        opening_scorer().base_,
        opening_scorer().coef_.tolist(),
    )


@pytest.mark.parametrize("X", [[0.5, 0.5], [[0.5]], [[np.nan, 0.0]], [[np.inf, 0.0]]])
def test_rows_that_are_not_finite_features_are_refused(X: object) -> None:
    with pytest.raises(ValueError, match=r"expected|finite"):
        AdditiveScorer(TOY).fit([[0.0, 0.0]]).predict(X)  # type: ignore[arg-type]


@pytest.mark.parametrize("points", [(-1.0, 1.0), (float("nan"), 1.0)])
def test_negative_weights_are_refused(points: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        AdditiveScorer(ScorerConfig("bad", ("a", "b"), points, (0.0, 0.0), 0.0)).fit([[0, 0]])


def test_each_weight_has_a_feature_and_a_sentence_in_both_languages() -> None:
    for model, features in ((OPENING_MODEL, OPENING_FEATURES), (COURSE_MODEL, COURSE_FEATURES)):
        assert list(model.weights) == [each.name for each in features]
        assert all(each.why_ko and each.why_en for each in model.weights.values())
        assert json.loads(json.dumps(model.as_json()))["version"] == MODEL_VERSION


def test_best_and_worst_pairs_use_the_whole_scale() -> None:
    for scorer in (opening_scorer(), course_scorer()):
        width = scorer.n_features_in_
        assert scorer.predict([[0.0] * width, [1.0] * width]).tolist() == [0.0, 5.0]
        assert scorer.predict([scorer.config.neutral]).tolist() == pytest.approx([scorer.base_])


def test_importing_the_package_does_not_load_scikit_learn() -> None:
    code = (
        "import sys, matcher.ranking.recommend, matcher.ranking.explain, matcher.ranking.whatif,"
        " matcher.ranking.display; print('sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
