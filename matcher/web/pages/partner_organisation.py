"""The partner's own firm."""

from dataclasses import asdict
from typing import Any

from starlette.responses import Response

from matcher.flows import partner_organisation
from matcher.flows.partner_organisation import STALE
from matcher.refusal import Conflict, Invalid
from matcher.web import partner_firm_words
from matcher.web.forms.base import parse
from matcher.web.forms.partner_firm import FirmForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.refused import typed_values

router = pages()
BLANK = dict.fromkeys(FirmForm.model_fields, "")


@router.get("/partner/organisation")
def show(page: Paged) -> Response:
    return _show(page, None, {}, 200)


@router.post("/partner/organisation")
def save(page: Paged) -> Response:
    try:
        form = parse(FirmForm, page.form)
        with page.writing() as unit:
            partner_organisation.save(unit, page.actor, form.firm(), form.seen)
    except Invalid as refusal:
        return _show(page, typed_values(page.form, BLANK), refusal.fields, 422)
    except Conflict as refusal:
        if refusal.code != STALE:
            raise
        typed = typed_values(page.form, BLANK)
        return _show(page, typed, {"": refusal.message}, 409, both=True)
    return page.redirect("/partner/organisation", notice="organisation-saved")


def _show(
    page: Page,
    typed: dict[str, Any] | None,
    errors: dict[str, str],
    status: int,
    *,
    both: bool = False,
) -> Response:
    """After a conflict `seen` is what is stored, so that saving again is a decision made with
    both texts in sight."""
    with page.reading() as unit:
        view = partner_organisation.view(unit, page.actor)
    held = asdict(view.firm)
    values = {**held, "seen": view.seen} if typed is None else dict(typed)
    if both:
        values["seen"] = view.seen
    return page.html(
        "partner/organisation.html",
        status,
        view=view,
        held=held,
        values=values,
        errors=errors,
        both=both,
        labels=partner_firm_words.labels(),
    )
