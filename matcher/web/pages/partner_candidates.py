"""Masked candidates of one opening: listed, one by one, as a table, and what is decided there."""

from typing import Any

from starlette.responses import Response

from matcher.flows import (
    calibrating,
    candidate_actions,
    candidates,
    ranked_limit,
)
from matcher.i18n import gettext as _
from matcher.matching.candidate_views import NEW, Chosen, Queue
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.web import candidate_words, partner_choices, review_part
from matcher.web.forms.base import FormT, parse, typed
from matcher.web.forms.candidates import (
    CandidateQuery,
    CandidatesQuery,
    CompareQuery,
    ExampleForm,
    MarkForm,
    MarkManyForm,
    PressForm,
)
from matcher.web.forms.partner import AskForm
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id, Slug
from matcher.web.refused import answer_to

router = pages()
Errors = dict[str, str]
BASE = "/partner/openings/{opening_id}/candidates"


@router.get(BASE)
def list_candidates(page: Paged, opening_id: Id) -> Response:
    query = _query(page, CandidatesQuery)
    with page.reading() as unit:
        ranked_limit.check(unit, page.actor)
        queue = candidates.queue(
            unit, page.actor, operation_of(page), opening_id, query.tab, query.page, query.filters
        )
    return _page(page, queue, None, {}, {}, 200)


@router.get(BASE + "/grid")
def show_grid(page: Paged, opening_id: Id) -> Response:
    return _grid(page, opening_id, _query(page, CandidatesQuery), {}, {}, 200)


@router.post(BASE + "/marks")
def mark_many(page: Paged, opening_id: Id) -> Response:
    query, values = _query(page, CandidatesQuery), typed(MarkManyForm, page.form)
    try:
        form = parse(MarkManyForm, page.form)
        with page.writing() as unit:
            candidate_actions.mark_many(
                unit, page.actor, operation_of(page), opening_id,
                form.numbers, form.state, form.reason,
            )  # fmt: skip
    except (Invalid, Conflict, Forbidden) as refusal:
        return _grid(page, opening_id, query, values, *answer_to(refusal))
    path = f"{_path(opening_id)}/grid?{candidate_words.query_of(query.tab, query.filters)}"
    return page.redirect(path, notice="candidate-marked")


@router.post(BASE + "/undo")
def undo(page: Paged, opening_id: Id) -> Response:
    query = _query(page, CandidatesQuery)
    parse(PressForm, page.form)
    path = f"{_path(opening_id)}?{candidate_words.query_of(query.tab, query.filters)}"
    try:
        with page.writing() as unit:
            people = candidate_actions.undo(unit, page.actor, operation_of(page), opening_id)
    except (Conflict, Forbidden):
        return page.redirect(path, notice="candidate-not-undone")
    if len(people) == 1:
        path = path.replace("?", f"/{people[0]}?")
    return page.redirect(path, notice="candidate-undone")


@router.get(BASE + "/compare")
def compare(page: Paged, opening_id: Id) -> Response:
    query = _query(page, CompareQuery)
    with page.reading() as unit:
        ranked_limit.check(unit, page.actor)
        found = candidates.compare(unit, page.actor, operation_of(page), opening_id, query.c)
    status, errors = 200, {}
    if query.is_too_many:
        status, errors = 422, {"": _("넷까지 나란히 볼 수 있습니다. 먼저 고른 넷만 보입니다.")}
    return page.html(
        "partner/candidate_compare.html", status, found=found, errors=errors,
        **_shared(found.queue),
    )  # fmt: skip


@router.post(BASE + "/examples/clear")
def clear_examples(page: Paged, opening_id: Id) -> Response:
    query = _query(page, CandidatesQuery)
    parse(PressForm, page.form)
    with page.writing() as unit:
        calibrating.clear(unit, page.actor, operation_of(page), opening_id)
    path = f"{_path(opening_id)}?{candidate_words.query_of(query.tab, query.filters)}"
    return page.redirect(path, notice="examples-cleared")


@router.get(BASE + "/{number}")
def show_candidate(page: Paged, opening_id: Id, number: Slug) -> Response:
    query = _query(page, CandidateQuery)
    try:
        return _candidate(page, opening_id, number, {}, {}, 200)
    except NotFound:
        if not query.step:
            raise
    # the next one is not visible any more: the list goes on without them
    path = f"{_path(opening_id)}?{candidate_words.query_of(query.tab, query.filters)}"
    return page.redirect(path, notice="candidate-gone")


@router.post(BASE + "/{number}/mark")
def mark(page: Paged, opening_id: Id, number: Slug) -> Response:
    query, values = _query(page, CandidateQuery), typed(MarkForm, page.form)
    try:
        form = parse(MarkForm, page.form)
        with page.writing() as unit:
            candidate_actions.mark(
                unit, page.actor, operation_of(page), opening_id, number, form.state, form.reason,
                form.seen,
            )  # fmt: skip
    except (Invalid, Conflict, Forbidden) as refusal:
        return _candidate(page, opening_id, number, values, *answer_to(refusal))
    path, kept = _path(opening_id), candidate_words.query_of(query.tab, query.filters)
    if form.then is not None:
        return page.redirect(f"{path}/{form.then}?{kept}&step=1", notice="candidate-marked")
    if form.seen == NEW and form.state is not None:
        return page.redirect(f"{path}?{kept}", notice="candidate-last")
    return page.redirect(f"{path}/{number}?{kept}", notice="candidate-marked")


@router.post(BASE + "/{number}/example")
def set_example(page: Paged, opening_id: Id, number: Slug) -> Response:
    query = _query(page, CandidateQuery)
    form = parse(ExampleForm, page.form)
    change = calibrating.add if form.on else calibrating.remove
    try:
        with page.writing() as unit:
            change(unit, page.actor, operation_of(page), opening_id, number)
    except (Conflict, Forbidden) as refusal:
        return _candidate(page, opening_id, number, {}, *answer_to(refusal))
    kept = candidate_words.query_of(query.tab, query.filters)
    notice = "example-added" if form.on else "example-removed"
    return page.redirect(f"{_path(opening_id)}/{number}?{kept}", notice=notice)


@router.post(BASE + "/{number}/ask")
def ask(page: Paged, opening_id: Id, number: Slug) -> Response:
    query, values = _query(page, CandidateQuery), typed(AskForm, page.form)
    try:
        form = parse(AskForm, page.form)
        with page.writing() as unit:
            candidate_actions.ask(
                unit, page.actor, operation_of(page), opening_id, number,
                form.message, form.answer_by,
            )  # fmt: skip
    except (Invalid, Conflict, Forbidden) as refusal:
        return _candidate(page, opening_id, number, values, *answer_to(refusal))
    kept = candidate_words.query_of(query.tab, query.filters)
    return page.redirect(f"{_path(opening_id)}/{number}?{kept}", notice="introduction-asked")


def _query(page: Page, kind: type[FormT]) -> FormT:
    return parse(kind, page.request.query_params, ignore=("lang", "theme"))


def _candidate(
    page: Page, opening_id: int, number: str, values: dict[str, Any], errors: Errors, status: int
) -> Response:
    query = _query(page, CandidateQuery)
    with page.reading() as unit:
        queue, chosen = candidates.choose(
            unit, page.actor, operation_of(page), opening_id, number, query.filters
        )
    return _page(page, queue, chosen, values, errors, status)


def _page(
    page: Page,
    queue: Queue,
    chosen: Chosen | None,
    values: dict[str, Any],
    errors: Errors,
    status: int,
) -> Response:
    return page.html(
        "partner/candidates.html",
        status,
        chosen=chosen,
        compared=queue.rows[: candidates.MOST_COMPARED - 1],
        values={"message": "", "answer_by": "", "reason": "", **values},
        errors=errors,
        states=partner_choices.introduction_states(),
        grid=False,
        **review_part.of_candidate(
            page, queue.opening_id, None if chosen is None else chosen.row.number
        ),
        **_shared(queue),
    )


def _grid(
    page: Page,
    opening_id: int,
    query: CandidatesQuery,
    values: dict[str, Any],
    errors: Errors,
    status: int,
) -> Response:
    with page.reading() as unit:
        ranked_limit.check(unit, page.actor)
        queue = candidates.grid(
            unit, page.actor, operation_of(page), opening_id, query.tab, query.page, query.filters
        )
    return page.html(
        "partner/candidate_grid.html",
        status,
        values={"numbers": [], "reason": "", **values},
        errors=errors,
        grid=True,
        **_shared(queue),
    )


def _shared(queue: Queue) -> dict[str, Any]:
    path = _path(queue.opening_id)
    return {
        "queue": queue,
        "list_path": path,
        "query": candidate_words.query_of(queue.tab, queue.filters),
        "chips": candidate_words.chips(path, queue),
        "level_choices": candidate_words.level_choices(queue),
        "met_choices": candidate_words.met_choices(queue),
        "unfiltered": candidate_words.unfiltered(path, queue),
        "parts": candidate_words.parts(),
        "tab_words": candidate_words.tab_words(),
        "undo_words": candidate_words.undo_words(queue),
        "refusals": partner_choices.refusal_choices(),
        "frequent": candidate_words.frequent_reasons(),
        "others": candidate_words.other_reasons(),
    }


def _path(opening_id: int) -> str:
    return f"/partner/openings/{opening_id}/candidates"
