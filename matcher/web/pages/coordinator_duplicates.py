"""Records that may be of one person: pairs, side by side, merged, taken back."""

from starlette.responses import Response

from matcher.flows import duplicates
from matcher.refusal import Conflict, Invalid
from matcher.web import choices, duplicate_words
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse
from matcher.web.forms.duplicates import ApartForm, MergeForm, PairQuery
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()


@router.get("/coordinator/duplicates")
@router.get("/centre/duplicates")
def listing(page: Paged) -> Response:
    query = parse(PairQuery, page.request.query_params, ignore=LOOK)
    return _page(page, desk_base(page), query.numbers(), {}, 200)


@router.post("/coordinator/duplicates/merge")
@router.post("/centre/duplicates/merge")
def merge(page: Paged) -> Response:
    base = desk_base(page)
    try:
        form = parse(MergeForm, page.form)
        with page.writing() as unit:
            duplicates.merge(unit, page.actor, form.choice())
    except (Invalid, Conflict) as refusal:
        return _page(page, base, None, *answer_to(refusal))
    return page.redirect(f"{base}/duplicates", notice="person-merged")


@router.post("/coordinator/duplicates/apart")
@router.post("/centre/duplicates/apart")
def keep_apart(page: Paged) -> Response:
    base = desk_base(page)
    try:
        form = parse(ApartForm, page.form)
        with page.writing() as unit:
            duplicates.keep_apart(unit, page.actor, form.first, form.second)
    except (Invalid, Conflict) as refusal:
        return _page(page, base, None, *answer_to(refusal))
    return page.redirect(f"{base}/duplicates", notice="person-apart")


@router.post("/coordinator/duplicates/{merge_id}/undo")
@router.post("/centre/duplicates/{merge_id}/undo")
def undo(page: Paged, merge_id: Id) -> Response:
    base = desk_base(page)
    parse(Nothing, page.form)
    try:
        with page.writing() as unit:
            duplicates.undo(unit, page.actor, merge_id)
    except Conflict as refusal:
        return _page(page, base, None, *answer_to(refusal))
    return page.redirect(f"{base}/duplicates", notice="person-unmerged")


def _page(
    page: Page, base: str, pair: tuple[int, int] | None, errors: dict[str, str], status: int
) -> Response:
    with page.reading() as unit:
        view = duplicates.view(unit, page.actor, pair)
    return page.html(
        "coordinator/duplicates.html",
        status,
        base=base,
        view=view,
        errors=errors,
        reasons=duplicate_words.reason_words(),
        fields=duplicate_words.field_words(),
        rows=duplicate_words.row_words(),
        statuses=dict(choices.status_choices()),
    )
