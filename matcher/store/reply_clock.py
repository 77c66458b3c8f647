"""Answers that partners owe, for the clock: all organisations, no names."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from matcher.store import youths
from models.account import Account, AccountState, Membership, Role
from models.application import Application, ApplicationEvent, ApplicationState, ClosingCause
from models.opening import Opening
from models.organisation import Organisation, OrganisationState

DIGEST = "partner_digest"
"""Name of the mail's template."""
OWED = (ApplicationState.SENT, ApplicationState.UNDER_REVIEW, ApplicationState.INTERVIEW)


class OwedLine(NamedTuple):
    organisation_id: int
    opening_id: int
    title_ko: str
    title_en: str
    answer_by: date


class LapsedLine(NamedTuple):
    organisation_id: int
    opening_id: int
    title_ko: str
    title_en: str
    at: datetime


def owed_before(session: Session, day: date) -> list[int]:
    """Applications whose promised day lies before the day and that have no answer."""
    found = session.exec(
        select(Application.id)
        .where(col(Application.state).in_(OWED), col(Application.answer_by) < day)
        .order_by(col(Application.id))
    )
    return [number for number in found if number is not None]


def held(session: Session, application_id: int) -> tuple[Application, Opening] | None:
    """As it is now, held with the person until the transaction ends."""
    youths.hold(session, select(Application.youth_id).where(Application.id == application_id))
    row = session.exec(
        select(Application, Opening)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(Application.id == application_id)
        .with_for_update(of=Application)
        .execution_options(populate_existing=True)
    ).first()
    return None if row is None else (row[0], row[1])


def owed(session: Session) -> list[OwedLine]:
    found = session.execute(
        select(
            Opening.organisation_id,
            Opening.id,
            Opening.title_ko,
            Opening.title_en,
            Application.answer_by,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(col(Application.state).in_(OWED), col(Application.answer_by).is_not(None))
        .order_by(col(Application.answer_by), col(Opening.id), col(Application.id))
    )
    return [OwedLine(*row) for row in found]


def lapsed(session: Session, since: datetime) -> list[LapsedLine]:
    """What ended without an answer since then."""
    found = session.execute(
        select(
            Opening.organisation_id,
            Opening.id,
            Opening.title_ko,
            Opening.title_en,
            ApplicationEvent.at,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Application, col(Application.id) == ApplicationEvent.application_id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(
            ApplicationEvent.reason == ClosingCause.ANSWER_TIME_PASSED.value,
            col(ApplicationEvent.at) > since,
        )
        .order_by(col(Opening.id), col(ApplicationEvent.id))
    )
    return [LapsedLine(*row) for row in found]


def readers(session: Session) -> Sequence[tuple[Account, int]]:
    """Active accounts of active partners, with the organisation's number."""
    found = session.exec(
        select(Account, Membership.organisation_id)
        .join(Membership, col(Membership.account_id) == Account.id)
        .join(Organisation, col(Organisation.id) == Membership.organisation_id)
        .where(
            Account.state == AccountState.ACTIVE,
            Membership.role == Role.PARTNER,
            Organisation.state == OrganisationState.ACTIVE,
        )
        .order_by(col(Account.id))
    )
    return [(account, number) for account, number in found if number is not None]
