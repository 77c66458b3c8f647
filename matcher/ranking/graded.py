"""The proof features of people and openings: means over what each opening asks."""

from collections.abc import Mapping

import numpy as np

from matcher.ranking.credits import Credits, Floats, Ints
from matcher.ranking.prepared import PreparedOpenings

LEVELS_ABOVE = 2.0
"""So many levels above the asked one count in full."""


def graded(
    openings: PreparedOpenings, credits: Credits, neutral: Mapping[str, float]
) -> dict[str, Floats]:
    """(people, openings) per feature; its `neutral` value where an opening asks nothing of it."""
    means = openings.means
    tables = _tables(credits, openings.asks.need)
    return {name: means[name].over(tables[name], neutral[name]) for name in means}


def graded_pairs(
    openings: PreparedOpenings,
    credits: Credits,
    person: Ints,
    opening: Ints,
    neutral: Mapping[str, float],
) -> dict[str, Floats]:
    """(n,) per feature for n pairs of a row of `credits` and a row of `openings`."""
    means = openings.means
    tables = _tables(credits, openings.asks.need)
    return {name: means[name].at(tables[name], person, opening, neutral[name]) for name in means}


def _tables(credits: Credits, need: Floats) -> dict[str, Floats]:
    """(people, asks) each, 0..1: what the feature averages."""
    exact = (credits.held >= need).astype(np.float64)
    return {
        "must_skill": credits.credit,
        "nice_skill": credits.credit,
        "certificate": credits.credit,
        "proof": credits.proved,
        "must_missing": (credits.credit <= 0.0).astype(np.float64),
        "must_exact": exact,
        "level_surplus": np.clip((credits.held - need) / LEVELS_ABOVE, 0.0, 1.0),
        "certificate_verified": exact * credits.sure,
        "mentioned_skill": exact,
    }
