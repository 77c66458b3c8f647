"""A young person's own records: profile, skills, certifications."""

from typing import Any

from starlette.responses import Response

from matcher.flows import aws_ids, certification_map, certifications, licences, profile, skills
from matcher.refusal import Conflict, Invalid
from matcher.web import choices
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse, typed
from matcher.web.forms.records import (
    AttemptForm,
    AwsIdForm,
    LicenceForm,
    ProfileForm,
    SkillForm,
    StepForm,
)
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id, Slug
from matcher.web.refused import answer_to
from models.youth import WishKind

router = pages()
Errors = dict[str, str]


@router.get("/youth/profile")
def show_profile(page: Paged) -> Response:
    return _profile(page, {}, {}, 200)


@router.post("/youth/profile")
def save_profile(page: Paged) -> Response:
    try:
        form = parse(ProfileForm, page.form)
        with page.writing() as unit:
            profile.change(unit, page.actor, form.change())
    except (Invalid, Conflict) as refusal:
        return _profile(page, typed(ProfileForm, page.form), *answer_to(refusal))
    return page.redirect("/youth/profile", notice="saved")


def _profile(page: Page, values: Any, errors: Errors, status: int) -> Response:
    with page.reading() as unit:
        view = profile.view(unit, page.actor)
        skill_view = skills.view(unit, page.actor)
    stored = {
        "affiliation": view.affiliation,
        "organisation_id": view.organisation_id,
        "status": view.status,
        "graduation_on": view.graduation_on,
        "available_from": view.available_from,
        "weekly_hours": view.weekly_hours,
        "budget_krw": view.budget_krw,
        "about": view.about,
        "sectors": view.wishes[WishKind.SECTOR],
        "regions": view.wishes[WishKind.REGION],
        "employment": view.wishes[WishKind.EMPLOYMENT],
    }
    # What was typed wins; the version stays the stored one, so the second try can go through.
    shown = {**stored, **values, "version": view.version}
    return page.html(
        "youth/profile.html",
        status,
        view=view,
        skills=skill_view,
        values=shown,
        errors=errors,
        affiliations=choices.affiliation_choices(),
        statuses=choices.status_choices(),
        sectors=choices.sector_choices(),
        regions=choices.region_choices(),
        employments=choices.employment_choices(),
    )


@router.get("/youth/skills")
def show_skills(page: Paged, q: str = "", skill: str = "") -> Response:
    return _skills(page, {"skill": skill}, {}, 200, q[:100])


@router.post("/youth/skills")
def add_skill(page: Paged) -> Response:
    try:
        form = parse(SkillForm, page.form)
        with page.writing() as unit:
            skills.claim(unit, page.actor, form.claim())
    except Invalid as refusal:
        values = typed(SkillForm, page.form)
        return _skills(page, values, refusal.fields, 422, str(values.get("skill", ""))[:100])
    return page.redirect("/youth/skills", notice="saved")


@router.post("/youth/skills/{slug}/withdraw")
def withdraw_skill(page: Paged, slug: Slug) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        skills.withdraw(unit, page.actor, slug)
    return page.redirect("/youth/skills", notice="saved")


def _skills(
    page: Page, values: dict[str, Any], errors: Errors, status: int, query: str
) -> Response:
    with page.reading() as unit:
        view = skills.view(unit, page.actor)
    chosen = skills.choice(str(values.get("skill", ""))) if values.get("skill") else None
    return page.html(
        "youth/skills.html",
        status,
        block="finder",
        view=view,
        values={"skill": "", "level": "", "evidence_kind": "", "evidence": "", **values},
        errors=errors,
        query=query,
        found=skills.search(query) if query else (),
        chosen=chosen,
        evidence_kinds=choices.evidence_choices(),
    )


@router.get("/youth/certifications")
def show_certifications(page: Paged) -> Response:
    return _certifications(page, {}, {}, 200)


@router.post("/youth/certifications")
def add_attempt(page: Paged) -> Response:
    try:
        form = parse(AttemptForm, page.form)
        with page.writing() as unit:
            certifications.record(unit, page.actor, form.attempt())
    except Invalid as refusal:
        return _certifications(page, typed(AttemptForm, page.form), refusal.fields, 422)
    return page.redirect("/youth/certifications", notice="saved")


@router.post("/youth/certifications/{record_id}/step")
def step_attempt(page: Paged, record_id: Id) -> Response:
    try:
        form = parse(StepForm, page.form)
        with page.writing() as unit:
            certifications.move(
                unit,
                page.actor,
                record_id,
                form.to,
                form.on,
                form.version,
                is_minor=form.is_minor,
                has_guardian_consent=form.has_guardian_consent,
            )
    except Invalid as refusal:
        return _certifications(page, {}, {"": " ".join(refusal.fields.values())}, 422)
    except Conflict as refusal:
        return _certifications(page, {}, {"": refusal.message}, 409)
    return page.redirect("/youth/certifications", notice="saved")


@router.post("/youth/certifications/{record_id}/remove")
def remove_attempt(page: Paged, record_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        certifications.remove(unit, page.actor, record_id)
    return page.redirect("/youth/certifications", notice="saved")


@router.post("/youth/licences")
def add_licence(page: Paged) -> Response:
    try:
        form = parse(LicenceForm, page.form)
        with page.writing() as unit:
            licences.add(unit, page.actor, form.licence, form.acquired_on)
    except Invalid as refusal:
        return _certifications(page, typed(LicenceForm, page.form), refusal.fields, 422)
    return page.redirect("/youth/certifications#licences", notice="saved")


@router.post("/youth/licences/{licence_id}/remove")
def remove_licence(page: Paged, licence_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        licences.remove(unit, page.actor, licence_id)
    return page.redirect("/youth/certifications#licences", notice="saved")


@router.post("/youth/aws-ids")
def add_aws_id(page: Paged) -> Response:
    try:
        form = parse(AwsIdForm, page.form)
        with page.writing() as unit:
            aws_ids.add(unit, page.actor, form.aws_id)
    except Invalid as refusal:
        return _certifications(page, typed(AwsIdForm, page.form), refusal.fields, 422)
    return page.redirect("/youth/certifications#aws-ids", notice="saved")


@router.post("/youth/aws-ids/{aws_id}/keep")
def keep_aws_id(page: Paged, aws_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        aws_ids.keep(unit, page.actor, aws_id)
    return page.redirect("/youth/certifications#aws-ids", notice="saved")


@router.post("/youth/aws-ids/{aws_id}/remove")
def remove_aws_id(page: Paged, aws_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        aws_ids.remove(unit, page.actor, aws_id)
    return page.redirect("/youth/certifications#aws-ids", notice="saved")


def _certifications(page: Page, values: Any, errors: Errors, status: int) -> Response:
    with page.reading() as unit:
        view = certifications.view(unit, page.actor)
        map_view = certification_map.view(unit, page.actor)
        licence_view = licences.view(unit, page.actor)
        aws_view = aws_ids.view(unit, page.actor)
    blank = {"certification": "", "state": "planned", "on": "", "language": "ko", "proof_url": ""}
    blank |= dict.fromkeys(("is_minor", "has_guardian_consent", "is_discounted"), "")
    blank |= {"licence": "", "acquired_on": "", "aws_id": ""}
    return page.html(
        "youth/certifications.html",
        status,
        view=view,
        map=map_view,
        licences=licence_view,
        aws_ids=aws_view,
        values={**blank, **values},
        errors=errors,
        states=choices.attempt_choices(),
        languages=choices.language_choices(),
        words=choices.standing_words(),
        steps=choices.step_words(),
    )
