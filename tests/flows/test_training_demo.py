"""The whole demo history trains a first model: minutes."""

import numpy as np
import pytest

from matcher.flows import training
from matcher.matching import teaching
from matcher.ranking.artefact import unpack
from matcher.ranking.features import OPENING_FEATURES
from matcher.ranking.model import TableScorer
from matcher.ranking.report import ModelReport
from matcher.store import model_versions
from matcher.wiring import Services
from models.model_version import ModelState

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(demo_services: Services) -> ModelReport:
    row = training.train(demo_services)
    assert row.state is ModelState.CANDIDATE, row.reasons
    return ModelReport.from_json(row.report)


def test_the_first_model_beats_popularity_everywhere_and_is_nowhere_worse_than_the_prior(
    report: ModelReport,
) -> None:
    beaten = {(each.side, each.model): each for each in report.comparisons}
    for side in ("youth", "partner", "course"):
        assert beaten[side, "popularity"].low > 0.0, beaten[side, "popularity"]
        assert beaten[side, "additive-1"].high > 0.0, beaten[side, "additive-1"]
    assert beaten["course", "additive-1"].low > 0.0


def test_it_does_not_betray_its_training_lists(report: ModelReport) -> None:
    assert report.membership is not None
    assert report.membership.auc <= 0.60


def test_every_pair_of_the_demo_is_explained_exactly_and_no_raise_lowers_a_score(
    demo_services: Services, report: ModelReport
) -> None:
    with demo_services.reading() as unit:
        data = model_versions.artefact(unit.session, report.artefact, 1_000_000)
        material = teaching.read_material(unit.session, unit.today, unit.now, 0)
    assert data is not None
    tables, again = (unpack(data, report.artefact).tables["opening"] for _ in range(2))
    X = np.concatenate([teaching.youth_lists(material).X, teaching.partner_lists(material).X])
    scorer = TableScorer(tables)
    exact = scorer.base_ + scorer.contributions(X).sum(axis=1)
    assert np.abs(exact - scorer.additive(X)).max() < 1e-9
    assert np.array_equal(again.predict(X), tables.predict(X))
    rng, violations = np.random.default_rng(0), 0
    for index, feature in enumerate(OPENING_FEATURES):
        if feature.direction:
            rows = X[rng.integers(len(X), size=9_000)]
            then = rows.copy()
            then[:, index] += (1.0 - then[:, index]) * rng.random(len(rows))
            moved = feature.direction * (tables.predict(then) - tables.predict(rows))
            violations += int((moved < -1e-9).sum())
    assert violations == 0
