"""An accepted path at another pace: its rows take the days and prices of the moved steps."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from matcher.i18n import current_language
from matcher.matching.plan_rows import step_details, step_view
from matcher.matching.plan_views import StepView
from models.plan import Plan, PlanStep, StepState


def move(session: Session, plan: Plan, rows: Sequence[PlanStep], moved: Sequence[StepView]) -> None:
    """`moved` in the order of `rows`; what is done or skipped stays as it is."""
    result = plan.ends_on - max((row.ends_on for row in rows), default=plan.ends_on)
    pairs = [
        (row, view) for row, view in zip(rows, moved, strict=True) if row.state is StepState.TODO
    ]
    plan.wishes = {**plan.wishes, "shown": _repriced(plan, pairs)}
    for row, view in pairs:
        _take(row, view)
        session.add(row)
    _frame(plan, rows, result)
    session.add(plan)


def _take(row: PlanStep, view: StepView) -> None:
    told = {} if view.notes == step_view(row).notes else {"language": current_language()}
    row.starts_on, row.ends_on, row.hours = view.start, view.end, view.hours
    row.details = {**row.details, **step_details(view), **told}


def _frame(plan: Plan, rows: Sequence[PlanStep], result: timedelta) -> None:
    """A path ends with the result of its last exam, `result` after the sitting."""
    plan.ends_on = max((row.ends_on for row in rows), default=plan.ends_on) + result
    plan.starts_on = min((row.starts_on for row in rows), default=plan.starts_on)


def _repriced(plan: Plan, pairs: Sequence[tuple[PlanStep, StepView]]) -> dict[str, Any]:
    """The totals moved by what the steps cost more or less now: aid that was taken off the whole
    path stands in no step and stays."""
    shown: dict[str, Any] = dict(plan.wishes.get("shown", {}))
    before = _sums([step_view(row) for row, _view in pairs])
    after = _sums([view for _row, view in pairs])
    for key, old in before.items():
        shown[key] = max(0, round(shown.get(key, 0) + after[key] - old, 2))
    return shown


def _sums(steps: Sequence[StepView]) -> dict[str, float]:
    costs = [line for step in steps for line in step.costs]
    return {
        "total_krw": sum(line.krw for line in costs),
        "total_usd": sum(line.amount for line in costs if line.currency == "USD"),
        "total_won": round(sum(line.amount for line in costs if line.currency == "KRW")),
    }
