"""Reviewing an opening: its people side by side, and one person's scores."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from matcher.flows import review_board, reviewing
from matcher.policy.reviewing import LEAST_SCORE, MOST_SCORE
from matcher.refusal import Conflict, Forbidden, Invalid
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse, typed
from matcher.web.forms.reviews import ReviewForm
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id, Slug
from matcher.web.refused import answer_to

router = pages()
Errors = Mapping[str, str]


@router.get("/partner/openings/{opening_id}/review")
def show_board(page: Paged, opening_id: Id) -> Response:
    with page.reading() as unit:
        board = review_board.board(unit, page.actor, operation_of(page), opening_id)
    return page.html("partner/review_board.html", board=board)


@router.get("/partner/openings/{opening_id}/review/next")
def show_next(page: Paged, opening_id: Id, after: str = "") -> Response:
    """Whoever is scored next; the board when that was the last."""
    with page.reading() as unit:
        number = review_board.next_number(
            unit, page.actor, operation_of(page), opening_id, after[:15]
        )
    if number is None:
        return show_board(page, opening_id)
    return _sheet(page, opening_id, number, None, {}, 200)


@router.get("/partner/openings/{opening_id}/review/people/{number}")
def show_sheet(page: Paged, opening_id: Id, number: Slug) -> Response:
    return _sheet(page, opening_id, number, None, {}, 200)


@router.post("/partner/openings/{opening_id}/review/people/{number}")
def submit(page: Paged, opening_id: Id, number: Slug) -> Response:
    values = typed(ReviewForm, page.form)
    try:
        form = parse(ReviewForm, page.form)
        with page.writing() as unit:
            reviewing.submit(unit, page.actor, operation_of(page), opening_id, number, form.given())
    except (Invalid, Conflict, Forbidden) as refusal:
        is_stale = refusal.code == reviewing.STALE
        return _sheet(page, opening_id, number, values, *answer_to(refusal), both=is_stale)
    notice = "review-abstained" if form.do == "abstain" else "review-submitted"
    if form.do == "next":
        return page.redirect(f"{_board(opening_id)}/next?after={number}", notice=notice)
    return page.redirect(_sheet_path(opening_id, number), notice=notice)


@router.post("/partner/openings/{opening_id}/review/people/{number}/conflict")
def declare_conflict(page: Paged, opening_id: Id, number: Slug) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        reviewing.declare_conflict(unit, page.actor, operation_of(page), opening_id, number)
    return page.redirect(_board(opening_id), notice="review-conflict")


def _sheet(
    page: Page,
    opening_id: int,
    number: str,
    values: Mapping[str, Any] | None,
    errors: Errors,
    status: int,
    *,
    both: bool = False,
) -> Response:
    with page.reading() as unit:
        sheet = reviewing.sheet(unit, page.actor, operation_of(page), opening_id, number)
    own = sheet.panel.own
    stored: dict[str, Any] = {"note": "" if own is None else own.note}
    if own is not None and own.total is not None:
        stored |= {f"score_{place}": each for place, each in enumerate(own.scores, start=1)}
    return page.html(
        "partner/review.html",
        status,
        sheet=sheet,
        both=both,
        values=stored if values is None else {"note": "", **values},
        errors=dict(errors),
        marks=range(LEAST_SCORE, MOST_SCORE + 1),
    )


def _board(opening_id: int) -> str:
    return f"/partner/openings/{opening_id}/review"


def _sheet_path(opening_id: int, number: str) -> str:
    return f"{_board(opening_id)}/people/{number}"
