"""Pages anybody may open."""

from starlette.responses import Response

from matcher.web.gates import pages
from matcher.web.page import Paged

router = pages()


@router.get("/")
def landing(page: Paged) -> Response:
    return page.html("public/landing.html")


@router.get("/styleguide")
def styleguide(page: Paged) -> Response:
    return page.html("public/styleguide.html")
