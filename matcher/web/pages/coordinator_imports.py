"""A desk's imports: upload, look at what was found, say yes, take back."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import Response

from matcher.flows import importing
from matcher.flows.importing import history, tables, tasks
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, Invalid
from matcher.web import bulk_words
from matcher.web.files import file_answer
from matcher.web.forms.base import parse
from matcher.web.forms.bulk import ImportsQuery, Press, TemplateQuery, UploadForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.params import Id
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
    limit = page.services.settings.upload_limit_mb * 1_048_576
    try:
        form = parse(UploadForm, page.form)
        name, data = _uploaded(page, limit)
        with page.writing() as unit:
            number = tasks.upload(
                unit, page.actor, form.kind, name, data, form.keeps_unmapped, limit
            )
    except (Invalid, Conflict) as refusal:
        return _listing(page, base, 1, typed_values(page.form, BLANK), *answer_to(refusal))
    return page.redirect(f"{base}/imports/tasks/{number}")


def _uploaded(page: Page, limit: int) -> tuple[str, bytes]:
    """Never more than one byte past the limit; the flow says so to the sender."""
    file = page.form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Invalid({"file": _("올릴 파일을 골라 주십시오.")})
    return file.filename, file.file.read(limit + 1)


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


@router.get("/coordinator/imports/tasks/{task_id}")
@router.get("/centre/imports/tasks/{task_id}")
def task(page: Paged, task_id: Id) -> Response:
    return _task(page, desk_base(page), task_id, {}, 200)


@router.get("/coordinator/imports/tasks/{task_id}/mistakes")
@router.get("/centre/imports/tasks/{task_id}/mistakes")
def mistakes(page: Paged, task_id: Id) -> Response:
    """The mistakes as a file, to be mended beside the one that was sent."""
    desk_base(page)
    with page.reading() as unit:
        view = tasks.task(unit, page.actor, task_id)
    heads = (_("파일의 줄"), _("열"), _("고칠 것"))
    names = tables.titles(view.kind)
    rows = [
        (each.line or "", names.get(each.column, each.column), each.text) for each in view.mistakes
    ]
    return file_answer(tables.csv_of(heads, rows), f"oreum-mistakes-{task_id}", "csv")


@router.post("/coordinator/imports/tasks/{task_id}/store")
@router.post("/centre/imports/tasks/{task_id}/store")
def order(page: Paged, task_id: Id) -> Response:
    base = desk_base(page)
    parse(Press, page.form)
    try:
        with page.writing() as unit:
            tasks.order(unit, page.actor, task_id)
    except Conflict as refusal:
        return _task(page, base, task_id, *answer_to(refusal))
    return page.redirect(f"{base}/imports/tasks/{task_id}")


@router.post("/coordinator/imports/tasks/{task_id}/drop")
@router.post("/centre/imports/tasks/{task_id}/drop")
def drop(page: Paged, task_id: Id) -> Response:
    base = desk_base(page)
    parse(Press, page.form)
    try:
        with page.writing() as unit:
            tasks.drop(unit, page.actor, task_id)
    except Conflict as refusal:
        return _task(page, base, task_id, *answer_to(refusal))
    return page.redirect(f"{base}/imports", notice="import-dropped")


def _task(page: Page, base: str, task_id: int, errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = tasks.task(unit, page.actor, task_id)
    return page.html(
        "coordinator/import_task.html",
        status,
        block="state",
        base=base,
        view=view,
        errors=errors,
        titles=tables.titles(view.kind),
        is_busy=view.state.value in ("waiting", "checking", "ordered", "storing"),
        **_words(),
    )


@router.get("/coordinator/imports/batches/{batch_id}")
@router.get("/centre/imports/batches/{batch_id}")
def batch(page: Paged, batch_id: Id) -> Response:
    return _batch(page, desk_base(page), batch_id, {}, 200)


@router.post("/coordinator/imports/batches/{batch_id}/revert")
@router.post("/centre/imports/batches/{batch_id}/revert")
def revert(page: Paged, batch_id: Id) -> Response:
    base = desk_base(page)
    parse(Press, page.form)
    try:
        with page.writing() as unit:
            importing.revert(unit, batch_id)
    except Conflict as refusal:
        return _batch(page, base, batch_id, *answer_to(refusal))
    return page.redirect(f"{base}/imports/batches/{batch_id}", notice="import-reverted")


def _batch(page: Page, base: str, batch_id: int, errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = history.batch(unit, page.actor, batch_id)
    return page.html(
        "coordinator/import_batch.html", status, base=base, view=view, errors=errors, **_words()
    )


def _words() -> dict[str, Any]:
    return {
        "kinds": bulk_words.kind_choices(),
        "kind_words": bulk_words.kind_words(),
        "states": bulk_words.state_words(),
        "tables": bulk_words.table_words(),
    }
