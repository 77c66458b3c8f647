"""What is shown lately against what the serving model learned from: a shift raises the alarm."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from sqlmodel import Session, select
from structlog.testing import capture_logs

from matcher.flows import models
from matcher.jobs import drift as job
from matcher.matching import teaching
from matcher.ranking.metrics.drift import LEAST_ROWS, reference
from matcher.ranking.report import DriftReference, ModelReport
from matcher.store import model_versions
from matcher.wiring import Services
from models.consent import ConsentPurpose
from models.trail import AuditEntry, Exposure, ExposureKind
from tests import factories
from tests.matching_desk import stock
from tests.model_shelf import shelve
from tests.people import People

SEEN = 80
"""Days with one list of three openings each."""


def lists(session: Session, people: People, openings: Sequence[int], days: range) -> None:
    for day in days:
        items = [[each, place, 3.0] for place, each in enumerate(openings, start=1)]
        session.add(
            Exposure(
                at=factories.NOW - timedelta(hours=6 * day + 1),
                account_id=people.youth.account_id,
                kind=ExposureKind.LISTED,
                subject="opening",
                context_id=people.youth.youth_id or 0,
                model_version="additive-1",
                items=items,
            )
        )


@pytest.fixture
def shown(services: Services, people: People) -> Services:
    """More than the least rows of one learner, within the last 30 days, on 28 days."""
    ids = stock(services, people.partner.organisation_id or 0, people.youth.youth_id or 0, 12)
    with services.database.writing() as session:
        factories.consent(session, people.youth.youth_id, ConsentPurpose.LEARNING)
        lists(session, people, ids, range(SEEN))
    return services


def serve(services: Services, shift: float) -> str:
    """A model whose reference is what is shown now, moved by `shift`."""
    now = services.clock.now()
    with services.database.writing() as session:
        material = teaching.read_material(session, factories.TODAY, now, 0)
        found = teaching.youth_lists(material)
        column = found.X[:, found.names.index("must_skill")]
        assert len(column) >= LEAST_ROWS
        moved = np.clip(column + shift * (1.0 + np.arange(len(column)) / len(column)), 0.0, 1.0)
        edges, shares = reference(moved)
        row = shelve(session)
        told = ModelReport.from_json(row.report)
        one = DriftReference("youth", "must_skill", tuple(edges.tolist()), tuple(shares.tolist()))
        row.report = replace(told, drift=(one,)).to_json()
        model_versions.change_over(session, None, row, factories.NOW)
        return row.label


@pytest.mark.parametrize(("shift", "alarms"), [(0.0, []), (0.4, ["must_skill"])])
def test_a_shift_raises_the_alarm_in_one_run_and_no_shift_does_not(
    shown: Services, shift: float, alarms: list[str]
) -> None:
    label = serve(shown, shift)
    with capture_logs() as logs:
        found = job.run(shown)
    assert (found.label, [each.feature for each in found.alarms]) == (label, alarms)
    assert [each["label"] for each in logs if each["event"] == "model_drift"] == [label] * len(
        alarms
    )
    with shown.reading() as unit:
        assert models.shelf(unit).drifted == tuple(f"youth.{name}" for name in alarms)
    with shown.database.reading() as session:
        rows = session.exec(
            select(AuditEntry).where(AuditEntry.action == "model:drift_measured")
        ).all()
    assert [sorted(each.change["alarms"]) for each in rows] == [
        [f"youth.{name}" for name in alarms]
    ]


def test_the_prior_cannot_drift(shown: Services) -> None:
    assert job.run(shown).label == ""


def test_a_model_without_a_report_is_no_crash(shown: Services) -> None:
    with shown.database.writing() as session:
        model_versions.change_over(session, None, shelve(session, has_report=False), factories.NOW)
    assert job.run(shown).features == ()
