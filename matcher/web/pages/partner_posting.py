"""What an own posting went through: its versions, and whether it still looks for people."""

from starlette.responses import Response

from matcher.flows import partner_desk, posting_checks, posting_history
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Paged
from matcher.web.params import Id

router = pages()


@router.get("/partner/openings/{opening_id}/history")
def show_history(page: Paged, opening_id: Id) -> Response:
    with page.reading() as unit:
        view = posting_history.history(unit, page.actor, opening_id)
    return page.html("partner/history.html", view=view)


@router.get("/partner/openings/{opening_id}/still")
def ask_still(page: Paged, opening_id: Id) -> Response:
    """Where the mail leads: one press answers."""
    with page.reading() as unit:
        view = partner_desk.opening(unit, page.actor, operation_of(page), opening_id)
    return page.html("partner/still.html", view=view)


@router.post("/partner/openings/{opening_id}/still")
def answer_still(page: Paged, opening_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        posting_checks.still_looking(unit, page.actor, opening_id)
    return page.redirect(f"/partner/openings/{opening_id}", notice="still-hiring")
