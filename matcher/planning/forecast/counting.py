"""Counts by quarter and industry whose level drifts, learned and drawn on by weighing particles.

A count is Poisson with mean exposure x rate of the industry x level of the quarter x a wobble of
its own. The level moves from quarter to quarter by a random walk common to all industries, so that
growth so far widens and lifts what may come; how far it moves and how much counts wobble is itself
learned. The rate of an industry is a Gamma posterior in every particle, so a count's chance is
negative binomial. Every quarter, particles that foresaw what happened are kept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PRIOR = 0.5
"""Of every rate, as if half a thing had been seen: nothing seen is not a proof of never."""
DRIFT, WOBBLE = 0.2, 0.2
"""Scales of the half-normal priors: a quarter is rarely half as much again as the one before."""


@dataclass(frozen=True)
class Particles:
    """What each draw believes after the last known quarter; `shape` and `rate` (draws, sectors)."""

    level: Floats
    drift: Floats
    wobble: Floats
    shape: Floats
    rate: Floats

    def picked(self, which: Ints) -> "Particles":
        return Particles(*(values[which] for values in vars(self).values()))

    def moved(self, random: np.random.Generator) -> "Particles":
        step = random.standard_normal(len(self.level)) * self.drift
        return Particles(self.level + step, self.drift, self.wobble, self.shape, self.rate)

    def means(self, exposure: Floats, random: np.random.Generator) -> Floats:
        """(draws, sectors) the count of one quarter, but for the industry's own rate."""
        own = random.standard_normal(self.shape.shape) * self.wobble[:, None]
        means: Floats = exposure * np.exp(self.level[:, None] + own)
        return means


def learned(counts: Ints, exposure: Floats, draws: int, random: np.random.Generator) -> Particles:
    """From `counts` and `exposure` (quarters, sectors), the oldest first."""
    sectors = counts.shape[1]
    known = Particles(
        np.zeros(draws),
        np.abs(random.standard_normal(draws)) * DRIFT,
        np.abs(random.standard_normal(draws)) * WOBBLE,
        np.full((draws, sectors), PRIOR),
        np.full((draws, sectors), 1.0),
    )
    for seen, offered in zip(counts, exposure, strict=True):
        known = known.moved(random)
        mean = known.means(offered, random)
        known = _weighed(known, seen, mean, random)
    return known


def _weighed(known: Particles, seen: Ints, mean: Floats, random: np.random.Generator) -> Particles:
    """Drawn anew by how well each foresaw the counts (negative binomial), then taught by them."""
    from scipy.special import gammaln

    share = mean / (mean + known.rate)
    chance = gammaln(known.shape + seen) - gammaln(known.shape)
    chance += known.shape * np.log1p(-share) + seen * np.log(np.maximum(share, 1e-12))
    weight = chance.sum(axis=1)
    taught = Particles(
        known.level, known.drift, known.wobble, known.shape + seen, known.rate + mean
    )
    return taught.picked(_drawn(np.exp(weight - weight.max()), random))


def _drawn(weight: Floats, random: np.random.Generator) -> Ints:
    """Systematic resampling: everybody as often as its weight says, give or take one."""
    ends = np.cumsum(weight / weight.sum())
    picks = (np.arange(len(weight)) + random.random()) / len(weight)
    found: Ints = np.minimum(np.searchsorted(ends, picks), len(weight) - 1)
    return found
