"""The calendar behind a secret address; the address is the key, nobody is signed in."""

import hashlib

from starlette.responses import Response

from matcher.flows import calendar_feed
from matcher.web.gates import pages
from matcher.web.operating import site_of
from matcher.web.page import Paged
from matcher.web.params import Slug

router = pages()


@router.get("/calendar/{token}.ics")
def read(page: Paged, token: Slug) -> Response:
    """304 when the reader has this very file already. No cookies, no shared caches."""
    with page.reading() as unit:
        body = calendar_feed.read(unit, token, site_of(page))
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if page.request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="oreum.ics"'
    return Response(body, headers=headers, media_type="text/calendar; charset=utf-8")
