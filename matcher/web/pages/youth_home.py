"""A young person's first page, the tracker of applications, and introductions."""

from starlette.responses import Response

from matcher.flows import applying, youth_home
from matcher.web import choices, matching_words
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import VersionForm
from matcher.web.gates import pages
from matcher.web.page import Paged
from matcher.web.params import Id

router = pages()


@router.get("/youth")
def home(page: Paged) -> Response:
    with page.reading() as unit:
        view = youth_home.home(unit, page.actor)
    return page.html(
        "youth/home.html",
        view=view,
        regions=dict(choices.region_choices()),
        employments=dict(choices.employment_choices()),
    )


@router.get("/youth/applications")
def tracker(page: Paged) -> Response:
    with page.reading() as unit:
        sent = applying.tracker(unit, page.actor)
        asked = applying.introductions(unit, page.actor)
    return page.html(
        "youth/applications.html",
        sent=sent,
        asked=asked,
        words=matching_words.application_words(),
        reasons=matching_words.refusal_words(),
        answers=matching_words.introduction_words(),
    )


@router.post("/youth/applications/{application_id}/withdraw")
def withdraw(page: Paged, application_id: Id) -> Response:
    form = parse(VersionForm, page.form)
    with page.writing() as unit:
        applying.withdraw(unit, page.actor, application_id, form.version)
    return page.redirect("/youth/applications", notice="application-withdrawn")


@router.get("/youth/introductions/{introduction_id}")
def show_introduction(page: Paged, introduction_id: Id) -> Response:
    with page.reading() as unit:
        view = applying.introduction(unit, page.actor, introduction_id)
    return page.html(
        "youth/introduction.html",
        view=view,
        regions=dict(choices.region_choices()),
        employments=dict(choices.employment_choices()),
        answers=matching_words.introduction_words(),
    )


@router.post("/youth/introductions/{introduction_id}/accept")
def accept(page: Paged, introduction_id: Id) -> Response:
    form = parse(VersionForm, page.form)
    with page.writing() as unit:
        applying.accept(unit, page.actor, introduction_id, form.version)
    return page.redirect("/youth/applications", notice="introduction-accepted")


@router.post("/youth/introductions/{introduction_id}/refuse")
def refuse(page: Paged, introduction_id: Id) -> Response:
    form = parse(VersionForm, page.form)
    with page.writing() as unit:
        applying.refuse(unit, page.actor, introduction_id, form.version)
    return page.redirect("/youth/applications", notice="introduction-refused")
