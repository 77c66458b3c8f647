"""What the world reads of this service as an issuer: its keys, status lists, one credential."""

import hashlib

from starlette.responses import JSONResponse, Response

from matcher.flows import credential_public, issuer_keys
from matcher.refusal import TooMany
from matcher.web import pace
from matcher.web.gates import pages
from matcher.web.headers import PUBLISHED
from matcher.web.page import Paged
from matcher.web.params import Slug

router = pages()
LIST_SECONDS = 300
"""How long copies of a list on the way may be used: a revocation is seen within minutes."""


@router.get("/.well-known/did.json")
def did(page: Paged) -> Response:
    with page.reading() as unit:
        document = issuer_keys.document(unit, page.services.key_vault)
    headers = {**PUBLISHED, "Cache-Control": f"public, max-age={LIST_SECONDS}"}
    return JSONResponse(document, 200, headers, "application/did+json")


@router.get("/credentials/status/{purpose}")
def status_list(page: Paged, purpose: Slug) -> Response:
    with page.reading() as unit:
        token = credential_public.status_list(unit, page.services.key_vault, purpose)
    headers = {
        **PUBLISHED,
        "Cache-Control": f"public, max-age={LIST_SECONDS}",
        "ETag": f'"{hashlib.sha256(token.encode("ascii")).hexdigest()[:32]}"',
    }
    if page.request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(token, 200, headers, "application/vc+jwt")


@router.get("/credentials/skills/{slug}")
def skill(page: Paged, slug: Slug) -> Response:
    return page.html("public/skill.html", skill=credential_public.skill(slug))


@router.get("/credentials/{issued}")
def show(page: Paged, issued: Slug) -> Response:
    wait = pace.wait(page.request, page.source)
    if wait:
        raise TooMany("", wait)
    with page.reading() as unit:
        view = credential_public.show(unit, issued)
    return _unlisted(page.html("public/credential.html", view=view))


def _unlisted(response: Response) -> Response:
    """For its reader, not for search engines."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
