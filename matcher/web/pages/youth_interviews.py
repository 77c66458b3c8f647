"""A young person's interview times, and the answer to an offer."""

from starlette.responses import Response

from matcher.flows import applying, job_offers, own_interviews
from matcher.refusal import Conflict, Invalid
from matcher.web import interview_words
from matcher.web.calendar_files import invitation_answer
from matcher.web.forms.base import parse
from matcher.web.forms.interviews import TakeForm, WaitForm
from matcher.web.forms.partner import StepForm
from matcher.web.gates import pages
from matcher.web.operating import site_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()
Errors = dict[str, str]


@router.get("/youth/applications/{application_id}/interview")
def show(page: Paged, application_id: Id) -> Response:
    return _page(page, application_id, {}, 200)


@router.post("/youth/applications/{application_id}/interview")
def take(page: Paged, application_id: Id) -> Response:
    try:
        form = parse(TakeForm, page.form)
        with page.writing() as unit:
            own_interviews.take(unit, page.actor, application_id, form.slot)
    except (Invalid, Conflict) as refusal:
        return _page(page, application_id, *answer_to(refusal))
    return page.redirect(_path(application_id), notice="interview-taken")


@router.post("/youth/applications/{application_id}/interview/cancel")
def cancel(page: Paged, application_id: Id) -> Response:
    try:
        form = parse(StepForm, page.form)
        with page.writing() as unit:
            own_interviews.cancel(unit, page.actor, application_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _page(page, application_id, *answer_to(refusal))
    return page.redirect(_path(application_id), notice="interview-cancelled")


@router.post("/youth/applications/{application_id}/interview/wait")
def wait(page: Paged, application_id: Id) -> Response:
    try:
        form = parse(WaitForm, page.form)
        with page.writing() as unit:
            own_interviews.wait(unit, page.actor, application_id, form.on == "yes")
    except (Invalid, Conflict) as refusal:
        return _page(page, application_id, *answer_to(refusal))
    return page.redirect(_path(application_id), notice="interview-waiting")


@router.get("/youth/applications/{application_id}/interview/file")
def invitation_file(page: Paged, application_id: Id) -> Response:
    with page.reading() as unit:
        body = own_interviews.invitation_file(unit, page.actor, application_id, site_of(page))
    return invitation_answer(body)


@router.get("/youth/applications/{application_id}/offer")
def show_offer(page: Paged, application_id: Id) -> Response:
    return _offer(page, application_id, {}, 200)


@router.post("/youth/applications/{application_id}/offer/accept")
def accept(page: Paged, application_id: Id) -> Response:
    try:
        form = parse(StepForm, page.form)
        with page.writing() as unit:
            applying.accept_offer(unit, page.actor, application_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _offer(page, application_id, *answer_to(refusal))
    return page.redirect("/youth/applications", notice="offer-accepted")


@router.post("/youth/applications/{application_id}/offer/decline")
def decline(page: Paged, application_id: Id) -> Response:
    """A no is the person's own leaving: nothing else is asked and nothing else ends."""
    try:
        form = parse(StepForm, page.form)
        with page.writing() as unit:
            applying.withdraw(unit, page.actor, application_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _offer(page, application_id, *answer_to(refusal))
    return page.redirect("/youth/applications", notice="offer-declined")


def _path(application_id: int) -> str:
    return f"/youth/applications/{application_id}/interview"


def _page(page: Page, application_id: int, errors: Errors, status: int) -> Response:
    with page.reading() as unit:
        view = own_interviews.view(unit, page.actor, application_id)
    return page.html(
        "youth/interview.html",
        status,
        view=view,
        errors=errors,
        modes=dict(interview_words.mode_choices()),
        states=interview_words.own_states(),
    )


def _offer(page: Page, application_id: int, errors: Errors, status: int) -> Response:
    with page.reading() as unit:
        view = job_offers.own(unit, page.actor, application_id)
    return page.html("youth/offer.html", status, view=view, errors=errors)
