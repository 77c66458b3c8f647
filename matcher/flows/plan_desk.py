"""A desk reads the paths its people handed in, and approves or returns them with a comment."""

from dataclasses import dataclass
from datetime import date, datetime

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.plan_pages import AcceptedPlan, accepted_plan, target_names
from matcher.policy.plans import PLAN_STEPS, PlanAction
from matcher.policy.states import next_state
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import candidates, outbox, plans, youths
from models.plan import Plan, PlanEvent, PlanEventKind, PlanKind, PlanState

MOST_LINES = 200


@dataclass(frozen=True)
class QueueRow:
    id: int
    name: str
    title: str
    kind: PlanKind
    state: PlanState
    ends_on: date
    updated_at: datetime


@dataclass(frozen=True)
class Queue:
    """`rows`: waiting ones first, the longest waiting on top."""

    rows: tuple[QueueRow, ...]
    waiting: int


def queue(unit: Unit, actor: Actor) -> Queue:
    found = plans.queue(unit.session, actor, unit.today, MOST_LINES)
    for line in found:
        unit.access("plan:listed", line.youth_id, plan=line.plan.id)
    rows = tuple(
        QueueRow(
            id=line.plan.id or 0,
            name=line.name,
            title=in_language(*target_names(unit.session, line.plan)),
            kind=line.plan.kind,
            state=line.plan.state,
            ends_on=line.plan.ends_on,
            updated_at=line.plan.updated_at,
        )
        for line in found
    )
    return Queue(rows, sum(row.state is PlanState.SUBMITTED for row in rows))


def view(unit: Unit, actor: Actor, plan_id: int) -> AcceptedPlan:
    plan = _seen(unit, actor, plan_id)
    unit.access("plan:read", plan.youth_id, plan=plan_id)
    owner = candidates.account_of(unit.session, plan.youth_id)
    name = youths.name_of(unit.session, plan.youth_id)
    return accepted_plan(unit.session, plan, owner.id or 0, unit.today, name)


def approve(unit: Unit, actor: Actor, plan_id: int, comment: str, version: int) -> None:
    _answer(unit, actor, plan_id, PlanAction.APPROVE, comment, version)


def send_back(unit: Unit, actor: Actor, plan_id: int, comment: str, version: int) -> None:
    """Raises Invalid without a comment: the person must know what to change."""
    if not comment.strip():
        raise Invalid({"comment": _("무엇을 고치면 되는지 적어 주십시오.")})
    _answer(unit, actor, plan_id, PlanAction.RETURN, comment, version)


def _answer(
    unit: Unit, actor: Actor, plan_id: int, action: PlanAction, comment: str, version: int
) -> None:
    plan = _seen(unit, actor, plan_id, lock=True)
    before, after = plan.state, next_state(PLAN_STEPS, plan.state, action, actor.role)
    if plan.version != version:
        raise Conflict(_("그 사이에 이 길이 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    if after is None:
        raise Conflict(_("이미 답했거나 거둔 길입니다."))
    plan.state, plan.version, plan.updated_at = after, plan.version + 1, unit.now
    unit.session.add(plan)
    unit.session.add(
        PlanEvent(
            plan_id=plan_id,
            kind=PlanEventKind(after.value),
            account_id=actor.account_id,
            comment=comment,
            at=unit.now,
        )
    )
    unit.audit(f"plan:{after.value}", "plan", plan_id, before=before.value, after=after.value)
    unit.access(f"plan:{after.value}", plan.youth_id, plan=plan_id)
    _tell(unit, actor, plan, comment)


def _tell(unit: Unit, actor: Actor, plan: Plan, comment: str) -> None:
    title_ko, title_en = target_names(unit.session, plan)
    outbox.put(
        unit.session,
        candidates.account_of(unit.session, plan.youth_id),
        f"plan_{plan.state.value}",
        unit.now,
        f"plan:{plan.id}:{plan.version}",
        plan_id=plan.id,
        title_ko=title_ko,
        title_en=title_en,
        comment=comment,
        desk=actor.organisation_name or "",
    )


def _seen(unit: Unit, actor: Actor, plan_id: int, lock: bool = False) -> Plan:
    plan = plans.get(unit.session, actor, plan_id, unit.today, lock=lock)
    if plan is None:
        raise NotFound
    return plan
