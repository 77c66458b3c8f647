"""POSTs that create: with an `Idempotency-Key` a second try gets the first answer."""

from collections.abc import Callable

from starlette.responses import JSONResponse, Response

from matcher.db import Unit
from matcher.flows import idempotency
from matcher.web.api.fields import Answer, Body
from matcher.web.page import Page

Work = Callable[[Unit], Answer]


def created(page: Page, key: str | None, body: Body, work: Work) -> Response:
    """201 with what `work` made, key and work in one transaction."""
    with page.writing() as unit:
        if key is None:
            return JSONResponse(work(unit).model_dump(mode="json"), 201)
        request = page.request
        asked = f"{request.method} {request.url.path}\n{body.model_dump_json()}"
        kept = idempotency.begin(unit, page.actor, key, asked)
        if kept is None:
            kept = idempotency.Kept(201, work(unit).model_dump(mode="json"))
            idempotency.keep(unit, page.actor, key, kept)
    return JSONResponse(kept.answer, kept.status)
