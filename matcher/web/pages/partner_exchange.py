"""A partner's openings as files: take them along, put them in, look before storing, take back."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import Response

from matcher.flows import importing, partner_exchange
from matcher.flows.importing import history, tables, tasks
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, Invalid
from matcher.web import bulk_words, partner_firm_words
from matcher.web.files import file_answer
from matcher.web.forms.base import parse
from matcher.web.forms.bulk import Press
from matcher.web.forms.matching import LOOK
from matcher.web.forms.partner_firm import (
    ExchangeFile,
    ExchangeQuery,
    ExchangeTemplate,
    ExchangeUpload,
)
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
HOME = "/partner/exchange"
BLANK = {"kind": "openings", "keeps_unmapped": ""}
FILE_BLANK = {"kind": "openings", "format": "xlsx"}


@router.get("/partner/exchange")
def show(page: Paged) -> Response:
    query = parse(ExchangeQuery, page.request.query_params, LOOK)
    values = BLANK | ({"kind": query.kind} if query.kind else {})
    return _show(page, values, {}, 200, query.page)


@router.post("/partner/exchange")
def upload(page: Paged) -> Response:
    limit = page.services.settings.upload_limit_mb * 1_048_576
    try:
        form = parse(ExchangeUpload, page.form)
        file = page.form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise Invalid({"file": _("올릴 파일을 골라 주십시오.")})
        data = file.file.read(limit + 1)
        with page.writing() as unit:
            number = tasks.upload(
                unit, page.actor, form.kind, file.filename, data, form.keeps_unmapped, limit
            )
    except (Invalid, Conflict) as refusal:
        errors, status = answer_to(refusal)
        return _show(page, typed_values(page.form, BLANK), errors, status)
    return page.redirect(f"{HOME}/tasks/{number}")


@router.post("/partner/exchange/file")
def take(page: Paged) -> Response:
    try:
        form = parse(ExchangeFile, page.form)
    except Invalid as refusal:
        errors = {f"file-{name}" if name else "": words for name, words in refusal.fields.items()}
        return _show(page, BLANK, errors, 422, taken=typed_values(page.form, FILE_BLANK))
    if form.format == "xml" and form.kind != "job_feed":
        errors = {"file-format": _("XML은 고용24 형식에만 있습니다.")}
        return _show(page, BLANK, errors, 422, taken=typed_values(page.form, FILE_BLANK))
    with page.reading() as unit:
        data = partner_exchange.file(unit, page.actor, form.kind, form.format)
    day = page.services.clock.today().isoformat()
    return file_answer(data, f"oreum-{form.kind}-{day}", form.format)


@router.get("/partner/exchange/template")
def template(page: Paged) -> Response:
    query = parse(ExchangeTemplate, page.request.query_params, LOOK)
    with page.reading() as unit:
        data = tables.template(unit, query.kind, query.format)
    return file_answer(data, f"oreum-{query.kind}", query.format)


@router.get("/partner/exchange/tasks/{task_id}")
def task(page: Paged, task_id: Id) -> Response:
    return _task(page, task_id, {}, 200)


@router.get("/partner/exchange/tasks/{task_id}/mistakes")
def mistakes(page: Paged, task_id: Id) -> Response:
    with page.reading() as unit:
        view = tasks.task(unit, page.actor, task_id)
    heads = (_("파일의 줄"), _("열"), _("고칠 것"))
    names = tables.titles(view.kind)
    rows = [
        (each.line or "", names.get(each.column, each.column), each.text) for each in view.mistakes
    ]
    return file_answer(tables.csv_of(heads, rows), f"oreum-mistakes-{task_id}", "csv")


@router.post("/partner/exchange/tasks/{task_id}/store")
def order(page: Paged, task_id: Id) -> Response:
    parse(Press, page.form)
    try:
        with page.writing() as unit:
            tasks.order(unit, page.actor, task_id)
    except Conflict as refusal:
        return _task(page, task_id, *answer_to(refusal))
    return page.redirect(f"{HOME}/tasks/{task_id}")


@router.post("/partner/exchange/tasks/{task_id}/drop")
def drop(page: Paged, task_id: Id) -> Response:
    parse(Press, page.form)
    try:
        with page.writing() as unit:
            tasks.drop(unit, page.actor, task_id)
    except Conflict as refusal:
        return _task(page, task_id, *answer_to(refusal))
    return page.redirect(HOME, notice="import-dropped")


@router.get("/partner/exchange/batches/{batch_id}")
def batch(page: Paged, batch_id: Id) -> Response:
    return _batch(page, batch_id, {}, 200)


@router.post("/partner/exchange/batches/{batch_id}/revert")
def revert(page: Paged, batch_id: Id) -> Response:
    parse(Press, page.form)
    try:
        with page.writing() as unit:
            importing.revert(unit, batch_id)
    except Conflict as refusal:
        return _batch(page, batch_id, *answer_to(refusal))
    return page.redirect(f"{HOME}/batches/{batch_id}", notice="import-reverted")


def _show(
    page: Page,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
    number: int = 1,
    taken: dict[str, Any] | None = None,
) -> Response:
    with page.reading() as unit:
        found = history.page(unit, page.actor, number)
        waiting = tasks.open_ones(unit, page.actor)
        refused = tasks.refused_ones(unit, page.actor)
        stock = partner_exchange.stock(unit, page.actor)
    return page.html(
        "partner/exchange.html",
        status,
        found=found,
        waiting=waiting,
        refused=refused,
        stock=stock,
        values=values,
        taken=taken or FILE_BLANK,
        errors=errors,
        limit=page.services.settings.upload_limit_mb,
        **_words(),
    )


def _task(page: Page, task_id: int, errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = tasks.task(unit, page.actor, task_id)
    return page.html(
        "coordinator/import_task.html",
        status,
        block="state",
        view=view,
        errors=errors,
        titles=tables.titles(view.kind),
        is_busy=view.state.value in ("waiting", "checking", "ordered", "storing"),
        **_words(),
    )


def _batch(page: Page, batch_id: int, errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = history.batch(unit, page.actor, batch_id)
    return page.html("coordinator/import_batch.html", status, view=view, errors=errors, **_words())


def _words() -> dict[str, Any]:
    return {
        "base": "/partner",
        "home": HOME,
        "kinds": partner_firm_words.kind_choices(),
        "kind_words": bulk_words.kind_words(),
        "states": bulk_words.state_words(),
        "tables": bulk_words.table_words(),
    }
