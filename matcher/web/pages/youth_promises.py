"""Promised interviews a young person took up: how far they are, and asking for the interview."""

from starlette.responses import Response

from matcher.flows import own_promises
from matcher.refusal import Conflict, Invalid
from matcher.web import promise_words
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import EmptyForm
from matcher.web.forms.partner import StepForm
from matcher.web.forms.promises import ClaimForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()


@router.get("/youth/promises")
def show(page: Paged) -> Response:
    return _page(page, None, {}, 200)


@router.post("/youth/promises/{promise_id}/take")
def take(page: Paged, promise_id: Id) -> Response:
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        own_promises.take_up(unit, page.actor, promise_id)
    return page.redirect(f"/youth/promises#promise-{promise_id}", notice="promise-taken")


@router.post("/youth/promises/{promise_id}/drop")
def drop(page: Paged, promise_id: Id) -> Response:
    form = parse(StepForm, page.form)
    with page.writing() as unit:
        own_promises.drop(unit, page.actor, promise_id, form.version)
    return page.redirect("/youth/promises", notice="promise-dropped")


@router.post("/youth/promises/{promise_id}/claim")
def claim(page: Paged, promise_id: Id) -> Response:
    try:
        form = parse(ClaimForm, page.form)
        with page.writing() as unit:
            own_promises.claim(unit, page.actor, promise_id, form.version, form.consent)
    except (Invalid, Conflict) as refusal:
        return _page(page, promise_id, *answer_to(refusal))
    return page.redirect("/youth/applications", notice="promise-claimed")


def _page(page: Page, about: int | None, errors: dict[str, str], status: int) -> Response:
    """`errors` belong to the promise `about`."""
    with page.reading() as unit:
        rows = own_promises.listing(unit, page.actor)
    return page.html(
        "youth/promises.html",
        status,
        rows=rows,
        about=about,
        errors=errors,
        states=promise_words.own_states(),
        missing=promise_words.missing_words(),
    )
