"""What became of people, at a desk: proposals, checks that are due, whom nothing is known of."""

from typing import Any

from starlette.responses import Response

from matcher.flows import outcome_desk, saved_views
from matcher.refusal import Conflict, Invalid
from matcher.web import choices, outcome_words
from matcher.web.forms.base import parse
from matcher.web.forms.outcomes import AddForm, CheckForm, OutcomesQuery, OutcomeStepForm, said
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base, to_usual_view
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK = {
    "youth_id": "", "kind": "employed", "started_on": "", "ended_on": "", "organisation_name": "",
    "sector": "", "in_jeju": "",
}  # fmt: skip
Show = outcome_desk.Show


@router.get("/coordinator/outcomes")
@router.get("/centre/outcomes")
def listing(page: Paged) -> Response:
    base = desk_base(page)
    usual = to_usual_view(page, base, "outcomes")
    if usual is not None:
        return usual
    query = parse(OutcomesQuery, page.request.query_params, ignore=(*LOOK, "view"))
    return _page(page, base, query, BLANK, {}, 200)


@router.post("/coordinator/outcomes")
@router.post("/centre/outcomes")
def add(page: Paged) -> Response:
    base = desk_base(page)
    try:
        form = parse(AddForm, page.form)
        with page.writing() as unit:
            outcome_desk.add(unit, page.actor, form.youth_id, form.told())
    except (Invalid, Conflict) as refusal:
        values = typed_values(page.form, BLANK)
        youth = values["youth_id"] if str(values["youth_id"]).isdecimal() else None
        query = OutcomesQuery(youth=int(youth) if youth and len(youth) < 10 else None)
        return _page(page, base, query, values, *answer_to(refusal))
    return page.redirect(f"{base}/outcomes?show=confirmed", notice="outcome-added")


@router.post("/coordinator/outcomes/{outcome_id}")
@router.post("/centre/outcomes/{outcome_id}")
def step(page: Paged, outcome_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(OutcomeStepForm, page.form)
        with page.writing() as unit:
            outcome_desk.step(unit, page.actor, outcome_id, form.to, form.version)
    except (Invalid, Conflict) as refusal:
        return _page(page, base, OutcomesQuery(), BLANK, *answer_to(refusal))
    return page.redirect(f"{base}/outcomes", notice=f"outcome-{form.to.value}")


@router.post("/coordinator/outcomes/{outcome_id}/checks")
@router.post("/centre/outcomes/{outcome_id}/checks")
def check(page: Paged, outcome_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(CheckForm, page.form)
        with page.writing() as unit:
            outcome_desk.check(
                unit, page.actor, outcome_id, int(form.months), form.still == "yes",
                said(form.in_jeju),
            )  # fmt: skip
    except (Invalid, Conflict) as refusal:
        return _page(page, base, OutcomesQuery(show=Show.DUE), BLANK, *answer_to(refusal))
    return page.redirect(f"{base}/outcomes?show=due", notice="outcome-checked")


def _page(
    page: Page,
    base: str,
    query: OutcomesQuery,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Response:
    with page.reading() as unit:
        view = outcome_desk.listing(unit, page.actor, query.show, query.page or 1, query.youth)
        views = saved_views.listed(unit, page.actor, "outcomes")
    return page.html(
        "coordinator/outcomes.html",
        status,
        base=base,
        view=view,
        views=views,
        show=query.show,
        values=values,
        errors=errors,
        shows=outcome_words.show_words(),
        kinds=outcome_words.kind_choices(),
        sources=outcome_words.source_words(),
        places=outcome_words.place_choices(),
        sectors=choices.sector_choices(),
    )
