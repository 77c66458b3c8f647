"""Promised interviews: a young person's own, and those of a partner's opening.

A promise is made on its page, where the terms are read before they are sealed.
"""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from matcher.db import Unit
from matcher.flows import own_promises, promises_desk
from matcher.matching.window import Window
from matcher.web.api.bodies import AsRead, ClaimRequest
from matcher.web.api.fields import Limit, Offset, QueryId
from matcher.web.api.paging import Listed, link, listed
from matcher.web.api.promise_answers import DeskPromisePublic, OwnPromisePublic
from matcher.web.api.routing import api
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id

router = api("promises")
OfOpening = Annotated[QueryId | None, Query(description="All of this opening that you may take")]


@router.get("/promises")
def list_promises(
    page: Paged,
    response: Response,
    opening_id: OfOpening = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> Listed[OwnPromisePublic]:
    """Interviews promised to you that you took up, or all that one opening promises."""
    window = Window(offset, limit)
    with page.reading() as unit:
        if opening_id is None:
            found = own_promises.listing(unit, page.actor)
        else:
            found = own_promises.of_opening(unit, page.actor, opening_id)
    link(page.request, response, len(found), window)
    shown = [OwnPromisePublic.model_validate(each) for each in window.cut(found)]
    return listed(shown, len(found), window)


@router.post("/promises/{promise_id}/take")
def take_promise(page: Paged, promise_id: Id) -> OwnPromisePublic:
    """Take the promise up: one of its places is yours."""
    with page.writing() as unit:
        own_promises.take_up(unit, page.actor, promise_id)
        return _own(unit, page, promise_id)


@router.post("/promises/{promise_id}/drop")
def drop_promise(page: Paged, promise_id: Id, body: AsRead) -> OwnPromisePublic:
    """Give the place back before you asked for the interview."""
    with page.writing() as unit:
        own_promises.drop(unit, page.actor, promise_id, body.version)
        return _own(unit, page, promise_id)


@router.post("/promises/{promise_id}/claim")
def claim_promise(page: Paged, promise_id: Id, body: ClaimRequest) -> OwnPromisePublic:
    """Ask for the interview you earned; it makes an application at its interview."""
    with page.writing() as unit:
        own_promises.claim(unit, page.actor, promise_id, body.version, body.consent)
        return _own(unit, page, promise_id)


@router.get("/openings/{opening_id}/promises")
def list_opening_promises(
    page: Paged, response: Response, opening_id: Id, limit: Limit = 20, offset: Offset = 0
) -> Listed[DeskPromisePublic]:
    """Promises on an opening of yours, with the numbers of whoever asked for the interview."""
    window = Window(offset, limit)
    with page.reading() as unit:
        view = promises_desk.desk(unit, page.actor, operation_of(page), opening_id)
    link(page.request, response, len(view.rows), window)
    shown = [_desk_row(each) for each in window.cut(view.rows)]
    return listed(shown, len(view.rows), window)


def _own(unit: Unit, page: Page, promise_id: int) -> OwnPromisePublic:
    unit.session.flush()  # the view reads where it stands now
    found = own_promises.listing(unit, page.actor)
    return OwnPromisePublic.model_validate(
        next(each for each in found if each.promise.id == promise_id)
    )


def _desk_row(row: promises_desk.PromiseRow) -> DeskPromisePublic:
    return DeskPromisePublic.model_validate({**vars(row), "version": row.promise.version})
