"""Promises of an interview on one opening, and the centre's talk with a partner that broke one."""

from typing import Any

from starlette.responses import Response

from matcher.flows import promises_desk
from matcher.policy.promises import LEAST_AHEAD
from matcher.refusal import Conflict, Invalid
from matcher.web import promise_words
from matcher.web.forms.base import parse, typed
from matcher.web.forms.buttons import EmptyForm
from matcher.web.forms.matching import LOOK
from matcher.web.forms.partner import StepForm
from matcher.web.forms.promises import OfferForm, PromiseQuery, asked
from matcher.web.gates import pages
from matcher.web.operating import operation_of, plan_terms
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()
Errors = dict[str, str]
EMPTY = {"what": "", "level": "", "earn_by": "", "interview_days": "14", "places": "5"}


@router.get("/partner/openings/{opening_id}/promises")
def show(page: Paged, opening_id: Id) -> Response:
    """With a filled-in form in the address, its terms and how many people could earn it."""
    values = typed(PromiseQuery, page.request.query_params, LOOK)
    return _page(page, opening_id, values, {}, 200)


@router.post("/partner/openings/{opening_id}/promises")
def offer(page: Paged, opening_id: Id) -> Response:
    try:
        form = parse(OfferForm, page.form)
        with page.writing() as unit:
            promises_desk.offer(unit, page.actor, opening_id, form.offer(), form.text_hash)
    except (Invalid, Conflict) as refusal:
        sent = typed(OfferForm, page.form)
        values = {key: value for key, value in sent.items() if key in PromiseQuery.model_fields}
        return _page(page, opening_id, values, *answer_to(refusal))
    return page.redirect(f"/partner/openings/{opening_id}/promises", notice="promise-offered")


@router.post("/partner/promises/{promise_id}/withdraw")
def withdraw(page: Paged, promise_id: Id) -> Response:
    form = parse(StepForm, page.form)
    with page.writing() as unit:
        opening_id = promises_desk.withdraw(unit, page.actor, promise_id, form.version)
    return page.redirect(f"/partner/openings/{opening_id}/promises", notice="promise-withdrawn")


@router.get("/centre/promises")
def show_broken(page: Paged) -> Response:
    with page.reading() as unit:
        rows = promises_desk.broken(unit)
    return page.html("centre/promises.html", rows=rows)


@router.post("/centre/promises/{organisation_id}/spoken")
def note_spoken(page: Paged, organisation_id: Id) -> Response:
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        promises_desk.spoken(unit, page.actor, organisation_id)
    return page.redirect("/centre/promises", notice="promise-spoken")


def _page(
    page: Page, opening_id: int, values: dict[str, Any], errors: Errors, status: int
) -> Response:
    query, mistakes = asked(values)
    preview = None
    with page.reading() as unit:
        view = promises_desk.desk(unit, page.actor, operation_of(page), opening_id)
        if query is not None:
            try:
                preview = promises_desk.preview(
                    unit, page.actor, operation_of(page), opening_id, query.offer(),
                    plan_terms(page),
                )  # fmt: skip
            except (Invalid, Conflict) as refusal:
                mistakes, status = answer_to(refusal)
    return page.html(
        "partner/promises.html",
        422 if mistakes and status == 200 else status,
        view=view,
        preview=preview,
        values={**EMPTY, **values},
        errors={**mistakes, **errors},
        states=promise_words.taking_states(),
        earliest=page.services.clock.today() + LEAST_AHEAD,
    )
