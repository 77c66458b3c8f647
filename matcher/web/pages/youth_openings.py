"""A young person's ranked openings, one of them with its reasons, and applying to it."""

from typing import Any

from starlette.responses import Response

from matcher.flows import (
    answer_links,
    applying,
    opening_fit,
    own_promises,
    posting_history,
    recommend,
    saving,
)
from matcher.refusal import Invalid
from matcher.web import choices, matching_words, promise_words
from matcher.web.forms.base import parse, typed
from matcher.web.forms.buttons import EmptyForm
from matcher.web.forms.matching import LOOK, ApplyForm, OpeningsQuery, WhatIfQuery
from matcher.web.gates import pages
from matcher.web.operating import explore_slots, operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from models.youth import SavedKind

router = pages()


@router.get("/youth/openings")
def show_list(page: Paged) -> Response:
    query = parse(OpeningsQuery, page.request.query_params, LOOK)
    with page.reading() as unit:
        slots = explore_slots(page)
        view = recommend.openings_list(unit, page.actor, query.wanted(), query.page, slots)
        promised = own_promises.promised(unit, [row.card.id for row in view.rows])
    return page.html(
        "youth/openings.html",
        block="results",
        view=view,
        promised=promised,
        query=query,
        is_narrowed=not query.wanted().is_empty,
        sectors=choices.sector_choices(),
        regions=choices.region_choices(),
        employments=choices.employment_choices(),
    )


@router.get("/youth/openings/{opening_id}")
def show_one(page: Paged, opening_id: Id) -> Response:
    return _opening(page, opening_id, {}, {}, 200)


@router.post("/youth/openings/{opening_id}/apply")
def apply(page: Paged, opening_id: Id) -> Response:
    try:
        form = parse(ApplyForm, page.form)
        with page.writing() as unit:
            made = applying.apply(unit, page.actor, opening_id, form.message, form.consent)
            answer_links.announce(unit, operation_of(page), made)
    except Invalid as refusal:
        values = typed(ApplyForm, page.form)
        return _opening(page, opening_id, values, refusal.fields, 422)
    return page.redirect("/youth/applications", notice="applied")


@router.post("/youth/openings/{opening_id}/save")
def save(page: Paged, opening_id: Id) -> Response:
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        saving.save(unit, page.actor, SavedKind.OPENING, opening_id)
    return page.redirect(f"/youth/openings/{opening_id}", notice="item-saved")


@router.post("/youth/openings/{opening_id}/unsave")
def unsave(page: Paged, opening_id: Id) -> Response:
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        saving.unsave(unit, page.actor, SavedKind.OPENING, opening_id)
    return page.redirect("/youth/openings", notice="item-unsaved")


def _opening(
    page: Page, opening_id: int, values: dict[str, Any], errors: dict[str, str], status: int
) -> Response:
    query = parse(WhatIfQuery, page.request.query_params, LOOK)
    with page.reading() as unit:
        view = opening_fit.opening(unit, page.actor, opening_id, query.chosen())
        fields, until = applying.consent_terms(view.card.closes_on, unit.today)
        told = posting_history.told(unit, [opening_id]).get(opening_id, ())
        promises = own_promises.of_opening(unit, page.actor, opening_id)
    return page.html(
        "youth/opening.html",
        status,
        view=view,
        told=told,
        values={"message": "", "consent": "", **values},
        errors=errors,
        consent_fields=fields,
        consent_until=until,
        regions=dict(choices.region_choices()),
        employments=dict(choices.employment_choices()),
        application_words=matching_words.application_words(),
        promises=promises,
        about=None,  # what went wrong with a promise is told on the promises' own page
        states=promise_words.own_states(),
        missing=promise_words.missing_words(),
    )
