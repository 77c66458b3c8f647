"""An accepted path as its own page and a desk's page show it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.roles import load_roles
from matcher.i18n import in_language, use_language
from matcher.matching.plan_rows import step_view
from matcher.matching.plan_views import StepView
from matcher.matching.promise_terms import what
from matcher.matching.step_names import step_names
from matcher.policy.plans import ACTIVE
from matcher.store import cards, plans
from models.plan import Plan, PlanEventKind, PlanKind, PlanState, PlanTarget, StepState
from models.plan_template import PlanTemplate
from models.promise import InterviewPromise


@dataclass(frozen=True)
class TaskView:
    id: int
    view: StepView
    notes_language: str
    """Of the remarks, as they were stored."""
    state: StepState
    done_on: date | None
    is_overdue: bool
    is_next: bool


@dataclass(frozen=True)
class EventView:
    kind: PlanEventKind
    name: str
    """Empty for the person who owns the plan."""
    comment: str
    at: datetime


@dataclass(frozen=True)
class AcceptedPlan:
    id: int
    youth_id: int
    name: str
    """The person's; filled in for a desk only."""
    title: str
    target_href: str
    closes_on: date | None
    kind: PlanKind
    state: PlanState
    starts_on: date
    ends_on: date
    weekly_hours: int
    model_version: str
    version: int
    total_krw: int
    total_usd: float
    total_won: int
    score_before: float | None
    score_after: float | None
    rank_before: int | None
    rank_after: int | None
    of: int | None
    tasks: tuple[TaskView, ...]
    events: tuple[EventView, ...]

    @property
    def done(self) -> int:
        return sum(task.state is not StepState.TODO for task in self.tasks)

    @property
    def days_over(self) -> int:
        """By how much a plan under way ends after the last day of what it leads to."""
        if self.closes_on is None or self.state not in ACTIVE:
            return 0
        return max(0, (self.ends_on - self.closes_on).days)

    @property
    def overdue(self) -> int:
        return sum(task.is_overdue for task in self.tasks)


def accepted_plan(
    session: Session, plan: Plan, owner_account_id: int, today: date, name: str = ""
) -> AcceptedPlan:
    assert plan.id is not None
    kept: dict[str, Any] = plan.wishes.get("shown", {})
    return AcceptedPlan(
        id=plan.id,
        youth_id=plan.youth_id,
        name=name,
        title=in_language(*target_names(session, plan)),
        target_href=_href(plan),
        closes_on=_closes_on(session, plan),
        kind=plan.kind,
        state=plan.state,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        weekly_hours=plan.weekly_hours,
        model_version=plan.model_version,
        version=plan.version,
        tasks=_tasks(session, plan, today),
        events=_events(session, plan.id, owner_account_id),
        total_krw=kept.get("total_krw", 0),
        total_usd=kept.get("total_usd", 0),
        total_won=kept.get("total_won", 0),
        score_before=kept.get("score_before"),
        score_after=kept.get("score_after"),
        rank_before=kept.get("rank_before"),
        rank_after=kept.get("rank_after"),
        of=kept.get("of"),
    )


def _tasks(session: Session, plan: Plan, today: date) -> tuple[TaskView, ...]:
    """In the order of their days, called what the calendar calls them."""
    rows = plans.steps(session, plan.id or 0)
    language = plan.wishes.get("shown", {}).get("language", "ko")
    names = step_names(session, [(row.kind, row.ref) for row in rows])
    ordered = sorted(rows, key=lambda row: (row.ends_on, row.starts_on, row.place))
    open_ids = [row.id for row in ordered if row.state is StepState.TODO]
    return tuple(
        TaskView(
            id=row.id or 0,
            view=replace(step_view(row), title=names[row.kind, row.ref]),
            notes_language=str(row.details.get("language") or language),
            state=row.state,
            done_on=row.done_on,
            is_overdue=row.state is StepState.TODO and row.ends_on < today,
            is_next=row.id in open_ids[:1],
        )
        for row in ordered
    )


def _events(session: Session, plan_id: int, owner_account_id: int) -> tuple[EventView, ...]:
    """Newest first."""
    return tuple(
        EventView(
            kind=line.event.kind,
            name="" if line.account_id == owner_account_id else line.name,
            comment=line.event.comment,
            at=line.event.at,
        )
        for line in reversed(plans.events(session, plan_id))
    )


def target_names(session: Session, plan: Plan | PlanTemplate) -> tuple[str, str]:
    """(Korean, English) of what the plan leads to; several openings one after the other."""
    refs = [str(ref) for ref in plan.target_refs]
    if plan.target is PlanTarget.OPENING:
        found = cards.cards_of(session, [int(ref) for ref in refs])
        names = [(card.title_ko, card.title_en) for card in found.values()]
    elif plan.target is PlanTarget.ROLE:
        names = [(role.name_ko, role.name_en) for role in load_roles() if role.slug in refs]
    elif plan.target is PlanTarget.PROMISE:
        names = [_promise_names(session, int(ref)) for ref in refs]
    else:
        known = [each for each in load_programme().certifications if each.id in refs]
        names = [(each.name_ko, each.name_en) for each in known]
    both = zip(*names, strict=True) if names else ((ref for ref in refs), (ref for ref in refs))
    korean, english = (", ".join(each) for each in both)
    return korean, english


def _promise_names(session: Session, promise_id: int) -> tuple[str, str]:
    row = session.get(InterviewPromise, promise_id)
    if row is None:
        return "", ""
    with use_language("ko"):
        korean = what(row.subject, row.ref, row.level)
    with use_language("en"):
        return korean, what(row.subject, row.ref, row.level)


def _href(plan: Plan) -> str:
    if plan.target is PlanTarget.PROMISE:
        return "/youth/promises"
    first = str(plan.target_refs[0]) if plan.target_refs else ""
    if plan.target is PlanTarget.OPENING:
        return f"/youth/openings/{first}"
    return f"/youth/certifications/{first}" if plan.target is PlanTarget.CERTIFICATION else ""


def _closes_on(session: Session, plan: Plan) -> date | None:
    """The earliest last day of the openings aimed at, or the day of a promise."""
    if plan.target is PlanTarget.PROMISE:
        row = session.get(InterviewPromise, int(plan.target_refs[0]))
        return None if row is None else row.earn_by
    if plan.target is not PlanTarget.OPENING:
        return None
    found = cards.cards_of(session, [int(ref) for ref in plan.target_refs])
    return min((card.closes_on for card in found.values()), default=None)
