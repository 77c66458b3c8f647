"""A young person takes their record along: as page, paper, file and codes."""

from typing import Any

from starlette.responses import Response

from matcher.flows import portable_record
from matcher.flows.portable_record import View
from matcher.rendering import pdf, proof_levels, render
from matcher.rendering.qr_code import drawn
from matcher.web.files import file_answer
from matcher.web.forms.base import parse
from matcher.web.forms.matching import LOOK
from matcher.web.forms.portable import RecordQuery
from matcher.web.gates import pages
from matcher.web.page import Page, Paged

router = pages()


@router.get("/youth/record")
def show(page: Paged) -> Response:
    return page.html("youth/record.html", **_context(page, _query(page)))


@router.get("/youth/record.pdf")
def paper(page: Paged) -> Response:
    query = _query(page)
    if not pdf.is_available():
        return page.html("youth/record_no_pdf.html", 503, query=query.as_query())
    with page.reading() as unit:
        portable_record.count_paper(unit)
    context = _context(page, query) | {"words": proof_levels.names()}
    html = render("print/record.html", context)
    day = page.services.clock.today().isoformat()
    return file_answer(pdf.to_pdf(html, "record.css"), f"oreum-record-{day}", "pdf")


@router.get("/youth/record.jwt")
def token(page: Paged) -> Response:
    query, services = _query(page), page.services
    with page.reading() as unit:
        text = portable_record.file(unit, services.key_vault, query.choice())
    if text is None:  # the page says why
        return page.redirect(f"/youth/record{query.as_query()}")
    name = f"oreum-record-{services.clock.today().isoformat()}"
    return file_answer(text.encode("ascii"), name, "jwt")


def _query(page: Page) -> RecordQuery:
    return parse(RecordQuery, page.request.query_params, ignore=LOOK)


def _context(page: Page, query: RecordQuery) -> dict[str, Any]:
    with page.reading() as unit:
        view = portable_record.view(unit, page.services.key_vault, query.choice())
    return {
        "view": view,
        "codes": [drawn(each) for each in view.codes],
        "query": query.as_query(),
        "has_pdf": pdf.is_available(),
        "check_at": f"{view.site}/verify",
        "lines": lines(view),
    }


def lines(view: View) -> int:
    return len(view.certificates) + len(view.skills) + len(view.projects) + view.courses
