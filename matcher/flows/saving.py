"""A young person keeps an opening or a course for later."""

from sqlalchemy.exc import IntegrityError

from matcher.actor import Actor
from matcher.db import Unit
from matcher.refusal import NotFound
from matcher.store import courses, openings, youths
from models.youth import SavedItem, SavedKind


def save(unit: Unit, actor: Actor, kind: SavedKind, item_id: int) -> None:
    """Pressing twice saves once."""
    youth_id = actor.own_youth_id
    _refuse_unseen(unit, actor, kind, item_id)
    if youths.saved_item(unit.session, youth_id, kind, item_id) is not None:
        return
    row = SavedItem(youth_id=youth_id, kind=kind, item_id=item_id, saved_at=unit.now)
    try:
        with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError:
        return  # the other of two clicks at once was faster: it is saved


def unsave(unit: Unit, actor: Actor, kind: SavedKind, item_id: int) -> None:
    """Closed things can be let go of too, so only the own row is looked at."""
    row = youths.saved_item(unit.session, actor.own_youth_id, kind, item_id)
    if row is None:
        _refuse_unseen(unit, actor, kind, item_id)
        return
    youths.remove(unit.session, row)


def _refuse_unseen(unit: Unit, actor: Actor, kind: SavedKind, item_id: int) -> None:
    if kind is SavedKind.OPENING:
        found = openings.get(unit.session, actor, item_id) is not None
    else:
        found = courses.get(unit.session, actor, item_id) is not None
    if not found:
        raise NotFound
