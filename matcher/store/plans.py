"""Accepted paths: the plan, its dated steps, and what happened to it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, false
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.store import youths
from matcher.store.candidates import live_consent
from models.account import Account, AccountState, Role
from models.consent import Consent, ConsentPurpose
from models.plan import Plan, PlanEvent, PlanEventKind, PlanState, PlanStep, PlanTarget, StepState
from models.youth import Affiliation, AffiliationState, YouthProfile


class QueueLine(NamedTuple):
    plan: Plan
    youth_id: int
    name: str


class EventLine(NamedTuple):
    event: PlanEvent
    name: str
    account_id: int


def visible_to(actor: Actor, today: date) -> ColumnElement[bool]:
    """A person's own plans; a desk's people's, once they were handed in and as long as the
    person agrees to the service and has not given the plan up.

    The university answers for its own, the centre for those without one.
    """
    if actor.role is Role.YOUTH:
        return col(Plan.youth_id) == (actor.youth_id or 0)
    if actor.role not in (Role.COORDINATOR, Role.CENTRE):
        return false()
    served = select(Consent.youth_id).where(live_consent(ConsentPurpose.SERVICE, today))
    people = (
        select(YouthProfile.id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(
            youths.visible_to(actor),
            col(YouthProfile.id).in_(served),
            col(Account.state) != AccountState.ERASED,
        )
    )
    if actor.role is Role.CENTRE:
        people = people.where(
            (col(YouthProfile.affiliation) != Affiliation.RISE_UNIVERSITY)
            | (col(YouthProfile.affiliation_state) == AffiliationState.ENDED)
        )
    handed_in = select(PlanEvent.plan_id).where(PlanEvent.kind == PlanEventKind.SUBMITTED)
    return and_(
        col(Plan.youth_id).in_(people),
        col(Plan.id).in_(handed_in),
        col(Plan.state) != PlanState.ABANDONED,
    )


def get(
    session: Session, actor: Actor, plan_id: int, today: date, *, lock: bool = False
) -> Plan | None:
    """`lock` holds the row until the transaction ends; SQLite's one writer needs no lock."""
    statement = select(Plan).where(visible_to(actor, today), Plan.id == plan_id)
    if lock:
        statement = statement.with_for_update()
    return session.exec(statement.execution_options(populate_existing=lock)).first()


def own(session: Session, youth_id: int) -> Sequence[Plan]:
    """Every plan of a person, the newest first."""
    return session.exec(
        select(Plan).where(Plan.youth_id == youth_id).order_by(col(Plan.id).desc())
    ).all()


def towards(
    session: Session,
    youth_id: int,
    target: PlanTarget,
    refs: Sequence[str],
    states: Collection[PlanState],
) -> Plan | None:
    """The newest plan towards this target in one of these states.

    JSON is compared here and not in SQL, because the two databases store it differently; a
    person has few plans.
    """
    wanted = sorted(refs)
    return next(
        (
            plan
            for plan in own(session, youth_id)
            if plan.state in states
            and plan.target is target
            and sorted(map(str, plan.target_refs)) == wanted
        ),
        None,
    )


def steps(session: Session, plan_id: int) -> Sequence[PlanStep]:
    return session.exec(
        select(PlanStep).where(PlanStep.plan_id == plan_id).order_by(col(PlanStep.place))
    ).all()


def step(session: Session, plan_id: int, step_id: int) -> PlanStep | None:
    return session.exec(
        select(PlanStep).where(PlanStep.plan_id == plan_id, PlanStep.id == step_id)
    ).first()


def events(session: Session, plan_id: int) -> list[EventLine]:
    """Oldest first, with who did it."""
    found = session.exec(
        select(PlanEvent, Account.name)
        .join(Account, col(Account.id) == PlanEvent.account_id)
        .where(PlanEvent.plan_id == plan_id)
        .order_by(col(PlanEvent.at), col(PlanEvent.id))
    )
    return [EventLine(event, name, event.account_id) for event, name in found]


def queue(session: Session, actor: Actor, today: date, most: int) -> list[QueueLine]:
    """What waits for an answer first, the longest waiting on top; then what was answered."""
    found = session.execute(
        select(Plan, col(YouthProfile.id), col(Account.name))
        .join(YouthProfile, col(YouthProfile.id) == Plan.youth_id)
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(visible_to(actor, today))
        .order_by(
            (col(Plan.state) != PlanState.SUBMITTED),
            col(Plan.updated_at),
            col(Plan.id),
        )
        .limit(most)
    )
    return [QueueLine(*row) for row in found]


def next_step(
    session: Session, youth_id: int, states: Collection[PlanState]
) -> tuple[Plan, PlanStep] | None:
    """The open task that is due first, of the plans in one of these states."""
    found = session.exec(
        select(Plan, PlanStep)
        .join(PlanStep, col(PlanStep.plan_id) == Plan.id)
        .where(
            Plan.youth_id == youth_id,
            col(Plan.state).in_(states),
            PlanStep.state == StepState.TODO,
        )
        .order_by(col(PlanStep.ends_on), col(PlanStep.place), col(PlanStep.id))
        .limit(1)
    ).first()
    return None if found is None else (found[0], found[1])
