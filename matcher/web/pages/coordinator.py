"""The desk of a university and of the centre: home, roster, counts.

Both desks share their pages; the address says which one, and only its own role comes in.
"""

from typing import Any

from starlette.responses import Response

from matcher.flows import cohort, saved_views
from matcher.refusal import Invalid, NotFound
from matcher.web import choices, desk_words
from matcher.web.forms.base import parse
from matcher.web.forms.desk import CohortQuery, RosterQuery
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from models.account import Role

router = pages()
DESKS = {"coordinator": Role.COORDINATOR, "centre": Role.CENTRE}
LOOK = ("lang", "theme")


def desk_base(page: Page) -> str:
    """ "/coordinator" or "/centre"; another role's desk is not there."""
    name = page.request.url.path.split("/")[1]
    if page.actor.role is not DESKS[name]:
        raise NotFound
    return f"/{name}"


@router.get("/coordinator")
def home(page: Paged) -> Response:
    base = desk_base(page)
    with page.reading() as unit:
        view = cohort.home(unit, page.actor)
    return page.html(
        "coordinator/home.html",
        base=base,
        view=view,
        words=desk_words.counter_words(),
        charts=desk_words.charts(view.cohort),
    )


@router.get("/coordinator/roster")
@router.get("/centre/roster")
def roster(page: Paged) -> Response:
    base, query = desk_base(page), page.request.query_params
    usual = to_usual_view(page, base, "roster")
    if usual is not None:
        return usual
    try:
        form = parse(RosterQuery, query, ignore=(*LOOK, "view"))
        return _roster(page, base, form, {}, {}, 200)
    except Invalid as refusal:
        kept = {key: query.get(key, "") for key in RosterQuery.model_fields}
        return _roster(page, base, RosterQuery(), kept, refusal.fields, 422)


def to_usual_view(page: Page, base: str, place: str) -> Response | None:
    """A list opened without a filter leads to the one this person keeps for it."""
    if page.request.query_params:
        return None
    with page.reading() as unit:
        usual = saved_views.usual(unit, page.actor, place)
    return None if usual is None else page.redirect(f"{base}/{place}?{usual}")


def _roster(
    page: Page,
    base: str,
    form: RosterQuery,
    kept: dict[str, str],
    errors: dict[str, str],
    status: int,
) -> Response:
    with page.reading() as unit:
        found = cohort.roster(unit, page.actor, form.wanted())
        views = saved_views.listed(unit, page.actor, "roster")
    values: dict[str, Any] = {key: value or "" for key, value in form.model_dump().items()}
    return page.html(
        "coordinator/roster.html",
        status,
        block="results",
        base=base,
        found=found,
        views=views,
        values={**values, **kept},
        errors=errors,
        words=desk_words.attention_words(),
        statuses=choices.status_choices(),
        sectors=choices.sector_choices(),
        sorts=desk_words.sort_choices(),
        states=desk_words.affiliation_states(),
        affiliations=desk_words.affiliation_words(),
    )


@router.get("/coordinator/cohort")
@router.get("/centre/cohort")
def counts(page: Paged) -> Response:
    base = desk_base(page)
    form = parse(CohortQuery, page.request.query_params, ignore=LOOK)
    with page.reading() as unit:
        view = cohort.cohort(unit, page.actor, form.university)
    return page.html(
        "coordinator/cohort.html", base=base, view=view, charts=desk_words.charts(view)
    )
