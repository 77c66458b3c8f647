"""A place among the people who agreed to be seen for an opening, and nothing about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, func, select

from matcher.matching.pool import Pool, pools_of
from matcher.ranking.context import RankingContext
from matcher.ranking.types import Opening
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


def crowds(
    session: Session, openings: Sequence[Opening], context: RankingContext, today: date
) -> dict[int, Pool]:
    """By opening id, where there are not too many people and ranking is on."""
    sectors = {each.sector or "" for each in openings}
    small = {each for each in sectors if _size(session, each, today) <= MOST}
    some = [each for each in openings if (each.sector or "") in small]
    return pools_of(session, some, context, today)


def crowd_in(pool: Pool | None, youth_id: int, additive: float | None) -> Crowd | None:
    """By the same scores the partner sees; None when not told or not ranked."""
    if pool is None or additive is None:
        return None
    rank, of = pool.place(youth_id, additive)
    return None if of < LEAST else Crowd(rank, of)


def _size(session: Session, sector: str, today: date) -> int:
    pool = candidates.pool(sector, today)
    return session.exec(select(func.count()).select_from(pool.subquery())).one()
