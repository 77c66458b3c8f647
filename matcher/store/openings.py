"""Openings and what they ask for."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, delete, false, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from matcher.actor import Actor
from models.account import Account, AccountState, Membership, Role
from models.application import Application
from models.opening import Opening, OpeningRequirement, OpeningState, RequirementKind
from models.organisation import Organisation, OrganisationKind, OrganisationState

PUBLIC_STATES = (OpeningState.PUBLISHED,)
CENTRE_STATES = (
    OpeningState.SUBMITTED,
    OpeningState.PUBLISHED,
    OpeningState.RETURNED,
    OpeningState.CLOSED,
    OpeningState.FILLED,
)


class OpeningLine(NamedTuple):
    """One row of a list."""

    id: int
    title_ko: str
    title_en: str
    sector: str
    state: OpeningState
    closes_on: date
    headcount: int
    is_demo: bool
    organisation_id: int
    organisation_ko: str
    organisation_en: str
    version: int


_LINE = (
    Opening.id,
    Opening.title_ko,
    Opening.title_en,
    Opening.sector,
    Opening.state,
    Opening.closes_on,
    Opening.headcount,
    Opening.is_demo,
    Opening.organisation_id,
    Organisation.name_ko,
    Organisation.name_en,
    Opening.version,
)


def visible_to(actor: Actor | None) -> ColumnElement[bool]:
    """A partner sees its own in every state, unless closed down; the centre what was handed in;
    everybody else what is published by an active organisation."""
    role = None if actor is None else actor.role
    if actor is not None and role is Role.PARTNER:
        return _is_own(actor)
    if role is Role.ADMIN:
        return true()
    if role is Role.CENTRE:
        return col(Opening.state).in_(CENTRE_STATES)
    return col(Opening.state).in_(PUBLIC_STATES) & col(Opening.organisation_id).in_(
        select(Organisation.id).where(Organisation.state == OrganisationState.ACTIVE)
    )


def _is_own(actor: Actor) -> ColumnElement[bool]:
    if actor.organisation_id is None:
        return false()
    working = select(Organisation.id).where(
        Organisation.id == actor.organisation_id,
        Organisation.kind == OrganisationKind.PARTNER,
        Organisation.state != OrganisationState.CLOSED,
    )
    return col(Opening.organisation_id).in_(working)


def open_now(actor: Actor | None, today: date) -> SelectOfScalar[Any]:
    """Ids of openings the actor sees that take applications today: a scope for matching."""
    return select(Opening.id).where(
        visible_to(actor),
        Opening.state == OpeningState.PUBLISHED,
        col(Opening.paused_on).is_(None),
        col(Opening.opens_on) <= today,
        col(Opening.closes_on) >= today,
    )


def get(
    session: Session, actor: Actor | None, opening_id: int, *, lock: bool = False
) -> Opening | None:
    """`lock` holds the row until the transaction ends; SQLite's one writer needs no lock."""
    statement = select(Opening).where(visible_to(actor), Opening.id == opening_id)
    if lock:
        statement = statement.with_for_update()
    return session.exec(statement.execution_options(populate_existing=lock)).first()


def is_over(session: Session, opening_id: int) -> bool:
    """Whether a posting that everybody could see was closed or filled."""
    row = session.get(Opening, opening_id)
    over = (OpeningState.CLOSED, OpeningState.FILLED)
    return row is not None and row.published_at is not None and row.state in over


def organisation_of(session: Session, opening: Opening) -> Organisation:
    return session.get_one(Organisation, opening.organisation_id)


def lines(
    session: Session, actor: Actor | None, states: Sequence[OpeningState] = tuple(OpeningState)
) -> list[OpeningLine]:
    """In the actor's scope; the ones that close first come first."""
    rows = session.execute(
        select(*_LINE)  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(visible_to(actor), col(Opening.state).in_(states))
        .order_by(col(Opening.closes_on), col(Opening.id))
    )
    return [OpeningLine(*row) for row in rows]


def all_own(session: Session, actor: Actor) -> Sequence[Opening]:
    """Every opening in the actor's scope; living ones first, then the ones that close first."""
    living = case((col(Opening.state).in_((OpeningState.CLOSED, OpeningState.FILLED)), 1), else_=0)
    return session.exec(
        select(Opening)
        .where(visible_to(actor))
        .order_by(living, col(Opening.closes_on), col(Opening.id))
    ).all()


def with_structure(session: Session, actor: Actor) -> frozenset[int]:
    """Those in the actor's scope that ask for something, so that people can be matched to them."""
    rows = session.exec(
        select(OpeningRequirement.opening_id)
        .join(Opening, col(Opening.id) == OpeningRequirement.opening_id)
        .where(visible_to(actor), OpeningRequirement.kind != RequirementKind.EXCLUDE)
        .distinct()
    )
    return frozenset(rows.all())


def submitted() -> SelectOfScalar[Any]:
    return select(Opening.id).where(Opening.state == OpeningState.SUBMITTED)


def submitted_openings(session: Session, actor: Actor) -> list[tuple[Opening, Organisation]]:
    """What waits for approval and the actor may see, oldest first."""
    rows = session.exec(
        select(Opening, Organisation)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(visible_to(actor), Opening.state == OpeningState.SUBMITTED)
        .order_by(col(Opening.updated_at), col(Opening.id))
    ).all()
    return [(row[0], row[1]) for row in rows]


def requirements(session: Session, opening_id: int) -> Sequence[OpeningRequirement]:
    """In the order they were entered."""
    return session.exec(
        select(OpeningRequirement)
        .where(OpeningRequirement.opening_id == opening_id)
        .order_by(col(OpeningRequirement.id))
    ).all()


def replace_requirements(
    session: Session, opening_id: int, rows: Sequence[OpeningRequirement]
) -> None:
    session.exec(delete(OpeningRequirement).where(col(OpeningRequirement.opening_id) == opening_id))
    session.add_all(rows)


def has_applications(session: Session, opening_id: int) -> bool:
    statement = select(Application.id).where(Application.opening_id == opening_id).limit(1)
    return session.exec(statement).first() is not None


def partner_accounts(session: Session, organisation_id: int) -> Sequence[Account]:
    """Whom mail about the organisation's openings goes to."""
    return session.exec(
        select(Account)
        .join(Membership, col(Membership.account_id) == Account.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == Role.PARTNER,
            Account.state == AccountState.ACTIVE,
        )
        .order_by(col(Account.id))
    ).all()


def centre_accounts(session: Session) -> Sequence[Account]:
    """Whom mail about approvals goes to."""
    return session.exec(
        select(Account)
        .join(Membership, col(Membership.account_id) == Account.id)
        .where(Membership.role == Role.CENTRE, Account.state == AccountState.ACTIVE)
        .order_by(col(Account.id))
    ).all()


def pending_partners(session: Session) -> Sequence[Organisation]:
    return session.exec(
        select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.PARTNER,
            Organisation.state == OrganisationState.PENDING,
        )
        .order_by(col(Organisation.created_at), col(Organisation.id))
    ).all()


def partner_organisation(session: Session, organisation_id: int) -> Organisation | None:
    return session.exec(
        select(Organisation).where(
            Organisation.id == organisation_id, Organisation.kind == OrganisationKind.PARTNER
        )
    ).first()
