"""A place among the people who agreed to be seen for an opening, and nothing about them."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, func, select

from matcher.matching.seekers import seekers_of
from matcher.ranking.context import RankingContext
from matcher.ranking.recommend import rank_candidates
from matcher.ranking.types import Opening, Seeker
from matcher.store import candidates

LEAST = 5
"""Among fewer people a place would tell about the others."""
MOST = 1_000
"""Beyond this the page would wait for the count; the place among openings is shown all the same."""


@dataclass(frozen=True)
class Crowd:
    """`rank` of `of` people, the asking person among them whether in the pool or not."""

    rank: int
    of: int


def crowd_of(
    session: Session, opening: Opening, seeker: Seeker, context: RankingContext, today: date
) -> Crowd | None:
    """By the same scores the partner sees; None when too few, too many or not ranked."""
    pool = candidates.pool(opening.sector or "", today)
    if session.exec(select(func.count()).select_from(pool.subquery())).one() > MOST:
        return None
    others = [each for each in seekers_of(session, pool) if each.id != seeker.id]
    ranking = rank_candidates(opening, [*others, seeker], context)
    own = next((each for each in ranking.items if each.id == seeker.id), None)
    if own is None or ranking.total < LEAST:
        return None
    return Crowd(own.rank, ranking.total)
