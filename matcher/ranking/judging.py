"""The whole report about a candidate, measured on lists later than those it learned from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.ranking import evaluating as measured
from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.evaluating import POPULARITY, Bench, K, Score, popularity_score
from matcher.ranking.features import OPENING_FEATURES
from matcher.ranking.metrics.drift import reference
from matcher.ranking.metrics.fairness import audit, large_enough, selection_counts
from matcher.ranking.model import RankingModel
from matcher.ranking.monotone import broken_promises
from matcher.ranking.report import (
    CANDIDATE,
    DriftReference,
    FairnessRow,
    ModelReport,
    Verdict,
    VerdictReason,
    Window,
)
from matcher.ranking.splitting import Cuts, Ints, Lists, Side
from matcher.ranking.tables import Floats
from matcher.ranking.training import Served, SideFit, Trained
from matcher.ranking.verdicts import verdict


@dataclass(frozen=True, eq=False)
class Pool:
    """Everybody a partner would see for one opening now: numbers (n,) and features (n, d)."""

    people: Ints
    X: Floats


@dataclass(frozen=True)
class Assessed:
    """Who is ranked now, and the groups of those who are known to be in one: kind -> number ->
    group."""

    pools: Sequence[Pool] = ()
    groups: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Frame:
    """What the report is about besides the model."""

    made_on: date
    trained_until: date
    cuts: Cuts
    seed: int
    seconds: float
    versions: dict[str, str]


def refused(frame: Frame) -> ModelReport:
    """Nothing was preferred to anything: there is no model."""
    verdict = Verdict("red", (VerdictReason("nothing_to_learn"),))
    return ModelReport(
        artefact="",
        made_on=frame.made_on,
        trained_until=frame.trained_until,
        seed=frame.seed,
        seconds=frame.seconds,
        verdict=verdict,
        versions=frame.versions,
    )


def report(
    trained: Trained, serving: RankingModel, prior: RankingModel, assessed: Assessed, frame: Frame
) -> ModelReport:
    benches = _benches(trained, serving, prior, frame.seed)
    fits = _fits(trained)
    calibrated = [measured.calibrated(each) for each in fits]
    made = ModelReport(
        artefact=trained.sha256,
        made_on=frame.made_on,
        trained_until=frame.trained_until,
        seed=frame.seed,
        seconds=frame.seconds,
        verdict=Verdict("green", ()),
        versions=frame.versions,
        notes=_notes(trained),
        windows=_windows(fits),
        counts=tuple(row for each in fits for row in measured.counts(each.parts)),
        accuracy=tuple(row for each in benches for row in measured.accuracy(each)),
        comparisons=tuple(row for each in benches for row in measured.comparisons(each)),
        off_policy=tuple(row for each in benches for row in measured.off_policy(each)),
        calibration=tuple(row for bins, _ in calibrated for row in bins),
        calibration_error=tuple(each for _, each in calibrated if each is not None),
        exposure=tuple(row for each in benches for row in measured.exposure(each)),
        fairness=fairness(trained.opening, assessed),
        cold_start=tuple(row for each in benches for row in measured.cold_start(each)),
        membership=measured.membership(benches),
        drift=tuple(row for each in _drifting(trained) for row in references(*each)),
    )
    return replace(made, verdict=verdict(made, _broken(trained), serving.version))


def timed(made: ModelReport, seconds: float) -> ModelReport:
    return replace(made, seconds=seconds)


def fairness(opening: Served, assessed: Assessed) -> tuple[FairnessRow, ...]:
    """Of the people ranked now, those among the first ten for at least one opening."""
    people = np.unique(
        np.concatenate([p.people for p in assessed.pools] or [np.empty(0, np.int64)])
    )
    chosen = _chosen(opening, assessed.pools)
    rows = []
    for kind, groups in sorted(assessed.groups.items()):
        known = [each for each in people.tolist() if each in groups]
        found = selection_counts(
            np.array([each in chosen for each in known], dtype=bool),
            [groups[each] for each in known],
        )
        rows += [
            FairnessRow(kind, r.group, r.selected, r.assessed, r.ratio, r.p, r.verdict)
            for r in audit(large_enough(found)).rows
        ]
    return tuple(rows)


def references(side: Side, lists: Lists) -> tuple[DriftReference, ...]:
    """How each feature lies over the training pairs."""
    return tuple(
        DriftReference(side, name, *_histogram(column))
        for name, column in zip(lists.names, lists.X.T, strict=True)
    )


def _histogram(column: Floats) -> tuple[tuple[float, ...], tuple[float, ...]]:
    edges, shares = reference(column)
    return tuple(edges.tolist()), tuple(shares.tolist())


def _benches(
    trained: Trained, serving: RankingModel, prior: RankingModel, seed: int
) -> list[Bench]:
    found = []
    for served, features, name in (
        (trained.opening, OPENING_FEATURES, "opening"),
        (trained.course, COURSE_FEATURES, "course"),
    ):
        for fit in () if served is None else served.sides:
            scores: dict[str, Score] = {CANDIDATE: served.tables.predict} if served else {}
            scores[serving.version] = getattr(serving, name).additive
            scores[prior.version] = getattr(prior, name).additive
            scores[POPULARITY] = popularity_score([each.name for each in features])
            found.append(Bench(fit.parts, scores, fit.weights.eta, seed))
    return found


def _fits(trained: Trained) -> tuple[SideFit, ...]:
    return (*trained.opening.sides, *(trained.course.sides if trained.course else ()))


def _drifting(trained: Trained) -> list[tuple[Side, Lists]]:
    """Openings' features as people meet them, else as partners do; and the courses'."""
    found: list[tuple[Side, Lists]] = [("youth", trained.opening.sides[0].parts.train.lists)]
    if trained.course is not None:
        found.append(("course", trained.course.sides[0].parts.train.lists))
    return found


def _notes(trained: Trained) -> dict[str, float]:
    notes = {"prior_share_opening": trained.opening.share}
    if trained.course is not None:
        notes["prior_share_course"] = trained.course.share
    for fit in _fits(trained):
        side = fit.parts.train.lists.side
        notes[f"effective_sample_size_{side}"] = fit.weights.effective
        notes[f"rows_{side}"] = float(len(fit.weights.rows))
        notes[f"examination_eta_{side}"] = fit.weights.eta
        notes[f"calibration_slope_{side}"] = fit.line.slope
    return notes


def _windows(fits: Sequence[SideFit]) -> tuple[Window, ...]:
    rows = []
    for index, name in enumerate(("train", "validation", "test")):
        at = np.concatenate([each.parts.all()[index].lists.at for each in fits])
        if len(at):
            rows.append(Window(name, _day(at.min()), _day(at.max())))  # type: ignore[arg-type]
    return tuple(rows)


def _day(number: float) -> date:
    return date.fromordinal(date(1970, 1, 1).toordinal() + int(number // 1))


def _chosen(opening: Served, pools: Sequence[Pool]) -> set[int]:
    found: set[int] = set()
    for pool in pools:
        score: NDArray[np.float64] = opening.tables.predict(pool.X)
        found |= set(pool.people[np.argsort(-score, kind="stable")[:K]].tolist())
    return found


def _broken(trained: Trained) -> tuple[str, ...]:
    courses = () if trained.course is None else broken_promises(
        trained.course.tables, COURSE_FEATURES
    )  # fmt: skip
    return (*broken_promises(trained.opening.tables, OPENING_FEATURES), *courses)
