"""Counselling at a desk: offer hours, see who comes, write down what was said."""

from typing import Any

from starlette.responses import Response

from matcher.flows import counselling_desk
from matcher.refusal import Conflict, Invalid
from matcher.web import counselling_words, outcome_words
from matcher.web.forms.base import parse
from matcher.web.forms.counselling import NoteForm, OfferForm, StepForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK = {
    "topic": "job", "held_on": "", "starts": "14:00", "ends": "16:00", "minutes": "30",
    "place": "",
}  # fmt: skip
NOTE = {"shared_note": "", "desk_note": "", "outcome_id": ""}


@router.get("/coordinator/counselling")
@router.get("/centre/counselling")
def listing(page: Paged) -> Response:
    return _page(page, desk_base(page), BLANK, {}, 200)


@router.post("/coordinator/counselling")
@router.post("/centre/counselling")
def offer(page: Paged) -> Response:
    base = desk_base(page)
    try:
        form = parse(OfferForm, page.form)
        with page.writing() as unit:
            counselling_desk.offer(unit, page.actor, form.offer())
    except (Invalid, Conflict) as refusal:
        return _page(page, base, typed_values(page.form, BLANK), *answer_to(refusal))
    return page.redirect(f"{base}/counselling", notice="counselling-offered")


@router.post("/coordinator/counselling/{counselling_id}/note")
@router.post("/centre/counselling/{counselling_id}/note")
def write(page: Paged, counselling_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(NoteForm, page.form)
        with page.writing() as unit:
            counselling_desk.write(unit, page.actor, counselling_id, form.note())
    except (Invalid, Conflict) as refusal:
        note = {"id": counselling_id, **typed_values(page.form, NOTE)}
        return _page(page, base, BLANK, *answer_to(refusal), note)
    return page.redirect(f"{base}/counselling", notice="saved")


@router.post("/coordinator/counselling/{counselling_id}/withdraw")
@router.post("/centre/counselling/{counselling_id}/withdraw")
def withdraw(page: Paged, counselling_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(StepForm, page.form)
        with page.writing() as unit:
            counselling_desk.withdraw(unit, page.actor, counselling_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _page(page, base, BLANK, *answer_to(refusal))
    return page.redirect(f"{base}/counselling", notice="counselling-withdrawn")


def _page(
    page: Page,
    base: str,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
    note: dict[str, Any] | None = None,
) -> Response:
    """`note` holds what was typed for one hour whose form was refused."""
    with page.reading() as unit:
        view = counselling_desk.listing(unit, page.actor)
    return page.html(
        "coordinator/counselling.html",
        status,
        base=base,
        view=view,
        values=values,
        errors=errors,
        note_values=note or {"id": 0, **NOTE},
        topics=counselling_words.topic_choices(),
        states=counselling_words.state_words(),
        lengths=counselling_words.minute_choices(),
        kinds=dict(outcome_words.kind_choices()),
    )
