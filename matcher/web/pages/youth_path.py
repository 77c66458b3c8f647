"""The path page: the certificate map, what a person wishes for, and the plans there."""

from typing import Any

from starlette.responses import Response

from matcher.db import Unit
from matcher.flows import certification_map, path_choices, planning, plans, suggestions
from matcher.flows.path_choices import TargetFacts
from matcher.matching.plan_views import Paths
from matcher.refusal import Conflict, Invalid
from matcher.web import plan_words
from matcher.web.forms.base import parse, typed
from matcher.web.forms.buttons import EmptyForm
from matcher.web.forms.matching import LOOK
from matcher.web.forms.plans import (
    LEAST_HOURS,
    MOST_HOURS,
    AcceptForm,
    PathQuery,
    target_in,
    usual,
    wishes_in,
)
from matcher.web.gates import pages
from matcher.web.operating import plan_terms
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()
Errors = dict[str, str]


@router.get("/youth/path")
def show(page: Paged) -> Response:
    return _page(page, typed(PathQuery, page.request.query_params, LOOK), {}, 200)


@router.post("/youth/plans")
def accept(page: Paged) -> Response:
    try:
        form = parse(AcceptForm, page.form)
        wishes, choice = form.wishes(), form.choice()
        with page.reading() as unit:
            found = planning.paths(unit, page.actor, wishes, plan_terms(page))
        plans.chosen(found, choice)
        with page.writing() as unit:
            plan_id = plans.accept(unit, page.actor, wishes, choice, found)
    except (Invalid, Conflict) as refusal:
        sent = typed(AcceptForm, page.form)
        asked = {key: value for key, value in sent.items() if key in PathQuery.model_fields}
        return _page(page, asked, *answer_to(refusal))
    return page.redirect(f"/youth/plans/{plan_id}", notice="plan-accepted")


@router.post("/youth/suggestions/{suggestion_id}/decline")
def decline(page: Paged, suggestion_id: Id) -> Response:
    try:
        parse(EmptyForm, page.form)
        with page.writing() as unit:
            suggestions.decline(unit, page.actor, suggestion_id)
    except (Invalid, Conflict) as refusal:
        return _page(page, {}, *answer_to(refusal))
    return page.redirect("/youth/path", notice="suggestion-declined")


def _page(page: Page, given: dict[str, Any], errors: Errors, status: int) -> Response:
    """The map, the form as it was filled in, and the plans when the wishes can be read."""
    is_part = "hx-request" in page.request.headers
    with page.reading() as unit:
        choices = path_choices.choices(unit, page.actor)
        shown = {**usual(choices), **given}
        about = path_choices.about(unit, page.actor, *target_in(shown))
        query, mistakes = wishes_in(shown | {"nice": _offered(shown["nice"], about)})
        try:
            paths = _paths(page, unit, query)
        except Invalid as refusal:
            paths, mistakes = None, refusal.fields
        programme = None if is_part else certification_map.view(unit, page.actor)
        accepted = plans.lines(unit, page.actor)
        suggested = () if is_part else suggestions.listing(unit, page.actor)
    return page.html(
        "youth/path.html",
        422 if mistakes and status == 200 else status,
        block="result",
        is_part=is_part,
        map=programme,
        accepted=accepted,
        suggested=suggested,
        about=about,
        choices=choices,
        values=shown,
        sent=plan_words.query_of(shown),
        errors={**mistakes, **errors},
        paths=paths,
        relaxations=_relaxations(shown, paths),
        kinds=plan_words.kind_words(),
        states=plan_words.state_words(),
        languages=plan_words.language_options(),
        places=plan_words.place_options(),
        hours_range=(LEAST_HOURS, MOST_HOURS),
    )


def _offered(asked: list[str], about: TargetFacts) -> list[str]:
    """Ticks of another target that was chosen before are let go."""
    known = {key for key, _name in about.nice}
    return [key for key in asked if key in known]


def _paths(page: Page, unit: Unit, query: PathQuery | None) -> Paths | None:
    if query is None:
        return None
    return planning.paths(unit, page.actor, query.wishes(), plan_terms(page))


def _relaxations(shown: dict[str, Any], paths: Paths | None) -> list[tuple[str, str | None]]:
    """(what would have to change in words, the address that asks for it)."""
    if paths is None:
        return []
    return [
        (each.words, plan_words.relaxed(shown, each, paths.closes_on)) for each in paths.relaxations
    ]
