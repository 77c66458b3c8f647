"""What a person's courses should bring nearer: the openings that fit best already."""

import math

from matcher.ranking.context import RankingContext
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.recommend import opening_places
from matcher.ranking.types import Seeker, Target

MOST_TARGETS = 12


def course_targets(
    seeker: Seeker, many: PreparedOpenings, context: RankingContext
) -> tuple[Target, ...]:
    """The best places of the ranking the person sees, weighing less further down.

    Without a profile nothing is ranked, and no opening is a target.
    """
    places = opening_places(seeker, many, context)
    by_id = {opening.id: opening for opening in many.openings}
    best = sorted(
        (place.rank, opening_id) for opening_id, place in places.items() if place.rank is not None
    )
    return tuple(
        Target(by_id[opening_id], 1 / math.log2(1 + rank))
        for rank, opening_id in best[:MOST_TARGETS]
    )
