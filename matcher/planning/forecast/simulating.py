"""Many possible futures drawn from the history, and how wide they lie.

A quarter of an industry: openings come (Poisson, its rate drawn from a Gamma posterior), each with
the places of some opening of the past; every place is filled by one of our people with a chance
drawn from a Beta posterior. Extra course seats: those who finish (Beta again) take up to the gain
the exact matching found, in the proportion that finished.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.planning.forecast.history import History

Ints = NDArray[np.int64]
DRAWS = 4_000
LOW, MIDDLE, HIGH = 10, 50, 90
"""Percentiles: eight futures in ten lie between the outer two."""
PRIOR = 0.5
"""Of every rate, as if half a thing had been seen: nothing seen is not a proof of never."""
HALF_LIFE = 2.0
"""Quarters after which what was seen counts half: programmes grow and markets turn."""
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


def forecast(
    history: History, quarters: int, seed: Sequence[int], knobs: Knobs | None = None
) -> Forecast:
    random = np.random.default_rng(seed)
    knobs = knobs or Knobs()
    share = random.beta(history.completed + PRIOR, history.dropped + PRIOR, DRAWS)
    drawn = {
        sector: _sector(history, sector, quarters, random, knobs.openings)
        for sector in history.sectors
    }
    if knobs.gain and knobs.sector in drawn:
        drawn[knobs.sector] += _extra(quarters, share, random, knobs)
    whole = sum(drawn.values(), np.zeros((DRAWS, quarters), dtype=np.int64))
    low, middle, high = np.percentile(share, (LOW, MIDDLE, HIGH))
    return Forecast(
        {sector: _fan(rows) for sector, rows in drawn.items()},
        _fan(whole),
        (float(low), float(middle), float(high)),
    )


def matched_of(finished: Ints, gain: int, used: int) -> Ints:
    """What is left of an exact gain when only some of the seats it used are finished."""
    matched: Ints = np.floor(finished * (gain / used) + 0.5).astype(np.int64)
    return matched


def _sector(
    history: History, sector: str, quarters: int, random: np.random.Generator, factor: float
) -> Ints:
    """(draws, quarters) people hired."""
    rows = history.opened[sector]
    weight = 0.5 ** (np.arange(len(rows))[::-1] / HALF_LIFE)
    sizes = np.array([places for row in rows for places in row] or [1], dtype=np.int64)
    counts, places_seen = (np.array([f(row) for row in rows], float) for f in (len, sum))
    rate = random.gamma(weight @ counts + PRIOR, 1.0 / max(1.0, float(weight.sum())), DRAWS)
    came = random.poisson(rate[:, None] * factor, (DRAWS, quarters))
    places = _sums(sizes, came, random)
    hired = float(weight @ np.array(history.hired[sector], float))
    open_still = max(0.0, float(weight @ places_seen) - hired)
    fill = random.beta(hired + PRIOR, open_still + PRIOR, DRAWS)
    found: Ints = random.binomial(places, fill[:, None])
    return found


def _sums(sizes: Ints, counts: Ints, random: np.random.Generator) -> Ints:
    """For each count, the sum of so many of the sizes, drawn with putting back."""
    drawn = random.choice(sizes, int(counts.sum()))
    ends = np.cumsum(counts.ravel())
    running = np.concatenate(([0], np.cumsum(drawn)))
    sums: Ints = running[ends] - running[ends - counts.ravel()]
    return sums.reshape(counts.shape)


def _extra(
    quarters: int, share: NDArray[np.float64], random: np.random.Generator, knobs: Knobs
) -> Ints:
    found = np.zeros((DRAWS, quarters), dtype=np.int64)
    for place in range(COURSE_TAKES, quarters):
        finished = random.binomial(knobs.used, share)
        found[:, place] = matched_of(finished, knobs.gain, knobs.used)
    return found


def _fan(drawn: Ints) -> Fan:
    by_quarter = np.percentile(drawn, (LOW, MIDDLE, HIGH), axis=0, method="nearest")
    total = np.percentile(drawn.sum(axis=1), (LOW, MIDDLE, HIGH), method="nearest")
    low, middle, high = (tuple(int(n) for n in row) for row in by_quarter)
    return Fan(low, middle, high, (int(total[0]), int(total[1]), int(total[2])))
