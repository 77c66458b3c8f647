"""The admin's monthly look at how much of deciding partners' people do themselves."""

from starlette.responses import Response

from matcher.flows import human_part
from matcher.web.forms.base import parse
from matcher.web.forms.reviews import MonthQuery
from matcher.web.gates import pages
from matcher.web.page import Paged

router = pages()


@router.get("/admin/decisions")
def show_decisions(page: Paged) -> Response:
    query = parse(MonthQuery, page.request.query_params, ignore=("lang", "theme"))
    with page.reading() as unit:
        found = human_part.review(unit, query.first)
    return page.html("admin/decisions.html", review=found)
