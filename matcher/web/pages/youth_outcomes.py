"""A person says what became of them, and whether it still holds."""

from typing import Any

from starlette.responses import Response

from matcher.flows import own_outcomes
from matcher.refusal import Conflict, Invalid
from matcher.web import choices, outcome_words
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import VersionForm
from matcher.web.forms.outcomes import AnswerForm, OwnCheckForm, said
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK = {"kind": "", "started_on": "", "organisation_name": "", "sector": "", "in_jeju": ""}


@router.get("/youth/outcome")
def show(page: Paged) -> Response:
    return _page(page, BLANK, {}, 200)


@router.post("/youth/outcome")
def answer(page: Paged) -> Response:
    try:
        form = parse(AnswerForm, page.form)
        with page.writing() as unit:
            own_outcomes.answer(unit, page.actor, form.answer())
    except (Invalid, Conflict) as refusal:
        return _page(page, typed_values(page.form, BLANK), *answer_to(refusal))
    return page.redirect("/youth/outcome", notice="outcome-answered")


@router.post("/youth/outcome/{outcome_id}/checks")
def check(page: Paged, outcome_id: Id) -> Response:
    try:
        form = parse(OwnCheckForm, page.form)
        with page.writing() as unit:
            told = own_outcomes.correct if form.correct else own_outcomes.check
            told(
                unit, page.actor, outcome_id, int(form.months), form.still == "yes",
                said(form.in_jeju),
            )  # fmt: skip
    except (Invalid, Conflict) as refusal:
        return _page(page, BLANK, *answer_to(refusal))
    return page.redirect("/youth/outcome", notice="outcome-answered")


@router.post("/youth/outcome/{outcome_id}/remove")
def remove(page: Paged, outcome_id: Id) -> Response:
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            own_outcomes.remove(unit, page.actor, outcome_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _page(page, BLANK, *answer_to(refusal))
    return page.redirect("/youth/outcome", notice="outcome-removed")


def _page(page: Page, values: dict[str, Any], errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        lines = own_outcomes.view(unit, page.actor)
    return page.html(
        "youth/outcome.html",
        status,
        lines=lines,
        values=values,
        errors=errors,
        kinds=outcome_words.kind_choices(),
        states=outcome_words.own_states(),
        places=outcome_words.place_choices(),
        sectors=choices.sector_choices(),
    )
