"""The RISE centre's home and its approvals."""

from typing import Any

from starlette.responses import Response

from matcher.flows import answer_links, approvals, cohort, promises_desk, refusal_review
from matcher.refusal import Conflict, Invalid
from matcher.web import choices, desk_words, partner_choices
from matcher.web.forms.base import parse, typed
from matcher.web.forms.partner import ApprovalsQuery, DecideOpeningForm, DecidePartnerForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id

router = pages()
Errors = dict[str, str]


@router.get("/centre")
def home(page: Paged) -> Response:
    with page.reading() as unit:
        waiting = approvals.waiting(unit, page.actor)
        counters = cohort.waiting(unit, page.actor)
        broken = len(promises_desk.broken(unit))
        unheard = answer_links.waiting(unit, page.actor)
    return page.html(
        "centre/home.html",
        waiting=waiting,
        counters=counters,
        words=desk_words.counter_words(),
        broken=broken,
        unheard=unheard,
    )


@router.get("/centre/approvals")
def list_approvals(page: Paged) -> Response:
    query = parse(ApprovalsQuery, page.request.query_params, ignore=("lang", "theme"))
    return _page(page, query.show, "", {}, {}, 200)


@router.get("/centre/refusals")
def show_refusals(page: Paged) -> Response:
    with page.reading() as unit:
        view = refusal_review.review(unit)
    return page.html("centre/refusals.html", view=view, names=partner_choices.refusal_names())


@router.post("/centre/approvals/openings/{opening_id}")
def decide_opening(page: Paged, opening_id: Id) -> Response:
    try:
        form = parse(DecideOpeningForm, page.form)
        with page.writing() as unit:
            if form.decision == "approve":
                approvals.approve_opening(unit, page.actor, opening_id, form.version)
            else:
                approvals.return_opening(
                    unit, page.actor, opening_id, form.version, form.reason, form.words
                )
    except Invalid as refusal:
        values = typed(DecideOpeningForm, page.form)
        return _page(page, "all", f"opening-{opening_id}", values, refusal.fields, 422)
    except Conflict as refusal:
        return _page(page, "all", f"opening-{opening_id}", {}, {"": refusal.message}, 409)
    return page.redirect("/centre/approvals", notice="opening-decided")


@router.post("/centre/approvals/partners/{organisation_id}")
def decide_partner(page: Paged, organisation_id: Id) -> Response:
    try:
        form = parse(DecidePartnerForm, page.form)
        with page.writing() as unit:
            if form.decision == "approve":
                approvals.approve_partner(unit, page.actor, organisation_id)
            else:
                approvals.return_partner(unit, page.actor, organisation_id, form.reason, form.words)
    except Invalid as refusal:
        values = typed(DecidePartnerForm, page.form)
        return _page(page, "all", f"partner-{organisation_id}", values, refusal.fields, 422)
    except Conflict as refusal:
        return _page(page, "all", f"partner-{organisation_id}", {}, {"": refusal.message}, 409)
    return page.redirect("/centre/approvals", notice="partner-decided")


def _page(
    page: Page, show: str, at: str, values: dict[str, Any], errors: Errors, status: int
) -> Response:
    """`at` names the item whose form was refused, so that words and errors stand beside it."""
    with page.reading() as unit:
        waiting = approvals.waiting(unit, page.actor)
    here = {f"opening-{each.id}" for each in waiting.openings}
    here |= {f"partner-{each.id}" for each in waiting.partners}
    return page.html(
        "centre/approvals.html",
        status,
        orphan=" ".join(errors.values()) if at not in here else "",
        waiting=waiting,
        show=show,
        at=at,
        values={"reason": "", "words": "", **values},
        errors=errors,
        reasons=partner_choices.return_reasons(),
        topics=partner_choices.topics(),
        hit_fields=partner_choices.hit_fields(),
        kinds=dict(partner_choices.requirement_kinds()),
        regions=dict(choices.region_choices()),
        employments=dict(choices.employment_choices()),
    )
