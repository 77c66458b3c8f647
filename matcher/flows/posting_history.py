"""How a posting changed since its first publication, for its partner and for its readers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.own_opening import own_opening
from matcher.matching.posting_words import Change, changes
from matcher.store import posting_versions as store
from models.opening import OpeningState, OpeningVersion


@dataclass(frozen=True)
class Version:
    """`by` is empty towards readers: they learn what changed, not which employee changed it."""

    number: int
    at: datetime
    by: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class History:
    opening_id: int
    title: str
    state: OpeningState
    versions: tuple[Version, ...]
    """The newest first; the last one is the first publication."""

    @property
    def changed(self) -> int:
        return max(0, len(self.versions) - 1)


@dataclass(frozen=True)
class Told:
    """One change as a reader sees it."""

    on: date
    at: datetime
    changes: tuple[Change, ...]


def history(unit: Unit, actor: Actor, opening_id: int) -> History:
    """Of an own posting."""
    row = own_opening(unit, actor, opening_id)
    stored = store.of(unit.session, [opening_id])
    names = _names(unit, actor, stored)
    found = [
        Version(each.number, each.at, names.get(each.account_id or 0, ""), _changes(before, each))
        for before, each in _steps(stored)
    ]
    title = in_language(row.title_ko, row.title_en)
    return History(opening_id, title, row.state, tuple(reversed(found)))


def told(unit: Unit, opening_ids: Collection[int]) -> dict[int, tuple[Told, ...]]:
    """Opening id -> what changed since its publication, the newest first; for who may see it."""
    stored = store.of(unit.session, opening_ids)
    found: dict[int, list[Told]] = {}
    for before, each in pairwise(stored):
        if before.opening_id == each.opening_id:
            line = Told(day_of(each.at), each.at, _changes(before, each))
            found.setdefault(each.opening_id, []).insert(0, line)
    return {number: tuple(lines) for number, lines in found.items()}


def _steps(
    stored: Sequence[OpeningVersion],
) -> list[tuple[OpeningVersion | None, OpeningVersion]]:
    return list(zip([None, *stored], stored, strict=False))


def _changes(before: OpeningVersion | None, now: OpeningVersion) -> tuple[Change, ...]:
    return () if before is None else changes(before.content, now.content)


def _names(unit: Unit, actor: Actor, stored: Sequence[OpeningVersion]) -> dict[int, str]:
    """Own colleagues by name; whoever else published it is the centre."""
    found = store.savers(unit.session, {each.account_id for each in stored if each.account_id})
    return {
        number: saver.name if saver.organisation_id == actor.organisation_id else _("센터")
        for number, saver in found.items()
    }
