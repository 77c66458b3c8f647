"""A young person's first page, the tracker of applications, and introductions."""

from typing import Any

from starlette.responses import Response

from matcher.flows import (
    applying,
    own_applications,
    own_introductions,
    own_waiting,
    papers,
    posting_history,
    still_looking,
    youth_home,
)
from matcher.refusal import Invalid
from matcher.web import choices, matching_words
from matcher.web.forms.base import parse, typed
from matcher.web.forms.buttons import AcceptForm, LookingForm, VersionForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id

router = pages()


@router.get("/youth")
def home(page: Paged) -> Response:
    with page.reading() as unit:
        view = youth_home.home(unit, page.actor)
        looking = still_looking.question(unit)
        waiting = own_waiting.listing(unit)
    return page.html(
        "youth/home.html",
        view=view,
        looking=looking,
        waiting=waiting,
        regions=dict(choices.region_choices()),
        employments=dict(choices.employment_choices()),
    )


@router.post("/youth/looking")
def answer_looking(page: Paged) -> Response:
    form = parse(LookingForm, page.form)
    is_looking = form.answer == "yes"
    with page.writing() as unit:
        still_looking.answer(unit, is_looking)
    return page.redirect("/youth", notice="still-looking" if is_looking else "not-looking")


@router.get("/youth/applications")
def tracker(page: Paged) -> Response:
    with page.reading() as unit:
        sent = own_applications.tracker(unit, page.actor)
        asked = own_introductions.introductions(unit, page.actor)
        changed = posting_history.told(unit, [each.card.id for each in sent])
        kept = papers.shown(unit, [each.id for each in sent])
    return page.html(
        "youth/applications.html",
        sent=sent,
        asked=asked,
        changed=changed,
        kept=kept,
        words=matching_words.application_words(),
        reasons=matching_words.refusal_words(),
        answers=matching_words.introduction_words(),
        causes=matching_words.closing_words(),
        lates=matching_words.late_words(),
    )


@router.post("/youth/applications/{application_id}/withdraw")
def withdraw(page: Paged, application_id: Id) -> Response:
    form = parse(VersionForm, page.form)
    with page.writing() as unit:
        applying.withdraw(unit, page.actor, application_id, form.version)
    return page.redirect("/youth/applications", notice="application-withdrawn")


@router.get("/youth/introductions/{introduction_id}")
def show_introduction(page: Paged, introduction_id: Id) -> Response:
    return _introduction(page, introduction_id, {}, {}, 200)


def _introduction(
    page: Page, introduction_id: int, values: dict[str, Any], errors: dict[str, str], status: int
) -> Response:
    with page.reading() as unit:
        view = own_introductions.introduction(unit, page.actor, introduction_id)
    return page.html(
        "youth/introduction.html",
        status,
        view=view,
        values={"until": view.consent_until.isoformat(), **values},
        errors=errors,
        regions=dict(choices.region_choices()),
        employments=dict(choices.employment_choices()),
        answers=matching_words.introduction_words(),
    )


@router.post("/youth/introductions/{introduction_id}/accept")
def accept(page: Paged, introduction_id: Id) -> Response:
    try:
        form = parse(AcceptForm, page.form)
        with page.writing() as unit:
            own_introductions.accept(unit, page.actor, introduction_id, form.version, form.until)
    except Invalid as refusal:
        values = typed(AcceptForm, page.form)
        return _introduction(page, introduction_id, values, refusal.fields, 422)
    return page.redirect("/youth/applications", notice="introduction-accepted")


@router.post("/youth/introductions/{introduction_id}/refuse")
def refuse(page: Paged, introduction_id: Id) -> Response:
    form = parse(VersionForm, page.form)
    with page.writing() as unit:
        own_introductions.refuse(unit, page.actor, introduction_id, form.version)
    return page.redirect("/youth/applications", notice="introduction-refused")
