"""A young person's share links: make one, see when it was opened, end it."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from matcher.flows import sharing
from matcher.refusal import Conflict, Invalid
from matcher.rendering.qr_code import drawn
from matcher.web import sharing_words
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse
from matcher.web.forms.sharing import LinkForm
from matcher.web.gates import pages
from matcher.web.operating import site_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to, still_there, typed_values

router = pages()
HERE = "/youth/sharing"
BLANK: dict[str, Any] = {"parts": [], "expires_on": "", "label": ""}


@router.get("/youth/sharing")
def show(page: Paged) -> Response:
    return _page(page)


@router.post("/youth/sharing")
def make(page: Paged) -> Response:
    """Answers with the page itself, because the address is shown this once and stored nowhere."""
    try:
        wanted = parse(LinkForm, page.form).wanted()
        with page.writing() as unit:
            token = sharing.make(unit, page.actor, wanted)
    except (Invalid, Conflict) as refusal:
        return _page(page, *answer_to(refusal), typed_values(page.form, BLANK))
    return _page(page, address=f"{site_of(page)}/shared/{token}")


@router.post("/youth/sharing/revoke-all")
def revoke_all(page: Paged) -> Response:
    parse(Nothing, page.form)
    try:
        with page.writing() as unit:
            sharing.revoke_all(unit, page.actor)
    except Conflict as refusal:
        return _page(page, *answer_to(refusal))
    return page.redirect(HERE, notice="share-links-ended")


@router.get("/youth/sharing/{link_id}")
def one(page: Paged, link_id: Id) -> Response:
    return _one(page, link_id)


@router.post("/youth/sharing/{link_id}/revoke")
def revoke(page: Paged, link_id: Id) -> Response:
    parse(Nothing, page.form)
    try:
        with page.writing() as unit:
            sharing.revoke(unit, page.actor, link_id)
    except Conflict as refusal:
        errors, status = answer_to(refusal)
        with still_there(errors, status):
            return _one(page, link_id, errors, status)
    return page.redirect(HERE, notice="share-link-ended")


def _page(
    page: Page,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    values: Mapping[str, Any] | None = None,
    address: str = "",
) -> Response:
    with page.reading() as unit:
        view = sharing.view(unit, page.actor)
    blank = {**BLANK, "parts": ["certificates", "skills"], "expires_on": view.usual_day}
    return page.html(
        "youth/sharing.html",
        status,
        view=view,
        address=address,
        code=drawn(address) if address else None,
        errors=errors or {},
        values={**blank, **(values or {})},
        parts=sharing_words.part_choices(),
        part_names=sharing_words.part_names(),
    )


def _one(
    page: Page, link_id: int, errors: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    with page.reading() as unit:
        line, uses = sharing.one(unit, page.actor, link_id)
        seen = sharing.as_read(unit, page.actor, line)
    return page.html(
        "youth/sharing_link.html",
        status,
        line=line,
        uses=uses,
        shared=seen,
        errors=errors or {},
        part_names=sharing_words.part_names(),
    )
