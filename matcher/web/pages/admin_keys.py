"""The keys this service signs with, for an admin who gave the password again."""

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from matcher.db import Unit
from matcher.flows import issuer_keys
from matcher.refusal import Conflict
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Slug
from matcher.web.refused import form_again

router = pages()
DESK = "admin/keys.html"


@router.get("/admin/keys")
def desk(page: Paged) -> Response:
    return page.html(DESK, errors={}, **_context(page))


@router.post("/admin/keys")
def make(page: Paged) -> Response:
    vault = page.services.key_vault
    return _act(page, lambda unit: issuer_keys.make(unit, vault), "key-made")


@router.post("/admin/keys/{key}/retire")
def retire(page: Paged, key: Slug) -> Response:
    return _act(page, lambda unit: issuer_keys.retire(unit, key), "key-retired")


@router.post("/admin/keys/{key}/revoke")
def revoke(page: Paged, key: Slug) -> Response:
    vault = page.services.key_vault
    return _act(page, lambda unit: issuer_keys.revoke(unit, vault, key), "key-revoked")


def _act(page: Page, do: Callable[[Unit], object], notice: str) -> Response:
    parse(Nothing, page.form)
    try:
        with page.writing() as unit:
            do(unit)
    except Conflict as refusal:
        return form_again(page, DESK, refusal, **_context(page))
    return page.redirect("/admin/keys", notice=notice)


def _context(page: Page) -> dict[str, Any]:
    with page.reading() as unit:
        return {"shelf": issuer_keys.shelf(unit, page.services.key_vault)}
