"""Application papers: what was written with an application, and when it was decided."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from models.application import Application, ApplicationEvent, ApplicationState, Introduction
from models.interview import Interview, InterviewSlot, JobOffer
from models.opening import Opening
from models.organisation import Organisation
from models.review import Review


class Decided(NamedTuple):
    application_id: int
    state: ApplicationState
    decided_at: datetime
    kept_days: int


def decided(session: Session, states: Collection[ApplicationState]) -> list[Decided]:
    """Of every partner, papers still there; the last step is the decision."""
    last = func.max(col(ApplicationEvent.at))
    rows = session.execute(
        select(Application.id, Application.state, last, Organisation.papers_kept_days)
        .join(ApplicationEvent, col(ApplicationEvent.application_id) == Application.id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(col(Application.papers_gone_on).is_(None), col(Application.state).in_(states))
        .group_by(col(Application.id), col(Application.state), col(Organisation.papers_kept_days))
        .order_by(col(Application.id))
    )
    return [Decided(*row) for row in rows]


def last_steps(session: Session, ids: Collection[int]) -> dict[int, datetime]:
    rows = session.execute(
        select(ApplicationEvent.application_id, func.max(col(ApplicationEvent.at)))
        .where(col(ApplicationEvent.application_id).in_(ids))
        .group_by(col(ApplicationEvent.application_id))
    )
    return {row[0]: row[1] for row in rows}


def with_terms(session: Session, ids: Collection[int]) -> list[tuple[Application, int]]:
    """Each with the days its partner keeps papers; of applications the caller may see."""
    rows = session.exec(
        select(Application, Organisation.papers_kept_days)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(col(Application.id).in_(ids))
    )
    return [(row, days) for row, days in rows]


def locked(session: Session, application_id: int) -> Application | None:
    statement = select(Application).where(Application.id == application_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).first()


def offers(session: Session, application_id: int) -> Sequence[JobOffer]:
    return session.exec(select(JobOffer).where(JobOffer.application_id == application_id)).all()


def introductions(session: Session, row: Application) -> Sequence[Introduction]:
    return session.exec(
        select(Introduction).where(
            Introduction.opening_id == row.opening_id, Introduction.youth_id == row.youth_id
        )
    ).all()


def reviews(session: Session, row: Application) -> Sequence[Review]:
    return session.exec(
        select(Review).where(Review.opening_id == row.opening_id, Review.youth_id == row.youth_id)
    ).all()


def own_slots(session: Session, application_id: int) -> Sequence[InterviewSlot]:
    """Interview times that nobody else's interview stands on."""
    others = select(Interview.slot_id).where(Interview.application_id != application_id)
    own = select(Interview.slot_id).where(Interview.application_id == application_id)
    return session.exec(
        select(InterviewSlot).where(
            col(InterviewSlot.id).in_(own), col(InterviewSlot.id).not_in(others)
        )
    ).all()
