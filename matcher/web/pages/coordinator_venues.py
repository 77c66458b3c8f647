"""A desk's rooms and equipment, by day."""

from typing import Any

from starlette.responses import Response

from matcher.flows import venue_desk
from matcher.refusal import Conflict, Invalid
from matcher.web import course_words
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import EmptyForm
from matcher.web.forms.venues import DayQuery, ItemForm, OutForm, ReserveForm, VenueForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
Errors = dict[str, str]
NEW_VENUE = {"name_ko": "", "name_en": "", "place": "", "opens": "09:00", "closes": "21:00"}
NEW_ITEM = {"kind": "pc", "item_ko": "", "item_en": "", "count": "1", "is_for_youth": ""}
NEW_BOOKING = {
    "item_id": "", "day": "", "meeting_id": "", "starts": "", "ends": "", "quantity": "1",
    "purpose": "",
}  # fmt: skip


@router.get("/coordinator/venues")
@router.get("/centre/venues")
def listing(page: Paged) -> Response:
    return _listing(page, desk_base(page), NEW_VENUE, {}, 200)


@router.post("/coordinator/venues")
@router.post("/centre/venues")
def add(page: Paged) -> Response:
    base = desk_base(page)
    try:
        draft = parse(VenueForm, page.form).draft()
        with page.writing() as unit:
            number = venue_desk.add(unit, page.actor, draft)
    except (Invalid, Conflict) as refusal:
        return _listing(page, base, typed_values(page.form, NEW_VENUE), *answer_to(refusal))
    return page.redirect(f"{base}/venues/{number}", notice="admin-saved")


def _listing(
    page: Page, base: str, values: dict[str, Any], errors: Errors, status: int
) -> Response:
    with page.reading() as unit:
        lines = venue_desk.listing(unit, page.actor)
    return page.html(
        "coordinator/venues.html", status, base=base, lines=lines, values=values, errors=errors
    )


@router.get("/coordinator/venues/{venue_id}")
@router.get("/centre/venues/{venue_id}")
def show(page: Paged, venue_id: Id) -> Response:
    return _venue(page, desk_base(page), venue_id, {}, 200)


@router.post("/coordinator/venues/{venue_id}/items")
@router.post("/centre/venues/{venue_id}/items")
def add_item(page: Paged, venue_id: Id) -> Response:
    base = desk_base(page)
    try:
        draft = parse(ItemForm, page.form).draft()
        with page.writing() as unit:
            venue_desk.add_item(unit, page.actor, venue_id, draft)
    except (Invalid, Conflict) as refusal:
        return _venue(page, base, venue_id, *answer_to(refusal))
    return page.redirect(f"{base}/venues/{venue_id}", notice="admin-saved")


@router.post("/coordinator/venues/{venue_id}/items/{item_id}")
@router.post("/centre/venues/{venue_id}/items/{item_id}")
def set_out(page: Paged, venue_id: Id, item_id: Id) -> Response:
    base = desk_base(page)
    form = parse(OutForm, page.form)
    with page.writing() as unit:
        venue_desk.set_out(unit, page.actor, venue_id, item_id, form.is_out)
    return page.redirect(f"{base}/venues/{venue_id}", notice="admin-saved")


@router.post("/coordinator/venues/{venue_id}/bookings")
@router.post("/centre/venues/{venue_id}/bookings")
def reserve(page: Paged, venue_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(ReserveForm, page.form)
        with page.writing() as unit:
            venue_desk.reserve(
                unit, page.actor, venue_id, form.item_id, form.meeting_id, form.wanted()
            )
    except (Invalid, Conflict) as refusal:
        return _venue(page, base, venue_id, *answer_to(refusal))
    return page.redirect(f"{base}/venues/{venue_id}?day={form.day}", notice="booking-made")


@router.post("/coordinator/venues/{venue_id}/bookings/{booking_id}/cancel")
@router.post("/centre/venues/{venue_id}/bookings/{booking_id}/cancel")
def cancel(page: Paged, venue_id: Id, booking_id: Id) -> Response:
    base = desk_base(page)
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        day = venue_desk.cancel(unit, page.actor, venue_id, booking_id)
    return page.redirect(f"{base}/venues/{venue_id}?day={day}", notice="booking-cancelled")


def _venue(page: Page, base: str, venue_id: int, errors: Errors, status: int) -> Response:
    if errors:
        asked, shown = str(page.form.get("day") or ""), typed_values(page.form, _NEW)
    else:
        asked, shown = str(page.request.query_params.get("day") or ""), dict(_NEW)
    day, errors = _day(asked, errors)
    with page.reading() as unit:
        view = venue_desk.day_of(unit, page.actor, venue_id, day)
    return page.html(
        "coordinator/venue.html",
        422 if errors and status == 200 else status,
        base=base,
        view=view,
        values=shown | {"day": asked or view.day},
        errors=errors,
        kinds=course_words.item_kinds(),
    )


_NEW = NEW_ITEM | NEW_BOOKING


def _day(asked: str, errors: Errors) -> tuple[Any, Errors]:
    """The day to show; today beside a message when it is none."""
    try:
        return DayQuery.model_validate({"day": asked}).day, errors
    except ValueError:
        return None, errors or {"day": course_words.bad_day()}
