"""An accepted path: its dated tasks, its pace, handing it in, giving it up."""

from typing import Any

from starlette.responses import Response

from matcher.flows import plans
from matcher.refusal import Conflict, Invalid, Refusal
from matcher.web import plan_words
from matcher.web.forms.base import parse, typed
from matcher.web.forms.buttons import VersionForm
from matcher.web.forms.plans import LEAST_HOURS, MOST_HOURS, PaceForm, SubmitForm, TickForm
from matcher.web.gates import pages
from matcher.web.operating import plan_terms
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import form_again

router = pages()


@router.get("/youth/plans/{plan_id}")
def show(page: Paged, plan_id: Id) -> Response:
    return page.html("youth/plan.html", errors={}, **_context(page, plan_id, {}))


@router.post("/youth/plans/{plan_id}/steps/{step_id}")
def tick(page: Paged, plan_id: Id, step_id: Id) -> Response:
    try:
        form = parse(TickForm, page.form)
        with page.writing() as unit:
            plans.tick(unit, page.actor, plan_id, step_id, form.to, form.version)
    except (Invalid, Conflict) as refusal:
        return _again(page, plan_id, refusal, {})
    return page.redirect(f"/youth/plans/{plan_id}#tasks", notice="saved")


@router.post("/youth/plans/{plan_id}/pace")
def change_pace(page: Paged, plan_id: Id) -> Response:
    try:
        form = parse(PaceForm, page.form)
        hours = form.weekly_hours
        with page.reading() as unit:
            moved = plans.at_pace(unit, page.actor, plan_id, hours, plan_terms(page))
        with page.writing() as unit:
            plans.change_pace(unit, page.actor, plan_id, hours, form.version, moved)
    except (Invalid, Conflict) as refusal:
        return _again(page, plan_id, refusal, typed(PaceForm, page.form))
    return page.redirect(f"/youth/plans/{plan_id}#tasks", notice="plan-moved")


@router.post("/youth/plans/{plan_id}/submit")
def submit(page: Paged, plan_id: Id) -> Response:
    try:
        form = parse(SubmitForm, page.form)
        with page.writing() as unit:
            plans.submit(unit, page.actor, plan_id, form.comment, form.version)
    except (Invalid, Conflict) as refusal:
        return _again(page, plan_id, refusal, typed(SubmitForm, page.form))
    return page.redirect(f"/youth/plans/{plan_id}", notice="plan-submitted")


@router.post("/youth/plans/{plan_id}/abandon")
def abandon(page: Paged, plan_id: Id) -> Response:
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            plans.abandon(unit, page.actor, plan_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _again(page, plan_id, refusal, {})
    return page.redirect("/youth/path", notice="plan-abandoned")


def _again(page: Page, plan_id: int, refusal: Refusal, values: dict[str, Any]) -> Response:
    return form_again(page, "youth/plan.html", refusal, **_context(page, plan_id, values))


def _context(page: Page, plan_id: int, values: dict[str, Any]) -> dict[str, Any]:
    with page.reading() as unit:
        view = plans.view(unit, page.actor, plan_id)
    return {
        "view": view,
        "values": {"weekly_hours": view.weekly_hours, "comment": "", **values},
        "kinds": plan_words.kind_words(),
        "states": plan_words.state_words(),
        "steps": plan_words.step_words(),
        "events": plan_words.event_words(),
        "hours_range": (LEAST_HOURS, MOST_HOURS),
    }
