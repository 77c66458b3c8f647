"""Who looked at a person's data, and all of it as a file."""

from tempfile import TemporaryFile
from urllib.parse import quote

from starlette.responses import Response

from matcher.flows import answer_links, own_archive, own_data
from matcher.i18n import gettext as _
from matcher.web import interview_words
from matcher.web.files import long_file_answer
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


@router.post("/account/export/archive")
def archive(page: Paged) -> Response:
    """Made in a file without a name that is gone with the answer; sent piece by piece."""
    parse(Nothing, page.form)
    file = TemporaryFile()  # noqa: SIM115  # the answer closes it behind its last piece
    try:
        with page.reading() as unit:
            own_archive.write(unit, file)
    except BaseException:
        file.close()
        raise
    day = page.services.clock.today().isoformat()
    response = long_file_answer(file, f"oreum-{day}", "zip")
    title = _("오름-내-정보")
    own_name = quote(f"{title}-{day}.zip", safe="")
    response.headers["Content-Disposition"] += f"; filename*=UTF-8''{own_name}"
    return response
