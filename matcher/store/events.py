"""Community events and who comes. Seats are counted from the rows while the event is held, so
that no counter can drift and an erased person's seat is free at once."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, false, func, true, update
from sqlmodel import Session, col, select

from matcher.actor import Actor
from models.account import Account, Role
from models.community import CommunityEvent, EventSignUp, EventState, SignUpState
from models.organisation import Organisation, OrganisationState
from models.youth import YouthProfile

Hosted = tuple[CommunityEvent, Organisation]
HERE = (SignUpState.GOING, SignUpState.WAITING)


class Counts(NamedTuple):
    going: int = 0
    waiting: int = 0


def managed(actor: Actor) -> ColumnElement[bool]:
    """A university's own; the centre's desk looks after all."""
    if actor.role is Role.CENTRE:
        return true()
    if actor.role is Role.COORDINATOR and actor.organisation_id is not None:
        return col(CommunityEvent.organisation_id) == actor.organisation_id
    return false()


def upcoming(session: Session, today: date) -> Sequence[Hosted]:
    """Of active hosts, the next one first; cancelled ones stay until their day, saying so."""
    rows = session.exec(
        select(CommunityEvent, Organisation)
        .join(Organisation, col(Organisation.id) == CommunityEvent.organisation_id)
        .where(CommunityEvent.held_on >= today, Organisation.state == OrganisationState.ACTIVE)
        .order_by(col(CommunityEvent.held_on), col(CommunityEvent.starts), col(CommunityEvent.id))
    )
    return [(row[0], row[1]) for row in rows]


def get(session: Session, event_id: int) -> Hosted | None:
    row = session.exec(
        select(CommunityEvent, Organisation)
        .join(Organisation, col(Organisation.id) == CommunityEvent.organisation_id)
        .where(CommunityEvent.id == event_id, Organisation.state == OrganisationState.ACTIVE)
    ).first()
    return None if row is None else (row[0], row[1])


def for_desk(session: Session, actor: Actor) -> Sequence[Hosted]:
    """The latest first."""
    rows = session.exec(
        select(CommunityEvent, Organisation)
        .join(Organisation, col(Organisation.id) == CommunityEvent.organisation_id)
        .where(managed(actor))
        .order_by(col(CommunityEvent.held_on).desc(), col(CommunityEvent.id).desc())
    )
    return [(row[0], row[1]) for row in rows]


def one_for_desk(session: Session, actor: Actor, event_id: int) -> CommunityEvent | None:
    return session.exec(
        select(CommunityEvent).where(managed(actor), CommunityEvent.id == event_id)
    ).first()


def hold(session: Session, event_id: int) -> None:
    """Until the transaction ends nobody else takes or frees a seat here."""
    session.exec(
        select(CommunityEvent.id)
        .where(CommunityEvent.id == event_id)
        .with_for_update(key_share=True)
    ).all()


def counts(session: Session, event_ids: Collection[int]) -> dict[int, Counts]:
    rows = session.exec(
        select(EventSignUp.event_id, EventSignUp.state, func.count())
        .where(col(EventSignUp.event_id).in_(event_ids), col(EventSignUp.state).in_(HERE))
        .group_by(col(EventSignUp.event_id), col(EventSignUp.state))
    )
    found: dict[int, Counts] = dict.fromkeys(event_ids, Counts())
    for event_id, state, number in rows:
        name = "going" if state is SignUpState.GOING else "waiting"
        found[event_id] = found[event_id]._replace(**{name: number})
    return found


def sign_up_of(session: Session, event_id: int, youth_id: int) -> EventSignUp | None:
    return session.exec(
        select(EventSignUp).where(
            EventSignUp.event_id == event_id, EventSignUp.youth_id == youth_id
        )
    ).first()


def own(session: Session, youth_id: int) -> dict[int, SignUpState]:
    """By event; those left are not there."""
    rows = session.exec(
        select(EventSignUp.event_id, EventSignUp.state).where(
            EventSignUp.youth_id == youth_id, col(EventSignUp.state).in_(HERE)
        )
    )
    return {event_id: SignUpState(state) for event_id, state in rows}


def ahead_of(session: Session, youth_id: int, today: date) -> Sequence[EventSignUp]:
    """The person's seats and places in queues of events that are still to come, by event."""
    return session.exec(
        select(EventSignUp)
        .join(CommunityEvent, col(CommunityEvent.id) == EventSignUp.event_id)
        .where(
            EventSignUp.youth_id == youth_id,
            col(EventSignUp.state).in_(HERE),
            CommunityEvent.state == EventState.PUBLISHED,
            CommunityEvent.held_on >= today,
        )
        .order_by(col(EventSignUp.event_id))
    ).all()


def queue(session: Session, event_id: int) -> Sequence[EventSignUp]:
    """Who waits, in order."""
    return session.exec(
        select(EventSignUp)
        .where(EventSignUp.event_id == event_id, EventSignUp.state == SignUpState.WAITING)
        .order_by(col(EventSignUp.created_at), col(EventSignUp.id))
    ).all()


def move(session: Session, row: EventSignUp, to: SignUpState, now: datetime, **more: Any) -> bool:
    """Only from the state that was read; False when somebody was faster."""
    changed = session.exec(
        update(EventSignUp)
        .where(col(EventSignUp.id) == row.id, col(EventSignUp.state) == row.state)
        .values(state=to, updated_at=now, **more)
        .execution_options(synchronize_session=False)
    )
    session.expire(row)
    return changed.rowcount == 1


def people(session: Session, event_id: int) -> Sequence[tuple[EventSignUp, Account]]:
    """Who comes and who waits, in the order they came."""
    rows = session.exec(
        select(EventSignUp, Account)
        .join(YouthProfile, col(YouthProfile.id) == EventSignUp.youth_id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(EventSignUp.event_id == event_id, col(EventSignUp.state).in_(HERE))
        .order_by(col(EventSignUp.state), col(EventSignUp.created_at), col(EventSignUp.id))
    )
    return [(row[0], row[1]) for row in rows]


def going_to(
    session: Session, youth_ids: Collection[int]
) -> Sequence[tuple[EventSignUp, CommunityEvent]]:
    """Events that are held and where the person has a seat."""
    rows = session.exec(
        select(EventSignUp, CommunityEvent)
        .join(CommunityEvent, col(CommunityEvent.id) == EventSignUp.event_id)
        .where(
            col(EventSignUp.youth_id).in_(youth_ids),
            EventSignUp.state == SignUpState.GOING,
            CommunityEvent.state == EventState.PUBLISHED,
        )
        .order_by(col(CommunityEvent.held_on), col(CommunityEvent.id))
    )
    return [(row[0], row[1]) for row in rows]
