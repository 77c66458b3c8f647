"""Events everybody may look at, and a young person's sign-up."""

from starlette.responses import Response

from matcher.flows import events
from matcher.web import matching_words
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import EmptyForm
from matcher.web.gates import pages
from matcher.web.page import Paged
from matcher.web.params import Id
from models.account import Role
from models.community import SignUpState

router = pages()


@router.get("/events")
def listing(page: Paged) -> Response:
    with page.reading() as unit:
        found = events.upcoming(unit, page.viewer)
    return page.html("public/events.html", events=found, modes=dict(matching_words.mode_choices()))


@router.get("/events/{event_id}")
def event(page: Paged, event_id: Id) -> Response:
    with page.reading() as unit:
        view = events.event(unit, event_id, page.viewer)
    return page.html(
        "public/event.html",
        event=view,
        modes=dict(matching_words.mode_choices()),
        can_sign_up=page.viewer is not None and page.viewer.role is Role.YOUTH,
    )


@router.get("/youth/events")
def own(page: Paged) -> Response:
    with page.reading() as unit:
        found = events.upcoming(unit, page.actor)
    mine = [each for each in found if each.own]
    return page.html(
        "youth/events.html",
        mine=mine,
        others=[each for each in found if not each.own],
        modes=dict(matching_words.mode_choices()),
    )


@router.post("/youth/events/{event_id}/sign-up")
def sign_up(page: Paged, event_id: Id) -> Response:
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        state = events.sign_up(unit, page.actor, event_id)
    notice = "event-going" if state is SignUpState.GOING else "event-waiting"
    return page.redirect(f"/events/{event_id}", notice=notice)


@router.post("/youth/events/{event_id}/leave")
def leave(page: Paged, event_id: Id) -> Response:
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        events.leave(unit, page.actor, event_id)
    return page.redirect(f"/events/{event_id}", notice="event-left")
