"""A desk's imports: what was sent in so far, empty forms, and sending one more."""

from typing import Any

from starlette.responses import Response

from matcher.flows.importing import history, tables, tasks
from matcher.refusal import Conflict, Invalid
from matcher.web import bulk_words
from matcher.web.attached import MEGABYTE, needed
from matcher.web.files import file_answer
from matcher.web.forms.base import parse
from matcher.web.forms.bulk import ImportsQuery, TemplateQuery, UploadForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK = {"kind": "", "keeps_unmapped": ""}


@router.get("/coordinator/imports")
@router.get("/centre/imports")
def listing(page: Paged) -> Response:
    base = desk_base(page)
    query = parse(ImportsQuery, page.request.query_params, ignore=LOOK)
    return _listing(page, base, query.page or 1, {**BLANK, "kind": query.kind}, {}, 200)


@router.post("/coordinator/imports")
@router.post("/centre/imports")
def upload(page: Paged) -> Response:
    base = desk_base(page)
    megabytes = page.services.settings.upload_limit_mb
    try:
        form = parse(UploadForm, page.form)
        data, name = needed(page.form, "file", megabytes)
        with page.writing() as unit:
            number = tasks.upload(
                unit, page.actor, form.kind, name, data, form.keeps_unmapped, megabytes * MEGABYTE
            )
    except (Invalid, Conflict) as refusal:
        return _listing(page, base, 1, typed_values(page.form, BLANK), *answer_to(refusal))
    return page.redirect(f"{base}/imports/tasks/{number}")


def _listing(
    page: Page, base: str, number: int, values: dict[str, Any], errors: dict[str, str], status: int
) -> Response:
    with page.reading() as unit:
        found = history.page(unit, page.actor, number)
        waiting = tasks.open_ones(unit, page.actor)
        refused = tasks.refused_ones(unit, page.actor)
    return page.html(
        "coordinator/imports.html",
        status,
        base=base,
        home=f"{base}/imports",
        found=found,
        waiting=waiting,
        refused=refused,
        values=values,
        errors=errors,
        limit=page.services.settings.upload_limit_mb,
        **_words(),
    )


@router.get("/coordinator/imports/template")
@router.get("/centre/imports/template")
def template(page: Paged) -> Response:
    desk_base(page)
    query = parse(TemplateQuery, page.request.query_params, ignore=LOOK)
    with page.reading() as unit:
        data = tables.template(unit, query.kind, query.format)
    return file_answer(data, f"oreum-{query.kind}", query.format)


def _words() -> dict[str, Any]:
    return {
        "kinds": bulk_words.kind_choices(),
        "kind_words": bulk_words.kind_words(),
        "states": bulk_words.state_words(),
    }
