"""Schemes that pay part of a cost: the centre's list, and the same for everybody at a desk."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from matcher.flows import subsidies
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, Invalid
from matcher.web.choices import Choices, status_choices
from matcher.web.forms.base import parse, typed
from matcher.web.forms.subsidies import EndSubsidyForm, RemainingForm, SubsidyForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()
HERE = "/centre/subsidies"
BLANK: Mapping[str, Any] = {
    "name_ko": "",
    "name_en": "",
    "covers": "exam",
    "vendor_exams": "",
    "percent": "100",
    "cap_krw": "",
    "remaining_krw": "",
    "opens_on": "",
    "closes_on": "",
    "statuses": [],
    "source": "",
}


@router.get("/subsidies")
def list_in_force(page: Paged) -> Response:
    with page.reading() as unit:
        found = subsidies.in_force(unit)
    return page.html("account/subsidies.html", subsidies=found, statuses=dict(status_choices()))


@router.get("/centre/subsidies")
def desk(page: Paged) -> Response:
    return _desk(page)


@router.post("/centre/subsidies")
def add(page: Paged) -> Response:
    try:
        form = parse(SubsidyForm, page.form)
        with page.writing() as unit:
            subsidies.add(unit, page.actor, form.new())
    except Invalid as refusal:
        return _desk(page, refusal, "new", typed(SubsidyForm, page.form))
    return page.redirect(HERE, notice="subsidy-added")


@router.post("/centre/subsidies/{subsidy_id}/remaining")
def set_remaining(page: Paged, subsidy_id: Id) -> Response:
    try:
        form = parse(RemainingForm, page.form)
        with page.writing() as unit:
            subsidies.set_remaining(unit, page.actor, subsidy_id, form.remaining_krw, form.version)
    except (Invalid, Conflict) as refusal:
        values = {"left": typed(RemainingForm, page.form).get("remaining_krw", "")}
        return _desk(page, refusal, str(subsidy_id), values)
    return page.redirect(HERE, notice="subsidy-changed")


@router.post("/centre/subsidies/{subsidy_id}/end")
def end(page: Paged, subsidy_id: Id) -> Response:
    try:
        form = parse(EndSubsidyForm, page.form)
        with page.writing() as unit:
            subsidies.end(unit, page.actor, subsidy_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _desk(page, refusal, str(subsidy_id))
    return page.redirect(HERE, notice="subsidy-ended")


def _desk(
    page: Page,
    refusal: Invalid | Conflict | None = None,
    at: str = "",
    values: Mapping[str, Any] | None = None,
) -> Response:
    """`at` is the number of the refused row, or "new"."""
    with page.reading() as unit:
        rows = subsidies.desk(unit, page.actor)
    errors, status = answer_to(refusal) if refusal is not None else ({}, 200)
    return page.html(
        "centre/subsidies.html",
        status,
        rows=rows,
        at=at,
        errors=errors,
        values={**BLANK, **(values or {})},
        covers=covers_choices(),
        statuses=status_choices(),
    )


def covers_choices() -> Choices:
    return [("exam", _("시험")), ("course", _("과정")), ("both", _("시험과 과정"))]
