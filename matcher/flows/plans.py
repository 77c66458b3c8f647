"""A young person takes a path and walks it: accept, tick, change pace, hand in, give up."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import plan_moves, replanner
from matcher.matching.plan_pages import AcceptedPlan, accepted_plan, target_names
from matcher.matching.plan_rows import keep
from matcher.matching.plan_views import Paths, PlanView, StepView, Terms, Wishes
from matcher.matching.readiness import scored_youth, served_youth
from matcher.policy.plans import ACTIVE, PLAN_STEPS, PlanAction, standing_before_finish
from matcher.policy.states import next_state
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import plan_templates, plans, youths
from models.plan import (
    Plan,
    PlanEvent,
    PlanEventKind,
    PlanKind,
    PlanState,
    StepState,
)

MOST_PLANS = 50
"""Under way at once."""
_TICKS = {
    StepState.DONE: PlanEventKind.STEP_DONE,
    StepState.SKIPPED: PlanEventKind.STEP_SKIPPED,
    StepState.TODO: PlanEventKind.STEP_REOPENED,
}


@dataclass(frozen=True)
class Choice:
    """Which of the plans that were shown; `finish` and `total_krw` as the person saw them."""

    kind: PlanKind
    place: int
    finish: str
    total_krw: int
    replaces: bool


@dataclass(frozen=True)
class PlanLine:
    id: int
    title: str
    kind: PlanKind
    state: PlanState
    ends_on: str
    done: int
    total: int


def chosen(found: Paths, choice: Choice) -> PlanView:
    """The plan that was shown. Raises Conflict when there is no such plan, or not any more."""
    for each in found.plans:
        if (each.kind, each.place) == (choice.kind, choice.place):
            is_same = each.finish.isoformat() == choice.finish
            if is_same and each.total_krw == choice.total_krw:
                return each
    raise Conflict(_("그 사이에 길이 바뀌었어요. 아래의 새 길에서 다시 골라 주세요."))


def accept(unit: Unit, actor: Actor, wishes: Wishes, choice: Choice, found: Paths) -> int:
    """Keep the chosen one of the plans `found` for these wishes a moment ago; gives its id.

    They are searched for before the transaction, which would keep every other writer waiting.
    Raises Conflict when it is not the plan that was shown, and Invalid (`replaces`) when a plan
    to the same target is under way and was not given up.
    """
    view, session = chosen(found, choice), unit.session
    youths.hold(session, [actor.own_youth_id])
    youth_id = scored_youth(session, actor, unit.today)
    _replace(unit, youth_id, wishes, choice.replaces)
    if sum(plan.state in ACTIVE for plan in plans.own(session, youth_id)) >= MOST_PLANS:
        raise Conflict(_("길은 한 번에 50개까지 갈 수 있어요. 하나를 그만두고 다시 골라 주세요."))
    plan = keep(session, youth_id, wishes, view, found.model_version, unit.now)
    plan_templates.settle(session, youth_id, wishes.target, wishes.refs, plan.id or 0, unit.now)
    _note(unit, actor, plan, PlanEventKind.ACCEPTED)
    unit.audit("plan:accepted", "plan", plan.id, kind=plan.kind.value, target=plan.target.value)
    return plan.id or 0


def view(unit: Unit, actor: Actor, plan_id: int) -> AcceptedPlan:
    served_youth(unit.session, actor, unit.today)
    return accepted_plan(unit.session, _own(unit, actor, plan_id), actor.account_id, unit.today)


def lines(unit: Unit, actor: Actor) -> tuple[PlanLine, ...]:
    """The own plans that are not given up, the newest first."""
    found = []
    for plan in plans.own(unit.session, actor.own_youth_id):
        if plan.state is PlanState.ABANDONED:
            continue
        rows = plans.steps(unit.session, plan.id or 0)
        title = in_language(*target_names(unit.session, plan))
        done = sum(row.state is not StepState.TODO for row in rows)
        found.append(
            PlanLine(
                plan.id or 0,
                title,
                plan.kind,
                plan.state,
                plan.ends_on.isoformat(),
                done,
                len(rows),
            )
        )
    return tuple(found)


def tick(
    unit: Unit, actor: Actor, plan_id: int, step_id: int, to: StepState, version: int
) -> PlanState:
    """A step done, skipped or open again; the last one done finishes the plan."""
    _own(unit, actor, plan_id)
    row = plans.step(unit.session, plan_id, step_id)
    if row is None:
        raise NotFound
    plan = _moved(unit, actor, plan_id, PlanAction.TICK, version)
    if row.state is to:
        raise Conflict(_("이미 그렇게 표시한 일이에요."))
    before, row.state = row.state, to
    row.done_on = unit.today if to is StepState.DONE else None
    unit.session.add(row)
    _note(unit, actor, plan, _TICKS[to], str(row.details.get("title", row.ref)))
    _finish_or_reopen(unit, actor, plan)
    unit.audit("plan:step", "plan", plan.id, step=step_id, before=before.value, after=to.value)
    return plan.state


def at_pace(
    unit: Unit, actor: Actor, plan_id: int, weekly_hours: int, terms: Terms
) -> tuple[StepView, ...]:
    """The steps at other hours a week, in their order; writes nothing.

    Raises Invalid (`weekly_hours`) for the pace it has already, Conflict for one that cannot be
    kept.
    """
    served_youth(unit.session, actor, unit.today)
    plan = _own(unit, actor, plan_id)
    _after(plan, PlanAction.PACE, actor)
    if plan.weekly_hours == weekly_hours:
        raise Invalid({"weekly_hours": _("지금과 같은 시간이에요. 다른 시간을 골라 주세요.")})
    rows = plans.steps(unit.session, plan_id)
    return replanner.again(unit.session, actor, plan, rows, weekly_hours, terms, unit.today)


def change_pace(
    unit: Unit,
    actor: Actor,
    plan_id: int,
    weekly_hours: int,
    version: int,
    moved: Sequence[StepView],
) -> None:
    """Keep what `at_pace` gave for this version: what is not done yet moves."""
    plan = _moved(unit, actor, plan_id, PlanAction.PACE, version)
    before, plan.weekly_hours = plan.weekly_hours, weekly_hours
    plan_moves.move(unit.session, plan, plans.steps(unit.session, plan_id), moved)
    _note(unit, actor, plan, PlanEventKind.PACE, f"{before} → {weekly_hours}")
    unit.audit("plan:pace", "plan", plan.id, before=before, after=weekly_hours)


def submit(unit: Unit, actor: Actor, plan_id: int, comment: str, version: int) -> None:
    """Hand it in to the desk that answers for the person."""
    plan = _moved(unit, actor, plan_id, PlanAction.SUBMIT, version)
    _note(unit, actor, plan, PlanEventKind.SUBMITTED, comment)
    unit.audit("plan:submitted", "plan", plan.id)


def abandon(unit: Unit, actor: Actor, plan_id: int, version: int) -> None:
    plan = _moved(unit, actor, plan_id, PlanAction.ABANDON, version)
    _note(unit, actor, plan, PlanEventKind.ABANDONED)
    unit.audit("plan:abandoned", "plan", plan.id)


def _replace(unit: Unit, youth_id: int, wishes: Wishes, replaces: bool) -> None:
    old = plans.towards(unit.session, youth_id, wishes.target, wishes.refs, ACTIVE)
    if old is None:
        return
    if not replaces:
        words = _("이 목표로 가는 길이 이미 있어요. 바꾸려면 아래 칸에 표시하고 다시 골라 주세요.")
        raise Invalid({"replaces": words})
    _settle(unit, old, PlanState.ABANDONED)
    _note(unit, unit.signed_in, old, PlanEventKind.ABANDONED)
    unit.audit("plan:abandoned", "plan", old.id, replaced=True)


def _own(unit: Unit, actor: Actor, plan_id: int, lock: bool = False) -> Plan:
    plan = plans.get(unit.session, actor, plan_id, unit.today, lock=lock)
    if plan is None:
        raise NotFound
    return plan


def _moved(unit: Unit, actor: Actor, plan_id: int, action: PlanAction, version: int) -> Plan:
    """The plan after the step in the table, with its version counted on."""
    served_youth(unit.session, actor, unit.today)
    plan = _own(unit, actor, plan_id, lock=True)
    if plan.version != version:
        raise Conflict(_("그 사이에 이 길이 바뀌었어요. 새로 열어 다시 해 주세요."))
    _settle(unit, plan, _after(plan, action, actor))
    return plan


def _after(plan: Plan, action: PlanAction, actor: Actor) -> PlanState:
    after: PlanState | None = next_state(PLAN_STEPS, plan.state, action, actor.role)
    if after is None:
        raise Conflict(_("지금 상태에서는 할 수 없는 일이에요."))
    return after


def _settle(unit: Unit, plan: Plan, state: PlanState) -> None:
    plan.state, plan.version, plan.updated_at = state, plan.version + 1, unit.now
    unit.session.add(plan)


def _finish_or_reopen(unit: Unit, actor: Actor, plan: Plan) -> None:
    rows = plans.steps(unit.session, plan.id or 0)
    is_over = all(row.state is not StepState.TODO for row in rows)
    if is_over and plan.state is not PlanState.FINISHED:
        plan.state = PlanState.FINISHED
        _note(unit, actor, plan, PlanEventKind.FINISHED)
    elif not is_over and plan.state is PlanState.FINISHED:
        kinds = [line.event.kind for line in plans.events(unit.session, plan.id or 0)]
        plan.state = standing_before_finish(kinds)


def _note(unit: Unit, actor: Actor, plan: Plan, kind: PlanEventKind, comment: str = "") -> None:
    unit.session.add(
        PlanEvent(
            plan_id=plan.id or 0,
            kind=kind,
            account_id=actor.account_id,
            comment=comment[:1000],
            at=unit.now,
        )
    )
