"""A desk's lists as files to take along, each with a reason."""

from typing import Any

from starlette.responses import Response

from matcher.flows import exporting
from matcher.refusal import Conflict, Invalid
from matcher.web import bulk_words
from matcher.web.files import long_file_answer
from matcher.web.forms.base import parse
from matcher.web.forms.bulk import ExportForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import desk_base
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK = {"kind": "", "format": "xlsx", "reason": ""}


@router.get("/coordinator/exports")
@router.get("/centre/exports")
def show(page: Paged) -> Response:
    return _show(page, desk_base(page), BLANK, {}, 200)


@router.post("/coordinator/exports")
@router.post("/centre/exports")
def export(page: Paged) -> Response:
    base = desk_base(page)
    try:
        form = parse(ExportForm, page.form)
    except (Invalid, Conflict) as refusal:
        return _show(page, base, typed_values(page.form, BLANK), *answer_to(refusal))
    with page.reading() as unit:
        found = exporting.export(unit, form.kind, form.format, form.reason)
    day = page.services.clock.today().isoformat()
    return long_file_answer(found.file, f"oreum-{form.kind}-{day}", form.format)


def _show(
    page: Page, base: str, values: dict[str, Any], errors: dict[str, str], status: int
) -> Response:
    return page.html(
        "coordinator/exports.html",
        status,
        base=base,
        values=values,
        errors=errors,
        lists=bulk_words.list_choices(),
    )
