"""A desk's path templates: the list, one template, its cohort, and the suggestion."""

from typing import Any

from starlette.responses import Response

from matcher.flows import plan_templates
from matcher.flows.plan_templates import CohortFilter, Draft
from matcher.refusal import Conflict, Forbidden, Invalid
from matcher.web import choices
from matcher.web.forms.base import parse, typed
from matcher.web.forms.buttons import VersionForm
from matcher.web.forms.plan_templates import (
    CohortQuery,
    SuggestForm,
    TemplateEditForm,
    TemplateForm,
)
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.params import Id
from matcher.web.plan_words import suggestion_words
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK = {"name": "", "target": "", "weekly_hours": "8", "finish_by": "", "note": ""}
NOBODY = {"status": "", "sector": "", "session": "", "graduation": ""}
Errors = dict[str, str]


@router.get("/coordinator/templates")
@router.get("/centre/templates")
def listing(page: Paged) -> Response:
    return _listing(page, desk_base(page), BLANK, {}, 200)


@router.post("/coordinator/templates")
@router.post("/centre/templates")
def make(page: Paged) -> Response:
    base = desk_base(page)
    try:
        form = parse(TemplateForm, page.form)
        with page.writing() as unit:
            made = plan_templates.make(unit, page.actor, form.draft())
    except (Invalid, Conflict) as refusal:
        return _listing(page, base, typed_values(page.form, BLANK), *answer_to(refusal))
    return page.redirect(f"{base}/templates/{made}", notice="template-made")


@router.get("/coordinator/templates/{template_id}")
@router.get("/centre/templates/{template_id}")
def show(page: Paged, template_id: Id) -> Response:
    base, asked = desk_base(page), typed(CohortQuery, page.request.query_params, LOOK)
    try:
        query = parse(CohortQuery, page.request.query_params, ignore=LOOK)
    except Invalid as refusal:
        return _template(page, base, template_id, None, asked, refusal.fields, 422)
    wanted = query.wanted() if query.count else None
    return _template(page, base, template_id, wanted, asked, {}, 200)


@router.post("/coordinator/templates/{template_id}")
@router.post("/centre/templates/{template_id}")
def edit(page: Paged, template_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(TemplateEditForm, page.form)
        with page.writing() as unit:
            plan_templates.edit(unit, page.actor, template_id, form.draft(), form.version)
    except (Invalid, Conflict) as refusal:
        values = typed_values(page.form, BLANK)
        return _template(page, base, template_id, None, {}, *answer_to(refusal), values=values)
    return page.redirect(f"{base}/templates/{template_id}", notice="admin-saved")


@router.post("/coordinator/templates/{template_id}/suggest")
@router.post("/centre/templates/{template_id}/suggest")
def suggest(page: Paged, template_id: Id) -> Response:
    base, wanted = desk_base(page), None
    try:
        form = parse(SuggestForm, page.form)
        wanted = form.wanted()
        with page.writing() as unit:
            plan_templates.suggest(
                unit, page.actor, template_id, wanted, form.expected, form.version
            )
    except (Invalid, Conflict, Forbidden) as refusal:
        asked = typed_values(page.form, NOBODY)
        return _template(page, base, template_id, wanted, asked, *answer_to(refusal))
    return page.redirect(f"{base}/templates/{template_id}", notice="path-suggested")


@router.post("/coordinator/templates/{template_id}/end")
@router.post("/centre/templates/{template_id}/end")
def end(page: Paged, template_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            plan_templates.end(unit, page.actor, template_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _template(page, base, template_id, None, {}, *answer_to(refusal))
    return page.redirect(f"{base}/templates", notice="template-ended")


def _listing(
    page: Page, base: str, values: dict[str, Any], errors: Errors, status: int
) -> Response:
    with page.reading() as unit:
        view = plan_templates.listing(unit, page.actor)
    return page.html(
        "coordinator/templates.html", status, base=base, view=view, values=values, errors=errors
    )


def _template(
    page: Page,
    base: str,
    template_id: int,
    wanted: CohortFilter | None,
    asked: dict[str, Any],
    errors: Errors,
    status: int,
    values: dict[str, Any] | None = None,
) -> Response:
    with page.reading() as unit:
        view = plan_templates.view(unit, page.actor, template_id, wanted)
    return page.html(
        "coordinator/template.html",
        status,
        base=base,
        view=view,
        asked={**NOBODY, **asked},
        values=values or _values(view.draft),
        errors=errors,
        statuses=choices.status_choices(),
        sectors=choices.sector_choices(),
        states=suggestion_words(),
    )


def _values(draft: Draft) -> dict[str, Any]:
    day = "" if draft.finish_by is None else draft.finish_by.isoformat()
    return {**vars(draft), "finish_by": day}
