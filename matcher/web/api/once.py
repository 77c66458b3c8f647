"""POSTs that create: with an `Idempotency-Key` a second try gets the first answer."""

from collections.abc import Callable

from starlette.responses import JSONResponse, Response

from matcher.db import Unit
from matcher.flows import idempotency
from matcher.web.api.fields import Answer, Body
from matcher.web.page import Page

Work = Callable[[Unit], Answer]


def repeated(page: Page, key: str | None, body: Body) -> Response | None:
    """The first answer, where there is one; for work that is limited or done before `created`."""
    if key is None:
        return None
    with page.reading() as unit:
        kept = idempotency.answered(unit, page.actor, key, _asked(page, body))
    return None if kept is None else _kept(kept)


def created(page: Page, key: str | None, body: Body, work: Work) -> Response:
    """201 with what `work` made, key and work in one transaction."""
    with page.writing() as unit:
        if key is None:
            return JSONResponse(work(unit).model_dump(mode="json"), 201)
        kept = idempotency.begin(unit, page.actor, key, _asked(page, body))
        if kept is None:
            kept = idempotency.Kept(201, work(unit).model_dump(mode="json"))
            idempotency.keep(unit, page.actor, key, kept)
    return _kept(kept)


def _asked(page: Page, body: Body) -> str:
    return f"{page.request.method} {page.request.url.path}\n{body.model_dump_json()}"


def _kept(kept: idempotency.Kept) -> Response:
    return JSONResponse(kept.answer, kept.status)
