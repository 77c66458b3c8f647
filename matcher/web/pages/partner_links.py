"""A partner asks a colleague without an account; the centre asks firms nobody signs in for."""

from typing import Any

from starlette.responses import Response

from matcher.flows import answer_links
from matcher.refusal import Conflict, Forbidden, Invalid
from matcher.web import interview_words, partner_choices
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import EmptyForm
from matcher.web.forms.interviews import LinkForm
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to, still_there, typed_values

router = pages()
Errors = dict[str, str]


@router.get("/partner/applications/{application_id}/links")
def show(page: Paged, application_id: Id) -> Response:
    return _page(page, application_id, {"email": ""}, {}, 200)


@router.post("/partner/applications/{application_id}/links")
def ask(page: Paged, application_id: Id) -> Response:
    try:
        form = parse(LinkForm, page.form)
        with page.writing() as unit:
            answer_links.ask(unit, page.actor, operation_of(page), application_id, form.email)
    except (Invalid, Conflict, Forbidden) as refusal:
        values = typed_values(page.form, {"email": ""})
        return _page(page, application_id, values, *answer_to(refusal))
    return page.redirect(f"/partner/applications/{application_id}/links", notice="link-sent")


@router.post("/partner/links/{link_id}/revoke")
def revoke(page: Paged, link_id: Id) -> Response:
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        application_id = answer_links.revoke(unit, page.actor, link_id)
    return page.redirect(f"/partner/applications/{application_id}/links", notice="link-revoked")


@router.get("/centre/answer-links")
def list_unheard(page: Paged) -> Response:
    return _centre(page, {}, 200)


@router.post("/centre/answer-links/applications/{application_id}")
def ask_again(page: Paged, application_id: Id) -> Response:
    try:
        parse(EmptyForm, page.form)
        with page.writing() as unit:
            answer_links.ask_again(unit, page.actor, operation_of(page), application_id)
    except (Invalid, Conflict) as refusal:
        return _centre(page, *answer_to(refusal))
    return page.redirect("/centre/answer-links", notice="link-sent")


@router.post("/centre/answer-links/{link_id}/revoke")
def revoke_at_centre(page: Paged, link_id: Id) -> Response:
    try:
        parse(EmptyForm, page.form)
        with page.writing() as unit:
            answer_links.revoke_at_centre(unit, page.actor, link_id)
    except (Invalid, Conflict) as refusal:
        return _centre(page, *answer_to(refusal))
    return page.redirect("/centre/answer-links", notice="link-revoked")


def _page(
    page: Page, application_id: int, values: dict[str, Any], errors: Errors, status: int
) -> Response:
    with still_there(errors, status), page.reading() as unit:
        view = answer_links.view(unit, page.actor, operation_of(page), application_id)
    return page.html(
        "partner/links.html",
        status,
        view=view,
        values=values,
        errors=errors,
        uses=interview_words.use_words(),
    )


def _centre(page: Page, errors: Errors, status: int) -> Response:
    with page.reading() as unit:
        lines = answer_links.listing(unit, page.actor, operation_of(page))
    return page.html(
        "centre/answer_links.html",
        status,
        lines=lines,
        errors=errors,
        uses=interview_words.use_words(),
        states=partner_choices.application_states(),
    )
