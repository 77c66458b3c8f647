"""Schemes that pay part of a cost."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, false, true
from sqlmodel import Session, col, select

from matcher.actor import Actor
from models.account import Role
from models.organisation import Organisation, OrganisationState
from models.plan import Subsidy


def managed_by(actor: Actor) -> ColumnElement[bool]:
    """The centre keeps those of all, ended ones too."""
    return true() if actor.role is Role.CENTRE else false()


def of_desk(session: Session, actor: Actor) -> Sequence[Subsidy]:
    """Those in force first, then by the day they close."""
    return session.exec(
        select(Subsidy)
        .where(managed_by(actor))
        .order_by(col(Subsidy.is_active).desc(), col(Subsidy.closes_on), col(Subsidy.id))
    ).all()


def get(session: Session, actor: Actor, subsidy_id: int) -> Subsidy | None:
    return session.exec(select(Subsidy).where(managed_by(actor), Subsidy.id == subsidy_id)).first()


def in_force(session: Session, today: date) -> Sequence[Subsidy]:
    """Neither ended nor closed; those that open later are among them."""
    return session.exec(
        select(Subsidy)
        .join(Organisation, col(Organisation.id) == Subsidy.organisation_id)
        .where(
            col(Subsidy.is_active).is_(True),
            Subsidy.closes_on >= today,
            Organisation.state == OrganisationState.ACTIVE,
        )
        .order_by(col(Subsidy.opens_on), col(Subsidy.id))
    ).all()
