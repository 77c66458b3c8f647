"""Paths: those young people are on, and those their university suggests."""

from matcher.catalogue.demo import path_templates
from matcher.catalogue.demo.shape import Youth
from matcher.catalogue.demo.standing import HANEUL
from matcher.flows.demo.writing import Writing
from matcher.matching import planner
from matcher.matching.plan_rows import keep
from matcher.matching.plan_views import Terms, Wishes
from matcher.store.plan_templates import suggest
from models.plan import Plan, PlanEvent, PlanEventKind, PlanKind, PlanState, PlanTarget
from models.plan_template import PlanTemplate

PLANNED = ("DEA", "SAA", "AIF", "CLF")
PLAN_TERMS = Terms(usd_krw=1450, vat_percent=10, pass_rate_percent=70)
"""Certificates the demo's paths lead to, and the settings' own defaults."""


def handed_in(writing: Writing) -> None:
    """The standing youth is on the way; two others have handed their path in, so that a
    university and the centre have one to answer."""
    others = [
        next(each for each in writing.data.youths if _is_planner(each, university))
        for university in ("jejunu", None)
    ]
    account_of = {each.number: each.account for each in writing.data.youths}
    for number in (HANEUL, *(each.number for each in others)):
        plan = _plan(writing, writing.ids["youth"][number])
        if number != HANEUL:
            plan.state = PlanState.SUBMITTED
        account = writing.ids["account"][account_of[number]]
        kinds = [PlanEventKind.ACCEPTED, PlanEventKind.SUBMITTED][: 1 + (number != HANEUL)]
        writing.session.add_all(
            PlanEvent(plan_id=plan.id or 0, kind=kind, account_id=account, at=writing.unit.now)
            for kind in kinds
        )


def suggested(writing: Writing) -> None:
    """A path every university suggested to a few of its people."""
    now = writing.unit.now
    for each in path_templates.suggested(writing.data.youths):
        template = PlanTemplate(
            organisation_id=writing.ids["organisation"][each.organisation],
            name=path_templates.NAME,
            target=PlanTarget.CERTIFICATION,
            target_refs=[path_templates.TARGET],
            weekly_hours=path_templates.WEEKLY_HOURS,
            note=path_templates.NOTE,
            is_demo=True,
            created_at=now,
            updated_at=now,
        )
        writing.session.add(template)
        writing.session.flush()  # the suggestions name its id
        youth_ids = [writing.ids["youth"][number] for number in each.youths]
        suggest(writing.session, template.id or 0, youth_ids, now)


def _is_planner(youth: Youth, university: str | None) -> bool:
    is_there = youth.number != HANEUL and youth.organisation == university
    return is_there and (university is None or youth.affiliation_state == "confirmed")


def _plan(writing: Writing, youth_id: int) -> Plan:
    """The first certificate there is a way to."""
    session, unit = writing.session, writing.unit
    for name in PLANNED:
        wishes = Wishes(PlanTarget.CERTIFICATION, (name,), 10, most=1)
        found = planner.paths(session, None, youth_id, wishes, PLAN_TERMS, unit.today)
        view = found.best(PlanKind.FASTEST)
        if view is not None and view.steps:
            return keep(session, youth_id, wishes, view, found.model_version, unit.now)
    raise LookupError(youth_id)
