"""Trained models made by hand for tests, and a registry to put them in."""

from datetime import date
from typing import Any

import numpy as np
from sqlmodel import Session

from matcher.ranking.artefact import pack
from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.features import OPENING_FEATURES, Feature
from matcher.ranking.report import (
    Accuracy,
    CalibrationBin,
    Comparison,
    Count,
    DriftReference,
    ExposureFigure,
    FairnessRow,
    Membership,
    ModelReport,
    VerdictReason,
    Window,
)
from matcher.ranking.report import Verdict as ReportVerdict
from matcher.ranking.tables import AdditiveTables, Steps
from matcher.store import model_versions
from models.model_version import ModelState, ModelVersion, Verdict
from tests.factories import NOW, TODAY

TRAINED_UNTIL = date(2026, 11, 1)


def tables(features: tuple[Feature, ...], lift: float = 0.0, base: float = 2.0) -> AdditiveTables:
    """Half a point for more than half of a feature, and a line; nought at neutral; `lift` makes
    one model differ from another."""
    signs = [-1.0 if each.direction < 0 else 1.0 for each in features]
    steps = tuple(
        Steps(np.array([0.5]), np.array([0.0, sign * (0.25 + lift)]), slope=sign * 0.25)
        for sign in signs
    )
    made = AdditiveTables(tuple(each.name for each in features), base, steps)
    return made.centred([each.neutral for each in features])


def artefact(lift: float = 0.0, **header: Any) -> bytes:
    both = {
        "opening": tables(OPENING_FEATURES, lift),
        "course": tables(COURSE_FEATURES, lift, 1.5),
    }
    return pack({"sklearn": "1.7", **header}, both)


def report(sha256: str, colour: Any = "green") -> ModelReport:
    """A small report with something in every section."""
    return ModelReport(
        artefact=sha256,
        made_on=TODAY,
        trained_until=TRAINED_UNTIL,
        seed=7,
        seconds=2.5,
        verdict=ReportVerdict(colour, (VerdictReason("better_than_serving", "additive-1", 0.04),)),
        versions={"scikit-learn": "1.7"},
        windows=(
            Window("train", date(2026, 5, 1), date(2026, 8, 31)),
            Window("validation", date(2026, 9, 1), date(2026, 9, 30)),
            Window("test", date(2026, 10, 1), date(2026, 10, 31)),
        ),
        counts=(
            Count("youth", "train", 412, 88, 8240, 901),
            Count("youth", "test", 97, 41, 1940, 203),
            Count("partner", "train", 160, 3, 3200, 240),
        ),
        accuracy=(
            Accuracy("youth", "NDCG@10", "candidate", 0.61, 0.58, 0.64, 97),
            Accuracy("youth", "NDCG@10", "additive-1", 0.57, 0.54, 0.60, 97),
            Accuracy("youth", "NDCG@10", "popularity", 0.41, 0.37, 0.45, 97),
        ),
        comparisons=(Comparison("youth", "NDCG@10", "additive-1", 0.04, 0.01, 0.07, 97),),
        calibration=(
            CalibrationBin("youth", 0.05, 0.04, 700),
            CalibrationBin("youth", 0.21, 0.24, 180),
            CalibrationBin("youth", 0.52, 0.50, 60),
        ),
        exposure=(ExposureFigure("youth", "gini", "candidate", 0.42),),
        fairness=(
            FairnessRow("university", "jejunu", 60, 200, 1.0, 0.4, "green"),
            FairnessRow("university", "halla", 3, 20, None, None, "insufficient"),
        ),
        membership=Membership(0.52, 0.49, 0.55, 400, 100),
        drift=(DriftReference("youth", "must_skill", (0.25, 0.5, 0.75), (0.25,) * 4),),
    )


def shelve(
    session: Session,
    lift: float = 0.0,
    colour: Any = "green",
    *,
    state: ModelState = ModelState.CANDIDATE,
    data: bytes | None = None,
    has_report: bool = True,
) -> ModelVersion:
    """One more version; `data` in place of a sound artefact."""
    data = artefact(lift) if data is None else data
    row = model_versions.add(
        session, data=data, state=ModelState.CANDIDATE, trained_until=TRAINED_UNTIL, seed=7,
        verdict=Verdict(colour), reasons=[{"code": "better_than_serving", "about": "", "value": 0}],
        report=None, now=NOW, today=TODAY,
    )  # fmt: skip
    if has_report:
        row.report = report(row.sha256 or "", colour).to_json()
    row.state = state
    session.add(row)
    session.flush()
    return row


def switch(session: Session, is_on: bool, reason: str = "시험") -> None:
    from models.model_version import RankingSwitch

    session.add(RankingSwitch(is_on=is_on, reason=reason, at=NOW))
    session.flush()
