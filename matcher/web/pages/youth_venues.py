"""A young person's bookings of equipment."""

from starlette.responses import Response

from matcher.flows import own_bookings
from matcher.refusal import Conflict, Invalid
from matcher.web import course_words
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import EmptyForm
from matcher.web.forms.matching import LOOK
from matcher.web.forms.venues import DayQuery, OwnReserveForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()


@router.get("/youth/venues")
def show(page: Paged) -> Response:
    try:
        parse(DayQuery, page.request.query_params, LOOK)
    except Invalid as refusal:
        return _venues(page, "", refusal.fields, 422)
    return _venues(page, page.request.query_params.get("day", ""), {}, 200)


@router.post("/youth/venues/{item_id}/book")
def reserve(page: Paged, item_id: Id) -> Response:
    try:
        form = parse(OwnReserveForm, page.form)
        with page.writing() as unit:
            own_bookings.reserve(unit, page.actor, item_id, form.wanted())
    except (Invalid, Conflict) as refusal:
        return _venues(page, str(page.form.get("day") or ""), *answer_to(refusal))
    return page.redirect(f"/youth/venues?day={form.day}", notice="own-booking-made")


@router.post("/youth/bookings/{booking_id}/cancel")
def cancel(page: Paged, booking_id: Id) -> Response:
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        own_bookings.cancel(unit, page.actor, booking_id)
    return page.redirect("/youth/venues", notice="own-booking-cancelled")


def _venues(page: Page, asked: str, errors: dict[str, str], status: int) -> Response:
    try:
        day = DayQuery.model_validate({"day": asked}).day
    except ValueError:
        day = None
    with page.reading() as unit:
        view = own_bookings.show(unit, page.actor, day)
    return page.html(
        "youth/venues.html",
        status,
        view=view,
        errors=errors,
        kinds=dict(course_words.item_kinds()),
    )
