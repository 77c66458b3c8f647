"""Applications to a partner's openings: reading one, moving it, refusing one or several."""

from typing import Any

from starlette.responses import Response

from matcher.flows import applications_partner, partner_desk
from matcher.refusal import Conflict, Invalid
from matcher.web import partner_choices
from matcher.web.forms.base import parse, typed
from matcher.web.forms.partner import MoveForm, RefuseForm, RefuseManyForm
from matcher.web.gates import pages
from matcher.web.opening_page import opening_page
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id

router = pages()
Errors = dict[str, str]


@router.get("/partner/applications/{application_id}")
def show_application(page: Paged, application_id: Id) -> Response:
    return _application(page, application_id, {}, {}, 200)


@router.post("/partner/applications/{application_id}/move")
def move_application(page: Paged, application_id: Id) -> Response:
    form = parse(MoveForm, page.form)
    with page.writing() as unit:
        applications_partner.move(unit, page.actor, application_id, form.version, form.action)
    return page.redirect(f"/partner/applications/{application_id}", notice="application-moved")


@router.post("/partner/applications/{application_id}/refuse")
def refuse_application(page: Paged, application_id: Id) -> Response:
    try:
        form = parse(RefuseForm, page.form)
        with page.writing() as unit:
            applications_partner.refuse(
                unit, page.actor, application_id, form.version, form.reason, form.share
            )
    except Invalid as refusal:
        values = typed(RefuseForm, page.form)
        return _application(page, application_id, values, refusal.fields, 422)
    return page.redirect(f"/partner/applications/{application_id}", notice="application-refused")


@router.post("/partner/openings/{opening_id}/applications/refuse")
def refuse_applications(page: Paged, opening_id: Id) -> Response:
    try:
        form = parse(RefuseManyForm, page.form)
        with page.writing() as unit:
            applications_partner.refuse_many(
                unit, page.actor, opening_id, form.applications, form.reason, form.share
            )
    except Invalid as refusal:
        return _list(page, opening_id, refusal.fields, 422)
    except Conflict as refusal:
        return _list(page, opening_id, {"": refusal.message}, 409)
    return page.redirect(f"/partner/openings/{opening_id}", notice="application-refused")


def _list(page: Page, opening_id: int, errors: Errors, status: int) -> Response:
    with page.reading() as unit:
        view = partner_desk.opening(unit, page.actor, operation_of(page), opening_id)
    return opening_page(page, view, errors, status, typed(RefuseManyForm, page.form))


def _application(
    page: Page, application_id: int, values: dict[str, Any], errors: Errors, status: int
) -> Response:
    with page.reading() as unit:
        view = applications_partner.view(unit, page.actor, operation_of(page), application_id)
    return page.html(
        "partner/application.html",
        status,
        view=view,
        values={"reason": "", "share": "", **values},
        errors=errors,
        states=partner_choices.application_states(),
        actions=partner_choices.application_actions(),
        refusals=partner_choices.refusal_choices(),
    )
