"""Seats of an event: moving up from the queue, and telling people what changed."""

from collections.abc import Iterable

from matcher.db import Unit
from matcher.store import enrolments, events, outbox
from models.community import CommunityEvent, EventSignUp, SignUpState


def promote(unit: Unit, event: CommunityEvent) -> int:
    """Give every free seat to the head of the queue and tell them; the event is held by the
    caller. Gives how many moved up."""
    event_id = event.id or 0
    free = event.seats - events.counts(unit.session, [event_id])[event_id].going
    moved = 0
    for row in events.queue(unit.session, event_id)[: max(0, free)]:
        youth_id = row.youth_id
        if events.move(unit.session, row, SignUpState.GOING, unit.now):
            tell(unit, event, [youth_id], "event_seat")
            moved += 1
    return moved


def leave_all(unit: Unit, youth_id: int) -> None:
    """Give back every seat and place in a queue ahead, one event held after the other, so that
    whoever waits moves up at once and is told."""
    for row in events.ahead_of(unit.session, youth_id, unit.today):
        event_id = row.event_id
        events.hold(unit.session, event_id)
        unit.session.refresh(row)
        if row.state in events.HERE:
            events.move(unit.session, row, SignUpState.LEFT, unit.now)
            promote(unit, unit.session.get_one(CommunityEvent, event_id))


def tell(unit: Unit, event: CommunityEvent, youth_ids: Iterable[int], template: str) -> None:
    """One mail each about the event as it is now; a second change is a second mail."""
    for youth_id in youth_ids:
        account = enrolments.account_of(unit.session, youth_id)
        outbox.put(
            unit.session,
            account,
            template,
            unit.now,
            event_id=event.id,
            title_ko=event.title_ko,
            title_en=event.title_en,
            held_on=event.held_on.isoformat(),
            starts=event.starts,
            place=event.place,
        )


def everyone_told(rows: Iterable[EventSignUp]) -> list[int]:
    return sorted({row.youth_id for row in rows})
