"""Checking a record without a network: the page, the same as a file, and what its words mean."""

from starlette.responses import JSONResponse, Response

from matcher.flows import offline_verifier
from matcher.i18n import gettext as _
from matcher.rendering.verifier import pinned_text, verifier_file
from matcher.rendering.verifier_words import page_words
from matcher.web.files import file_answer
from matcher.web.gates import pages
from matcher.web.headers import PUBLISHED
from matcher.web.page import Page, Paged

router = pages()


@router.get("/verify")
def show(page: Paged) -> Response:
    text = pinned_text(_carried(page))
    return page.html("public/verify.html", words=page_words(), pinned=text)


@router.get("/verify.html")
def file(page: Paged) -> Response:
    """Saved, never opened here: it holds scripts, which no page of ours does."""
    return file_answer(verifier_file(_carried(page)).encode("utf-8"), "oreum-verify", "html")


@router.get("/contexts/record-v1.jsonld")
def context(page: Paged) -> Response:
    headers = {**PUBLISHED, "Cache-Control": "public, max-age=86400"}
    found = offline_verifier.context(page.services.key_vault)
    return JSONResponse(found, 200, headers, "application/ld+json")


def _carried(page: Page) -> dict[str, object]:
    services = page.services
    operator = services.settings.operator_name or _("오름")
    with page.reading() as unit:
        return offline_verifier.carried(unit, services.key_vault, operator)
