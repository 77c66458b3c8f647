"""A person's signed credentials at a desk: suspending one, lifting that, taking one back."""

from typing import Any

from starlette.responses import Response

from matcher.flows import credential_desk
from matcher.refusal import Conflict, Forbidden, Invalid
from matcher.web.forms.base import parse
from matcher.web.forms.credentials import CredentialStep
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import desk_base
from matcher.web.params import Id, Slug
from matcher.web.refused import form_again

router = pages()
PAGE = "coordinator/credentials.html"


@router.get("/coordinator/people/{youth_id}/credentials")
@router.get("/centre/people/{youth_id}/credentials")
def show(page: Paged, youth_id: Id) -> Response:
    return page.html(PAGE, errors={}, at="", reason="", **_context(page, youth_id))


@router.post("/coordinator/credentials/{issued}")
@router.post("/centre/credentials/{issued}")
def move(page: Paged, issued: Slug) -> Response:
    with page.reading() as unit:
        youth_id = credential_desk.holder(unit, page.actor, issued)
    try:
        form = parse(CredentialStep, page.form)
        with page.writing() as unit:
            credential_desk.move(unit, page.actor, issued, form.step, form.reason, form.version)
    except (Invalid, Conflict, Forbidden) as refusal:
        typed = str(page.form.get("reason", ""))
        return form_again(page, PAGE, refusal, at=issued, reason=typed, **_context(page, youth_id))
    base = desk_base(page)
    return page.redirect(f"{base}/people/{youth_id}/credentials", notice="credential-moved")


def _context(page: Page, youth_id: int) -> dict[str, Any]:
    with page.reading() as unit:
        view = credential_desk.view(unit, page.actor, youth_id)
    return {"base": desk_base(page), "view": view}
