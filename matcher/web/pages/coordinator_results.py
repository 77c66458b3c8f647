"""What became of a desk's people, and the people behind each number."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from matcher.exchange.pack_sheet import unknown_word
from matcher.flows import results, saved_views
from matcher.i18n import format_percent
from matcher.refusal import Conflict, Invalid
from matcher.web.evaluation_words import dimension_words, stage_definitions, stage_words
from matcher.web.forms.base import parse
from matcher.web.forms.evaluation import BehindQuery, ResultsQuery, StudentsForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base, to_usual_view
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK = {"students": "", "counted_on": "", "source": ""}


@router.get("/coordinator/results")
@router.get("/centre/results")
def overview(page: Paged) -> Response:
    base = desk_base(page)
    usual = to_usual_view(page, base, "results")
    if usual is not None:
        return usual
    try:
        query = parse(ResultsQuery, page.request.query_params, ignore=(*LOOK, "view"))
        return _overview(page, base, query, BLANK, {}, 200)
    except Invalid as refusal:
        # The last of a cohort may leave; a view kept of it must not shut the page.
        return _overview(page, base, ResultsQuery(), BLANK, *answer_to(refusal))


@router.post("/coordinator/results/students")
def type_students(page: Paged) -> Response:
    base = desk_base(page)
    try:
        form = parse(StudentsForm, page.form)
        with page.writing() as unit:
            results.type_students(unit, page.actor, **form.model_dump())
    except (Invalid, Conflict) as refusal:
        values = typed_values(page.form, BLANK)
        return _overview(page, base, ResultsQuery(), values, *answer_to(refusal))
    return page.redirect(f"{base}/results#whole", notice="students-typed")


def _overview(
    page: Page,
    base: str,
    query: ResultsQuery,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Response:
    with page.reading() as unit:
        view = results.results(unit, page.actor, query.wanted(), query.by)
        views = saved_views.listed(unit, page.actor, "results")
    words, dimensions = stage_words(), dimension_words()
    return page.html(
        "coordinator/results.html",
        status,
        base=base,
        view=view,
        views=views,
        stages=list(zip(results.STAGES, view.counts, strict=True)),
        asked={key: value for key, value in query.model_dump().items() if value and key != "by"},
        words=words,
        definitions=stage_definitions(),
        dimensions=dimensions,
        ways=[(key, dimensions[key]) for key in view.choices],
        columns=[(word, True) for word in words.values()],
        bars=_bars(view, words),
        values=values,
        errors=errors,
    )


def _bars(view: results.Results, words: Mapping[str, str]) -> list[dict[str, object]]:
    first = view.counts[0]
    return [
        {"label": words[stage], "value": n, "note": _share(stage, n, first, view)}
        for stage, n in zip(results.STAGES, view.counts, strict=True)
    ]


def _share(stage: str, n: int, first: int, view: results.Results) -> str:
    if stage in view.nothing_known:
        return unknown_word()
    return format_percent(n / first, 1) if first else ""


@router.get("/coordinator/results/rows")
@router.get("/centre/results/rows")
def rows(page: Paged) -> Response:
    base = desk_base(page)
    query = parse(BehindQuery, page.request.query_params, ignore=LOOK)
    with page.reading() as unit:
        view = results.behind(unit, page.actor, query.wanted(), query.stage, query.page or 1)
    asked = query.model_dump(exclude={"page", "stage"}, exclude_defaults=True)
    return page.html(
        "coordinator/results_rows.html",
        base=base,
        view=view,
        stage=query.stage,
        asked=asked,
        words=stage_words(),
        definitions=stage_definitions(),
        dimensions=dimension_words(),
    )
