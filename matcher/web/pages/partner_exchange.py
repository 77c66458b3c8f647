"""A partner's openings as files: take them along, or send them in."""

from typing import Any

from starlette.responses import Response

from matcher.flows import partner_exchange
from matcher.flows.importing import history, tables, tasks
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, Invalid
from matcher.web import bulk_words, partner_firm_words
from matcher.web.attached import MEGABYTE, needed
from matcher.web.files import file_answer
from matcher.web.forms.base import parse
from matcher.web.forms.matching import LOOK
from matcher.web.forms.partner_firm import (
    ExchangeFile,
    ExchangeQuery,
    ExchangeTemplate,
    ExchangeUpload,
)
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
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
    megabytes = page.services.settings.upload_limit_mb
    try:
        form = parse(ExchangeUpload, page.form)
        data, name = needed(page.form, "file", megabytes)
        with page.writing() as unit:
            number = tasks.upload(
                unit, page.actor, form.kind, name, data, form.keeps_unmapped, megabytes * MEGABYTE
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


def _words() -> dict[str, Any]:
    return {
        "home": HOME,
        "kinds": partner_firm_words.kind_choices(),
        "kind_words": bulk_words.kind_words(),
        "states": bulk_words.state_words(),
    }
