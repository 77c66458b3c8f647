"""The people a partner sees for an opening, as scores: where one more score would stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlmodel import Session

from matcher.matching.candidates import counting_skills
from matcher.matching.seekers import seekers_of
from matcher.ranking.context import RankingContext
from matcher.ranking.features import candidate_matrix
from matcher.ranking.places import rank_among, tie_of_opening
from matcher.ranking.recommend import candidate_exclusions
from matcher.ranking.types import Opening, Seeker
from matcher.store import candidates


@dataclass(frozen=True)
class Pool:
    """`additive`: the exact score before clipping of everybody who agreed to be seen and whom no
    hard rule keeps out, by youth id, by the model that serves."""

    tie: str
    additive: Mapping[int, float]

    def place(self, youth_id: int, additive: float) -> tuple[int, int]:
        """(rank, of) this score gives the person on the partner's list, the person counted once
        whether in the pool or not."""
        others = {key: score for key, score in self.additive.items() if key != youth_id}
        scores = np.array(list(others.values()), dtype=np.float64)
        rank = rank_among(youth_id, additive, list(others), scores, self.tie)
        return rank, len(others) + 1


def pools_of(
    session: Session, openings: Sequence[Opening], context: RankingContext, today: date
) -> dict[int, Pool]:
    """By opening id; the people of one sector are read once. Empty while ranking is off."""
    if context.serving.is_neutral:
        return {}
    asked = counting_skills(*openings)
    people = {
        sector: seekers_of(session, candidates.pool(sector, today), today, asked)
        for sector in sorted({each.sector or "" for each in openings})
    }
    return {each.id: _pool(each, people[each.sector or ""], context) for each in openings}


def _pool(opening: Opening, seekers: Sequence[Seeker], context: RankingContext) -> Pool:
    out = {each.id for each in candidate_exclusions(opening, seekers, context)}
    kept = [each for each in seekers if each.id not in out]
    additive = context.serving.opening.additive(candidate_matrix(opening, kept, context))
    ids = (each.id for each in kept)
    return Pool(tie_of_opening(opening, context), dict(zip(ids, additive.tolist(), strict=True)))
