"""How ready a person is for an exam, by exam domain: practice scores and hours studied.

The rule is our own. AWS publishes a scaled passing score (100 to 1000) and no share of right
answers, so the passing score divided by ten stands in for the per cent a practice test should
show; hours are held against our own planning range, shared out by the domains' weights.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

RECENT = (3, 2, 1)
"""How much the newest, the second and the third newest score count."""
MARGIN = 5
"""Points over the passing line that make ready without the hours."""
NEAR = 10
"""Points under the line that are still borderline; with the hours done, NEAR + MARGIN."""
WEAKEST = 2


class State(StrEnum):
    READY = "ready"
    BORDERLINE = "borderline"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Domain:
    n: int
    weight: float
    """Per cent of the scored questions; the weights of an exam sum to 100."""


@dataclass(frozen=True, slots=True)
class Score:
    """One practice test; `domain` None = the whole exam, which speaks for every domain."""

    on: date
    percent: int
    domain: int | None = None


@dataclass(frozen=True, slots=True)
class Study:
    minutes: int
    domain: int | None = None
    """None = all of it: shared out by weight."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What is asked: `passing` 100..1000, `hours` our (low, high) estimate or None."""

    passing: int
    hours: tuple[float, float] | None
    domains: tuple[Domain, ...]

    @property
    def line(self) -> float:
        """The passing score as per cent."""
        return self.passing / 10


@dataclass(frozen=True, slots=True)
class Part:
    """One domain, or the whole exam (n None). `percent` and `state` None: no score yet."""

    n: int | None
    weight: float
    percent: float | None
    scores: int
    hours: float
    hours_low: float | None
    hours_high: float | None
    state: State | None


@dataclass(frozen=True, slots=True)
class Readiness:
    """`overall.state` is None until every domain has a score; `unscored` names those without."""

    line: float
    overall: Part
    domains: tuple[Part, ...]
    weakest: tuple[int, ...]
    """Numbers of the domains furthest under (or least over) the line, the weakest first."""
    unscored: tuple[int, ...]


def readiness(asked: Yardstick, scores: Iterable[Score], studied: Iterable[Study]) -> Readiness:
    """`scores` in the order they were recorded; of one day the later recorded is the newer."""
    newest = sorted(scores, key=lambda each: each.on)[::-1]
    done = list(studied)
    parts = tuple(_part(asked, domain, newest, done) for domain in asked.domains)
    return Readiness(
        line=asked.line,
        overall=_overall(asked, parts, newest, done),
        domains=parts,
        weakest=_weakest(parts),
        unscored=tuple(part.n for part in parts if part.percent is None and part.n is not None),
    )


def state_of(percent: float, line: float, has_hours: bool) -> State:
    """Never lower for a higher per cent or for hours done."""
    over = round(percent - line, 9)
    if over >= MARGIN or (has_hours and over >= 0):
        return State.READY
    if over >= -NEAR or (has_hours and over >= -NEAR - MARGIN):
        return State.BORDERLINE
    return State.NOT_YET


def recent(scores: Sequence[Score]) -> float | None:
    """Mean of the newest three, weighted 3 : 2 : 1. `scores` newest first."""
    if not scores:
        return None
    counted = list(zip(RECENT, scores, strict=False))
    total = sum(weight for weight, _ in counted)
    return sum(weight * score.percent for weight, score in counted) / total


def _part(asked: Yardstick, domain: Domain, newest: Sequence[Score], done: Sequence[Study]) -> Part:
    share = domain.weight / 100
    own = [score for score in newest if score.domain in (None, domain.n)]
    whole = sum(each.minutes for each in done if each.domain is None)
    minutes = sum(each.minutes for each in done if each.domain == domain.n) + whole * share
    return _made(asked, domain.n, domain.weight, recent(own), len(own), minutes / 60)


def _overall(
    asked: Yardstick, parts: Sequence[Part], newest: Sequence[Score], done: Sequence[Study]
) -> Part:
    hours = sum(each.minutes for each in done) / 60
    if not parts:
        whole = [score for score in newest if score.domain is None]
        return _made(asked, None, 100.0, recent(whole), len(whole), hours)
    return _made(asked, None, 100.0, _weighted(parts), len(newest), hours)


def _weighted(parts: Sequence[Part]) -> float | None:
    if any(part.percent is None for part in parts):
        return None
    weights = sum(part.weight for part in parts)
    return sum(part.weight * (part.percent or 0.0) for part in parts) / weights


def _made(
    asked: Yardstick, n: int | None, weight: float, percent: float | None, scores: int, hours: float
) -> Part:
    share = weight / 100
    low, high = (None, None) if asked.hours is None else (h * share for h in asked.hours)
    has_hours = low is not None and hours >= low
    state = None if percent is None else state_of(percent, asked.line, has_hours)
    return Part(n, weight, percent, scores, hours, low, high, state)


def _weakest(parts: Sequence[Part]) -> tuple[int, ...]:
    """Of equal per cents the heavier domain is the weaker: it costs more points."""
    known = [(part.percent, -part.weight, part.n) for part in parts if part.percent is not None]
    return tuple(n for _, _, n in sorted(known)[:WEAKEST] if n is not None)
