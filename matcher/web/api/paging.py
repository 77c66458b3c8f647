"""Parts of lists, with links to the others (RFC 8288)."""

from typing import Generic, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from matcher.matching.window import Window
from matcher.web.api.fields import Answer

T = TypeVar("T")


class Listed(Answer, Generic[T]):
    """`total` counts the whole list, of which `items` begin after `offset`."""

    items: list[T]
    total: int
    limit: int
    offset: int


def listed(items: list[T], total: int, window: Window) -> Listed[T]:
    return Listed[T](items=items, total=total, limit=window.limit, offset=window.offset)


def link(request: Request, response: Response, total: int, window: Window) -> None:
    """first, prev, next and last, as far as they exist."""
    limit, offset = window.limit, window.offset
    last = (total - 1) // limit * limit if total else 0
    places = {"first": 0, "last": last}
    if offset > 0:
        places["prev"] = max(0, min(offset - limit, last))
    if offset + limit < total:
        places["next"] = offset + limit
    kept = [
        (key, value)
        for key, value in request.query_params.multi_items()
        if key not in {"limit", "offset"}
    ]
    response.headers["Link"] = ", ".join(
        f"<{request.url.path}?{urlencode([*kept, ('limit', limit), ('offset', place)])}>; "
        f'rel="{name}"'
        for name, place in places.items()
    )
