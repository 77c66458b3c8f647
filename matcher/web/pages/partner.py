"""The partner's home and its openings: list, one, new, edit, hand in, end, copy."""

from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from matcher.flows import opening_help, openings, partner_desk
from matcher.flows.partner_desk import OpeningView
from matcher.matching.count_refusals import note_count
from matcher.matching.typed_requirements import TypedRow
from matcher.policy.states import OpeningAction
from matcher.refusal import Conflict, Invalid
from matcher.web import opening_counting, partner_choices, review_part
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse
from matcher.web.forms.partner import OpeningForm, StepForm, typed_rows
from matcher.web.gates import pages
from matcher.web.opening_form import PLAIN, Errors, new_values, opening_form, stored_rows
from matcher.web.opening_page import opening_page
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from models.opening import OpeningState

router = pages()


@router.get("/partner")
def home(page: Paged) -> Response:
    return _desk(page, "partner/home.html", **review_part.of_home(page))


@router.get("/partner/openings")
def list_openings(page: Paged) -> Response:
    return _desk(page, "partner/openings.html")


def _desk(page: Page, template: str, **more: Any) -> Response:
    with page.reading() as unit:
        desk = partner_desk.desk(unit, page.actor, operation_of(page))
    states = partner_choices.opening_states()
    asked = partner_choices.introduction_states()
    return page.html(template, desk=desk, states=states, asked=asked, **more)


@router.get("/partner/openings/new")
def new_opening(page: Paged, start: str = "") -> Response:
    role = opening_help.from_role(start[:60])
    values = new_values(page)
    rows: list[TypedRow] = []
    if role is not None:
        values |= {"role": role.slug, "sector": role.sector}
        values |= {"title_ko": role.name_ko, "title_en": role.name_en}
        rows = [TypedRow(kind, name, str(level or "")) for kind, name, level in role.rows]
    return opening_form(page, values, rows, {}, 200)


@router.post("/partner/openings/new")
def create_opening(page: Paged) -> Response:
    if page.form.keys() & {"check", "take"}:
        return _again(page, {}, 200)
    try:
        draft = parse(OpeningForm, page.form, ("csrf", "save")).draft()
        with page.writing() as unit:
            opening_id = openings.create(unit, page.actor, draft)
            note_count(unit, page.actor)
    except Invalid as refusal:
        return _again(page, refusal.fields, 422)
    return page.redirect(f"/partner/openings/{opening_id}", notice="opening-saved")


@router.get("/partner/openings/{opening_id}")
def show_opening(page: Paged, opening_id: Id) -> Response:
    return opening_page(page, _view(page, opening_id))


@router.get("/partner/openings/{opening_id}/edit")
def edit_opening(page: Paged, opening_id: Id, take: str = "") -> Response:
    view = _view(page, opening_id)
    if OpeningAction.EDIT not in view.actions:
        return page.redirect(f"/partner/openings/{opening_id}", notice="opening-not-editable")
    values, rows = {name: getattr(view, name) for name in PLAIN}, stored_rows(view)
    if take:
        values, rows = opening_counting.taken_over(values, rows, take, view.is_locked)
    counts = None if take else opening_counting.of_stored(page, opening_id)
    return opening_form(page, values, rows, {}, 200, view, counts=counts, is_taken=bool(take))


@router.post("/partner/openings/{opening_id}/edit")
def save_opening(page: Paged, opening_id: Id) -> Response:
    if page.form.keys() & {"check", "take"}:
        return _again(page, {}, 200, _view(page, opening_id))
    try:
        form = parse(OpeningForm, page.form, ("csrf", "save"))
        with page.writing() as unit:
            state = openings.edit(unit, page.actor, opening_id, form.version, form.draft())
            note_count(unit, page.actor)
    except Invalid as refusal:
        return _again(page, refusal.fields, 422, _view(page, opening_id))
    except Conflict as refusal:
        if refusal.code != openings.STALE:
            raise
        return _again(page, {"": refusal.message}, 409, _view(page, opening_id), both=True)
    notice = "opening-rechecked" if state is OpeningState.SUBMITTED else "opening-saved"
    return page.redirect(f"/partner/openings/{opening_id}", notice=notice)


@router.post("/partner/openings/{opening_id}/submit")
def submit_opening(page: Paged, opening_id: Id) -> Response:
    form = parse(StepForm, page.form)
    with page.writing() as unit:
        state = openings.submit(unit, page.actor, opening_id, form.version)
    notice = "opening-published" if state is OpeningState.PUBLISHED else "opening-submitted"
    return page.redirect(f"/partner/openings/{opening_id}", notice=notice)


@router.post("/partner/openings/{opening_id}/close")
def close_opening(page: Paged, opening_id: Id) -> Response:
    return _end(page, opening_id, OpeningAction.CLOSE)


@router.post("/partner/openings/{opening_id}/fill")
def fill_opening(page: Paged, opening_id: Id) -> Response:
    return _end(page, opening_id, OpeningAction.FILL)


def _end(page: Page, opening_id: int, action: OpeningAction) -> Response:
    form = parse(StepForm, page.form)
    with page.writing() as unit:
        openings.end(unit, page.actor, opening_id, form.version, action)
    return page.redirect(f"/partner/openings/{opening_id}", notice="opening-ended")


@router.post("/partner/openings/{opening_id}/copy")
def copy_opening(page: Paged, opening_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        copied = openings.copy(unit, page.actor, opening_id)
    return page.redirect(f"/partner/openings/{copied}/edit", notice="opening-copied")


def _view(page: Page, opening_id: int) -> OpeningView:
    with page.reading() as unit:
        return partner_desk.opening(unit, page.actor, operation_of(page), opening_id)


def _again(
    page: Page, errors: Errors, status: int, view: OpeningView | None = None, *, both: bool = False
) -> Response:
    """The form as it was typed. After a conflict the version is the stored one, so that saving
    again is a decision made with both texts in sight."""
    values = _typed_values(page.form)
    if both and view is not None:
        values["version"] = view.version
    rows, code = _typed_rows(page.form), str(page.form.get("take") or "")
    if code:
        is_locked = view is not None and view.is_locked
        values, rows = opening_counting.taken_over(values, rows, code, is_locked)
    opening_id = None if view is None else view.id
    # a refused form writes nothing, not even a question
    asks = status == 200
    counts = opening_counting.of_rows(page, values, rows, opening_id) if asks else None
    return opening_form(
        page, values, rows, errors, status, view, both=both, counts=counts, is_taken=bool(code)
    )


def _typed_values(form: FormData) -> dict[str, Any]:
    return {name: str(form.get(name) or "")[:20_000] for name in PLAIN if name in form}


def _typed_rows(form: FormData) -> list[TypedRow]:
    lists = _typed_lists(form)
    try:
        return typed_rows(*lists)
    except Invalid:
        return [TypedRow("must", text) for text in lists[1] if text.strip()]


def _typed_lists(form: FormData) -> tuple[list[str], list[str], list[str], list[str]]:
    names = ("req_kind", "req_text", "req_level", "req_pick")
    kinds, texts, levels, picks = (
        [str(item)[:500] for item in form.getlist(name)][:60] for name in names
    )
    return kinds, texts, levels, picks
