"""A record somebody shared; the address is the key, nobody is signed in."""

import json
from datetime import date

from starlette.responses import Response

from matcher.flows import shared_link
from matcher.web.files import file_answer
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Slug

router = pages()


@router.get("/shared/{token}")
def show(page: Paged, token: Slug) -> Response:
    vault = page.services.key_vault
    with page.reading() as unit:
        found = shared_link.look(unit, operation_of(page), token)
        can_sign = found is not None and shared_link.can_sign(unit, vault)
    if found is None:
        return _ended(page)
    return _private(page.html("public/shared.html", shared=found, token=token, can_sign=can_sign))


@router.get("/shared/{token}/record.json")
def as_json(page: Paged, token: Slug) -> Response:
    with page.reading() as unit:
        found = shared_link.look(unit, operation_of(page), token)
    if found is None:
        return _ended(page)
    told = shared_link.as_json(found)
    text = json.dumps(told, ensure_ascii=False, indent=2, default=date.isoformat)
    return _private(file_answer(text.encode(), "oreum-record", "json"))


@router.get("/shared/{token}/record.jwt")
def signed(page: Paged, token: Slug) -> Response:
    """Signed by this service, for whoever wants to check it without asking again."""
    with page.reading() as unit:
        found = shared_link.signed(unit, operation_of(page), page.services.key_vault, token)
    if found is None:
        return _ended(page)
    return _private(file_answer(found.encode("ascii"), "oreum-record", "jwt"))


def _ended(page: Page) -> Response:
    """Unknown, over, taken back, the account gone: from outside all the same."""
    return _private(page.html("public/shared_ended.html", 404))


def _private(response: Response) -> Response:
    """Not for search engines, kept nowhere, and the address goes nowhere with a click."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
