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


class Stamp(NamedTuple):
    """Equal stamps, equal waits on one day. `last_at` and `changed_at` tell rows apart that took
    the number or the version of undone ones."""

    applications: int
    last_application: int
    events: int
    last_event: int
    last_at: datetime | None
    openings: int
    versions: int
    changed_at: datetime | None


def stamp(session: Session) -> Stamp:
    """One query over indexes and the openings."""
    last = select(ApplicationEvent.at).order_by(col(ApplicationEvent.id).desc()).limit(1)
    found = session.execute(
        select(
            select(func.count(col(Application.id))).scalar_subquery(),
            select(func.coalesce(func.max(Application.id), 0)).scalar_subquery(),
            select(func.count(col(ApplicationEvent.id))).scalar_subquery(),
            select(func.coalesce(func.max(ApplicationEvent.id), 0)).scalar_subquery(),
            last.scalar_subquery(),
            func.count(col(Opening.id)),
            func.coalesce(func.sum(Opening.version), 0),
            func.max(Opening.updated_at),
        )  # type: ignore[call-overload]  # SQLModel types four columns
    ).one()
    return Stamp(*found)


def answered_since(session: Session, before: Stamp, now: Stamp) -> frozenset[int] | None:
    """The organisations whose waits changed; None when more changed than steps and applications
    that were added."""
    if now[5:] != before[5:]:
        return None
    kept = session.exec(select(ApplicationEvent.at).where(ApplicationEvent.id == before.last_event))
    if kept.first() != before.last_at:
        return None
    steps = session.execute(
        select(Opening.organisation_id, func.count())
        .join(Application, col(Application.opening_id) == Opening.id)
        .join(ApplicationEvent, col(ApplicationEvent.application_id) == Application.id)
        .where(col(ApplicationEvent.id) > before.last_event)
        .group_by(col(Opening.organisation_id))
    ).all()
    new = session.execute(
        select(Opening.organisation_id, func.count())
        .join(Application, col(Application.opening_id) == Opening.id)
        .where(col(Application.id) > before.last_application)
        .group_by(col(Opening.organisation_id))
    ).all()
    added = (sum(each[1] for each in new), sum(each[1] for each in steps))
    if added != (now.applications - before.applications, now.events - before.events):
        return None
    return frozenset(each[0] for each in (*steps, *new))


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
