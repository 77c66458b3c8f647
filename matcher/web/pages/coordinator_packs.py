"""A desk's evaluation packs: preview, freeze, download, the rows behind, and counting again."""

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from matcher.exchange.pack_files import about, pack_csv, pack_xlsx
from matcher.exchange.pack_sheet import Line, lines, unit_words
from matcher.flows import pack_checks, packs
from matcher.flows.packs import Content, Pack
from matcher.i18n import gettext as _
from matcher.i18n import in_language, use_language
from matcher.refusal import Conflict, Invalid
from matcher.rendering import pdf, render
from matcher.web.evaluation_words import measure_words, table_words
from matcher.web.files import file_answer
from matcher.web.forms.base import parse
from matcher.web.forms.evaluation import FileForm, FreezeForm, PackQuery, PacksQuery, RowsQuery
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
NO_FILE = {"reason": ""}
CHARTED = ("places", "applied", "selected", "completed", "dropped", "participants")


@router.get("/coordinator/packs")
@router.get("/centre/packs")
def shelf(page: Paged) -> Response:
    base = desk_base(page)
    query = parse(PacksQuery, page.request.query_params, ignore=LOOK)
    with page.reading() as unit:
        view = packs.shelf(unit, page.actor, query.page or 1)
    years = [(str(year), _("%(year)s 사업연도") % {"year": year}) for year in view.years]
    return page.html("coordinator/packs.html", base=base, view=view, years=years)


@router.get("/coordinator/packs/preview")
@router.get("/centre/packs/preview")
def preview(page: Paged) -> Response:
    base = desk_base(page)
    query = parse(PackQuery, page.request.query_params, ignore=LOOK)
    return _preview(page, base, query.year, query.project, {}, 200)


@router.post("/coordinator/packs")
@router.post("/centre/packs")
def freeze(page: Paged) -> Response:
    base = desk_base(page)
    form = parse(FreezeForm, page.form)
    try:
        with page.reading() as unit:
            made = packs.preview(unit, page.actor, form.year, form.project)
        with page.writing() as unit:
            number = packs.freeze(unit, page.actor, made, form.token)
    except (Invalid, Conflict) as refusal:
        return _preview(page, base, form.year, form.project, *answer_to(refusal))
    return page.redirect(f"{base}/packs/{number}", notice="pack-frozen")


def _preview(
    page: Page, base: str, year: int | None, project: str, errors: dict[str, str], status: int
) -> Response:
    with page.reading() as unit:
        view = packs.preview(unit, page.actor, year, project)
    return page.html(
        "coordinator/pack_preview.html",
        status,
        base=base,
        view=view,
        content=view.content,
        lines=lines(view.content, is_open=True),
        outside=_outside(view.content),
        bars=_bars(view.content, is_open=True),
        title=_title(view.content),
        errors=errors,
    )


@router.get("/coordinator/packs/{pack_id}")
@router.get("/centre/packs/{pack_id}")
def pack(page: Paged, pack_id: Id) -> Response:
    return _pack(page, pack_id, NO_FILE, {}, 200)


def _pack(
    page: Page, pack_id: int, values: dict[str, Any], errors: dict[str, str], status: int
) -> Response:
    base = desk_base(page)
    with page.reading() as unit:
        view = packs.pack(unit, page.actor, pack_id)
    return page.html(
        "coordinator/pack.html",
        status,
        base=base,
        view=view,
        content=view.content,
        lines=lines(view.content, is_open=True),
        outside=_outside(view.content),
        bars=_bars(view.content, is_open=True),
        title=_title(view.content),
        has_pdf=pdf.is_available(),
        values=values,
        errors=errors,
    )


@router.get("/coordinator/packs/{pack_id}/check")
@router.get("/centre/packs/{pack_id}/check")
def check(page: Paged, pack_id: Id) -> Response:
    base = desk_base(page)
    with page.reading() as unit:
        view = pack_checks.check(unit, page.actor, pack_id)
    return page.html("coordinator/pack_check.html", base=base, view=view, measures=measure_words())


@router.get("/coordinator/packs/{pack_id}/rows")
@router.get("/centre/packs/{pack_id}/rows")
def rows(page: Paged, pack_id: Id) -> Response:
    base = desk_base(page)
    query = parse(RowsQuery, page.request.query_params, ignore=LOOK)
    with page.reading() as unit:
        view = packs.behind(unit, page.actor, pack_id, query.measure, query.page or 1)
    return page.html(
        "coordinator/pack_rows.html",
        base=base,
        view=view,
        measures=measure_words(),
        tables=table_words(),
        title=_title(view.pack.content),
    )


@router.post("/coordinator/packs/{pack_id}/file")
@router.post("/centre/packs/{pack_id}/file")
def file(page: Paged, pack_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(FileForm, page.form)
        if form.kind == "pdf" and not pdf.is_available():
            return _no_pdf(page, base, pack_id)
        with page.writing() as unit:
            found = packs.exported(unit, page.actor, pack_id, form.kind, form.reason)
    except (Invalid, Conflict) as refusal:
        values = typed_values(page.form, NO_FILE)
        return _pack(page, pack_id, values, *answer_to(refusal))
    # The province reads Korean, whatever language the desk's screen is in.
    with use_language("ko"):
        body = _MAKERS[form.kind](found)
    return file_answer(body, f"oreum-evaluation-{found.line.year}-{pack_id}", form.kind)


def _no_pdf(page: Page, base: str, pack_id: int) -> Response:
    with page.reading() as unit:
        view = packs.pack(unit, page.actor, pack_id)
    return page.html("coordinator/pack_no_pdf.html", 503, base=base, view=view)


def _pdf(found: Pack) -> bytes:
    html = render(
        "print/pack.html",
        {
            "title": _title(found.content),
            "about": about(found.content, found.line.sha256),
            "lines": lines(found.content, is_open=False),
            "bars": _bars(found.content, is_open=False),
            "content": found.content,
            "is_demo": found.line.is_demo,
        },
    )
    return pdf.to_pdf(html, "pack.css")


def _csv(found: Pack) -> bytes:
    return pack_csv(found.content, found.line.sha256)


def _xlsx(found: Pack) -> bytes:
    return pack_xlsx(found.content, found.line.sha256)


def _json(found: Pack) -> bytes:
    return packs.as_file(found)


_MAKERS: dict[str, Callable[[Pack], bytes]] = {
    "pdf": _pdf,
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
}


def _outside(content: Content) -> dict[str, Line]:
    """By indicator, what a file will say."""
    return {line.key: line for line in lines(content, is_open=False)}


def _bars(content: Content, is_open: bool) -> list[dict[str, object]]:
    words = unit_words()
    return [
        {
            "label": line.name,
            "value": 0 if line.is_hidden else line.numerator.n,
            "shown": line.value if line.is_hidden else "",
            "unit": words[line.unit],
        }
        for line in lines(content, is_open)
        if line.key in CHARTED
    ]


def _title(content: Content) -> str:
    """Desk and project, in the reader's language."""
    project = content["project"]
    desk = in_language(content["desk"]["name_ko"], content["desk"]["name_en"])
    name = in_language(project["name_ko"], project["name_en"]) if project else ""
    return f"{desk} · {name}" if name else desk
