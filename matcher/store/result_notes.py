"""What today's results of courses changed, until the day is over."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models.attendance import ResultNote
from models.course import Enrolment, EnrolmentState


def keep(
    session: Session, enrolment_id: int, skills: list[Any], now: datetime, today: datetime
) -> None:
    """The note of one result; those from before `today` began go, as nobody may use them."""
    session.execute(
        delete(ResultNote).where(
            (col(ResultNote.created_at) < today) | (col(ResultNote.enrolment_id) == enrolment_id)
        )
    )
    session.add(ResultNote(enrolment_id=enrolment_id, skills=skills, created_at=now))


def of_session(session: Session, session_id: int, today: datetime) -> dict[int, ResultNote]:
    """Of today, by enrolment; for callers that checked whose session it is."""
    found = session.exec(
        select(ResultNote)
        .join(Enrolment, col(Enrolment.id) == ResultNote.enrolment_id)
        .where(Enrolment.session_id == session_id, col(ResultNote.created_at) >= today)
    )
    return {row.enrolment_id: row for row in found}


def completed_since(session: Session, enrolment: Enrolment) -> bool:
    """The person completed another course after this one: what that gave counted on this."""
    later = (
        select(Enrolment.id)
        .where(
            Enrolment.youth_id == enrolment.youth_id,
            Enrolment.id != enrolment.id,
            Enrolment.state == EnrolmentState.COMPLETED,
            col(Enrolment.updated_at) > enrolment.updated_at,
        )
        .limit(1)
    )
    return session.exec(later).first() is not None
