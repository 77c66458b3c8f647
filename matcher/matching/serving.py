"""The model that ranks now, looked up for every ranking, unpacked once.

The registry's row says which one; the bytes are checked before anything of them is used. When they
are not what they should be, what served before goes on serving, and the hand-made prior after
that: no list ever fails because of a model.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
import structlog
from sqlalchemy import Pool
from sqlmodel import Session

from matcher.ranking.artefact import MOST_BYTES, Artefact, ArtefactError, unpack
from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.features import OPENING_FEATURES, Feature, names
from matcher.ranking.model import RankingModel, TableScorer, prior
from matcher.ranking.monotone import broken_promises
from matcher.ranking.tables import AdditiveTables
from matcher.store import model_versions
from matcher.store.model_versions import Pointer

NEUTRAL = "neutral"
"""The version in the records while ranking is switched off."""
DRIFT_MEASURED = "model:drift_measured"
"""The audit line the nightly measurement leaves."""
KEPT = 8
ROUNDING = 1e-9
_Key = tuple[str, str]
_models: "WeakKeyDictionary[Pool, dict[_Key, RankingModel]]" = WeakKeyDictionary()
_told: "WeakKeyDictionary[Pool, set[_Key]]" = WeakKeyDictionary()
_turn = Lock()
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Trouble:
    """A version that should serve and cannot; `why` is for whoever runs the service."""

    label: str
    why: str


def serving_model(session: Session) -> RankingModel:
    """One query while nothing changes; never raises for what an artefact holds."""
    now = model_versions.standing(session)
    if not now.is_on:
        return neutral()
    for each in _chain(session, now.pointer):
        try:
            return _model(session, each)
        except ArtefactError as error:
            _tell(session, each, str(error))
    return prior()


def ranking_version(session: Session) -> str:
    """For answers that rank nobody."""
    return serving_model(session).version


def trouble(session: Session) -> Trouble | None:
    """Whether the version the registry says is serving really can."""
    pointer = model_versions.standing(session).pointer
    return None if pointer is None else unusable(session, pointer)


def unusable(session: Session, pointer: Pointer) -> Trouble | None:
    try:
        read_model(session, pointer)
    except ArtefactError as error:
        return Trouble(pointer.label, str(error))
    return None


def read_model(session: Session, pointer: Pointer) -> RankingModel:
    """From the stored bytes, past everything kept in memory. Raises ArtefactError."""
    return model_of(pointer.label, read_artefact(session, pointer.sha256))


def read_artefact(session: Session, sha256: str) -> Artefact:
    """Raises ArtefactError."""
    data = model_versions.artefact(session, sha256, MOST_BYTES)
    if data is None:
        raise ArtefactError("there is no artefact of this hash, or it is too large")
    return unpack(data, sha256)


def model_of(label: str, artefact: Artefact) -> RankingModel:
    """Raises ArtefactError for tables that are not about today's features."""
    opening = _scorer(artefact, "opening", OPENING_FEATURES)
    return RankingModel(label, opening, _scorer(artefact, "course", COURSE_FEATURES))


@cache
def neutral() -> RankingModel:
    return RankingModel(NEUTRAL, prior().opening, prior().course, is_neutral=True)


def _chain(session: Session, start: Pointer | None) -> Iterator[Pointer]:
    """The serving version, then what each replaced."""
    seen: set[int] = set()
    while start is not None and start.id not in seen:
        yield start
        seen.add(start.id)
        before = start.replaced_id
        start = None if before is None else model_versions.pointer(session, before)


def _model(session: Session, pointer: Pointer) -> RankingModel:
    key, kept = (pointer.label, pointer.sha256), _kept(session)
    found = kept.get(key)
    if found is not None:
        return found
    found = read_model(session, pointer)
    with _turn:
        found = kept.setdefault(key, found)  # one object a version: contexts are kept by it
        while len(kept) > KEPT:
            kept.pop(next(iter(kept)))
    return found


def _kept(session: Session) -> dict[_Key, RankingModel]:
    """One small store a database: two databases may know different bytes by one label."""
    bind = session.get_bind()
    with _turn:
        return _models.setdefault(bind.engine.pool, {})


def _tell(session: Session, pointer: Pointer, why: str) -> None:
    """Once a process, not once a request."""
    key = (pointer.label, pointer.sha256)
    with _turn:
        told = _told.setdefault(session.get_bind().engine.pool, set())
        is_news = key not in told
        told.add(key)
    if is_news:
        log.error("model_unusable", label=pointer.label, sha256=pointer.sha256, why=why)


def _scorer(artefact: Artefact, name: str, features: tuple[Feature, ...]) -> TableScorer:
    tables = artefact.tables.get(name)
    if tables is None:
        raise ArtefactError(f"there are no {name} tables")
    if tables.names != names(features):
        raise ArtefactError(f"the {name} tables are about other features")
    _refuse_unsound(tables, name)
    # more proof never lowers a score, whatever was learned
    for broken in broken_promises(tables, features, ROUNDING):
        raise ArtefactError(f"{broken} goes the wrong way")
    return TableScorer(tables)


def _refuse_unsound(tables: AdditiveTables, name: str) -> None:
    """What the tables themselves do not refuse: the base, and pair tables out of place."""
    if not np.isfinite(tables.base):
        raise ArtefactError(f"the base of the {name} tables is not finite")
    for pair in tables.pairs:
        edges = (pair.first_edges, pair.second_edges)
        is_sorted = all(np.isfinite(each).all() and (np.diff(each) > 0).all() for each in edges)
        if not is_sorted or not {pair.first, pair.second} <= set(range(len(tables.names))):
            raise ArtefactError(f"a pair table of {name} is out of place")
