"""Ranking models: public cards, and the admin's desk."""

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from matcher.db import Unit
from matcher.flows import model_cards, models
from matcher.matching import model_words
from matcher.refusal import Conflict, Invalid
from matcher.web.forms.account import Nothing
from matcher.web.forms.admin import ModelTakenBack, RankingSwitched
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Slug
from matcher.web.refused import form_again, typed_values

router = pages()
DESK = "admin/models.html"
EMPTY = {"reason": ""}


@router.get("/models")
def cards(page: Paged) -> Response:
    with page.reading() as unit:
        found = model_cards.cards(unit)
    return page.html("public/models.html", cards=found, **_words())


@router.get("/models/{label}")
def card(page: Paged, label: Slug) -> Response:
    with page.reading() as unit:
        found = model_cards.card(unit, label)
    return page.html("public/model_card.html", card=found, **_words())


@router.get("/admin/models")
def desk(page: Paged) -> Response:
    return page.html(DESK, values=EMPTY, errors={}, **_desk(page))


@router.post("/admin/models/{label}/propose")
def propose(page: Paged, label: Slug) -> Response:
    parse(Nothing, page.form)
    return _act(page, lambda unit: models.propose(unit, label))


@router.post("/admin/models/{label}/promote")
def promote(page: Paged, label: Slug) -> Response:
    parse(Nothing, page.form)
    return _act(page, lambda unit: models.promote(unit, label))


@router.post("/admin/models/rollback")
def rollback(page: Paged) -> Response:
    seen = parse(ModelTakenBack, page.form).serving
    return _act(page, lambda unit: models.rollback(unit, seen))


@router.post("/admin/models/switch")
def switch(page: Paged) -> Response:
    try:
        form = parse(RankingSwitched, page.form)
        with page.writing() as unit:
            models.switch(unit, form.is_on, form.reason)
    except Invalid as refusal:
        values = typed_values(page.form, EMPTY)
        return form_again(page, DESK, refusal, values=values, **_desk(page))
    return page.redirect("/admin/models", notice="admin-saved")


def _act(page: Page, do: Callable[[Unit], object]) -> Response:
    try:
        with page.writing() as unit:
            do(unit)
    except Conflict as refusal:
        return form_again(page, DESK, refusal, values=EMPTY, **_desk(page))
    return page.redirect("/admin/models", notice="admin-saved")


def _desk(page: Page) -> dict[str, Any]:
    with page.reading() as unit:
        return {"shelf": models.shelf(unit), **_words()}


def _words() -> dict[str, Any]:
    return {
        "states": model_words.state_words(),
        "verdicts": model_words.verdict_words(),
        "sides": model_words.side_words(),
        "groups": model_words.group_words(),
    }
