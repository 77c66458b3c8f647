"""Links whose host is still to be asked: who asks next, and when."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select, update
from sqlmodel import Session, col

from models.credential import PresentedCredential, PresentedState


class Claimed(NamedTuple):
    id: int
    link: str
    tries: int
    """With this one."""


def claim(session: Session, now: datetime, waits: tuple[timedelta, ...]) -> Claimed | None:
    """The link that waits longest. The claim itself counts the try and sets the time of the next
    one, so that a worker that dies leaves a link that is asked for again; None when none is due,
    or when another worker was faster."""
    columns = (PresentedCredential.id, PresentedCredential.link, PresentedCredential.tries)
    row = session.execute(
        select(*map(col, columns))
        .where(_is_due(now))
        .order_by(col(PresentedCredential.next_try_at), col(PresentedCredential.id))
        .limit(1)
    ).first()
    if row is None:
        return None
    number, link, tries = row
    wait = waits[min(tries, len(waits) - 1)]
    changed = session.connection().execute(
        update(PresentedCredential)
        .where(_is_due(now), col(PresentedCredential.id) == number)
        .where(col(PresentedCredential.tries) == tries)
        .values(tries=tries + 1, next_try_at=now + wait)
    )
    return Claimed(number, link, tries + 1) if changed.rowcount else None


def is_still_due(row: PresentedCredential | None) -> bool:
    """Whether the row waits for an answer; the person may have taken it back meanwhile."""
    return row is not None and row.state is PresentedState.FETCHING


def _is_due(now: datetime) -> ColumnElement[bool]:
    waits_until = col(PresentedCredential.next_try_at)
    is_time = or_(waits_until.is_(None), waits_until <= now)
    return (col(PresentedCredential.state) == PresentedState.FETCHING) & is_time
