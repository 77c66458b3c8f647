"""One file sent in by a desk or a partner: what was found in it, the yes, and taking it back."""

from typing import Any

from starlette.responses import Response

from matcher.flows import importing
from matcher.flows.importing import history, tables, tasks
from matcher.i18n import gettext as _
from matcher.refusal import Conflict
from matcher.web import bulk_words
from matcher.web.files import file_answer
from matcher.web.forms.base import parse
from matcher.web.forms.bulk import Press
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()


@router.get("/coordinator/imports/tasks/{task_id}")
@router.get("/centre/imports/tasks/{task_id}")
@router.get("/partner/exchange/tasks/{task_id}")
def task(page: Paged, task_id: Id) -> Response:
    return _task(page, task_id, {}, 200)


@router.get("/coordinator/imports/tasks/{task_id}/mistakes")
@router.get("/centre/imports/tasks/{task_id}/mistakes")
@router.get("/partner/exchange/tasks/{task_id}/mistakes")
def mistakes(page: Paged, task_id: Id) -> Response:
    """The mistakes as a file, to be mended beside the one that was sent."""
    _place(page)
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
@router.post("/partner/exchange/tasks/{task_id}/store")
def order(page: Paged, task_id: Id) -> Response:
    home = _place(page)["home"]
    parse(Press, page.form)
    try:
        with page.writing() as unit:
            tasks.order(unit, page.actor, task_id)
    except Conflict as refusal:
        return _task(page, task_id, *answer_to(refusal))
    return page.redirect(f"{home}/tasks/{task_id}")


@router.post("/coordinator/imports/tasks/{task_id}/drop")
@router.post("/centre/imports/tasks/{task_id}/drop")
@router.post("/partner/exchange/tasks/{task_id}/drop")
def drop(page: Paged, task_id: Id) -> Response:
    home = _place(page)["home"]
    parse(Press, page.form)
    try:
        with page.writing() as unit:
            tasks.drop(unit, page.actor, task_id)
    except Conflict as refusal:
        return _task(page, task_id, *answer_to(refusal))
    return page.redirect(home, notice="import-dropped")


@router.get("/coordinator/imports/batches/{batch_id}")
@router.get("/centre/imports/batches/{batch_id}")
@router.get("/partner/exchange/batches/{batch_id}")
def batch(page: Paged, batch_id: Id) -> Response:
    return _batch(page, batch_id, {}, 200)


@router.post("/coordinator/imports/batches/{batch_id}/revert")
@router.post("/centre/imports/batches/{batch_id}/revert")
@router.post("/partner/exchange/batches/{batch_id}/revert")
def revert(page: Paged, batch_id: Id) -> Response:
    home = _place(page)["home"]
    parse(Press, page.form)
    try:
        with page.writing() as unit:
            importing.revert(unit, batch_id)
    except Conflict as refusal:
        return _batch(page, batch_id, *answer_to(refusal))
    return page.redirect(f"{home}/batches/{batch_id}", notice="import-reverted")


def _place(page: Page) -> dict[str, str]:
    """`base` the desk, `home` where its files are; a desk of another role is not there."""
    path = page.request.url.path
    base = "/partner" if path.startswith("/partner/") else desk_base(page)
    return {"base": base, "home": "/".join(path.split("/")[:3])}


def _task(page: Page, task_id: int, errors: dict[str, str], status: int) -> Response:
    place = _place(page)
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
        **place,
        **_words(),
    )


def _batch(page: Page, batch_id: int, errors: dict[str, str], status: int) -> Response:
    place = _place(page)
    with page.reading() as unit:
        view = history.batch(unit, page.actor, batch_id)
    return page.html(
        "coordinator/import_batch.html", status, view=view, errors=errors, **place, **_words()
    )


def _words() -> dict[str, Any]:
    return {
        "kind_words": bulk_words.kind_words(),
        "states": bulk_words.state_words(),
        "tables": bulk_words.table_words(),
    }
