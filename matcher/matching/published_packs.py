"""Frozen packs of a year as what they told, for the question what the next one may tell."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from matcher.clock import day_of
from matcher.planning.facts import OTHER
from matcher.planning.hiding import ABOUT_PEOPLE, ALL
from matcher.planning.measures import MEASURES
from matcher.planning.published import Kept, Key, Pack, State, Told
from matcher.store import packs as store
from models.organisation import Organisation

Content = Mapping[str, Any]
FORMAT = "oreum-evaluation-pack/2"
"""Earlier texts do not say which university a row of the centre's belongs to."""
NOBODYS = "none"
"""In place of a university's slug."""


def earlier(session: Session, year: int, universities: Iterable[Organisation]) -> tuple[Pack, ...]:
    """Every desk's, the oldest first: what may be told now depends on all of them."""
    groups = {row.slug: row.id or 0 for row in universities} | {NOBODYS: OTHER}
    found = (json.loads(row.content) for row in store.of_year(session, year))
    return tuple(_pack(content, groups) for content in found if content["format"] == FORMAT)


def _pack(content: Content, groups: Mapping[str, int]) -> Pack:
    project = content["project"]["slug"] if content["project"] else ""
    own = groups.get(content["desk"]["slug"], ALL)
    cells: dict[Key, Told] = {}
    for name, measure in content["measures"].items():
        # Another definition counts other rows; what it told says nothing about today's.
        if name in ABOUT_PEOPLE and measure["version"] == MEASURES[name].version:
            cells[name, own, project] = _told(measure, _state(measure["rows"]))
            for slug, part, state in _parts(measure):
                cells[name, groups[slug], project] = _told(part, state)
    return Pack(day_of(datetime.fromisoformat(content["as_of"])).isoformat(), tuple(cells.items()))


def _told(cell: Content, state: State) -> Told:
    kept = cell.get("kept")
    return Told(state, cell["is_shown"], None if kept is None else Kept(kept["value"], kept["on"]))


def _state(rows: Iterable[list[Any]]) -> State:
    return frozenset((row[0], row[1]) for row in rows)


def _parts(measure: Content) -> Iterator[tuple[str, Content, State]]:
    """What the centre told of each university."""
    for part in measure.get("by_university", ()):
        slug = part["slug"]
        yield slug, part, _state(row for row in measure["rows"] if row[3] == slug)
