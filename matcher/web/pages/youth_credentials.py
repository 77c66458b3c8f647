"""A young person's signed credentials: the list, signing what is older, files to keep."""

from typing import Any

from starlette.responses import Response

from matcher.flows import issuing, own_credentials
from matcher.refusal import Conflict
from matcher.web.files import file_answer
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse
from matcher.web.forms.credentials import FormQuery, PartQuery
from matcher.web.forms.matching import LOOK
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Slug
from matcher.web.refused import form_again

router = pages()
LIST = "youth/credentials.html"


@router.get("/youth/credentials")
def show(page: Paged) -> Response:
    return page.html(LIST, errors={}, **_context(page))


@router.post("/youth/credentials/sign")
def sign(page: Paged) -> Response:
    try:
        parse(Nothing, page.form)
        with page.writing() as unit:
            issuing.sign_mine(unit, page.actor, page.services.key_vault)
    except Conflict as refusal:
        return form_again(page, LIST, refusal, **_context(page))
    return page.redirect("/youth/credentials", notice="credentials-signed")


@router.get("/youth/credentials/{issued}/file")
def download(page: Paged, issued: Slug) -> Response:
    form = parse(FormQuery, page.request.query_params, LOOK).form
    with page.reading() as unit:
        data = own_credentials.file(unit, page.actor, page.services.key_vault, issued, form)
    return file_answer(data, f"oreum-badge-{issued[:8]}", form)


@router.get("/youth/record/clr.jwt")
def whole(page: Paged) -> Response:
    part = parse(PartQuery, page.request.query_params, LOOK).part
    with page.reading() as unit:
        own_credentials.count_record(unit)
    with page.reading() as unit:
        data = own_credentials.record(unit, page.actor, page.services.key_vault, part)
    return file_answer(data, f"oreum-record-clr-{part}", "jwt")


def _context(page: Page) -> dict[str, Any]:
    with page.reading() as unit:
        return {"view": own_credentials.every(unit, page.actor, page.services.key_vault)}
