"""Scores into places: the best first, ties shared out by a salted hash."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.ranking.context import RankingContext
from matcher.ranking.credits import Floats
from matcher.ranking.neutral import tie_break
from matcher.ranking.types import Opening, Seeker


@dataclass(frozen=True, slots=True)
class Place:
    """None and None: not ranked. While ranking is off there is a rank and no score."""

    rank: int | None
    score: float | None


def clipped(additive: float) -> float:
    return min(5.0, max(0.0, additive))


def tie_of_seeker(seeker: Seeker, context: RankingContext) -> str:
    """Salt of the hash among the openings of one person."""
    return f"{context.salt}|seeker:{seeker.id}"


def tie_of_opening(opening: Opening, context: RankingContext) -> str:
    """Salt of the hash among the people of one opening."""
    return f"{context.salt}|opening:{opening.id}"


def in_order(ids: Sequence[int], additive: Floats, tie: str) -> list[int]:
    """Positions from best to worst. Scores equal to 1e-9 are one place, shared out by hash."""
    rounded = np.round(additive, 9)
    _, group, size = np.unique(rounded, return_inverse=True, return_counts=True)
    tied = size[group] > 1
    keys = [
        (-score, tie_break(tie, ids[index]) if shared else b"", index)
        for index, (score, shared) in enumerate(zip(rounded.tolist(), tied.tolist(), strict=True))
    ]
    return [index for _, _, index in sorted(keys)]


def rank_among(own: int, additive: float, ids: Sequence[int], others: Floats, tie: str) -> int:
    """Where item `own` stands among others, as `in_order` over all of them would put it."""
    rounded = np.round(np.append(others, additive), 9)
    mine, rest = rounded[-1], rounded[:-1]
    tied = [ids[index] for index in np.flatnonzero(rest == mine).tolist()]
    key = tie_break(tie, own)
    return 1 + int((rest > mine).sum()) + sum(tie_break(tie, each) < key for each in tied)
