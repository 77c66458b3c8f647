"""A person's counselling hours: take one, give it back."""

from starlette.responses import Response

from matcher.flows import own_counselling
from matcher.refusal import Conflict, Invalid
from matcher.web import counselling_words
from matcher.web.forms.base import parse
from matcher.web.forms.counselling import BookForm, StepForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()


@router.get("/youth/counselling")
def show(page: Paged) -> Response:
    return _page(page, {}, 200)


@router.post("/youth/counselling/{counselling_id}/book")
def book(page: Paged, counselling_id: Id) -> Response:
    try:
        form = parse(BookForm, page.form)
        with page.writing() as unit:
            own_counselling.book(unit, page.actor, counselling_id, form.question, form.version)
    except (Invalid, Conflict) as refusal:
        kept = (counselling_id, str(page.form.get("question", "")))
        return _page(page, *answer_to(refusal), kept)
    return page.redirect("/youth/counselling", notice="counselling-booked")


@router.post("/youth/counselling/{counselling_id}/cancel")
def cancel(page: Paged, counselling_id: Id) -> Response:
    try:
        form = parse(StepForm, page.form)
        with page.writing() as unit:
            own_counselling.cancel(unit, page.actor, counselling_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _page(page, *answer_to(refusal))
    return page.redirect("/youth/counselling", notice="counselling-cancelled")


def _page(
    page: Page, errors: dict[str, str], status: int, kept: tuple[int, str] = (0, "")
) -> Response:
    with page.reading() as unit:
        view = own_counselling.view(unit, page.actor)
    return page.html(
        "youth/counselling.html",
        status,
        view=view,
        errors=errors,
        kept=kept,
        topics=dict(counselling_words.topic_choices()),
        states=counselling_words.state_words(),
    )
