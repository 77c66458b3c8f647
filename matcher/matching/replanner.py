"""What is left of an accepted plan, at another pace."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from matcher.actor import Actor
from matcher.i18n import gettext as _
from matcher.matching.own_records import own_records
from matcher.matching.plan_facts import HORIZON, read_facts
from matcher.matching.plan_hours import Hours
from matcher.matching.plan_problem import Asked, WindowFacts, asked
from matcher.matching.plan_rows import step_view, wishes_of
from matcher.matching.plan_steps import Milestone, Telling
from matcher.matching.plan_target import Aim
from matcher.matching.plan_views import StepView, Terms
from matcher.matching.step_names import certification_of
from matcher.planning.path.problem import Exam, Goal, Task, Window, units
from matcher.planning.path.problem import Session as PathSession
from matcher.planning.path.replanning import again as in_least_time
from matcher.planning.path.search import Clock
from matcher.planning.path.timeline import Placed
from matcher.refusal import Conflict, NotFound
from models.plan import Plan, PlanStep, StepKind, StepState

TIME_LIMIT = 1.0
Key = tuple[str, str]
"""(kind, ref) of a step."""


def again(
    session: Session,
    actor: Actor,
    plan: Plan,
    rows: Sequence[PlanStep],
    weekly_hours: int,
    terms: Terms,
    today: date,
) -> tuple[StepView, ...]:
    """In the order of `rows`; done and skipped steps as they are, the others on new days.

    The target is not asked again: a posting may have closed meanwhile. Raises Conflict when the
    steps no longer fit.
    """
    records = own_records(session, plan.youth_id, today)
    if records is None:
        raise NotFound
    left = [row for row in rows if row.state is StepState.TODO]
    exams = {certification_of(row.ref) or row.ref for row in left if row.kind is StepKind.EXAM}
    wishes = replace(wishes_of(plan), weekly_hours=weekly_hours, by=None, budget_krw=None)
    facts = read_facts(session, actor, plan.youth_id, records, today)
    found = asked(facts, wishes, Aim(Goal({}, frozenset(exams))), terms)
    sat = [_exam(found, row) for row in left if row.kind is StepKind.EXAM]
    made = {window: known for _, some in sat for window, known in some.items()}
    found = replace(found, windows={**found.windows, **made})
    line = in_least_time(
        replace(found.problem, last=HORIZON),
        [_session(found, row) for row in left if row.kind is StepKind.COURSE],
        [_task(row) for row in left if row.kind not in (StepKind.COURSE, StepKind.EXAM)],
        [exam for exam, _facts in sat],
        Clock.of(TIME_LIMIT),
    )
    if line is None:
        raise Conflict(_("이 시간으로는 남은 일을 이어 갈 수 없어요. 길을 새로 골라 주세요."))
    placed = {_key(step): step for step in line.steps}
    telling = Telling(found, wishes, terms)
    return tuple(_moved(telling, row, placed.get((row.kind.value, row.ref))) for row in rows)


def _moved(telling: Telling, row: PlanStep, step: Placed | None) -> StepView:
    """An exam is priced anew: a voucher or a code may serve on the new day and not on the old."""
    view = step_view(row)
    if step is None:
        return view
    if step.window is not None:
        return telling.step(step, Milestone(view.score_after, view.rank_after, None))
    date_of = telling.found.facts.date
    return replace(view, start=date_of(step.start), end=date_of(step.end))


def _session(found: Asked, row: PlanStep) -> PathSession:
    """As it is now; one that takes nobody any more stays where it was."""
    facts, number = found.facts, int(row.ref)
    run = next((each.row for each in facts.runs if each.row.id == number), None)
    starts, ends = (row.starts_on, row.ends_on) if run is None else (run.starts_on, run.ends_on)
    load = 0 if run is None else run.weekly_hours * 60
    return PathSession(number, number, max(0, facts.day(starts)), max(0, facts.day(ends)), load)


def _task(row: PlanStep) -> Task:
    return Task(f"{row.kind.value}:{row.ref}", units(row.hours), ())


def _exam(found: Asked, row: PlanStep) -> tuple[Exam, dict[Window, WindowFacts]]:
    """Its windows of today, with the hours of the step. Raises Conflict without any."""
    name, view = certification_of(row.ref), step_view(row)
    hours = Hours(view.hours_low, view.hours, view.hours_high)
    facts = {
        replace(window, work=units(row.hours)): replace(found.windows[window], hours=hours)
        for exam in found.problem.exams
        if exam.id == name
        for window in exam.windows
        if window.code == row.ref and window.after is None
    }
    if name is None or not facts:
        words = _("%(exam)s 시험은 지금 볼 수 없어요. 이미 봤으면 끝낸 일로 표시해 주세요.")
        raise Conflict(words % {"exam": row.ref})
    return Exam(name, tuple(facts)), facts


def _key(step: Placed) -> Key:
    if step.kind == "session":
        return ("course", step.id)
    if step.window is not None:
        return ("exam", step.window.code)
    kind, _colon, ref = step.id.partition(":")
    return (kind, ref)
