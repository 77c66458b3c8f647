"""Many possible futures drawn from the history, and how wide they lie.

Openings come at a level that drifts, each with the places of some opening of the past; our people
are hired for the places on offer at a level that drifts too (`counting`). Extra course seats: those
who finish (Beta) take up to the gain the exact matching found, in the proportion that finished; of
places that ask for the certificate a course leads to, only those who pass its exam (Beta).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.planning.forecast.counting import PRIOR, Floats, Ints, learned
from matcher.planning.forecast.history import History

DRAWS = 4_000
LOW, MIDDLE, HIGH = 10, 50, 90
"""Percentiles: eight futures in ten lie between the outer two."""
LEAST_OFFERED = 0.5
"""Places on offer where none is recorded: a hire may still come of what was there before."""
COURSE_TAKES = 1
"""Quarters until a course that starts now is over."""


@dataclass(frozen=True)
class Knobs:
    """`openings` times as many openings come; `seats` more course seats each quarter gain up to
    `gain` more matches when `used` of them are taken and finished, in one `sector`."""

    openings: float = 1.0
    seats: int = 0
    gain: int = 0
    used: int = 0
    sector: str = ""
    certified: int = 0
    certified_used: int = 0
    """Further matches, at places that ask for the certificate, when so many finish and pass."""
    passed: int = 0
    failed: int = 0
    """Stored attempts at that certificate."""


@dataclass(frozen=True)
class Fan:
    """Percentiles of one series, by quarter, and of its sum over all quarters."""

    low: tuple[int, ...]
    middle: tuple[int, ...]
    high: tuple[int, ...]
    total: tuple[int, int, int]


@dataclass(frozen=True)
class Forecast:
    """`total` over industries is drawn, not added: wide parts do not add up to as wide a whole."""

    sectors: Mapping[str, Fan]
    total: Fan
    completion: tuple[float, float, float]
    passing: tuple[float, float, float] | None = None
    """Of the exam a course leads to; None where no place asks for its certificate."""


def forecast(
    history: History, quarters: int, seed: Sequence[int], knobs: Knobs | None = None
) -> Forecast:
    random = np.random.default_rng(seed)
    knobs = knobs or Knobs()
    share = random.beta(history.completed + PRIOR, history.dropped + PRIOR, DRAWS)
    passing = random.beta(knobs.passed + PRIOR, knobs.failed + PRIOR, DRAWS)
    found = _hired(history, quarters, random, knobs.openings)
    drawn = {sector: found[:, :, place] for place, sector in enumerate(history.sectors)}
    if knobs.sector in drawn:
        drawn[knobs.sector] = drawn[knobs.sector] + _extra(quarters, share, passing, random, knobs)
    whole = sum(drawn.values(), np.zeros((DRAWS, quarters), dtype=np.int64))
    return Forecast(
        {sector: _fan(rows) for sector, rows in drawn.items()},
        _fan(whole),
        _range(share),
        _range(passing) if knobs.certified else None,
    )


def matched_of(finished: Ints, gain: int, used: int) -> Ints:
    """What is left of an exact gain when only some of the seats it used are finished."""
    matched: Ints = np.floor(finished * (gain / max(1, used)) + 0.5).astype(np.int64)
    return matched


def _hired(history: History, quarters: int, random: np.random.Generator, factor: float) -> Ints:
    """(draws, quarters, sectors) people hired for places that come and those of the quarter
    before: an opening takes applications over three months or so."""
    past = np.array([[sum(row) for row in history.opened[s]] for s in history.sectors]).T
    past = past.reshape(history.quarters, len(history.sectors))
    seen = np.array([history.hired[s] for s in history.sectors], dtype=np.int64).T
    before = np.vstack([past[:1], past])
    known = learned(seen.reshape(past.shape), _offered(before[1:], before[:-1]), DRAWS, random)
    coming = _places(history, quarters, random, factor)
    last = np.broadcast_to(before[-1] * factor if len(past) else 0.0, coming[:, 0].shape)
    found = np.zeros(coming.shape, dtype=np.int64)
    rate = random.gamma(known.shape, 1.0 / known.rate)
    for place in range(quarters):
        known = known.moved(random)
        offered = _offered(coming[:, place], last)
        found[:, place] = random.poisson(rate * known.means(offered, random))
        last = coming[:, place]
    return found


def _offered(came: NDArray[Any], before: NDArray[Any]) -> Floats:
    offered: Floats = np.maximum((came + before) / 2.0, LEAST_OFFERED)
    return offered


def _places(history: History, quarters: int, random: np.random.Generator, factor: float) -> Ints:
    """(draws, quarters, sectors) places of the openings that come."""
    shape = (history.quarters, len(history.sectors))
    seen = np.array([[len(row) for row in history.opened[s]] for s in history.sectors], np.int64).T
    known = learned(seen.reshape(shape), np.ones(shape), DRAWS, random)
    rate = random.gamma(known.shape, 1.0 / known.rate)
    found = np.zeros((DRAWS, quarters, shape[1]), dtype=np.int64)
    for place in range(quarters):
        known = known.moved(random)
        came = random.poisson(rate * known.means(np.full(shape[1], factor), random))
        for number, sector in enumerate(history.sectors):
            sizes = [each for row in history.opened[sector] for each in row] or [1]
            found[:, place, number] = _sums(np.array(sizes), came[:, number], random)
    return found


def _sums(sizes: Ints, counts: Ints, random: np.random.Generator) -> Ints:
    """For each count, the sum of so many of the sizes, drawn with putting back."""
    drawn = random.choice(sizes, int(counts.sum()))
    ends = np.cumsum(counts.ravel())
    running = np.concatenate(([0], np.cumsum(drawn)))
    sums: Ints = running[ends] - running[ends - counts.ravel()]
    return sums.reshape(counts.shape)


def _extra(
    quarters: int, share: Floats, passing: Floats, random: np.random.Generator, knobs: Knobs
) -> Ints:
    found = np.zeros((DRAWS, quarters), dtype=np.int64)
    for place in range(COURSE_TAKES, quarters):
        finished = random.binomial(knobs.used, share)
        passed = random.binomial(knobs.certified_used, share * passing)
        found[:, place] = matched_of(finished, knobs.gain, knobs.used)
        found[:, place] += matched_of(passed, knobs.certified, knobs.certified_used)
    return found


def _range(share: Floats) -> tuple[float, float, float]:
    low, middle, high = np.percentile(share, (LOW, MIDDLE, HIGH))
    return float(low), float(middle), float(high)


def _fan(drawn: Ints) -> Fan:
    by_quarter = np.percentile(drawn, (LOW, MIDDLE, HIGH), axis=0, method="nearest")
    total = np.percentile(drawn.sum(axis=1), (LOW, MIDDLE, HIGH), method="nearest")
    low, middle, high = (tuple(int(n) for n in row) for row in by_quarter)
    return Fan(low, middle, high, (int(total[0]), int(total[1]), int(total[2])))
