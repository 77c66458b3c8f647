"""What a model's report says, ready for a public page: small cells hidden, models named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from matcher.matching import model_words
from matcher.policy.small_cells import LEAST, is_small
from matcher.ranking.report import CANDIDATE, ModelReport

LEAST_IN_BIN = 10
"""A share of fewer pairs says little and may tell of somebody."""


@dataclass(frozen=True)
class CountRow:
    """None: fewer than five."""

    side: str
    part: str
    lists: int | None
    people: int | None
    pairs: int | None


@dataclass(frozen=True)
class FigureRow:
    """One model on one side; `is_own` = the model of this card."""

    side: str
    metric: str
    model: str
    value: float
    low: float
    high: float
    queries: int
    is_own: bool = False
    newcomer: str = ""


@dataclass(frozen=True)
class GroupRow:
    """None: too few to show."""

    kind: str
    group: str
    selected: int | None
    assessed: int | None
    ratio: float | None
    p: float | None
    verdict: str


@dataclass(frozen=True)
class Calibration:
    """Points (predicted, observed, pairs) with at least ten pairs each; `top` = largest of them."""

    side: str
    points: tuple[tuple[float, float, int], ...]
    error: float | None
    top: float


@dataclass(frozen=True)
class Measured:
    """What the report says, ready to be shown."""

    made_on: date
    windows: tuple[tuple[str, date, date], ...]
    counts: tuple[CountRow, ...]
    accuracy: tuple[FigureRow, ...]
    differences: tuple[FigureRow, ...]
    cold_start: tuple[FigureRow, ...]
    calibration: tuple[Calibration, ...]
    exposure: tuple[tuple[str, str, str, float], ...]
    fairness: tuple[GroupRow, ...]
    membership: tuple[float, float, float] | None
    versions: tuple[tuple[str, str], ...]
    seed: int
    seconds: float


def measured(report: ModelReport, label: str) -> Measured:
    """`label` is the version the report is about."""
    return Measured(
        made_on=report.made_on,
        windows=tuple((each.part, each.first, each.last) for each in report.windows),
        counts=_counts(report),
        accuracy=_figures(report, label),
        differences=_differences(report),
        cold_start=_cold_start(report, label),
        calibration=_calibrations(report),
        exposure=tuple(
            (each.side, each.measure, model_words.model_name(each.model, label), each.value)
            for each in report.exposure
        ),
        fairness=tuple(_groups(report)),
        membership=None
        if report.membership is None
        else (report.membership.auc, report.membership.low, report.membership.high),
        versions=tuple(sorted(report.versions.items())),
        seed=report.seed,
        seconds=report.seconds,
    )


def _hidden(n: int) -> int | None:
    return None if is_small(n) else n


def _counts(report: ModelReport) -> tuple[CountRow, ...]:
    return tuple(
        CountRow(
            each.side, each.part, _hidden(each.lists), _hidden(each.people),
            None if is_small(each.people) else each.pairs,
        )
        for each in report.counts
    )  # fmt: skip


def _figures(report: ModelReport, label: str) -> tuple[FigureRow, ...]:
    return tuple(
        FigureRow(
            each.side, each.metric, model_words.model_name(each.model, label), each.value,
            each.low, each.high, each.queries, each.model == CANDIDATE,
        )
        for each in report.accuracy
        if each.queries >= LEAST
    )  # fmt: skip


def _differences(report: ModelReport) -> tuple[FigureRow, ...]:
    return tuple(
        FigureRow(
            each.side, each.metric, model_words.model_name(each.model, ""), each.difference,
            each.low, each.high, each.queries,
        )
        for each in report.comparisons
        if each.queries >= LEAST
    )  # fmt: skip


def _cold_start(report: ModelReport, label: str) -> tuple[FigureRow, ...]:
    return tuple(
        FigureRow(
            each.side, each.metric, model_words.model_name(each.model, label), each.value,
            each.low, each.high, each.queries, each.model == CANDIDATE, each.newcomer,
        )
        for each in report.cold_start
        if each.queries >= LEAST
    )  # fmt: skip


def _calibrations(report: ModelReport) -> tuple[Calibration, ...]:
    errors = {each.side: each.error for each in report.calibration_error}
    sides = dict.fromkeys(each.side for each in report.calibration)
    found = []
    for side in sides:
        points = tuple(
            (each.predicted, each.observed, each.count)
            for each in report.calibration
            if each.side == side and each.count >= LEAST_IN_BIN
        )
        if points:
            top = max(max(x, y) for x, y, _ in points)
            found.append(Calibration(side, points, errors.get(side), top or 1.0))
    return tuple(found)


def _groups(report: ModelReport) -> Iterator[GroupRow]:
    """A small count goes, and the ratio with it, from which it could be worked out."""
    for each in report.fairness:
        is_hidden = is_small(each.selected) or is_small(each.assessed)
        is_hidden = is_hidden or is_small(each.assessed - each.selected)
        yield GroupRow(
            kind=each.group_kind,
            group=each.group,
            selected=None if is_hidden else each.selected,
            assessed=_hidden(each.assessed),
            ratio=None if is_hidden else each.ratio,
            p=None if is_hidden else each.p,
            verdict=each.verdict,
        )
