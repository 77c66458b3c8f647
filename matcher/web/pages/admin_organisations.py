"""The admin's organisations: list, new partner, open, close, trust."""

from typing import Any

from starlette.responses import Response

from matcher.flows import admin_organisations
from matcher.flows.admin_organisations import NewPartner
from matcher.refusal import Conflict, Invalid
from matcher.web.forms.account import Nothing
from matcher.web.forms.admin import NewOrganisation, Trust
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import form_again, typed_values
from models.organisation import OrganisationState

router = pages()
TEMPLATE = "admin/organisations.html"
EMPTY = dict.fromkeys(("slug", "name_ko", "name_en", "sector", "business_number"), "")


@router.get("/admin/organisations")
def listing(page: Paged) -> Response:
    return page.html(TEMPLATE, values=EMPTY, errors={}, **_context(page))


@router.post("/admin/organisations")
def create(page: Paged) -> Response:
    try:
        form = parse(NewOrganisation, page.form)
        wanted = NewPartner(**form.model_dump())
        with page.writing() as unit:
            admin_organisations.create_partner(unit, wanted)
    except Invalid as refusal:
        values = typed_values(page.form, EMPTY)
        return form_again(page, TEMPLATE, refusal, values=values, **_context(page))
    return page.redirect("/admin/organisations", notice="admin-saved")


@router.post("/admin/organisations/{organisation_id}/activate")
def activate(page: Paged, organisation_id: Id) -> Response:
    return _move(page, organisation_id, OrganisationState.ACTIVE)


@router.post("/admin/organisations/{organisation_id}/close")
def close(page: Paged, organisation_id: Id) -> Response:
    return _move(page, organisation_id, OrganisationState.CLOSED)


@router.post("/admin/organisations/{organisation_id}/trust")
def trust(page: Paged, organisation_id: Id) -> Response:
    form = parse(Trust, page.form)
    try:
        with page.writing() as unit:
            admin_organisations.set_trust(unit, organisation_id, form.is_trusted)
    except Conflict as refusal:
        return form_again(page, TEMPLATE, refusal, values=EMPTY, **_context(page))
    return page.redirect("/admin/organisations", notice="admin-saved")


def _move(page: Page, organisation_id: int, then: OrganisationState) -> Response:
    parse(Nothing, page.form)
    try:
        with page.writing() as unit:
            admin_organisations.move(unit, organisation_id, then)
    except Conflict as refusal:
        return form_again(page, TEMPLATE, refusal, values=EMPTY, **_context(page))
    return page.redirect("/admin/organisations", notice="admin-saved")


def _context(page: Page) -> dict[str, Any]:
    with page.reading() as unit:
        found = admin_organisations.listing(unit)
    return {"organisations": found, "sectors": admin_organisations.sector_choices()}
