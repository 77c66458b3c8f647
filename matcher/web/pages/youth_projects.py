"""A young person's projects: find or begin one, the team, how it goes."""

from typing import Any

from starlette.responses import Response

from matcher.flows import projects
from matcher.refusal import Conflict, Invalid
from matcher.web import project_words
from matcher.web.forms.base import parse
from matcher.web.forms.community import (
    AnswerForm,
    AskForm,
    ProjectChangeForm,
    ProjectForm,
    UpdateForm,
)
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK = {"title": "", "idea": "", "skills": "", "places": "5"}
TOLD = {"words": "", "email": ""}


@router.get("/youth/projects")
def listing(page: Paged) -> Response:
    return _listing(page, BLANK, {}, 200)


@router.post("/youth/projects")
def create(page: Paged) -> Response:
    try:
        form = parse(ProjectForm, page.form)
        with page.writing() as unit:
            project_id = projects.create(unit, page.actor, form.written())
    except (Invalid, Conflict) as refusal:
        return _listing(page, typed_values(page.form, BLANK), *answer_to(refusal))
    return page.redirect(f"/youth/projects/{project_id}", notice="project-saved")


def _listing(page: Page, values: dict[str, Any], errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = projects.listing(unit, page.actor)
    return page.html(
        "youth/projects.html",
        status,
        view=view,
        values=values,
        errors=errors,
        stages=dict(project_words.stage_choices()),
    )


@router.get("/youth/projects/{project_id}")
def one(page: Paged, project_id: Id) -> Response:
    return _one(page, project_id, {}, 200)


@router.post("/youth/projects/{project_id}")
def change(page: Paged, project_id: Id) -> Response:
    try:
        form = parse(ProjectChangeForm, page.form)
        with page.writing() as unit:
            projects.change(unit, page.actor, project_id, form.written(), form.version)
    except (Invalid, Conflict) as refusal:
        return _one(page, project_id, *answer_to(refusal))
    return page.redirect(f"/youth/projects/{project_id}", notice="project-saved")


@router.post("/youth/projects/{project_id}/updates")
def tell(page: Paged, project_id: Id) -> Response:
    try:
        form = parse(UpdateForm, page.form)
        with page.writing() as unit:
            projects.tell_how(unit, page.actor, project_id, form.words, form.stage, form.version)
    except (Invalid, Conflict) as refusal:
        return _one(page, project_id, *answer_to(refusal))
    return page.redirect(f"/youth/projects/{project_id}", notice="project-saved")


@router.post("/youth/projects/{project_id}/members")
def ask(page: Paged, project_id: Id) -> Response:
    try:
        form = parse(AskForm, page.form)
        with page.writing() as unit:
            projects.ask(unit, page.actor, project_id, form.email)
    except (Invalid, Conflict) as refusal:
        return _one(page, project_id, *answer_to(refusal))
    notice = "project-invited" if form.email else "project-asked"
    return page.redirect(f"/youth/projects/{project_id}", notice=notice)


@router.post("/youth/projects/{project_id}/members/{member_id}")
def answer(page: Paged, project_id: Id, member_id: Id) -> Response:
    try:
        form = parse(AnswerForm, page.form)
        with page.writing() as unit:
            projects.answer(unit, page.actor, project_id, member_id, form.to)
    except (Invalid, Conflict) as refusal:
        return _one(page, project_id, *answer_to(refusal))
    return page.redirect("/youth/projects", notice="project-saved")


def _one(page: Page, project_id: int, errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = projects.project(unit, page.actor, project_id)
    card = view.card
    stored = {
        "title": card.title,
        "idea": card.idea,
        "skills": ", ".join(name for _slug, name in card.skills),
        "places": str(card.places),
        **TOLD,
    }
    return page.html(
        "youth/project.html",
        status,
        view=view,
        values=typed_values(page.form, stored) if errors else stored,
        errors=errors,
        stages=project_words.stage_choices(),
    )
