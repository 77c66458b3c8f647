"""A path between its two shapes: the view that was chosen, and the rows it is kept as."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from matcher.i18n import current_language
from matcher.matching.plan_views import CostLine, PlanView, StepView, Wishes
from models.plan import Plan, PlanState, PlanStep, PlanTarget, StepKind


def stored_wishes(wishes: Wishes) -> dict[str, Any]:
    return {**asdict(wishes), "by": wishes.by.isoformat() if wishes.by else None}


def wishes_of(plan: Plan) -> Wishes:
    """The limits the plan was made under, at the pace it has now."""
    kept: Mapping[str, Any] = plan.wishes
    return Wishes(
        target=PlanTarget(plan.target),
        refs=tuple(map(str, plan.target_refs)),
        weekly_hours=plan.weekly_hours,
        budget_krw=kept.get("budget_krw"),
        by=date.fromisoformat(kept["by"]) if kept.get("by") else None,
        languages=tuple(kept.get("languages", ("ko", "en"))),
        is_online=bool(kept.get("is_online", False)),
        is_minor=bool(kept.get("is_minor", False)),
        has_guardian_consent=bool(kept.get("has_guardian_consent", False)),
        nice=tuple(kept.get("nice", ())),
    )


def summary(view: PlanView, language: str) -> dict[str, Any]:
    """What the plan page repeats and no step holds: kept with the wishes under `shown`."""
    return {
        "language": language,
        "total_krw": view.total_krw,
        "total_usd": view.total_usd,
        "total_won": view.total_won,
        "score_before": view.score_before,
        "score_after": view.score_after,
        "rank_before": view.rank_before,
        "rank_after": view.rank_after,
        "of": view.of,
    }


def keep(
    session: Session, youth_id: int, wishes: Wishes, view: PlanView, version: str, now: datetime
) -> Plan:
    """The chosen plan with its steps as rows; `version` of the model that scored it."""
    plan = Plan(
        youth_id=youth_id,
        target=wishes.target,
        target_refs=list(wishes.refs),
        kind=view.kind,
        wishes={**stored_wishes(wishes), "shown": summary(view, current_language())},
        state=PlanState.ACCEPTED,
        starts_on=view.starts_on,
        ends_on=max(view.finish, view.starts_on),
        weekly_hours=wishes.weekly_hours,
        model_version=version,
        created_at=now,
        updated_at=now,
    )
    session.add(plan)
    session.flush()  # its steps need the id
    assert plan.id is not None
    session.add_all(step_row(plan.id, n, step) for n, step in enumerate(view.steps, start=1))
    return plan


def step_row(plan_id: int, place: int, view: StepView) -> PlanStep:
    return PlanStep(
        plan_id=plan_id,
        place=place,
        kind=StepKind(view.kind),
        ref=view.id,
        starts_on=view.start,
        ends_on=view.end,
        hours=view.hours,
        details=step_details(view),
    )


def step_details(view: StepView) -> dict[str, Any]:
    return {
        "title": view.title,
        "hours_low": view.hours_low,
        "hours_high": view.hours_high,
        "costs": [asdict(line) for line in view.costs],
        "krw": view.krw,
        "score_after": view.score_after,
        "rank_after": view.rank_after,
        "notes": list(view.notes),
        "href": view.href,
    }


def step_view(row: PlanStep) -> StepView:
    kept: Mapping[str, Any] = row.details
    return StepView(
        kind=row.kind.value,
        id=row.ref,
        title=str(kept.get("title", row.ref)),
        start=row.starts_on,
        end=row.ends_on,
        hours=row.hours,
        hours_low=kept.get("hours_low", row.hours),
        hours_high=kept.get("hours_high", row.hours),
        costs=tuple(CostLine(**line) for line in kept.get("costs", ())),
        krw=kept.get("krw", 0),
        score_after=kept.get("score_after"),
        rank_after=kept.get("rank_after"),
        notes=tuple(kept.get("notes", ())),
        href=str(kept.get("href", "")),
    )
