"""How long applications waited for partners, without a word about whose they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from models.application import Application, ApplicationEvent, ApplicationState, ClosingCause
from models.interview import Interview, InterviewSlot, InterviewState
from models.opening import Opening

ANSWERS = (
    ApplicationState.INTERVIEW.value,
    ApplicationState.OFFERED.value,
    ApplicationState.REFUSED.value,
)
ENDS = (
    ApplicationState.WITHDRAWN.value,
    ApplicationState.HIRED_ELSEWHERE.value,
    ApplicationState.CLOSED.value,
)


class WaitLine(NamedTuple):
    """Moments of the first answer, the first lapse and the first other end; None without one."""

    organisation_id: int
    began_at: datetime
    answer_days: int
    answered_at: datetime | None
    lapsed_at: datetime | None
    ended_at: datetime | None


def waits(session: Session, organisation_ids: Sequence[int], since: datetime) -> list[WaitLine]:
    """Of applications that came in since then."""
    event = col(ApplicationEvent.at)
    lapse = ApplicationEvent.reason == ClosingCause.ANSWER_TIME_PASSED.value
    is_answer = col(ApplicationEvent.to_state).in_(ANSWERS) & (
        col(ApplicationEvent.actor_role) != "youth"
    )
    is_end = col(ApplicationEvent.to_state).in_(ENDS)
    found = session.execute(
        select(
            Opening.organisation_id,
            Application.created_at,
            Opening.answer_days,
            func.min(case((is_answer, event))),
            func.min(case((lapse, event))),  # type: ignore[arg-type]  # a column's comparison
            func.min(case((is_end, event))),
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Opening, col(Opening.id) == Application.opening_id)
        .join(
            ApplicationEvent, col(ApplicationEvent.application_id) == Application.id, isouter=True
        )
        .where(
            col(Opening.organisation_id).in_(organisation_ids),
            col(Application.created_at) >= since,
        )
        .group_by(
            col(Application.id),
            col(Opening.organisation_id),
            col(Application.created_at),
            col(Opening.answer_days),
        )
        .order_by(col(Application.id))
    )
    return [WaitLine(*row) for row in found]


def not_held(session: Session, organisation_ids: Sequence[int], since: datetime) -> dict[int, int]:
    """Interviews each organisation agreed to and did not hold."""
    found = session.execute(
        select(Opening.organisation_id, func.count(col(Interview.id)))
        .join(InterviewSlot, col(InterviewSlot.opening_id) == Opening.id)
        .join(Interview, col(Interview.slot_id) == InterviewSlot.id)
        .where(
            col(Opening.organisation_id).in_(organisation_ids),
            Interview.state == InterviewState.NOT_HELD,
            col(InterviewSlot.starts_at) >= since,
        )
        .group_by(col(Opening.organisation_id))
    )
    return {row[0]: row[1] for row in found}
