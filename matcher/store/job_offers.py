"""Offers of work, and what became of the hires a partner made here."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from matcher.actor import Actor
from matcher.store import applications
from models.application import Application, ApplicationState
from models.interview import JobOffer
from models.opening import Opening
from models.outcome import Outcome, OutcomeState

SEATED = (ApplicationState.ACCEPTED, ApplicationState.HIRED)
"""Applications that take one of the places of an opening."""


class Hire(NamedTuple):
    outcome: Outcome
    application: Application
    opening: Opening


def of(session: Session, application_id: int) -> JobOffer | None:
    return session.exec(select(JobOffer).where(JobOffer.application_id == application_id)).first()


def answer_days(session: Session, application_ids: Sequence[int]) -> dict[int, date]:
    """Until when each of these offers waits for its answer."""
    rows = session.exec(select(JobOffer).where(col(JobOffer.application_id).in_(application_ids)))
    return {row.application_id: row.answer_by for row in rows}


def count(session: Session, opening_id: int, states: Sequence[ApplicationState]) -> int:
    statement = select(func.count(col(Application.id))).where(
        Application.opening_id == opening_id, col(Application.state).in_(states)
    )
    return int(session.scalar(statement) or 0)


def hold_opening(session: Session, opening_id: int) -> Opening:
    """Until the transaction ends nobody else takes one of its places."""
    return session.exec(
        select(Opening)
        .where(Opening.id == opening_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def hires(session: Session, actor: Actor, today: date) -> list[Hire]:
    """A partner's own hires that a desk confirmed, the latest start first."""
    rows = session.exec(
        select(Outcome, Application, Opening)
        .join(Application, col(Application.id) == Outcome.application_id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(
            applications.visible_to(actor, today),
            Application.state == ApplicationState.HIRED,
            Outcome.state == OutcomeState.CONFIRMED,
        )
        .order_by(col(Outcome.started_on).desc(), col(Outcome.id).desc())
    ).all()
    return [Hire(*row) for row in rows]


def unconfirmed_hires(session: Session, actor: Actor, today: date) -> int:
    """A partner's own hires that wait for a desk."""
    statement = (
        select(func.count(col(Outcome.id)))
        .join(Application, col(Application.id) == Outcome.application_id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(
            applications.visible_to(actor, today),
            Application.state == ApplicationState.HIRED,
            Outcome.state == OutcomeState.PROPOSED,
        )
    )
    return int(session.scalar(statement) or 0)


def hire(session: Session, actor: Actor, today: date, outcome_id: int) -> Hire | None:
    row = session.exec(
        select(Outcome, Application, Opening)
        .join(Application, col(Application.id) == Outcome.application_id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(
            applications.visible_to(actor, today),
            Application.state == ApplicationState.HIRED,
            Outcome.state == OutcomeState.CONFIRMED,
            Outcome.id == outcome_id,
        )
    ).first()
    return None if row is None else Hire(*row)


def started_between(session: Session, first: date, last: date) -> Sequence[int]:
    """Confirmed outcomes of hires made here, for the night's questions."""
    found = session.exec(
        select(Outcome.id)
        .where(
            col(Outcome.application_id).is_not(None),
            Outcome.state == OutcomeState.CONFIRMED,
            col(Outcome.started_on).between(first, last),
        )
        .order_by(col(Outcome.id))
    )
    return [number for number in found if number is not None]


def hire_of(session: Session, outcome_id: int) -> Hire | None:
    """For the night; nobody is asking."""
    row = session.exec(
        select(Outcome, Application, Opening)
        .join(Application, col(Application.id) == Outcome.application_id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(Outcome.id == outcome_id, Outcome.state == OutcomeState.CONFIRMED)
    ).first()
    return None if row is None else Hire(*row)
