"""What became of people: a person's own lines, and those a desk confirms and asks about again."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import Session, col

from matcher.actor import Actor
from matcher.store.cohort import duty, people
from models.account import Account
from models.outcome import Outcome, OutcomeCheck, OutcomeKind, OutcomeState
from models.youth import YouthProfile


class OutcomeRow(NamedTuple):
    outcome: Outcome
    name: str
    is_demo: bool


class Graduate(NamedTuple):
    youth_id: int
    name: str
    graduation_on: date
    is_demo: bool


def settled_by(actor: Actor) -> ColumnElement[bool]:
    """For statements that join YouthProfile and Account: whose outcomes this desk writes."""
    return and_(people(actor), duty(actor))


def count(session: Session, actor: Actor, state: OutcomeState) -> int:
    statement = _joined(select(func.count(col(Outcome.id)))).where(
        settled_by(actor), col(Outcome.state) == state
    )
    return int(session.scalar(statement) or 0)


def page(
    session: Session, actor: Actor, state: OutcomeState, number: int, size: int
) -> list[OutcomeRow]:
    """The latest start first; proposals in the order they came."""
    order = (
        (col(Outcome.created_at), col(Outcome.id))
        if state is OutcomeState.PROPOSED
        else (col(Outcome.started_on).desc(), col(Outcome.id).desc())
    )
    found = session.execute(
        _desk(actor)
        .where(col(Outcome.state) == state)
        .order_by(*order)
        .limit(size)
        .offset((number - 1) * size)
    )
    return [OutcomeRow(*row) for row in found]


def lasting(
    session: Session, actor: Actor, kinds: Sequence[OutcomeKind], since: date
) -> list[OutcomeRow]:
    """Confirmed ones that began after `since`, the oldest first."""
    found = session.execute(
        _desk(actor)
        .where(
            col(Outcome.state) == OutcomeState.CONFIRMED,
            col(Outcome.kind).in_(kinds),
            col(Outcome.started_on) >= since,
        )
        .order_by(col(Outcome.started_on), col(Outcome.id))
    )
    return [OutcomeRow(*row) for row in found]


def checks(session: Session, outcome_ids: Sequence[int]) -> dict[int, list[OutcomeCheck]]:
    found: dict[int, list[OutcomeCheck]] = defaultdict(list)
    rows = session.scalars(
        select(OutcomeCheck)
        .where(col(OutcomeCheck.outcome_id).in_(outcome_ids))
        .order_by(col(OutcomeCheck.outcome_id), col(OutcomeCheck.months))
    )
    for row in rows:
        found[row.outcome_id].append(row)
    return found


def get(session: Session, actor: Actor, outcome_id: int) -> Outcome | None:
    row = session.execute(_desk(actor).where(col(Outcome.id) == outcome_id)).first()
    return None if row is None else row[0]


def name_of(session: Session, actor: Actor, youth_id: int) -> str | None:
    """None for a person this desk does not write about."""
    return session.scalars(
        select(col(Account.name))
        .join(YouthProfile, col(YouthProfile.account_id) == col(Account.id))
        .where(settled_by(actor), col(YouthProfile.id) == youth_id)
    ).first()


def graduates(session: Session, actor: Actor, until: date) -> list[Graduate]:
    """Everybody who graduated by that day, the latest first."""
    found = session.execute(
        select(
            col(YouthProfile.id),
            col(Account.name),
            col(YouthProfile.graduation_on),
            col(Account.is_demo),
        )
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(settled_by(actor), col(YouthProfile.graduation_on) <= until)
        .order_by(col(YouthProfile.graduation_on).desc(), col(Account.name), col(YouthProfile.id))
    )
    return [Graduate(*row) for row in found]


def confirmed_of(session: Session, actor: Actor) -> dict[int, list[tuple[date, date | None]]]:
    """By person, from when to when each confirmed outcome lasted."""
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    rows = session.execute(
        _joined(
            select(col(Outcome.youth_id), col(Outcome.started_on), col(Outcome.ended_on))
        ).where(settled_by(actor), col(Outcome.state) == OutcomeState.CONFIRMED)
    )
    for youth_id, started_on, ended_on in rows:
        found[youth_id].append((started_on, ended_on))
    return found


def own(session: Session, youth_id: int) -> Sequence[Outcome]:
    return session.scalars(
        select(Outcome)
        .where(col(Outcome.youth_id) == youth_id)
        .order_by(col(Outcome.started_on).desc(), col(Outcome.id).desc())
    ).all()


def own_one(session: Session, youth_id: int, outcome_id: int) -> Outcome | None:
    return session.scalars(
        select(Outcome).where(col(Outcome.youth_id) == youth_id, col(Outcome.id) == outcome_id)
    ).first()


def same(session: Session, youth_id: int, kind: OutcomeKind, on: date) -> Outcome | None:
    return session.scalars(
        select(Outcome).where(
            col(Outcome.youth_id) == youth_id,
            col(Outcome.kind) == kind,
            col(Outcome.started_on) == on,
        )
    ).first()


def near(session: Session, youth_id: int, kind: OutcomeKind, on: date, days: int) -> bool:
    """Whether something of the kind is written down already around that day."""
    around = col(Outcome.started_on).between(on - timedelta(days=days), on + timedelta(days=days))
    statement = select(col(Outcome.id)).where(
        col(Outcome.youth_id) == youth_id,
        col(Outcome.kind) == kind,
        col(Outcome.state) != OutcomeState.REJECTED,
        around,
    )
    return session.scalars(statement.limit(1)).first() is not None


def _joined(statement: Any) -> Any:
    return statement.join(YouthProfile, col(YouthProfile.id) == col(Outcome.youth_id)).join(
        Account, col(Account.id) == col(YouthProfile.account_id)
    )


def _desk(actor: Actor) -> Any:
    statement = _joined(select(Outcome, col(Account.name), col(Account.is_demo)))
    return statement.where(settled_by(actor))
