"""What readers of a posting saw, version by version, and who is told when it changes."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import String, cast, exists, literal, or_
from sqlmodel import Session, col, select

from matcher.store.applications import UNDECIDED
from models.account import Account, AccountState, Membership
from models.application import Application, ApplicationState
from models.opening import Opening, OpeningState, OpeningVersion
from models.outbox import OutboxMail
from models.youth import YouthProfile

ENDED = (OpeningState.CLOSED, OpeningState.FILLED)
WAITING = tuple(state for state in UNDECIDED if state is not ApplicationState.ACCEPTED)
ANSWERED = (
    ApplicationState.REFUSED,
    ApplicationState.CLOSED,
    ApplicationState.HIRED_ELSEWHERE,
)


class Saver(NamedTuple):
    name: str
    organisation_id: int | None


class Reader(NamedTuple):
    """Somebody whose application waits, and who therefore has to know."""

    application_id: int
    account: Account


def of(session: Session, opening_ids: Collection[int]) -> Sequence[OpeningVersion]:
    """By opening, the oldest first."""
    return session.exec(
        select(OpeningVersion)
        .where(col(OpeningVersion.opening_id).in_(opening_ids))
        .order_by(col(OpeningVersion.opening_id), col(OpeningVersion.number))
    ).all()


def last(session: Session, opening_id: int) -> OpeningVersion | None:
    return session.exec(
        select(OpeningVersion)
        .where(OpeningVersion.opening_id == opening_id)
        .order_by(col(OpeningVersion.number).desc())
        .limit(1)
    ).first()


def savers(session: Session, account_ids: Collection[int]) -> dict[int, Saver]:
    rows = session.execute(
        select(Account.id, Account.name, Membership.organisation_id)
        .outerjoin(Membership, col(Membership.account_id) == Account.id)
        .where(col(Account.id).in_(account_ids))
    )
    return {row[0]: Saver(row[1], row[2]) for row in rows}


def readers(session: Session, opening_id: int) -> list[Reader]:
    """Everybody whose application to the posting is not over, introductions included."""
    rows = session.exec(
        select(Application.id, Account)
        .join(YouthProfile, col(YouthProfile.id) == Application.youth_id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(
            Application.opening_id == opening_id,
            col(Application.state).in_(UNDECIDED),
            Account.state == AccountState.ACTIVE,
        )
        .order_by(col(Application.id))
    )
    return [Reader(number or 0, account) for number, account in rows]


def published_ids(session: Session) -> Sequence[int]:
    """Of every partner: for what is asked by the clock."""
    found = session.exec(
        select(Opening.id).where(Opening.state == OpeningState.PUBLISHED).order_by(col(Opening.id))
    )
    return [number for number in found if number is not None]


def locked(session: Session, opening_id: int) -> Opening | None:
    """As it is now, held until the transaction ends."""
    statement = select(Opening).where(Opening.id == opening_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).first()


def untold(session: Session) -> Sequence[Application]:
    """Applications that an ended posting left without an end, or that ended without any word to
    the person. An offer and its yes are between the two of them and outlive the posting."""
    about = literal("application:") + cast(col(Application.id), String) + literal(":%")
    told = (
        exists()
        .where(
            col(OutboxMail.account_id) == col(YouthProfile.account_id),
            col(OutboxMail.dedupe_key).like(about),
        )
        .correlate(Application, YouthProfile)
    )
    forgotten = col(Opening.state).in_(ENDED) & col(Application.state).in_(WAITING)
    return session.exec(
        select(Application)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .join(YouthProfile, col(YouthProfile.id) == Application.youth_id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(
            or_(forgotten, col(Application.state).in_(ANSWERED) & ~told),
            Account.state != AccountState.ERASED,
            col(Opening.is_demo).is_(False),
        )
        .order_by(col(Application.id))
    ).all()
