"""Whether groups fare alike, and when a difference is more than chance.

The four-fifths rule alone cries wolf (two groups of 100 without any bias fall below it in 43 % of
draws), so a verdict needs the ratio, an exact test and enough people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.ranking.metrics.exposure import position_weight

FOUR_FIFTHS, CHANCE = 0.8, 0.05
LEAST_ASSESSED, LEAST_SELECTED = 30, 5
HIDDEN_BELOW = 5
"""A published cell with fewer people is not shown."""
SMALL_SHARE = 0.02

Counts = Mapping[str, tuple[int, int]]
"""Group -> (selected, assessed)."""
Verdict = Literal["green", "amber", "red", "insufficient"]


@dataclass(frozen=True, slots=True)
class GroupRate:
    """`ratio` = rate / best rate (None when nobody was selected); `p` against the best group, Holm-
    corrected over all pairs (None for the best group itself)."""

    group: str
    selected: int
    assessed: int
    rate: float
    ratio: float | None
    p: float | None
    verdict: Verdict

    @property
    def is_hidden(self) -> bool:
        """Too few people stand behind one of the two cells to publish the row."""
        return min(self.selected, self.assessed - self.selected) < HIDDEN_BELOW


@dataclass(frozen=True, slots=True)
class Audit:
    """`ratio` and `p` are the least over the groups; rows in the order of their names."""

    rows: tuple[GroupRate, ...]
    verdict: Verdict
    ratio: float | None
    p: float | None


def audit(counts: Counts) -> Audit:
    """Insufficient when any group has < 30 assessed or < 5 selected, or there is only one; red for
    a ratio < .8 with p < .05, amber for one of the two, else green.

    Which group is best is read off the same data, so p is corrected for every pair, not only for
    those with the best. Raises ValueError for counts that cannot be.
    """
    rates = {name: _rate(name, *counts[name]) for name in sorted(counts)}
    best = max(rates, key=lambda name: rates[name], default="")
    p = _pairwise(counts)
    rows = tuple(_row(name, counts, rates, best, p) for name in rates)
    ratios = [row.ratio for row in rows if row.ratio is not None]
    chances = [row.p for row in rows if row.p is not None]
    return Audit(rows, _overall(rows), min(ratios, default=None), min(chances, default=None))


def large_enough(counts: Counts, share: float = SMALL_SHARE) -> dict[str, tuple[int, int]]:
    """The groups with at least this share of all assessed; name those left out beside them."""
    whole = sum(assessed for _, assessed in counts.values())
    return {name: pair for name, pair in counts.items() if pair[1] >= share * whole}


def scoring_counts(scores: ArrayLike, groups: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Group -> (scores above the median of all, scores): the scoring rate as counts for `audit`."""
    values = np.asarray(scores, dtype=np.float64)
    return selection_counts(values > np.median(values), groups)


def selection_counts(selected: ArrayLike, groups: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Group -> (selected, assessed) from one truth value a person."""
    chosen = np.asarray(selected, dtype=bool)
    names, which = _numbered(groups)
    hits, people = np.bincount(which, chosen, len(names)), np.bincount(which, minlength=len(names))
    return {name: (int(hit), int(n)) for name, hit, n in zip(names, hits, people, strict=True)}


def skew(ranked: Sequence[str], pool: Sequence[str], k: int) -> dict[str, float]:
    """Group -> ln(share of the first k of `ranked` / share of `pool`), with half a person added to
    every cell so that an absent group stays finite."""
    names, of_pool = _numbered(pool)
    number = {name: index for index, name in enumerate(names)}
    top = np.array([number[each] for each in ranked[:k]], dtype=np.int64)
    found = np.log(_smoothed(top, len(names)) / _smoothed(of_pool, len(names)))
    return dict(zip(names, found.tolist(), strict=True))


def ndkl(ranked: Sequence[str], pool: Sequence[str] | None = None) -> float:
    """Divergence of every prefix of `ranked` from `pool` (None: the whole of `ranked`), discounted
    by 1 / log2(i + 1) and normalised; 0 = every prefix is like the pool."""
    names, of_pool = _numbered(ranked if pool is None else pool)
    number = {name: index for index, name in enumerate(names)}
    chosen = np.array([number[each] for each in ranked], dtype=np.int64)
    places = np.arange(1, len(chosen) + 1)
    share = np.eye(len(names))[chosen].cumsum(axis=0) / places[:, None]
    wanted = np.bincount(of_pool, minlength=len(names)) / len(of_pool)
    inside = np.where(share > 0.0, share, 1.0) / wanted
    divergence = (share * np.log(inside)).sum(axis=1)
    weight = position_weight(places)
    return float(weight @ divergence / weight.sum())


def exposure_ratio(ranks: ArrayLike, groups: Sequence[str]) -> dict[str, float]:
    """Group -> its mean worth of place / the best group's."""
    names, which = _numbered(groups)
    mean = np.bincount(which, position_weight(ranks)) / np.bincount(which)
    return dict(zip(names, (mean / mean.max()).tolist(), strict=True))


def equal_opportunity_gap(
    selected: ArrayLike, deserved: ArrayLike, groups: Sequence[str]
) -> float | None:
    """Largest minus smallest true-positive rate; None unless two groups have a deserving person."""
    chosen, right = np.asarray(selected, dtype=bool), np.asarray(deserved, dtype=bool)
    names, which = _numbered(groups)
    hits, worthy = (np.bincount(which, each, len(names)) for each in (chosen & right, right))
    rates = hits[worthy > 0] / worthy[worthy > 0]
    return float(rates.max() - rates.min()) if len(rates) > 1 else None


def permutation_p(
    values: ArrayLike, groups: Sequence[str], *, seed: int = 0, draws: int = 2000
) -> float:
    """Chance that shuffled groups lie as far apart in their means, for figures that are no counts;
    (1 + as far) / (1 + draws), so never nought."""
    numbers = np.asarray(values, dtype=np.float64)
    names, which = _numbered(groups)
    people = np.bincount(which, minlength=len(names))
    rng = np.random.default_rng(seed)

    def apart(order: NDArray[np.int64]) -> float:
        mean = np.bincount(order, numbers, len(names)) / people
        return float(mean.max() - mean.min())

    # A hair below, because sums in another order differ in their last bits.
    seen = apart(which) - 1e-12
    as_far = sum(apart(rng.permutation(which)) >= seen for _ in range(draws))
    return (1 + as_far) / (1 + draws)


def _rate(name: str, selected: int, assessed: int) -> float:
    if not 0 <= selected <= assessed:
        raise ValueError(f"{name!r}: {selected} selected of {assessed}")
    return selected / assessed if assessed else 0.0


def _row(
    name: str,
    counts: Counts,
    rates: Mapping[str, float],
    best: str,
    p: Mapping[frozenset[str], float],
) -> GroupRate:
    selected, assessed = counts[name]
    # One division of whole numbers, so that 48/300 to 60/300 is four fifths and not a bit below.
    top, bottom = selected * counts[best][1], assessed * counts[best][0]
    ratio = top / bottom if bottom else None
    chance = p.get(frozenset((name, best)))
    few = _is_few(counts[name]) or _is_few(counts[best])
    verdict: Verdict = "insufficient" if few else _colour(ratio, chance)
    return GroupRate(name, selected, assessed, rates[name], ratio, chance, verdict)


def _is_few(pair: tuple[int, int]) -> bool:
    selected, assessed = pair
    return assessed < LEAST_ASSESSED or selected < LEAST_SELECTED


def _colour(ratio: float | None, p: float | None) -> Verdict:
    low, unlikely = ratio is not None and ratio < FOUR_FIFTHS, p is not None and p < CHANCE
    if low and unlikely:
        return "red"
    return "amber" if low or unlikely else "green"


def _overall(rows: Sequence[GroupRate]) -> Verdict:
    found = {row.verdict for row in rows}
    if len(rows) < 2 or "insufficient" in found:
        return "insufficient"
    worst: tuple[Verdict, ...] = ("red", "amber", "green")
    return next(each for each in worst if each in found)


def _pairwise(counts: Counts) -> dict[frozenset[str], float]:
    """Fisher's exact p of every two groups, two-sided, Holm-corrected over all of them."""
    from scipy.stats import fisher_exact

    raw = {
        frozenset((one, other)): float(
            fisher_exact([_split(counts[one]), _split(counts[other])]).pvalue
        )
        for one, other in combinations(sorted(counts), 2)
    }
    return dict(zip(raw, holm(list(raw.values())), strict=True))


def holm(p: Sequence[float]) -> list[float]:
    """Adjusted p-values in the order given: each holds for the whole family."""
    order = sorted(range(len(p)), key=lambda index: p[index])
    adjusted, floor = [0.0] * len(p), 0.0
    for done, index in enumerate(order):
        floor = max(floor, min(1.0, (len(p) - done) * p[index]))
        adjusted[index] = floor
    return adjusted


def _split(pair: tuple[int, int]) -> tuple[int, int]:
    return pair[0], pair[1] - pair[0]


def _numbered(groups: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    names, which = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    return names.tolist(), which.ravel()


def _smoothed(which: NDArray[np.int64], groups: int) -> NDArray[np.float64]:
    people = np.bincount(which, minlength=groups).astype(np.float64)
    return (people + 0.5) / (len(which) + 0.5 * groups)
