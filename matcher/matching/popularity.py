"""The popularity of openings and courses on a day, counted once a day and kept.

Only lists shown and interest taken strictly before the day count, and only of people whose consent
to learning is alive; whoever withdraws is out from the next day on. Of the people an item was
shown to, those count who put it aside, applied or enrolled.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Pool
from sqlmodel import Session

from matcher.clock import start_of
from matcher.ranking.popularity import popularity
from matcher.store import interest, training_rows
from matcher.store.interest import Pair
from models.youth import SavedKind

WINDOW = timedelta(days=90)
MOST_LISTS = 20_000
"""The newest ones: what a day's first ranking may wait for is bounded."""
KEPT = 4


@dataclass(frozen=True)
class Popularity:
    """0..1 by id; who is not in it has no popularity yet."""

    openings: Mapping[int, float] = field(default_factory=dict)
    courses: Mapping[int, float] = field(default_factory=dict)


_counted: "WeakKeyDictionary[Pool, OrderedDict[date, Popularity]]" = WeakKeyDictionary()
_turn = Lock()


def popularity_on(session: Session, day: date) -> Popularity:
    """Six queries on the day's first call, none after that."""
    kept = _kept(session)
    with _turn:
        ready = kept.get(day)
    if ready is None:
        ready = Popularity(
            _popularity(session, day, SavedKind.OPENING),
            _popularity(session, day, SavedKind.COURSE),
        )
        with _turn:
            kept[day] = ready
            while len(kept) > KEPT:
                kept.popitem(last=False)
    return ready


def counts(shown: Iterable[Pair], interested: frozenset[Pair]) -> tuple[Counter[int], Counter[int]]:
    """By item: how many people saw it, and how many of these took an interest."""
    seen = set(shown)
    return Counter(item for _, item in seen), Counter(item for _, item in seen & interested)


def _popularity(session: Session, day: date, subject: SavedKind) -> Mapping[int, float]:
    scope, until = training_rows.learners(day), start_of(day)
    lists = interest.lists_shown(session, scope, subject, until - WINDOW, until, MOST_LISTS)
    shown = ((youth, item[0]) for youth, items in lists for item in items)
    return popularity(*counts(shown, interest.interested(session, scope, subject, until)))


def _kept(session: Session) -> "OrderedDict[date, Popularity]":
    """One small store a database: two databases hold different rows under one id."""
    bind = session.get_bind()
    with _turn:
        return _counted.setdefault(bind.engine.pool, OrderedDict())
