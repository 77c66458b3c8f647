"""The terms of an offer and the places of an opening."""

from sqlmodel import Session

from matcher.store import job_offers as store
from models.application import ApplicationState
from models.opening import Opening


def places_left(session: Session, opening: Opening) -> int:
    return opening.headcount - store.count(session, opening.id or 0, store.SEATED)


def is_over_headcount(session: Session, opening: Opening) -> bool:
    """Whether one offer more than there are places would be out."""
    out = (*store.SEATED, ApplicationState.OFFERED)
    return store.count(session, opening.id or 0, out) >= opening.headcount
