"""How many people who agreed to be seen could earn what is to be promised, by the path planner."""

import hashlib
from dataclasses import dataclass
from datetime import date
from threading import Lock

from sqlmodel import Session, col, select

from matcher.matching.plan_target import Target, promised
from matcher.matching.plan_views import Terms, Wishes
from matcher.matching.planner import is_within_reach
from matcher.matching.promise_terms import Offer, key_of
from matcher.policy.plans import USUAL_HOURS
from matcher.policy.small_cells import LEAST, Cell
from matcher.ranking import types
from matcher.store import candidates, match_rows
from matcher.store.match_rows import YouthRow
from models.opening import Opening
from models.plan import PlanTarget
from models.youth import YouthProfile

MOST_ASKED = 60
"""People a path is searched for; of more an even sample, always the same one."""
LIMIT = 0.25
"""Seconds a person."""
_ONE = Lock()
"""A search takes seconds of a processor that everybody shares, so there is one at a time."""


@dataclass(frozen=True)
class Reach:
    """`pool` people agreed to be seen; for `asked` of them a path was searched for, and `able`
    would be there by the day. None to four are one answer, as where requirements are counted."""

    pool: Cell
    asked: int
    able: Cell

    @property
    def is_all(self) -> bool:
        return self.pool.n == self.asked


def reach(
    session: Session, opening: Opening, offer: Offer, terms: Terms, today: date
) -> Reach | None:
    """None while somebody else's is being searched for."""
    if not _ONE.acquire(blocking=False):
        return None
    try:
        return _searched(session, opening, offer, terms, today)
    finally:
        _ONE.release()


def _searched(session: Session, opening: Opening, offer: Offer, terms: Terms, today: date) -> Reach:
    people = candidates.ids(session, candidates.pool(opening.sector, today))
    sample = _sample(people, opening.id or 0)
    scope = select(YouthProfile.id).where(col(YouthProfile.id).in_(sample))
    rows = match_rows.youths(session, scope)
    target = _target(opening, offer)
    able = sum(
        is_within_reach(session, row.id, target, _wishes(row, offer), terms, today, LIMIT)
        for row in rows
    )
    return Reach(_cell(len(people)), len(rows), _cell(able))


def _cell(n: int) -> Cell:
    return Cell(n) if n >= LEAST else Cell(None, is_small=True)


def _sample(people: list[int], opening_id: int) -> list[int]:
    if len(people) <= MOST_ASKED:
        return people
    return sorted(people, key=lambda each: _lot(opening_id, each))[:MOST_ASKED]


def _lot(opening_id: int, youth_id: int) -> bytes:
    return hashlib.sha256(f"reach|{opening_id}|{youth_id}".encode()).digest()


def _target(opening: Opening, offer: Offer) -> Target:
    asked = types.Requirement(key_of(offer.subject, offer.ref), "must", offer.level)
    scored = types.Opening(id=opening.id or 0, sector=opening.sector, requirements=(asked,))
    return promised("", asked, scored, offer.earn_by)


def _wishes(row: YouthRow, offer: Offer) -> Wishes:
    """As the planner's own page asks for the person when nothing was said."""
    hours = row.weekly_hours or USUAL_HOURS
    return Wishes(PlanTarget.PROMISE, (), hours, row.budget_krw or None, offer.earn_by, most=1)
