"""Keeping one's certificates alive: which exams, when, at what price."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from matcher.flows import renewals
from matcher.matching.renewal_views import RenewalWishes
from matcher.refusal import Invalid
from matcher.web import renewal_choices
from matcher.web.forms.base import parse, typed
from matcher.web.forms.matching import LOOK
from matcher.web.forms.renewals import RenewalsQuery
from matcher.web.gates import pages
from matcher.web.operating import plan_terms
from matcher.web.page import Page, Paged

router = pages()
BLANK = {"certifications": [], "years": "", "goal": "", "route": "", "new": ""}


@router.get("/youth/renewals")
def show(page: Paged) -> Response:
    """Without a query, everything valid today for three years."""
    sent = page.request.query_params
    try:
        is_asked = bool(set(sent) - set(LOOK))
        return _planned(
            page, parse(RenewalsQuery, sent, LOOK).wishes() if is_asked else RenewalWishes()
        )
    except Invalid as refusal:
        return _refused(page, typed(RenewalsQuery, sent, LOOK), refusal.fields)


def _planned(page: Page, wishes: RenewalWishes) -> Response:
    with page.reading() as unit:
        view = renewals.view(unit, page.actor, wishes, plan_terms(page))
    values = {
        "certifications": [each.id for each in view.held if each.is_chosen],
        "years": wishes.years,
        "goal": wishes.goal,
        "route": wishes.route,
        "new": wishes.with_new,
    }
    return _page(page, 200, view=view, held=view.held, values=values, errors={})


def _refused(page: Page, values: Mapping[str, Any], errors: Mapping[str, str]) -> Response:
    with page.reading() as unit:
        held = renewals.held(unit, page.actor)
    return _page(page, 422, view=None, held=held, values={**BLANK, **values}, errors=errors)


def _page(page: Page, status: int, **context: Any) -> Response:
    return page.html(
        "youth/renewals.html",
        status,
        goals=renewal_choices.goals(),
        routes=renewal_choices.routes(renewals.subscription_usd()),
        years=renewal_choices.years(renewals.MOST_YEARS),
        **context,
    )
