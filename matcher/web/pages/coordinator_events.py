"""A desk's events: open one, change it, cancel it, see who comes."""

from typing import Any

from starlette.responses import Response

from matcher.flows import event_desk
from matcher.refusal import Conflict, Invalid
from matcher.web import matching_words
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import EmptyForm, VersionForm
from matcher.web.forms.community import EventChangeForm, EventForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK = {
    "title_ko": "", "title_en": "", "content": "", "mode": "offline", "place": "", "join_link": "",
    "held_on": "", "starts": "", "ends": "", "sign_up_until": "", "seats": "30",
}  # fmt: skip


@router.get("/coordinator/events")
@router.get("/centre/events")
def listing(page: Paged) -> Response:
    parse(EmptyForm, page.request.query_params, ignore=LOOK)
    return _listing(page, desk_base(page), BLANK, {}, 200)


@router.post("/coordinator/events")
@router.post("/centre/events")
def create(page: Paged) -> Response:
    base = desk_base(page)
    try:
        form = parse(EventForm, page.form)
        with page.writing() as unit:
            event_id = event_desk.create(unit, page.actor, form.written())
    except (Invalid, Conflict) as refusal:
        return _listing(page, base, typed_values(page.form, BLANK), *answer_to(refusal))
    return page.redirect(f"{base}/events/{event_id}", notice="event-created")


def _listing(
    page: Page, base: str, values: dict[str, Any], errors: dict[str, str], status: int
) -> Response:
    with page.reading() as unit:
        lines = event_desk.listing(unit, page.actor)
    return page.html(
        "coordinator/events.html",
        status,
        base=base,
        lines=lines,
        ahead=sum(not each.is_over and not each.is_cancelled for each in lines),
        values=values,
        errors=errors,
        modes=matching_words.mode_choices(),
    )


@router.get("/coordinator/events/{event_id}")
@router.get("/centre/events/{event_id}")
def sheet(page: Paged, event_id: Id) -> Response:
    return _sheet(page, desk_base(page), event_id, {}, 200)


@router.post("/coordinator/events/{event_id}")
@router.post("/centre/events/{event_id}")
def change(page: Paged, event_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(EventChangeForm, page.form)
        with page.writing() as unit:
            event_desk.change(unit, page.actor, event_id, form.written(), form.version)
    except (Invalid, Conflict) as refusal:
        return _sheet(page, base, event_id, *answer_to(refusal))
    return page.redirect(f"{base}/events/{event_id}", notice="event-changed")


@router.post("/coordinator/events/{event_id}/cancel")
@router.post("/centre/events/{event_id}/cancel")
def cancel(page: Paged, event_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            event_desk.cancel(unit, page.actor, event_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _sheet(page, base, event_id, *answer_to(refusal))
    return page.redirect(f"{base}/events/{event_id}", notice="event-cancelled")


def _sheet(page: Page, base: str, event_id: int, errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = event_desk.sheet(unit, page.actor, event_id)
    stored = {name: str(getattr(view.written, name)) for name in BLANK}
    return page.html(
        "coordinator/event.html",
        status,
        base=base,
        view=view,
        values=typed_values(page.form, stored) if errors else stored,
        errors=errors,
        modes=matching_words.mode_choices(),
    )
