"""Openings as the ranking sees them, prepared once and kept until one of them changes."""

from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Pool
from sqlmodel import Session, col, select

from matcher.catalogue.mentions import mentioned_skills
from matcher.clock import day_of
from matcher.matching.popularity import popularity_on
from matcher.ranking.context import RankingContext
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.types import Opening, Requirement
from matcher.store import match_rows
from matcher.store.match_rows import IdScope, OpeningRow, OpeningStamp, RequirementRow
from models.opening import Opening as OpeningTable

KEPT = 4
_NONE: Mapping[int, float] = {}
_Key = tuple[tuple[OpeningStamp, ...], int]
_prepared: "WeakKeyDictionary[Pool, OrderedDict[_Key, PreparedOpenings]]" = WeakKeyDictionary()
_turn = Lock()


def openings_of(
    session: Session, scope: IdScope, popularity: Mapping[int, float] = _NONE
) -> tuple[Opening, ...]:
    """In id order, two queries. `scope` selects opening ids the actor may see."""
    wanted: dict[int, list[Requirement]] = defaultdict(list)
    for row in match_rows.requirements(session, scope):
        wanted[row.opening_id].append(requirement(row))
    return tuple(
        _opening(row, tuple(wanted.get(row.id, ())), popularity.get(row.id))
        for row in match_rows.openings(session, scope)
    )


def opening_of(session: Session, opening_id: int, today: date) -> Opening | None:
    """One opening, already known to be the actor's to see, as it is ranked today."""
    scope = select(OpeningTable.id).where(col(OpeningTable.id) == opening_id)
    found = openings_of(session, scope, popularity_on(session, today).openings)
    return found[0] if found else None


def prepared_openings(
    session: Session, scope: IdScope, context: RankingContext
) -> PreparedOpenings:
    """As `openings_of`, ready to rank against; one query while nothing in scope has changed."""
    stamps = match_rows.opening_stamps(session, scope)
    key = (stamps, id(context))
    kept = _kept(session)
    with _turn:
        ready = kept.get(key)
    # An id may be reused after its object is gone; the value holds on to its own context.
    if ready is not None and ready.context is context:
        return ready
    liked = popularity_on(session, context.today).openings
    ready = PreparedOpenings.from_openings(openings_of(session, scope, liked), context)
    with _turn:
        kept[key] = ready
        while len(kept) > KEPT:
            kept.popitem(last=False)
    return ready


def requirement(row: RequirementRow) -> Requirement:
    return Requirement(f"{row.subject.value}:{row.ref}", row.kind.value, row.level)


def _opening(
    row: OpeningRow, requirements: Sequence[Requirement], popularity: float | None
) -> Opening:
    text = f"{row.title_ko} {row.title_en} {row.description}"
    return Opening(
        id=row.id,
        sector=row.sector,
        requirements=tuple(requirements),
        text=text,
        region=row.region,
        employment_type=row.employment_type,
        posted_on=None if row.published_at is None else day_of(row.published_at),
        closes_on=row.closes_on,
        starts_on=row.starts_on,
        mentioned=mentioned_skills(text),
        popularity=popularity,
    )


def _kept(session: Session) -> "OrderedDict[_Key, PreparedOpenings]":
    """One small store a database: two databases may hold different rows under one id."""
    bind = session.get_bind()
    with _turn:
        return _prepared.setdefault(bind.engine.pool, OrderedDict())
