"""From training sets to one artefact: each side learned, calibrated on later outcomes, combined.

Pure and deterministic: the same sets and seed give the same bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from matcher.ranking.artefact import digest, pack
from matcher.ranking.calibration import Platt, platt
from matcher.ranking.combine import as_tables, averaged, blended, linear, on_scale
from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.features import OPENING_FEATURES, Feature
from matcher.ranking.metrics.accuracy import measure
from matcher.ranking.model import RankingModel, Scorer, TableScorer, prior
from matcher.ranking.splitting import Part, Parts
from matcher.ranking.tables import AdditiveTables, Floats
from matcher.ranking.weighting import Weights, fading, weights
from matcher.ranking.weights import COURSE_MODEL, OPENING_MODEL, Model

METRIC = "NDCG@10"
SHARES = (0.1, 0.2, 0.35, 0.5, 0.75)
"""Of the hand-made line in the served score; the best on validation lists is taken."""
LEAST_POINTS = 0.1
"""Of a proof feature in the hand-made line, so that more proof always raises a score."""
GAIN_POINTS = 11.0
"""A course that raises the ten best openings by one point is worth what closing the whole gap is:
2.2 points for 0.2 of `opening_gain`."""
LEAST_CALIBRATION = 30
"""Validation rows a line is fitted to; with fewer, training rows are added."""


class Ranker(Protocol):
    tables_: AdditiveTables

    def fit(
        self,
        X: Floats,
        y: Any,
        *,
        group: Any,
        eval_set: Any = None,
        monotone: Any = None,
        sample_weight: Any = None,
        feature_names: Any = None,
    ) -> object: ...


MakeRanker = Callable[[Sequence[float], int], Ranker]
"""(hand-made points a feature, seed) -> a fresh ranker."""


def additive_ranker(points: Sequence[float], seed: int) -> Ranker:
    from matcher.ranking.learning import AdditiveRanker

    ranker: Ranker = AdditiveRanker(prior=points, random_state=seed)
    return ranker


class NothingToLearnError(ValueError):
    """No list in which something was preferred to something else."""


@dataclass(frozen=True, eq=False)
class SideFit:
    """`tables` = the side's raw score; `line` puts it on the scale of log-odds."""

    parts: Parts
    tables: AdditiveTables
    line: Platt
    weights: Weights

    def log_odds(self, X: Floats) -> Floats:
        return self.line.log_odds(self.tables.predict(X))


@dataclass(frozen=True, eq=False)
class Served:
    """One score on the 0-5 scale, the sides behind it and how much of the hand-made line is in."""

    tables: AdditiveTables
    sides: tuple[SideFit, ...]
    share: float


@dataclass(frozen=True, eq=False)
class Trained:
    """`course` None: courses go on with the hand-made model, which is in the artefact too."""

    opening: Served
    course: Served | None
    artefact: bytes

    @property
    def sha256(self) -> str:
        return digest(self.artefact)


def train_openings(sides: Sequence[Parts], seed: int, make: MakeRanker = additive_ranker) -> Served:
    """From the youths' and the partners' lists; a side without labels is left out.

    Raises NothingToLearnError when neither has any.
    """
    hand = _hand_line(OPENING_MODEL, OPENING_FEATURES, {})
    return _served(sides, OPENING_FEATURES, hand, seed, make)


def train_courses(parts: Parts, seed: int, make: MakeRanker = additive_ranker) -> Served:
    """Take-up combined with `opening_gain`, whose line keeps its slope. Raises
    NothingToLearnError."""
    hand = _hand_line(COURSE_MODEL, COURSE_FEATURES, {"opening_gain": GAIN_POINTS})
    return _served([parts], COURSE_FEATURES, hand, seed, make)


def as_model(version: str, opening: Served, course: Served | None, hand: Scorer) -> RankingModel:
    learned = hand if course is None else TableScorer(course.tables)
    return RankingModel(version, TableScorer(opening.tables), learned)


def packed(opening: Served, course: Served | None, header: dict[str, Any]) -> bytes:
    """The artefact's bytes. Without learned courses the hand-made line takes their place."""
    tables = {"opening": opening.tables}
    for side in opening.sides:
        tables[f"{side.parts.train.lists.side}_side"] = side.tables.scaled(
            side.line.slope, side.line.intercept
        )
    tables["course"] = hand_course() if course is None else course.tables
    return pack(header, tables)


def hand_course() -> AdditiveTables:
    """The hand-made course model as tables: the same scores."""
    return as_tables(prior().course, COURSE_FEATURES)


def _hand_line(model: Model, features: Sequence[Feature], more: dict[str, float]) -> AdditiveTables:
    points = []
    for each in features:
        own = more.get(each.name, model.weights[each.name].points)
        least = LEAST_POINTS * each.direction if each.is_proof else 0.0
        points.append(own or least)
    return linear(features, points)


def _served(
    sides: Sequence[Parts],
    features: Sequence[Feature],
    hand: AdditiveTables,
    seed: int,
    make: MakeRanker,
) -> Served:
    usable = [each for each in sides if each.train.labelled]
    if not usable:
        raise NothingToLearnError
    points = hand.rise().tolist()
    fits = tuple(_side(each, features, lambda: make(points, seed)) for each in usable)
    learned = averaged([(each.tables, each.line) for each in fits])
    X = np.concatenate([each.parts.train.lists.X for each in fits])
    share = _best_share(fits, learned, hand, X)
    return Served(on_scale(blended(learned, hand, share, X), features, X), fits, share)


def _side(parts: Parts, features: Sequence[Feature], fresh: Callable[[], Ranker]) -> SideFit:
    train, later = parts.train, parts.validation
    weighed = weights(train, fading(train))
    ranker = fresh()
    ranker.fit(
        train.lists.X,
        train.y,
        group=train.lists.group,
        eval_set=(later.lists.X, later.y, later.lists.group) if later.labelled else None,
        monotone=[each.direction for each in features],
        sample_weight=weighed.rows,
        feature_names=train.lists.names,
    )
    return SideFit(parts, ranker.tables_, _line(ranker.tables_, parts), weighed)


def _line(tables: AdditiveTables, parts: Parts) -> Platt:
    """On rows later than those the score was learned from, where there are enough."""
    some = [parts.validation]
    if len(parts.validation.y) < LEAST_CALIBRATION:
        some.append(parts.train)
    X = np.concatenate([each.lists.X for each in some])
    happened = np.concatenate([each.outcome for each in some])
    return platt(tables.predict(X), happened.astype(np.float64))


def _best_share(
    fits: Sequence[SideFit], learned: AdditiveTables, hand: AdditiveTables, X: Floats
) -> float:
    """By the mean over sides of NDCG@10 on validation lists; the larger share when equal."""
    later = [each.parts.validation for each in fits if each.parts.validation.labelled]
    if not later:
        return SHARES[-1]

    def worth(share: float) -> float:
        tables = blended(learned, hand, share, X)
        return float(np.mean([_ndcg(tables.predict(each.lists.X), each) for each in later]))

    return max(SHARES, key=lambda share: (round(worth(share), 9), share))


def _ndcg(score: Floats, part: Part) -> float:
    return measure(METRIC, score, part.y, part.lists.group.tolist()).mean
