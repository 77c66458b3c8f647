"""Learn a model from what people decided: one at a time, up to a fixed moment, never promoted here.

Reading and writing are short transactions; fitting holds none, so the service goes on meanwhile.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from matcher.clock import start_of
from matcher.db import Unit, Units
from matcher.i18n import gettext as _
from matcher.matching import teaching
from matcher.matching.assessed import assessed_now
from matcher.matching.moments import day_number
from matcher.matching.serving import serving_model
from matcher.matching.teaching import Material
from matcher.ranking import judging, training
from matcher.ranking.judging import Assessed, Frame
from matcher.ranking.model import RankingModel, prior
from matcher.ranking.report import ModelReport
from matcher.ranking.splitting import cuts, split
from matcher.ranking.training import MakeRanker, NothingToLearnError, Served, Trained
from matcher.refusal import Conflict
from matcher.store import model_versions
from models.model_version import ModelState, ModelVersion, Verdict

Tell = Callable[[str, int, int], None]
"""Words, steps done, steps in all (0: not known)."""
STALE = timedelta(hours=6)
"""A training that takes longer has died."""


@dataclass(frozen=True)
class Read:
    """What one training works with; nothing of the database is needed afterwards."""

    material: Material
    assessed: Assessed
    serving: RankingModel
    today: date
    until: date
    moment: datetime
    seed: int


@dataclass(frozen=True)
class Outcome:
    """`artefact` None: there was nothing to learn from."""

    artefact: bytes | None
    report: ModelReport


def train(
    units: Units,
    until: date | None = None,
    seed: int = 0,
    tell: Tell = lambda words, done, whole: None,
    make: MakeRanker = training.additive_ranker,
) -> ModelVersion:
    """The new version, a candidate or, with a red report, refused. `until` = the last day learned
    from (None: up to now). Raises Conflict while another training runs."""
    with _turn(units):
        with units.reading() as unit:
            read = _read(unit, until, seed, tell)
        made = learn(read, tell, make)
        with units.writing() as unit:
            return _record(unit, read, made)


def learn(read: Read, tell: Tell, make: MakeRanker = training.additive_ranker) -> Outcome:
    """Without the database; the same `read` gives the same artefact."""
    start = time.perf_counter()
    count = _Counter(tell, _("목록을 읽는 중"), read.material.size)
    sides = [
        teaching.youth_lists(read.material, count),
        teaching.partner_lists(read.material, count),
    ]
    days = cuts(sides, day_number(read.moment))
    frame = Frame(read.today, read.until, days, read.seed, 0.0, _versions())
    tell(_("공고 모델을 배우는 중"), 0, 0)
    try:
        opening = training.train_openings([split(each, days) for each in sides], read.seed, make)
    except NothingToLearnError:
        return Outcome(None, judging.refused(frame))
    course = _course(read, opening, frame, count, tell, make)
    artefact = training.packed(opening, course, _header(read, frame))
    trained = Trained(opening, course, artefact)
    tell(_("재는 중"), 0, 0)
    report = judging.report(trained, read.serving, prior(), read.assessed, frame)
    return Outcome(artefact, judging.timed(report, time.perf_counter() - start))


def _read(unit: Unit, until: date | None, seed: int, tell: Tell) -> Read:
    tell(_("읽는 중"), 0, 0)
    last = min(until or unit.today, unit.today)
    moment = min(unit.now, start_of(last + timedelta(days=1)))
    return Read(
        material=teaching.read_material(unit.session, unit.today, moment, seed),
        assessed=assessed_now(unit.session, unit.today),
        serving=serving_model(unit.session),
        today=unit.today,
        until=last,
        moment=moment,
        seed=seed,
    )


def _course(
    read: Read, opening: Served, frame: Frame, count: "_Counter", tell: Tell, make: MakeRanker
) -> Served | None:
    model = training.as_model("candidate", opening, None, prior().course)
    lists = teaching.course_lists(read.material, model, count)
    tell(_("과정 모델을 배우는 중"), 0, 0)
    try:
        return training.train_courses(split(lists, frame.cuts), read.seed, make)
    except NothingToLearnError:
        return None


def _record(unit: Unit, read: Read, made: Outcome) -> ModelVersion:
    verdict = made.report.verdict
    is_refused = verdict.colour == "red"
    row = model_versions.add(
        unit.session,
        data=made.artefact,
        state=ModelState.REFUSED if is_refused else ModelState.CANDIDATE,
        trained_until=read.until,
        seed=read.seed,
        verdict=Verdict(verdict.colour),
        reasons=made.report.to_json()["verdict"]["reasons"],
        report=made.report.to_json(),
        now=unit.now,
        today=unit.today,
        account_id=None if unit.actor is None else unit.actor.account_id,
    )
    unit.audit("model:trained", "model_version", row.id, label=row.label, verdict=verdict.colour)
    return row


def _header(read: Read, frame: Frame) -> dict[str, Any]:
    return {
        "trained_until": read.until.isoformat(),
        "seed": read.seed,
        "validation_from": frame.cuts.validation,
        "test_from": frame.cuts.test,
        **frame.versions,
    }


def _versions() -> dict[str, str]:
    import numpy
    import scipy
    import sklearn

    return {
        "numpy": numpy.__version__,
        "scipy": scipy.__version__,
        "scikit_learn": sklearn.__version__,
    }


@contextmanager
def _turn(units: Units) -> Iterator[None]:
    """Held as a row, not as a transaction: both databases stay free while the model is fitted."""
    token = secrets.token_hex(16)
    with units.writing() as unit:
        if not model_versions.take_turn(unit.session, token, unit.now, STALE):
            raise Conflict(_("다른 학습이 돌고 있습니다. 끝난 뒤에 다시 해 주십시오."))
    try:
        yield
    finally:
        with units.writing() as unit:
            model_versions.give_turn_back(unit.session, token)


class _Counter:
    """Counts lists, and tells of every hundredth."""

    def __init__(self, tell: Tell, words: str, whole: int) -> None:
        self.tell, self.words, self.whole, self.done = tell, words, whole, 0

    def __call__(self) -> None:
        self.done += 1
        if self.done % 100 == 0:
            self.tell(self.words, self.done, self.whole)
