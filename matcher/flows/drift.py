"""Compares what was shown lately with what the serving model was trained on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import structlog
from sqlmodel import Session

from matcher.clock import day_of
from matcher.db import Unit
from matcher.matching import serving, teaching
from matcher.matching.moments import day_number
from matcher.ranking.metrics.drift import ALARM, Drift, drift_of
from matcher.ranking.report import ModelReport
from matcher.ranking.splitting import Bools, Lists
from matcher.store import model_versions

DAYS = 30
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Measured:
    """`label` "" while the prior serves: it was not trained, so nothing can drift from it."""

    label: str
    features: tuple[Drift, ...]

    @property
    def alarms(self) -> tuple[Drift, ...]:
        return tuple(each for each in self.features if each.is_alarm)


def measure(unit: Unit) -> Measured:
    """By feature over the lists of the last 30 days; noted in the audit and, above .2, logged.

    Only lists of people whose consent to learning is alive are looked at, as in training.
    """
    row = model_versions.serving(unit.session)
    if row is None:
        return Measured("", ())
    found = Measured(row.label, _drifts(unit.session, unit.now, ModelReport.stored(row.report)))
    alarms = {f"{each.side}.{each.feature}": round(each.psi or 0.0, 3) for each in found.alarms}
    if alarms:
        log.warning("model_drift", label=row.label, psi=alarms)
    unit.audit(
        serving.DRIFT_MEASURED, "model_version", row.id, label=row.label, limit=ALARM, alarms=alarms
    )
    return found


def _drifts(session: Session, now: datetime, report: ModelReport | None) -> tuple[Drift, ...]:
    if report is None or not report.drift:
        return ()
    recent = _recent(session, now)
    found = []
    for each in report.drift:
        lists = recent.get(each.side)
        if lists is not None and each.feature in lists.names:
            values = lists.X[_rows(lists, now), lists.names.index(each.feature)]
            found.append(drift_of(each.side, each.feature, each.edges, each.shares, values))
    return tuple(found)


def _recent(session: Session, now: datetime) -> Mapping[str, Lists]:
    """Read whole, because popularity counts from the first day on."""
    material = teaching.read_material(session, day_of(now), now, seed=0)
    model = serving.serving_model(session)
    return {
        "youth": teaching.youth_lists(material),
        "partner": teaching.partner_lists(material),
        "course": teaching.course_lists(material, model),
    }


def _rows(lists: Lists, now: datetime) -> Bools:
    """(n,) rows of lists of the last days."""
    rows: Bools = np.repeat(lists.at >= day_number(now) - DAYS, lists.group)
    return rows
