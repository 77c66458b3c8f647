"""A desk's saved scenarios and its programme targets; nobody sees another organisation's."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, false
from sqlmodel import Session, col, select

from matcher.actor import Actor
from models.account import Role
from models.planning_desk import PlanningScenario, ProgrammeTarget

DESKS = (Role.COORDINATOR, Role.CENTRE)


def _own(actor: Actor, organisation_id: object) -> ColumnElement[bool]:
    if actor.role not in DESKS or actor.organisation_id is None:
        return false()
    return col(organisation_id) == actor.organisation_id


def scenarios(session: Session, actor: Actor) -> Sequence[PlanningScenario]:
    """The newest first."""
    return session.exec(
        select(PlanningScenario)
        .where(_own(actor, PlanningScenario.organisation_id))
        .order_by(col(PlanningScenario.created_at).desc(), col(PlanningScenario.id).desc())
    ).all()


def scenario(session: Session, actor: Actor, scenario_id: int) -> PlanningScenario | None:
    return session.exec(
        select(PlanningScenario).where(
            _own(actor, PlanningScenario.organisation_id), PlanningScenario.id == scenario_id
        )
    ).first()


def scenario_named(session: Session, actor: Actor, name: str) -> PlanningScenario | None:
    return session.exec(
        select(PlanningScenario).where(
            _own(actor, PlanningScenario.organisation_id), PlanningScenario.name == name
        )
    ).first()


def forget_scenario(session: Session, scenario_id: int) -> None:
    session.execute(delete(PlanningScenario).where(col(PlanningScenario.id) == scenario_id))


def targets(session: Session, actor: Actor, year: int) -> Sequence[ProgrammeTarget]:
    return session.exec(
        select(ProgrammeTarget)
        .where(_own(actor, ProgrammeTarget.organisation_id), ProgrammeTarget.year == year)
        .order_by(col(ProgrammeTarget.rise_project))
    ).all()


def target(session: Session, actor: Actor, year: int, rise_project: str) -> ProgrammeTarget | None:
    return session.exec(
        select(ProgrammeTarget).where(
            _own(actor, ProgrammeTarget.organisation_id),
            ProgrammeTarget.year == year,
            ProgrammeTarget.rise_project == rise_project,
        )
    ).first()
