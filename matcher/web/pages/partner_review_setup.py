"""How an opening is reviewed: its criteria, its phases, and who scores whom."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from matcher.flows import review_assigning, review_phases, review_setup
from matcher.flows.review_setup import Criterion, Setup
from matcher.policy.reviewing import MOST_CRITERIA, even_weights
from matcher.refusal import Conflict, Invalid
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse, typed
from matcher.web.forms.reviews import (
    CriteriaForm,
    PhaseForm,
    PhaseQuery,
    PhaseStep,
    ReviewersForm,
)
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id, Slug
from matcher.web.refused import answer_to
from models.review import OthersScores

router = pages()
Errors = Mapping[str, str]
Row = tuple[str, str, str]
SPARE_ROWS = 2
_NEW_PHASE = {
    "name": "", "starts_on": "", "ends_on": "", "can_review": "1", "can_decide": "1",
    "shows_names": "1", "only_assigned": "", "others": "after_own", "version": 1,
}  # fmt: skip


@router.get("/partner/openings/{opening_id}/review/setup")
def show_setup(page: Paged, opening_id: Id) -> Response:
    query = parse(PhaseQuery, page.request.query_params, ignore=("lang", "theme"))
    view = _setup_view(page, opening_id)
    phase = next((each for each in view.phases if each.id == query.phase), None)
    values = _NEW_PHASE if phase is None else phase.model_dump()
    return _setup(page, view, phase_values=values, editing=None if phase is None else phase.id)


@router.post("/partner/openings/{opening_id}/review/criteria")
def save_criteria(page: Paged, opening_id: Id) -> Response:
    try:
        form = parse(CriteriaForm, page.form)
        if form.do != "save":
            return _suggested(page, opening_id, form)
        with page.writing() as unit:
            review_setup.save_criteria(unit, page.actor, opening_id, form.criteria(), form.rubric)
    except (Invalid, Conflict) as refusal:
        is_stale = refusal.code == review_setup.STALE
        return _criteria_again(page, opening_id, *answer_to(refusal), both=is_stale)
    return page.redirect(_setup_path(opening_id), notice="review-criteria-saved")


@router.post("/partner/openings/{opening_id}/review/phases")
def add_phase(page: Paged, opening_id: Id) -> Response:
    try:
        form = parse(PhaseForm, page.form)
        with page.writing() as unit:
            review_phases.add(unit, page.actor, opening_id, form.draft())
    except (Invalid, Conflict) as refusal:
        return _phase_again(page, opening_id, None, *answer_to(refusal))
    return page.redirect(_setup_path(opening_id), notice="review-phase-saved")


@router.post("/partner/openings/{opening_id}/review/phases/{phase_id}")
def edit_phase(page: Paged, opening_id: Id, phase_id: Id) -> Response:
    try:
        form = parse(PhaseForm, page.form)
        with page.writing() as unit:
            review_phases.edit(unit, page.actor, opening_id, phase_id, form.version, form.draft())
    except (Invalid, Conflict) as refusal:
        return _phase_again(page, opening_id, phase_id, *answer_to(refusal))
    return page.redirect(_setup_path(opening_id), notice="review-phase-saved")


@router.post("/partner/openings/{opening_id}/review/phases/{phase_id}/remove")
def remove_phase(page: Paged, opening_id: Id, phase_id: Id) -> Response:
    form = parse(PhaseStep, page.form)
    try:
        with page.writing() as unit:
            review_phases.remove(unit, page.actor, opening_id, phase_id, form.version)
    except Conflict as refusal:
        return _setup(page, _setup_view(page, opening_id), {"": refusal.message}, 409)
    return page.redirect(_setup_path(opening_id), notice="review-phase-removed")


@router.post("/partner/openings/{opening_id}/review/spread")
def spread(page: Paged, opening_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        found = review_assigning.spread(unit, page.actor, operation_of(page), opening_id)
    notice = "review-spread" if found else "review-spread-none"
    return page.redirect(_setup_path(opening_id), notice=notice)


@router.post("/partner/openings/{opening_id}/review/people/{number}/reviewers")
def assign(page: Paged, opening_id: Id, number: Slug) -> Response:
    try:
        form = parse(ReviewersForm, page.form)
        with page.writing() as unit:
            review_assigning.assign(
                unit, page.actor, operation_of(page), opening_id, number, form.reviewers
            )
    except Invalid as refusal:
        view = _setup_view(page, opening_id)
        return _setup(page, view, refusal.fields, 422)
    return page.redirect(_setup_path(opening_id), notice="review-assigned")


def _setup_view(page: Page, opening_id: int) -> Setup:
    with page.reading() as unit:
        return review_setup.view(unit, page.actor, operation_of(page), opening_id)


def _setup(
    page: Page,
    view: Setup,
    errors: Errors | None = None,
    status: int = 200,
    rows: Sequence[Row] | None = None,
    phase_values: Mapping[str, Any] | None = None,
    editing: int | None = None,
    *,
    both: bool = False,
) -> Response:
    if rows is None:
        rows = _rows(view.criteria)
    wanted = min(MOST_CRITERIA, max(len(rows) + SPARE_ROWS, 3))
    return page.html(
        "partner/review_setup.html",
        status,
        view=view,
        both=both,
        rows=[*rows, *[("", "", "")] * (wanted - len(rows))],
        total=sum(int(weight) for _name, _hint, weight in rows if weight.isdecimal()),
        phase_values=_NEW_PHASE if phase_values is None else phase_values,
        editing=editing,
        errors=dict(errors or {}),
        others=list(OthersScores),
    )


def _suggested(page: Page, opening_id: int, form: CriteriaForm) -> Response:
    """The form with even weights, or with what the posting asks for; nothing is stored yet."""
    named = form.named()
    if form.do == "posting":
        with page.reading() as unit:
            found = review_setup.from_posting(unit, page.actor, opening_id)
        return _setup(page, _setup_view(page, opening_id), rows=_rows(found))
    weights = even_weights(len(named)) if named else ()
    rows = [(name, hint, str(each)) for (name, hint), each in zip(named, weights, strict=True)]
    return _setup(page, _setup_view(page, opening_id), rows=rows)


def _criteria_again(
    page: Page, opening_id: int, errors: Errors, status: int, *, both: bool = False
) -> Response:
    """As typed; after a conflict saving again is a decision made with both versions in sight."""
    rows = _typed_rows(page.form)
    return _setup(page, _setup_view(page, opening_id), errors, status, rows, both=both)


def _phase_again(
    page: Page, opening_id: int, phase_id: int | None, errors: Errors, status: int
) -> Response:
    view = _setup_view(page, opening_id)
    stored = next((each for each in view.phases if each.id == phase_id), None)
    values = {**dict.fromkeys(_NEW_PHASE, ""), **typed(PhaseForm, page.form)}
    values["version"] = 1 if stored is None else stored.version
    editing = None if stored is None else stored.id
    return _setup(page, view, errors, status, phase_values=values, editing=editing)


def _rows(criteria: Sequence[Criterion]) -> list[Row]:
    return [(each.name, each.hint, str(each.weight)) for each in criteria]


def _typed_rows(form: FormData) -> list[Row]:
    names, hints, weights = (
        [str(item)[:300] for item in form.getlist(key)][:MOST_CRITERIA]
        for key in ("name", "hint", "weight")
    )
    longest = max(len(names), len(hints), len(weights))
    filled = ([*each, *[""] * (longest - len(each))] for each in (names, hints, weights))
    rows = list(zip(*filled, strict=True))
    return [row for row in rows if any(text.strip() for text in row)]


def _setup_path(opening_id: int) -> str:
    return f"/partner/openings/{opening_id}/review/setup"
