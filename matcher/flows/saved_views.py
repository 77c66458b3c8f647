"""Saved views: a list's filter under a name, shown as chips, one of them the usual one."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import saved_views as store
from models.bulk import SavedView

PLACES = ("roster", "courses", "outcomes", "evidence", "results")
"""Lists of a desk that keep views; the name is the last part of their address."""
PASSING = frozenset({"page", "lang", "theme", "view", "youth"})
"""Parts of an address that are no filter; whom a form stands open for is none either."""
LONGEST, MOST, MOST_FIELDS = 500, 60, 40


@dataclass(frozen=True)
class ViewLine:
    id: int
    name: str
    query: str
    is_default: bool


def listed(unit: Unit, actor: Actor, place: str) -> tuple[ViewLine, ...]:
    """The usual one first, then by name."""
    return tuple(
        ViewLine(row.id or 0, row.name, row.query, row.is_default)
        for row in store.listed(unit.session, actor.account_id, place)
    )


def usual(unit: Unit, actor: Actor, place: str) -> str | None:
    """The filter with which the list opens; None without one."""
    lines = listed(unit, actor, place)
    return lines[0].query if lines and lines[0].is_default else None


def save(
    unit: Unit, actor: Actor, place: str, name: str, query: str, is_default: bool = False
) -> None:
    """A name that is there already gets the new filter."""
    if place not in PLACES:
        raise NotFound
    wanted = cleaned(query)
    if not wanted:
        raise Invalid({"name": _("고른 조건이 없습니다. 조건을 고른 뒤에 저장해 주십시오.")})
    row = store.named(unit.session, actor.account_id, place, name)
    if row is None:
        if store.count(unit.session, actor.account_id) >= MOST:
            raise Conflict(_("저장한 보기가 너무 많습니다. 쓰지 않는 것을 지워 주십시오."))
        row = SavedView(
            account_id=actor.account_id, place=place, name=name, query=wanted, created_at=unit.now
        )
    if is_default:
        store.clear_default(unit.session, actor.account_id, place)
    row.query, row.is_default = wanted, is_default
    unit.session.add(row)


def make_usual(unit: Unit, actor: Actor, view_id: int) -> str:
    """Gives the list it belongs to."""
    row = _own(unit, actor, view_id)
    was = row.is_default
    store.clear_default(unit.session, actor.account_id, row.place)
    row.is_default = not was
    unit.session.add(row)
    return row.place


def remove(unit: Unit, actor: Actor, view_id: int) -> str:
    row = _own(unit, actor, view_id)
    unit.session.delete(row)
    return row.place


def cleaned(query: str) -> str:
    """Only the filter, in one order; what is no query string or too long becomes empty."""
    try:
        pairs = parse_qsl(query.lstrip("?"), max_num_fields=MOST_FIELDS)
    except ValueError:
        return ""
    kept = sorted((key, value) for key, value in pairs if key not in PASSING and value)
    text = urlencode(kept)
    return text if len(text) <= LONGEST else ""


def _own(unit: Unit, actor: Actor, view_id: int) -> SavedView:
    row = store.get(unit.session, actor.account_id, view_id)
    if row is None:
        raise NotFound
    return row
