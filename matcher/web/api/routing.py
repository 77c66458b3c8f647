"""Routes of the API: the gate first, then a strict body and query, then the handler."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from matcher.i18n import LANGUAGES
from matcher.i18n import gettext as _
from matcher.refusal import Invalid, NotFound
from matcher.web.api.reading import read_object
from matcher.web.api.words import message
from matcher.web.identity import enter
from matcher.web.routers import Router

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
EVERYWHERE = frozenset({"lang"})


class ApiRoute(APIRoute):
    """Nobody learns what is wrong with a body before the gate let them in."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        queries = EVERYWHERE | {each.alias for each in self.dependant.query_params}
        has_body = self.body_field is not None

        async def strict(request: Request) -> Response:
            await enter(request)
            _refuse_unknown(request, queries)
            if has_body:
                # FastAPI asks the request for its body and finds the one that was read here.
                request._json = await read_object(request)
                request._body = b"{}"
            try:
                return await handle(request)
            except RequestValidationError as error:
                raise _refusal(error) from None

        return strict


def api(tag: str) -> APIRouter:
    return Router(prefix="/api/v1", route_class=ApiRoute, tags=[tag])


def _refuse_unknown(request: Request, queries: frozenset[str]) -> None:
    unknown = sorted(set(request.query_params.keys()) - queries)
    if request.query_params.get("lang", "ko") not in LANGUAGES:
        unknown.append("lang")
    if unknown:
        raise Invalid(dict.fromkeys(unknown, _("주소에 쓸 수 없는 항목이에요.")))


def _refusal(error: RequestValidationError) -> Invalid | NotFound:
    """A path that names no row is a page that is not there; the rest is told by field."""
    problems = error.errors()
    if any(each["loc"][0] == "path" and each["type"] == "no_such_id" for each in problems):
        return NotFound()
    fields: dict[str, str] = {}
    for each in problems:
        field = ".".join(str(part) for part in each["loc"][1:])
        fields.setdefault(field, message(each["type"], each.get("ctx") or {}))
    return Invalid(fields)
