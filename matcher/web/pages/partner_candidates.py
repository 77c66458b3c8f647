"""Masked candidates of one opening, one of them, and what the partner does with them."""

from typing import Any

from starlette.responses import Response

from matcher.flows import candidate_actions, candidates, introductions_partner, ranked_limit
from matcher.refusal import Conflict, Invalid
from matcher.web import partner_choices
from matcher.web.forms.base import parse, typed
from matcher.web.forms.partner import AskForm, CandidatesQuery, MarkForm, StepForm
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id, Slug

router = pages()
Errors = dict[str, str]


@router.get("/partner/openings/{opening_id}/candidates")
def list_candidates(page: Paged, opening_id: Id) -> Response:
    query = parse(CandidatesQuery, page.request.query_params, ignore=("lang", "theme"))
    with page.reading() as unit:
        ranked_limit.check(unit, page.actor)
        queue = candidates.queue(
            unit, page.actor, operation_of(page), opening_id, query.tab, query.page
        )
    return _page(page, queue, None, {}, {}, 200)


@router.get("/partner/openings/{opening_id}/candidates/{number}")
def show_candidate(page: Paged, opening_id: Id, number: Slug) -> Response:
    return _candidate(page, opening_id, number, {}, {}, 200)


@router.post("/partner/openings/{opening_id}/candidates/{number}/mark")
def mark(page: Paged, opening_id: Id, number: Slug) -> Response:
    try:
        form = parse(MarkForm, page.form)
        with page.writing() as unit:
            candidate_actions.mark(
                unit, page.actor, operation_of(page), opening_id, number, form.state, form.reason
            )
    except Invalid as refusal:
        return _candidate(page, opening_id, number, typed(MarkForm, page.form),
                          refusal.fields, 422)  # fmt: skip
    return page.redirect(_path(opening_id, number), notice="candidate-marked")


@router.post("/partner/openings/{opening_id}/candidates/{number}/ask")
def ask(page: Paged, opening_id: Id, number: Slug) -> Response:
    values = typed(AskForm, page.form)
    try:
        form = parse(AskForm, page.form)
        with page.writing() as unit:
            candidate_actions.ask(
                unit, page.actor, operation_of(page), opening_id, number,
                form.message, form.answer_by,
            )  # fmt: skip
    except Invalid as refusal:
        return _candidate(page, opening_id, number, values, refusal.fields, 422)
    except Conflict as refusal:
        return _candidate(page, opening_id, number, values, {"": refusal.message}, 409)
    return page.redirect(_path(opening_id, number), notice="introduction-asked")


@router.get("/partner/introductions")
def list_introductions(page: Paged) -> Response:
    with page.reading() as unit:
        rows = introductions_partner.requests(unit, page.actor, operation_of(page))
    return page.html(
        "partner/introductions.html", rows=rows, states=partner_choices.introduction_states()
    )


@router.post("/partner/introductions/{introduction_id}/withdraw")
def withdraw_introduction(page: Paged, introduction_id: Id) -> Response:
    form = parse(StepForm, page.form)
    with page.writing() as unit:
        introductions_partner.withdraw(unit, page.actor, introduction_id, form.version)
    return page.redirect("/partner/introductions", notice="introduction-withdrawn")


def _candidate(
    page: Page, opening_id: int, number: str, values: dict[str, Any], errors: Errors, status: int
) -> Response:
    with page.reading() as unit:
        queue, chosen = candidates.choose(unit, page.actor, operation_of(page), opening_id, number)
    return _page(page, queue, chosen, values, errors, status)


def _page(
    page: Page,
    queue: candidates.Queue,
    chosen: candidates.Chosen | None,
    values: dict[str, Any],
    errors: Errors,
    status: int,
) -> Response:
    return page.html(
        "partner/candidates.html",
        status,
        queue=queue,
        chosen=chosen,
        compared=queue.rows[: candidates.COMPARED],
        values={"message": "", "answer_by": "", "reason": "", **values},
        errors=errors,
        refusals=partner_choices.refusal_choices(),
        states=partner_choices.introduction_states(),
    )


def _path(opening_id: int, number: str) -> str:
    return f"/partner/openings/{opening_id}/candidates/{number}"
