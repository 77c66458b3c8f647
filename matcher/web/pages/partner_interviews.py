"""A partner's interview times and offers."""

from typing import Any

from starlette.responses import Response

from matcher.flows import hires_desk, interviews_desk, job_offers
from matcher.refusal import Conflict, Forbidden, Invalid
from matcher.web import interview_words, partner_choices
from matcher.web.calendar_files import invitation_answer
from matcher.web.forms.base import parse
from matcher.web.forms.interviews import OfferForm, OutcomeForm, StillHereForm, TimesForm
from matcher.web.forms.partner import StepForm
from matcher.web.gates import pages
from matcher.web.operating import operation_of, site_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to, still_there, typed_values

router = pages()
Errors = dict[str, str]
BLANK = {
    "day": "", "starts": "14:00", "ends": "16:00", "minutes": "30", "pause": "0",
    "mode": "on_site", "place": "",
}  # fmt: skip
TERMS = {"starts_on": "", "answer_by": "", "pay_krw": "", "words": ""}


@router.get("/partner/openings/{opening_id}/interviews")
def show(page: Paged, opening_id: Id) -> Response:
    return _page(page, opening_id, BLANK, {}, 200)


@router.post("/partner/openings/{opening_id}/interviews")
def open_times(page: Paged, opening_id: Id) -> Response:
    try:
        form = parse(TimesForm, page.form)
        with page.writing() as unit:
            interviews_desk.open_times(unit, page.actor, opening_id, form.wanted())
    except (Invalid, Conflict) as refusal:
        return _page(page, opening_id, typed_values(page.form, BLANK), *answer_to(refusal))
    return page.redirect(_list(opening_id), notice="interviews-opened")


@router.post("/partner/slots/{slot_id}/cancel")
def cancel_slot(page: Paged, slot_id: Id) -> Response:
    form = parse(StepForm, page.form)
    with page.writing() as unit:
        opening_id = interviews_desk.cancel_slot(unit, page.actor, slot_id, form.version)
    return page.redirect(_list(opening_id), notice="interview-slot-cancelled")


@router.post("/partner/interviews/{interview_id}/outcome")
def note(page: Paged, interview_id: Id) -> Response:
    form = parse(OutcomeForm, page.form)
    with page.writing() as unit:
        opening_id = interviews_desk.note(unit, page.actor, interview_id, form.version, form.state)
    return page.redirect(_list(opening_id), notice="interview-noted")


@router.get("/partner/interviews/{interview_id}/file")
def invitation_file(page: Paged, interview_id: Id) -> Response:
    with page.reading() as unit:
        body = interviews_desk.invitation_file(
            unit, page.actor, operation_of(page), interview_id, site_of(page)
        )
    return invitation_answer(body)


@router.get("/partner/applications/{application_id}/offer")
def show_offer(page: Paged, application_id: Id) -> Response:
    return _offer(page, application_id, None, {}, 200)


@router.post("/partner/applications/{application_id}/offer")
def write_offer(page: Paged, application_id: Id) -> Response:
    try:
        form = parse(OfferForm, page.form)
        with page.writing() as unit:
            job_offers.write(unit, page.actor, application_id, form.version, form.terms())
    except (Invalid, Conflict, Forbidden) as refusal:
        values = typed_values(page.form, TERMS)
        return _offer(page, application_id, values, *answer_to(refusal))
    return page.redirect(f"/partner/applications/{application_id}", notice="offer-made")


@router.get("/partner/hires")
def list_hires(page: Paged) -> Response:
    return _hires(page, {}, 200)


@router.post("/partner/hires/{outcome_id}")
def still_here(page: Paged, outcome_id: Id) -> Response:
    try:
        form = parse(StillHereForm, page.form)
        with page.writing() as unit:
            said = hires_desk.correct if form.correct else hires_desk.answer
            said(unit, page.actor, outcome_id, int(form.months), form.still == "yes")
    except (Invalid, Conflict) as refusal:
        return _hires(page, *answer_to(refusal))
    return page.redirect("/partner/hires", notice="outcome-checked")


def _hires(page: Page, errors: Errors, status: int) -> Response:
    with page.reading() as unit:
        lines = hires_desk.view(unit, page.actor, operation_of(page))
        unconfirmed = hires_desk.unconfirmed(unit, page.actor)
    return page.html(
        "partner/hires.html", status, lines=lines, unconfirmed=unconfirmed, errors=errors
    )


def _list(opening_id: int) -> str:
    return f"/partner/openings/{opening_id}/interviews"


def _page(
    page: Page, opening_id: int, values: dict[str, Any], errors: Errors, status: int
) -> Response:
    with page.reading() as unit:
        view = interviews_desk.view(unit, page.actor, operation_of(page), opening_id)
    return page.html(
        "partner/interviews.html",
        status,
        view=view,
        values=values,
        errors=errors,
        modes=interview_words.mode_choices(),
        states=interview_words.desk_states(),
    )


def _offer(
    page: Page,
    application_id: int,
    values: dict[str, Any] | None,
    errors: Errors,
    status: int,
) -> Response:
    """After a refusal what was typed stands in the form and what is stored beside it."""
    with still_there(errors, status), page.reading() as unit:
        view = job_offers.desk(unit, page.actor, operation_of(page), application_id)
    shown = view.terms or view.suggested
    return page.html(
        "partner/offer.html",
        status,
        view=view,
        values=values or {name: getattr(shown, name) for name in TERMS},
        errors=errors,
        states=partner_choices.application_states(),
    )
