"""Who looked at a person's data, and all of it as a file."""

from starlette.responses import Response

from matcher.flows import answer_links, own_data
from matcher.web import interview_words
from matcher.web.forms.account import Nothing, Older
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.page import Paged

router = pages()


@router.get("/account/access")
def looks(page: Paged) -> Response:
    query = parse(Older, page.request.query_params, ignore=("lang", "theme"))
    with page.reading() as unit:
        found = own_data.looks(unit, query.before)
        links = answer_links.uses_of_own(unit) if query.before is None else ()
    return page.html(
        "account/access.html", looks=found, link_looks=links, link_words=interview_words.use_words()
    )


@router.get("/account/export")
def show_export(page: Paged) -> Response:
    return page.html("account/export.html")


@router.post("/account/export")
def export(page: Paged) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        text = own_data.export(unit)
    day = page.services.clock.today().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="oreum-{day}.json"'}
    return Response(text, 200, headers, "application/json")
