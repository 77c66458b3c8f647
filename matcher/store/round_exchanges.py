"""Requests to change places after a round is published, and the changes that were made."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from models.application import Application, ApplicationState
from models.assignment_exchange import AssignmentExchange, AssignmentRequest, ExchangeKind

BEGUN = (ApplicationState.OFFERED, ApplicationState.ACCEPTED, ApplicationState.HIRED)


class RequestLine(NamedTuple):
    id: int
    youth_id: int
    held: int
    wanted: int


def requests(
    session: Session, round_id: int, only: Sequence[int] | None = None
) -> list[RequestLine]:
    """The oldest first; `only` these numbers."""
    statement = (
        select(
            AssignmentRequest.id,
            AssignmentRequest.youth_id,
            AssignmentRequest.held_opening_id,
            AssignmentRequest.wanted_opening_id,
        )
        .where(AssignmentRequest.round_id == round_id)
        .order_by(col(AssignmentRequest.id))
    )
    if only is not None:
        statement = statement.where(col(AssignmentRequest.id).in_(only))
    return [RequestLine(row[0] or 0, *row[1:]) for row in session.execute(statement)]


def of_person(session: Session, round_id: int, youth_id: int) -> AssignmentRequest | None:
    return session.exec(
        select(AssignmentRequest).where(
            AssignmentRequest.round_id == round_id, AssignmentRequest.youth_id == youth_id
        )
    ).first()


def forget(session: Session, round_id: int, youth_ids: Sequence[int]) -> int:
    """Gives how many there were."""
    return session.exec(
        delete(AssignmentRequest).where(
            col(AssignmentRequest.round_id) == round_id,
            col(AssignmentRequest.youth_id).in_(youth_ids),
        )
    ).rowcount


def begun(session: Session, youth_ids: Sequence[int]) -> set[tuple[int, int]]:
    """(person, opening) where an offer was made or the work has begun."""
    rows = session.execute(
        select(Application.youth_id, Application.opening_id).where(
            col(Application.youth_id).in_(youth_ids), col(Application.state).in_(BEGUN)
        )
    )
    return {(row[0], row[1]) for row in rows}


def made(session: Session, round_id: int) -> dict[ExchangeKind, tuple[int, datetime]]:
    """By kind: how many, and the last."""
    rows = session.execute(
        select(
            AssignmentExchange.kind,
            func.count(col(AssignmentExchange.id)),
            func.max(AssignmentExchange.at),
        )
        .where(AssignmentExchange.round_id == round_id)
        .group_by(col(AssignmentExchange.kind))
    )
    return {row[0]: (row[1], row[2]) for row in rows}
