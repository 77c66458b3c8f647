"""Who the token belongs to, and the description of the API itself."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from matcher.web.api.answers import MePublic
from matcher.web.api.routing import api
from matcher.web.api.schema import described
from matcher.web.page import Paged

router = api("account")


@router.get("/openapi.json", response_model=dict[str, Any])
def read_description(request: Request) -> JSONResponse:
    """This API as an OpenAPI 3.1 document."""
    return JSONResponse(described(request.app))


@router.get("/me")
def read_me(page: Paged) -> MePublic:
    """The account behind the token."""
    actor = page.actor
    return MePublic(
        name=actor.name,
        role=actor.role,
        language=actor.language,
        organisation=actor.organisation_name,
    )
