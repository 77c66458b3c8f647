"""Accounts an admin noted as one person's: the list, noting two, ending a note."""

from typing import Any

from starlette.responses import Response

from matcher.flows import same_person
from matcher.refusal import Conflict, Invalid
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse
from matcher.web.forms.reviews import SamePersonForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import form_again, typed_values

router = pages()
HOME = "/admin/same-person"
TEMPLATE = "admin/same_person.html"
EMPTY = {"email": "", "other_email": ""}


@router.get("/admin/same-person")
def show(page: Paged) -> Response:
    return page.html(TEMPLATE, values=EMPTY, errors={}, **_context(page))


@router.post("/admin/same-person")
def note(page: Paged) -> Response:
    try:
        form = parse(SamePersonForm, page.form)
        with page.writing() as unit:
            same_person.note(unit, form.email, form.other_email)
    except (Invalid, Conflict) as refusal:
        values = typed_values(page.form, EMPTY)
        return form_again(page, TEMPLATE, refusal, values=values, **_context(page))
    return page.redirect(HOME, notice="same-person-noted")


@router.post("/admin/same-person/{note_id}/end")
def end(page: Paged, note_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        same_person.end(unit, note_id)
    return page.redirect(HOME, notice="same-person-ended")


def _context(page: Page) -> dict[str, Any]:
    with page.reading() as unit:
        return {"lines": same_person.listing(unit)}
