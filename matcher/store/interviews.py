"""Interview times, who took them, and who waits for one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import delete
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.store import applications, openings
from models.application import Application
from models.interview import Interview, InterviewSlot, InterviewState, SlotWait
from models.opening import Opening
from models.organisation import Organisation


class Meeting(NamedTuple):
    interview: Interview
    slot: InterviewSlot
    application: Application
    opening: Opening


class OwnMeeting(NamedTuple):
    """One a young person's calendar shows."""

    interview: Interview
    slot: InterviewSlot
    opening: Opening
    organisation: Organisation


def slots(session: Session, opening_id: int, since: datetime) -> Sequence[InterviewSlot]:
    """Times that were not taken back, in their order."""
    return session.exec(
        select(InterviewSlot)
        .where(
            InterviewSlot.opening_id == opening_id,
            InterviewSlot.starts_at >= since,
            col(InterviewSlot.is_cancelled).is_(False),
        )
        .order_by(col(InterviewSlot.starts_at))
    ).all()


def taken(session: Session, slot_ids: Sequence[int]) -> frozenset[int]:
    """Those somebody holds now, whoever it is."""
    return frozenset(
        session.exec(
            select(Interview.slot_id).where(
                col(Interview.slot_id).in_(slot_ids), Interview.state == InterviewState.BOOKED
            )
        )
    )


def free(session: Session, opening_id: int, now: datetime) -> list[InterviewSlot]:
    found = slots(session, opening_id, now)
    held = taken(session, [each.id or 0 for each in found])
    return [each for each in found if each.id not in held and each.starts_at > now]


def with_free_times(session: Session, opening_ids: Sequence[int], now: datetime) -> frozenset[int]:
    """Of these openings those that have a time to choose."""
    is_taken = (
        select(Interview.id)
        .where(Interview.slot_id == InterviewSlot.id, Interview.state == InterviewState.BOOKED)
        .exists()
    )
    return frozenset(
        session.exec(
            select(InterviewSlot.opening_id).where(
                col(InterviewSlot.opening_id).in_(opening_ids),
                InterviewSlot.starts_at > now,
                col(InterviewSlot.is_cancelled).is_(False),
                ~is_taken,
            )
        )
    )


def slot_of(session: Session, opening_id: int, slot_id: int) -> InterviewSlot | None:
    """Held until the transaction ends, read as it is then."""
    return session.exec(
        select(InterviewSlot)
        .where(InterviewSlot.id == slot_id, InterviewSlot.opening_id == opening_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def own_slot(session: Session, actor: Actor, slot_id: int) -> tuple[InterviewSlot, Opening] | None:
    """A partner's own, held until the transaction ends."""
    row = session.exec(
        select(InterviewSlot, Opening)
        .join(Opening, col(Opening.id) == InterviewSlot.opening_id)
        .where(openings.visible_to(actor), InterviewSlot.id == slot_id)
        .with_for_update(of=InterviewSlot)
        .execution_options(populate_existing=True)
    ).first()
    return None if row is None else (row[0], row[1])


def meetings(session: Session, actor: Actor, today: date, slot_ids: Sequence[int]) -> list[Meeting]:
    """Interviews at these times that were not cancelled and that the actor may see."""
    rows = session.exec(
        select(Interview, InterviewSlot, Application, Opening)
        .join(InterviewSlot, col(InterviewSlot.id) == Interview.slot_id)
        .join(Application, col(Application.id) == Interview.application_id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(
            applications.visible_to(actor, today),
            col(Interview.slot_id).in_(slot_ids),
            Interview.state != InterviewState.CANCELLED,
        )
        .order_by(col(Interview.id))
    ).all()
    return [Meeting(*row) for row in rows]


def meeting(
    session: Session, actor: Actor, today: date, interview_id: int, *, lock: bool = False
) -> Meeting | None:
    statement = (
        select(Interview, InterviewSlot, Application, Opening)
        .join(InterviewSlot, col(InterviewSlot.id) == Interview.slot_id)
        .join(Application, col(Application.id) == Interview.application_id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(applications.visible_to(actor, today), Interview.id == interview_id)
    )
    if lock:
        statement = statement.with_for_update(of=Interview)
    row = session.exec(statement.execution_options(populate_existing=lock)).first()
    return None if row is None else Meeting(*row)


def of_application(session: Session, application_id: int) -> list[tuple[Interview, InterviewSlot]]:
    """Every one it ever had, the newest first."""
    rows = session.exec(
        select(Interview, InterviewSlot)
        .join(InterviewSlot, col(InterviewSlot.id) == Interview.slot_id)
        .where(Interview.application_id == application_id)
        .order_by(col(Interview.id).desc())
    ).all()
    return [(row[0], row[1]) for row in rows]


def booked(session: Session, application_id: int) -> tuple[Interview, InterviewSlot] | None:
    found = of_application(session, application_id)
    return next((each for each in found if each[0].state is InterviewState.BOOKED), None)


def booked_at(session: Session, slot_id: int) -> tuple[Interview, Application] | None:
    row = session.exec(
        select(Interview, Application)
        .join(Application, col(Application.id) == Interview.application_id)
        .where(Interview.slot_id == slot_id, Interview.state == InterviewState.BOOKED)
        .execution_options(populate_existing=True)
    ).first()
    return None if row is None else (row[0], row[1])


def waiting(session: Session, opening_id: int) -> list[tuple[SlotWait, Application]]:
    """Whoever came first stands first."""
    rows = session.exec(
        select(SlotWait, Application)
        .join(Application, col(Application.id) == SlotWait.application_id)
        .where(Application.opening_id == opening_id)
        .order_by(col(SlotWait.created_at), col(SlotWait.id))
    ).all()
    return [(row[0], row[1]) for row in rows]


def wait_of(session: Session, application_id: int) -> SlotWait | None:
    return session.exec(select(SlotWait).where(SlotWait.application_id == application_id)).first()


def stop_waiting(session: Session, application_id: int) -> None:
    session.exec(delete(SlotWait).where(col(SlotWait.application_id) == application_id))


def of_youths(session: Session, youth_ids: Sequence[int], since: datetime) -> list[OwnMeeting]:
    """For people's own calendars; cancelled ones too, because a calendar must be told."""
    rows = session.exec(
        select(Interview, InterviewSlot, Opening, Organisation)
        .join(InterviewSlot, col(InterviewSlot.id) == Interview.slot_id)
        .join(Application, col(Application.id) == Interview.application_id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(col(Application.youth_id).in_(youth_ids), InterviewSlot.starts_at >= since)
        .order_by(col(InterviewSlot.starts_at), col(Interview.id))
    ).all()
    return [OwnMeeting(*row) for row in rows]
