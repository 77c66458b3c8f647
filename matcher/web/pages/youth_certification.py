"""One certificate: exam versions, readiness by domain, study log, practice scores, vouchers."""

from typing import Any

from starlette.responses import Response

from matcher.flows import certificate, certifications, own_vouchers, study, what_if
from matcher.refusal import Conflict, Invalid
from matcher.web import choices, voucher_words
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse, typed
from matcher.web.forms.progress import PracticeForm, StudyEntryForm, UsedForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id, Slug
from matcher.web.refused import answer_to

router = pages()
BLANK = {
    "studied_on": "",
    "minutes": "",
    "domain": "",
    "note": "",
    "taken_on": "",
    "percent": "",
    "part": "",
    "source": "official_questions",
    "exam_code": "",
}


@router.get("/youth/certifications/{certification}")
def show(page: Paged, certification: Slug) -> Response:
    return _page(page, certification, {}, {}, 200)


@router.post("/youth/certifications/{certification}/study")
def add_entry(page: Paged, certification: Slug) -> Response:
    try:
        form = parse(StudyEntryForm, page.form)
        with page.writing() as unit:
            study.add_entry(unit, page.actor, certification, form.entry())
    except Invalid as refusal:
        return _page(page, certification, typed(StudyEntryForm, page.form), refusal.fields, 422)
    return page.redirect(f"/youth/certifications/{certification}#study", notice="saved")


@router.post("/youth/certifications/{certification}/practice")
def add_score(page: Paged, certification: Slug) -> Response:
    try:
        form = parse(PracticeForm, page.form)
        with page.writing() as unit:
            study.add_score(unit, page.actor, certification, form.score())
    except Invalid as refusal:
        return _page(page, certification, typed(PracticeForm, page.form), refusal.fields, 422)
    return page.redirect(f"/youth/certifications/{certification}#practice", notice="saved")


@router.post("/youth/study/{entry_id}/remove")
def remove_entry(page: Paged, entry_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        certification = study.remove_entry(unit, page.actor, entry_id)
    return page.redirect(f"/youth/certifications/{certification}#study", notice="saved")


@router.post("/youth/practice/{score_id}/remove")
def remove_score(page: Paged, score_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        certification = study.remove_score(unit, page.actor, score_id)
    return page.redirect(f"/youth/certifications/{certification}#practice", notice="saved")


@router.get("/youth/vouchers")
def vouchers(page: Paged) -> Response:
    return _vouchers(page, {}, 200)


@router.post("/youth/vouchers/{voucher_id}/used")
def use(page: Paged, voucher_id: Id) -> Response:
    try:
        form = parse(UsedForm, page.form)
        with page.writing() as unit:
            own_vouchers.use(unit, page.actor, voucher_id, form.on, form.version)
    except (Invalid, Conflict) as refusal:
        errors, status = answer_to(refusal)
        return _vouchers(page, {"": " ".join(errors.values())}, status)
    return page.redirect("/youth/vouchers", notice="saved")


def _vouchers(page: Page, errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = own_vouchers.view(unit, page.actor)
    return page.html(
        "youth/vouchers.html",
        status,
        view=view,
        errors=errors,
        levels=voucher_words.level_words(),
    )


def _page(
    page: Page, certification: str, values: dict[str, Any], errors: dict[str, str], status: int
) -> Response:
    with page.reading() as unit:
        view = certificate.view(unit, page.actor, certification)
        records = certifications.view(unit, page.actor).records
        held = own_vouchers.view(unit, page.actor)
        effects = what_if.certification(unit, page.actor, certification) if view.windows else None
    today = page.services.clock.today().isoformat()
    days = {"studied_on": today, "taken_on": today, "exam_code": view.exam_code}
    return page.html(
        "youth/certification.html",
        status,
        view=view,
        records=[row for row in records if row.certification == view.certification],
        vouchers=[each for each in held.vouchers if each.pays(view.level)],
        benefits=held,
        effects=effects,
        values={**BLANK, **days, **values},
        errors=errors,
        words=choices.standing_words(),
        languages=dict(choices.language_choices()),
        sources=voucher_words.practice_choices(),
        states=voucher_words.readiness_words(),
        confidences=voucher_words.confidence_words(),
        levels=voucher_words.level_words(),
    )
