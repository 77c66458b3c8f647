"""What a posting's requirements cost: the live count, and what asking less would bring."""

from starlette.responses import Response

from matcher.flows import opening_counts
from matcher.flows.opening_counts import Counts, Relaxed
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.own_opening import own_opening
from matcher.refusal import Invalid
from matcher.web.forms.base import parse
from matcher.web.forms.opening_count import CountForm
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id

router = pages()


@router.post("/partner/openings/count")
def count_new(page: Paged) -> Response:
    return _count(page, None)


@router.post("/partner/openings/{opening_id}/count")
def count_stored(page: Paged, opening_id: Id) -> Response:
    return _count(page, opening_id)


@router.get("/partner/openings/{opening_id}/relaxations")
def show_relaxations(page: Paged, opening_id: Id) -> Response:
    with page.reading() as unit:
        view = opening_counts.relaxed(unit, page.actor, operation_of(page), opening_id)
    return page.html(
        "partner/relaxations.html", view=view, title=in_language(*view.title), bars=_bars(view)
    )


def _count(page: Page, opening_id: int | None) -> Response:
    """Stores nothing of what was typed; what htmx puts beside the form."""
    try:
        asked = parse(CountForm, page.form).asked()
    except Invalid as refusal:
        if opening_id is not None:
            with page.reading() as unit:
                own_opening(unit, page.actor, opening_id)
        return _part(page, None, 422, opening_id, refusal.fields)
    with page.writing() as unit:
        counts = opening_counts.typed(unit, page.actor, operation_of(page), asked, opening_id)
    return _part(page, counts, 429 if counts.wait else 200, opening_id)


def _part(
    page: Page,
    counts: Counts | None,
    status: int,
    opening_id: int | None,
    errors: dict[str, str] | None = None,
) -> Response:
    page.retry_after = counts.wait if counts else 0
    return page.html(
        "partner/count.html",
        status,
        block="count",
        counts=counts,
        count_errors=errors or {},
        opening_id=opening_id,
        is_part="hx-request" in page.request.headers,
    )


def _bars(view: Relaxed) -> list[dict[str, object]]:
    """`next` marks the row of today."""
    now = view.counts.qualified
    today = {"label": _("지금"), "value": now or 0, "next": True, "note": ""}
    if now is None:
        today["shown"] = _("5명 미만")
    return [
        today,
        *(
            {
                "label": _("방법 %(n)s") % {"n": number},
                "value": each.people,
                "note": _("%(steps)s단계 낮춤, %(weeks)s주 늦음")
                % {"steps": each.loss, "weeks": each.weeks},
            }
            for number, each in enumerate(view.lines, start=1)
        ),
    ]
