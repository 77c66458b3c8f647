"""Which course places most graduates: the table, bundles, and scenarios kept and compared."""

from typing import Any

from starlette.responses import Response

from matcher.flows import course_impact
from matcher.flows.course_impact import Asked
from matcher.refusal import Conflict, Invalid
from matcher.web import planning_words
from matcher.web.forms.base import parse, typed
from matcher.web.forms.buttons import EmptyForm
from matcher.web.forms.planning_desk import CompareQuery, ImpactQuery, ScenarioForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()


@router.get("/coordinator/planning")
@router.get("/centre/planning")
def planning(page: Paged) -> Response:
    base, query = desk_base(page), page.request.query_params
    kept = typed(ImpactQuery, query, ignore=LOOK)
    try:
        asked = parse(ImpactQuery, query, ignore=LOOK).asked()
        return _planning(page, base, asked, kept, {}, 200)
    except Invalid as refusal:
        return _planning(page, base, Asked(), kept, refusal.fields, 422)


@router.post("/coordinator/planning")
@router.post("/centre/planning")
def save(page: Paged) -> Response:
    base, kept, asked = desk_base(page), typed(ScenarioForm, page.form), Asked()
    try:
        form = parse(ScenarioForm, page.form)
        asked = form.asked()
        with page.reading() as unit:
            view = course_impact.answer(unit, page.actor, asked)
        with page.writing() as unit:
            course_impact.save(unit, page.actor, form.name, view)
    except (Invalid, Conflict) as refusal:
        return _planning(page, base, asked, kept, *answer_to(refusal))
    return page.redirect(f"{base}/planning#scenarios", notice="scenario-saved")


def _planning(
    page: Page,
    base: str,
    asked: Asked,
    kept: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Response:
    with page.reading() as unit:
        try:
            view = course_impact.answer(unit, page.actor, asked)
        except Invalid as refusal:  # the page stands on its defaults
            errors, status = (errors, status) if errors else (refusal.fields, 422)
            view = course_impact.answer(unit, page.actor, Asked())
        saved = course_impact.scenarios(unit, page.actor)
    values = {
        "term": view.term.key,
        "seats": view.asked.seats,
        "against": view.asked.against,
        "size": view.asked.size,
        "course": [str(each) for each in view.asked.picked],
        "name": "",
    }
    return page.html(
        "coordinator/planning.html",
        status,
        base=base,
        view=view,
        saved=saved,
        values={**values, **kept},
        errors=errors,
        bars=planning_words.bars(view),
        terms=planning_words.term_choices(view.terms),
        against=planning_words.against_choices(),
        sizes=planning_words.size_choices(),
        term_name=planning_words.term_name(view.term.key),
        why_term=planning_words.why_term(view),
    )


@router.get("/coordinator/planning/compare")
@router.get("/centre/planning/compare")
def compare(page: Paged) -> Response:
    base, query = desk_base(page), page.request.query_params
    errors: dict[str, str] = {}
    found: tuple[course_impact.ScenarioLine, ...] = ()
    with page.reading() as unit:
        try:
            wanted = parse(CompareQuery, query, ignore=LOOK).scenario
            if wanted:
                found = course_impact.compare(unit, page.actor, wanted)
        except Invalid as refusal:
            errors = refusal.fields
        saved = course_impact.scenarios(unit, page.actor)
    return page.html(
        "coordinator/planning_compare.html",
        422 if errors else 200,
        base=base,
        found=found,
        saved=saved,
        errors=errors,
        rows=planning_words.compared(found),
    )


@router.get("/coordinator/planning/{scenario_id}")
@router.get("/centre/planning/{scenario_id}")
def scenario(page: Paged, scenario_id: Id) -> Response:
    base = desk_base(page)
    with page.reading() as unit:
        view = course_impact.scenario(unit, page.actor, scenario_id)
    return page.html(
        "coordinator/planning_scenario.html",
        base=base,
        view=view,
        term_name=planning_words.term_name(view.term),
        against=dict(planning_words.against_choices())[view.against],
    )


@router.post("/coordinator/planning/{scenario_id}/remove")
@router.post("/centre/planning/{scenario_id}/remove")
def remove(page: Paged, scenario_id: Id) -> Response:
    base = desk_base(page)
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        course_impact.remove(unit, page.actor, scenario_id)
    return page.redirect(f"{base}/planning#scenarios", notice="scenario-removed")
