"""What partners decided in a span of time, and what they had opened before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, literal
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
        Decided(*row)
        for acts, at in (_marks(), _requests(), _answers())
        for row in session.execute(acts.where(at >= since, at < until, _of(organisation_id)))
    ]
    return sorted(found, key=lambda each: (each.at, each.opening_id, each.youth_id))


def _marks() -> tuple[Select[Any], Any]:
    chosen = col(ShortlistEntry.state) == ShortlistState.SHORTLISTED
    return _acts(ShortlistEntry, ShortlistEntry.account_id, ShortlistEntry.at, chosen)


def _requests() -> tuple[Select[Any], Any]:
    asked = literal(True)
    return _acts(Introduction, Introduction.asked_by_account_id, Introduction.created_at, asked)


def _answers() -> tuple[Select[Any], Any]:
    by, to = ApplicationEvent.actor_account_id, col(ApplicationEvent.to_state)
    acts, at = _acts(Application, by, ApplicationEvent.at, to.in_(CHOSEN))
    return (
        acts.join(ApplicationEvent, col(ApplicationEvent.application_id) == Application.id).where(
            col(ApplicationEvent.actor_role) == "partner",
            col(by).is_not(None),
            to.in_((*CHOSEN, REFUSED)),
        ),
        at,
    )


def _acts(
    table: type[ShortlistEntry | Introduction | Application],
    by: object,
    at: object,
    chosen: ColumnElement[bool],
) -> tuple[Select[Any], Any]:
    """The columns of `Decided`, and the one that says when."""
    columns = (Opening.organisation_id, table.opening_id, table.youth_id, by, at, chosen)
    acts = select(*columns).select_from(table)  # type: ignore[call-overload]  # SQLModel types four
    return acts.join(Opening, col(Opening.id) == table.opening_id), at


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
