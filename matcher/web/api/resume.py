"""A young person's CV as JSON Resume."""

from typing import Any

from starlette.responses import Response

from matcher.flows import resume
from matcher.web.api.routing import api
from matcher.web.page import Paged

router = api("profile")


@router.get("/resume", response_model=dict[str, Any])
def read_resume(page: Paged) -> Response:
    """Your record as JSON Resume 1.0.0, with the CV you brought. The same bytes as the page's file:
    numbers in it stand as they were written."""
    with page.reading() as unit:
        body = resume.export(unit, page.actor)
    return Response(body, media_type="application/json")
