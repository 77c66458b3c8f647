"""What partners decided in a span of time, and what they had opened before."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    Introduction,
    ShortlistEntry,
    ShortlistState,
)
from models.opening import Opening
from models.organisation import Organisation
from models.trail import AccessRecord, Exposure, ExposureKind

READ = ("candidate:read", "application:read", "review:read")
CHOSEN = (ApplicationState.INTERVIEW.value, ApplicationState.OFFERED.value)
REFUSED = ApplicationState.REFUSED.value


class Decided(NamedTuple):
    organisation_id: int
    opening_id: int
    youth_id: int
    account_id: int
    at: datetime
    chosen: bool


class Read(NamedTuple):
    account_id: int
    youth_id: int
    at: datetime


class Ranked(NamedTuple):
    account_id: int
    opening_id: int
    youth_id: int
    at: datetime
    rank: int


def decided(
    session: Session, since: datetime, until: datetime, organisation_id: int | None = None
) -> list[Decided]:
    """Marks as they stand, requests, invitations, offers and refusals, in the order of time."""
    found = [
        *_marks(session, since, until, organisation_id),
        *_requests(session, since, until, organisation_id),
        *_answers(session, since, until, organisation_id),
    ]
    return sorted(found, key=lambda each: (each.at, each.opening_id, each.youth_id))


def _marks(
    session: Session, since: datetime, until: datetime, organisation_id: int | None
) -> list[Decided]:
    rows = session.execute(
        select(
            Opening.organisation_id,
            ShortlistEntry.opening_id,
            ShortlistEntry.youth_id,
            ShortlistEntry.account_id,
            ShortlistEntry.at,
            ShortlistEntry.state,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Opening, col(Opening.id) == ShortlistEntry.opening_id)
        .where(ShortlistEntry.at >= since, ShortlistEntry.at < until, _of(organisation_id))
    )
    return [
        Decided(firm, opening, youth, account, at, state is ShortlistState.SHORTLISTED)
        for firm, opening, youth, account, at, state in rows
    ]


def _requests(
    session: Session, since: datetime, until: datetime, organisation_id: int | None
) -> list[Decided]:
    rows = session.execute(
        select(
            Opening.organisation_id,
            Introduction.opening_id,
            Introduction.youth_id,
            Introduction.asked_by_account_id,
            Introduction.created_at,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Opening, col(Opening.id) == Introduction.opening_id)
        .where(
            Introduction.created_at >= since,
            Introduction.created_at < until,
            _of(organisation_id),
        )
    )
    return [
        Decided(firm, opening, youth, account, at, True)
        for firm, opening, youth, account, at in rows
    ]


def _answers(
    session: Session, since: datetime, until: datetime, organisation_id: int | None
) -> list[Decided]:
    rows = session.execute(
        select(
            Opening.organisation_id,
            Application.opening_id,
            Application.youth_id,
            ApplicationEvent.actor_account_id,
            ApplicationEvent.at,
            ApplicationEvent.to_state,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Application, col(Application.id) == ApplicationEvent.application_id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(
            ApplicationEvent.at >= since,
            ApplicationEvent.at < until,
            ApplicationEvent.actor_role == "partner",
            col(ApplicationEvent.actor_account_id).is_not(None),
            col(ApplicationEvent.to_state).in_((*CHOSEN, REFUSED)),
            _of(organisation_id),
        )
    )
    return [
        Decided(firm, opening, youth, account, at, state in CHOSEN)
        for firm, opening, youth, account, at, state in rows
    ]


def reads(
    session: Session, account_ids: Sequence[int], since: datetime, until: datetime
) -> list[Read]:
    """Profiles these accounts opened, in the order of time."""
    rows = session.execute(
        select(AccessRecord.account_id, AccessRecord.youth_id, AccessRecord.at)
        .where(
            col(AccessRecord.account_id).in_(account_ids),
            col(AccessRecord.task).in_(READ),
            col(AccessRecord.youth_id).is_not(None),
            AccessRecord.at >= since,
            AccessRecord.at < until,
        )
        .order_by(col(AccessRecord.at))
    )
    return [Read(*row) for row in rows]


def ranked(
    session: Session, account_ids: Sequence[int], since: datetime, until: datetime
) -> list[Ranked]:
    """Where people stood when these accounts opened them, in the order of time."""
    rows = session.execute(
        select(Exposure.account_id, Exposure.context_id, Exposure.items, Exposure.at)
        .where(
            col(Exposure.account_id).in_(account_ids),
            Exposure.kind == ExposureKind.OPENED,
            Exposure.subject == "candidate",
            Exposure.at >= since,
            Exposure.at < until,
        )
        .order_by(col(Exposure.at))
    )
    return [
        Ranked(account_id, opening_id, int(item[0]), at, int(item[1]))
        for account_id, opening_id, items, at in rows
        for item in items
    ]


def organisations(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    rows = session.execute(
        select(Organisation.id, Organisation.name_ko, Organisation.name_en).where(
            col(Organisation.id).in_(ids)
        )
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _of(organisation_id: int | None) -> ColumnElement[bool]:
    if organisation_id is None:
        return col(Opening.id).is_not(None)
    return col(Opening.organisation_id) == organisation_id
