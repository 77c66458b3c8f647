"""A partner's people: the list, inviting one, ending one's access in two steps."""

from typing import Any

from starlette.responses import Response

from matcher.flows import colleagues
from matcher.refusal import Conflict, Invalid, Refusal, TooMany
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse
from matcher.web.forms.reviews import ColleagueForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import form_again, typed_values

router = pages()
HOME = "/partner/colleagues"
TEMPLATE = "partner/colleagues.html"
EMPTY = {"email": "", "name": ""}


@router.get("/partner/colleagues")
def show_colleagues(page: Paged) -> Response:
    return page.html(TEMPLATE, values=EMPTY, errors={}, **_context(page))


@router.post("/partner/colleagues")
def invite(page: Paged) -> Response:
    try:
        form = parse(ColleagueForm, page.form)
        _count(page)
        with page.writing() as unit:
            colleagues.invite(unit, page.actor, form.email, form.name)
    except (Invalid, Conflict, TooMany) as refusal:
        return _again(page, refusal)
    return page.redirect(HOME, notice="colleague-invited")


@router.post("/partner/colleagues/{account_id}/invite")
def invite_again(page: Paged, account_id: Id) -> Response:
    parse(Nothing, page.form)
    try:
        _count(page)
        with page.writing() as unit:
            colleagues.invite_again(unit, page.actor, account_id)
    except (Conflict, TooMany) as refusal:
        return _again(page, refusal)
    return page.redirect(HOME, notice="colleague-invited")


@router.get("/partner/colleagues/{account_id}/end")
def ask_to_end(page: Paged, account_id: Id) -> Response:
    with page.reading() as unit:
        row = colleagues.one(unit, page.actor, account_id)
    return page.html("partner/colleague_end.html", row=row)


@router.post("/partner/colleagues/{account_id}/end")
def end(page: Paged, account_id: Id) -> Response:
    parse(Nothing, page.form)
    try:
        with page.writing() as unit:
            colleagues.end(unit, page.actor, account_id)
    except Conflict as refusal:
        return _again(page, refusal)
    return page.redirect(HOME, notice="colleague-ended")


def _count(page: Page) -> None:
    with page.writing() as unit:
        colleagues.count_try(unit, page.actor)


def _again(page: Page, refusal: Refusal) -> Response:
    values = typed_values(page.form, EMPTY)
    return form_again(page, TEMPLATE, refusal, values=values, **_context(page))


def _context(page: Page) -> dict[str, Any]:
    with page.reading() as unit:
        return {"team": colleagues.listing(unit, page.actor)}
