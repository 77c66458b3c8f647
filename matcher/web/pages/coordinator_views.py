"""Saving, choosing and removing a desk's saved views."""

from starlette.responses import Response

from matcher.flows import saved_views
from matcher.refusal import Conflict, Invalid
from matcher.web.forms.base import parse
from matcher.web.forms.bulk import Press, ViewForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import desk_base
from matcher.web.params import Id
from matcher.web.refused import form_again

router = pages()


@router.post("/coordinator/views")
@router.post("/centre/views")
def save(page: Paged) -> Response:
    base = desk_base(page)
    values = {key: str(page.form.get(key, ""))[:500] for key in ("place", "name", "query")}
    try:
        form = parse(ViewForm, page.form)
        with page.writing() as unit:
            saved_views.save(unit, page.actor, form.place, form.name, form.query, form.is_default)
    except (Invalid, Conflict) as refusal:
        known = values["place"] if values["place"] in saved_views.PLACES else "roster"
        return form_again(
            page,
            "coordinator/view_form.html",
            refusal,
            base=base,
            values={**values, "place": known},
        )
    query = saved_views.cleaned(form.query)
    return page.redirect(f"{base}/{form.place}?{query}", notice="view-saved")


@router.post("/coordinator/views/{view_id}/usual")
@router.post("/centre/views/{view_id}/usual")
def usual(page: Paged, view_id: Id) -> Response:
    base = desk_base(page)
    parse(Press, page.form)
    with page.writing() as unit:
        place = saved_views.make_usual(unit, page.actor, view_id)
    return _back(page, base, place)


@router.post("/coordinator/views/{view_id}/remove")
@router.post("/centre/views/{view_id}/remove")
def remove(page: Paged, view_id: Id) -> Response:
    base = desk_base(page)
    parse(Press, page.form)
    with page.writing() as unit:
        place = saved_views.remove(unit, page.actor, view_id)
    return _back(page, base, place)


def _back(page: Page, base: str, place: str) -> Response:
    return page.redirect(f"{base}/{place}", notice="saved")
