"""How the candidate, the serving model, the hand-made prior and popularity do on later lists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from matcher.ranking import calibration
from matcher.ranking.metrics.accuracy import PerQuery, measure, paired
from matcher.ranking.metrics.exposure import coverage, exposure_of, gini, never_shown_share
from matcher.ranking.metrics.membership import loss_attack
from matcher.ranking.metrics.offpolicy import dcg_worth, inverse_weights, self_normalised
from matcher.ranking.report import (
    CANDIDATE,
    Accuracy,
    CalibrationBin,
    CalibrationError,
    ColdStart,
    Comparison,
    Count,
    ExposureFigure,
    Membership,
    OffPolicy,
)
from matcher.ranking.splitting import Bools, Ints, Lists, Part, Parts, Side
from matcher.ranking.tables import Floats
from matcher.ranking.training import METRIC, SideFit

POPULARITY = "popularity"
OFF_POLICY = "SNIPS-DCG@10"
K = 10
Score = Callable[[Floats], Floats]
"""(n, d) -> (n,)."""
Newcomer = Literal["person", "opening", "course"]


@dataclass(frozen=True, eq=False)
class Bench:
    """One side's later lists, what is compared on them, and how fast looks fade there."""

    parts: Parts
    scores: Mapping[str, Score]
    """By name; the candidate's is among them."""
    eta: float
    seed: int

    @property
    def side(self) -> Side:
        return self.parts.train.lists.side


def popularity_score(names: Sequence[str]) -> Score:
    column = list(names).index("popularity")
    return lambda X: X[:, column]


def counts(parts: Parts) -> tuple[Count, ...]:
    found = []
    for name, part in zip(("train", "validation", "test"), parts.all(), strict=True):
        lists = part.lists
        people = len(np.unique(lists.person))
        positives = int((part.y > 0).sum())
        found.append(
            Count(lists.side, name, len(lists), people, len(lists.X), positives)  # type: ignore[arg-type]
        )
    return tuple(found)


def accuracy(bench: Bench) -> tuple[Accuracy, ...]:
    found = _measured(bench, bench.parts.test)
    rows = []
    for name, each in found.items():
        spread = each.interval(seed=bench.seed)
        ends = (spread.value, spread.low, spread.high, spread.queries)
        rows.append(Accuracy(bench.side, METRIC, name, *ends))
    return tuple(rows)


def comparisons(bench: Bench) -> tuple[Comparison, ...]:
    found = _measured(bench, bench.parts.test)
    rows = []
    for name, each in found.items():
        if name != CANDIDATE:
            gap = paired(found[CANDIDATE], each, seed=bench.seed)
            rows.append(
                Comparison(bench.side, METRIC, name, gap.value, gap.low, gap.high, gap.queries)
            )
    return tuple(rows)


def cold_start(bench: Bench) -> tuple[ColdStart, ...]:
    """Over the rows of the later lists that speak of somebody or something not trained on."""
    thing: Newcomer = "course" if bench.side == "course" else "opening"
    train, later = bench.parts.train.lists, bench.parts.test
    rows = []
    for newcomer, ours, theirs in (
        ("person", train.person, later.lists.person),
        (thing, train.item, later.lists.item),
    ):
        for name, each in _measured(bench, _only(later, ~np.isin(theirs, ours))).items():
            spread = each.interval(seed=bench.seed)
            ends = (spread.value, spread.low, spread.high, spread.queries)
            rows.append(ColdStart(bench.side, newcomer, METRIC, name, *ends))  # type: ignore[arg-type]
    return tuple(rows)


def off_policy(bench: Bench) -> tuple[OffPolicy, ...]:
    """Mean worth of a wanted row's place, each weighed by how likely it was to be looked at."""
    part = bench.parts.test
    if not (part.y > 0).any():
        return ()
    lists = part.lists
    weight = inverse_weights(_places(lists.rank), lists.propensity, eta=bench.eta)
    gains = np.exp2(part.y) - 1.0
    rows = []
    for name, score in bench.scores.items():
        worth = dcg_worth(ranks(score(lists.X), lists), K)
        found = self_normalised(gains, weight, worth, lists.group.tolist(), seed=bench.seed)
        ends = (found.value, found.low, found.high, found.effective, found.lists)
        rows.append(OffPolicy(bench.side, OFF_POLICY, name, *ends))
    return tuple(rows)


def exposure(bench: Bench) -> tuple[ExposureFigure, ...]:
    """How the first ten places of the later lists are shared out among what stands in them."""
    lists, trained = bench.parts.test.lists, bench.parts.train.lists
    if not len(lists):
        return ()
    is_person = bench.side == "partner"
    shown = lists.person if is_person else lists.item
    before = trained.person if is_person else trained.item
    everyone = np.unique(np.concatenate([shown, before])).tolist()
    earlier = exposure_of(everyone, before.tolist(), np.ones(len(before)))
    rows = []
    for name, score in bench.scores.items():
        rank = ranks(score(lists.X), lists)
        first = rank <= K
        seen = exposure_of(everyone, shown[first].tolist(), rank[first])
        rows += [
            ExposureFigure(bench.side, "gini", name, gini(seen)),
            ExposureFigure(bench.side, "coverage", name, coverage(seen)),
            ExposureFigure(bench.side, "never_shown", name, never_shown_share(seen, earlier)),
        ]
    return tuple(rows)


def calibrated(fit: SideFit) -> tuple[tuple[CalibrationBin, ...], CalibrationError | None]:
    """Chances from the validation part's line, held against what happened in the test part."""
    side, test, middle = fit.parts.train.lists.side, fit.parts.test, fit.parts.validation
    if not len(test.y):
        return (), None
    happened = test.outcome.astype(np.float64)
    found = calibration.bins(calibration.chances(fit.log_odds(test.lists.X)), happened)
    steps = None
    if len(middle.y):
        later = calibration.isotonic(
            fit.log_odds(middle.lists.X),
            middle.outcome.astype(np.float64),
            fit.log_odds(test.lists.X),
        )
        steps = calibration.error(calibration.bins(later, happened))
    bins = tuple(CalibrationBin(side, each.predicted, each.observed, each.count) for each in found)
    return bins, CalibrationError(side, calibration.error(found), steps)


def membership(benches: Sequence[Bench]) -> Membership | None:
    """The side on which a list's fit betrays most whether it was trained on."""
    found = []
    for bench in benches:
        score = bench.scores[CANDIDATE]
        inside = losses(bench.parts.train, score)
        outside = losses(bench.parts.test, score)
        if len(inside) and len(outside):
            attack = loss_attack(inside, outside, seed=bench.seed)
            found.append(
                Membership(attack.auc, attack.low, attack.high, attack.members, attack.others)
            )
    return max(found, key=lambda each: each.auc, default=None)


def losses(part: Part, score: Score) -> Floats:
    """(labelled lists,) mean logistic loss of the pairs of each list, whatever its length."""
    lists, points = part.lists, score(part.lists.X)
    found, start = [], 0
    for size in lists.group.tolist():
        y, s = part.y[start : start + size], points[start : start + size]
        better, worse = np.nonzero(y[:, None] > y[None, :])
        if len(better):
            found.append(float(np.logaddexp(0.0, s[worse] - s[better]).mean()))
        start += size
    return np.array(found)


def ranks(score: Floats, lists: Lists) -> Floats:
    """(n,) place of each row in its list, from 1; equal scores share the middle of their places."""
    rank = np.empty(len(score))
    start = 0
    for size in lists.group.tolist():
        own = score[start : start + size]
        below = (own[None, :] > own[:, None]).sum(axis=1)
        same = (own[None, :] == own[:, None]).sum(axis=1)
        rank[start : start + size] = below + (same + 1) / 2.0
        start += size
    return rank


def _measured(bench: Bench, part: Part) -> dict[str, PerQuery]:
    """Empty when no list can be judged."""
    if not part.labelled:
        return {}
    X, group = part.lists.X, part.lists.group.tolist()
    return {name: measure(METRIC, score(X), part.y, group) for name, score in bench.scores.items()}


def _only(part: Part, keep: Bools) -> Part:
    some = part.lists.rows(keep)
    left = np.bincount(part.lists.of[keep], minlength=len(part.lists)) >= 2
    y: Ints = part.y[keep & left[part.lists.of]]
    return Part(some, y)


def _places(rank: Floats) -> Floats:
    return np.where(np.isnan(rank), 1.0, np.maximum(rank, 1.0))
