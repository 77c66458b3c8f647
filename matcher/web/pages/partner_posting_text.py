"""Paste a posting: what it asks for is marked in the text, looked through, and begins a draft."""

from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from matcher.flows import partner_desk, posting_text
from matcher.flows.partner_desk import OpeningView
from matcher.flows.posting_text import PostingText
from matcher.policy.states import OpeningAction
from matcher.refusal import Invalid
from matcher.web import opening_counting, partner_choices
from matcher.web.forms.base import message, parse
from matcher.web.forms.posting_text import PostingTextForm
from matcher.web.gates import pages
from matcher.web.opening_form import PLAIN, new_values, opening_form, stored_rows
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import typed_values

router = pages()
LISTS = ("req_kind", "req_text", "req_level", "req_pick")
_EMPTY: dict[str, Any] = {**dict.fromkeys((*PLAIN, "text"), ""), **{name: [] for name in LISTS}}


@router.get("/partner/openings/paste")
def paste(page: Paged) -> Response:
    return _paste(page, {}, None)


@router.post("/partner/openings/paste")
def read_pasted(page: Paged) -> Response:
    return _step(page, None)


@router.get("/partner/openings/{opening_id}/paste")
def paste_into(page: Paged, opening_id: Id) -> Response:
    """Reached by its address alone, it carries what is stored."""
    view = _view(page, opening_id)
    if OpeningAction.EDIT not in view.actions:
        return page.redirect(f"/partner/openings/{opening_id}", notice="opening-not-editable")
    rows = [astuple(row) for row in stored_rows(view)]
    lists = [[str(row[at]) for row in rows] for at in range(len(LISTS))]
    values = {name: getattr(view, name) for name in PLAIN} | dict(zip(LISTS, lists, strict=True))
    return _paste(page, {}, view, stored=values)


@router.post("/partner/openings/{opening_id}/paste")
def read_pasted_into(page: Paged, opening_id: Id) -> Response:
    view = _view(page, opening_id)
    if OpeningAction.EDIT not in view.actions:
        return page.redirect(f"/partner/openings/{opening_id}", notice="opening-not-editable")
    return _step(page, view)


def _step(page: Page, view: OpeningView | None) -> Response:
    try:
        form = parse(PostingTextForm, page.form)
        if form.step == "write":
            return _write(page, form, view)
        if form.step == "open":
            return _paste(page, {}, view)
        if not form.text:
            raise Invalid({"text": message("missing", {})})
        found = posting_text.read(form.text, [each.text for each in form.present()])
    except Invalid as refusal:
        return _paste(page, dict(refusal.fields), view, 422)
    return _paste(page, {}, view, found=found)


def _write(page: Page, form: PostingTextForm, view: OpeningView | None) -> Response:
    """On to the posting's own form, where saving is decided."""
    rows = [*form.present(), *form.taken()]
    start = new_values(page) if view is None else {}
    values = form.begun({**start, **form.carried(PLAIN)})
    counts = opening_counting.of_rows(page, values, rows, None if view is None else view.id)
    return opening_form(page, values, rows, {}, 200, view, counts=counts, is_pasted=True)


def _paste(
    page: Page,
    errors: dict[str, str],
    view: OpeningView | None,
    status: int = 200,
    found: PostingText | None = None,
    stored: Mapping[str, Any] | None = None,
) -> Response:
    typed = page.form if page.request.method == "POST" else FormData()
    return page.html(
        "partner/posting_text.html",
        status,
        view=view,
        found=found,
        errors=errors,
        values=typed_values(typed, {**_EMPTY, **(stored or {})}),
        plain=PLAIN,
        lists=LISTS,
        kinds=partner_choices.requirement_kinds(),
        topics=partner_choices.topics(),
    )


def _view(page: Page, opening_id: int) -> OpeningView:
    with page.reading() as unit:
        return partner_desk.opening(unit, page.actor, operation_of(page), opening_id)
