"""One person at a desk: record, affiliation, proofs, ratings."""

from typing import Any

from starlette.responses import Response

from matcher.flows import youth_desk, youth_record
from matcher.flows.youth_desk import AffiliationStep
from matcher.refusal import Conflict, Forbidden, Invalid, Refusal
from matcher.web import choices, desk_words, partner_choices
from matcher.web.forms.base import parse
from matcher.web.forms.desk import AffiliationForm, ProofForm, RateForm, SkillQuery
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.params import Id
from matcher.web.refused import form_again, typed_values

router = pages()
RATING = {"skill": "", "level": "", "evidence_kind": "", "note": ""}


@router.get("/coordinator/people/{youth_id}")
@router.get("/centre/people/{youth_id}")
def show(page: Paged, youth_id: Id) -> Response:
    base = desk_base(page)
    query = parse(SkillQuery, page.request.query_params, ignore=LOOK)
    rating = {**RATING, "skill": youth_desk.skill_name(query.skill)}
    return page.html("coordinator/person.html", errors={}, **_context(page, base, youth_id, rating))


@router.post("/coordinator/people/{youth_id}/affiliation")
@router.post("/centre/people/{youth_id}/affiliation")
def move_affiliation(page: Paged, youth_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(AffiliationForm, page.form)
        with page.writing() as unit:
            youth_desk.move_affiliation(
                unit, page.actor, youth_id, form.step, form.reason, form.version
            )
    except (Invalid, Conflict, Forbidden) as refusal:
        return _again(page, base, youth_id, refusal, "affiliation")
    if form.step is AffiliationStep.END:
        return page.redirect(f"{base}/roster", notice="affiliation-ended")
    return page.redirect(f"{base}/people/{youth_id}", notice="affiliation-confirmed")


@router.post("/coordinator/people/{youth_id}/certifications/{record_id}")
@router.post("/centre/people/{youth_id}/certifications/{record_id}")
def judge(page: Paged, youth_id: Id, record_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(ProofForm, page.form)
        with page.writing() as unit:
            youth_desk.judge_certification(
                unit, page.actor, youth_id, record_id, form.step, form.reason, form.version
            )
    except (Invalid, Conflict, Forbidden) as refusal:
        return _again(page, base, youth_id, refusal, f"certification-{record_id}")
    return page.redirect(f"{base}/people/{youth_id}", notice="proof-judged")


@router.post("/coordinator/people/{youth_id}/skills")
@router.post("/centre/people/{youth_id}/skills")
def rate(page: Paged, youth_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(RateForm, page.form)
        with page.writing() as unit:
            youth_desk.rate_skill(unit, page.actor, youth_id, form.rating())
    except (Invalid, Conflict, Forbidden) as refusal:
        values = typed_values(page.form, RATING)
        return _again(page, base, youth_id, refusal, "rate", values)
    return page.redirect(f"{base}/people/{youth_id}", notice="skill-rated")


def _again(
    page: Page,
    base: str,
    youth_id: int,
    refusal: Refusal,
    at: str,
    values: dict[str, Any] | None = None,
) -> Response:
    """`at` names the form that was refused, so that its words stand beside it."""
    context = _context(page, base, youth_id, values or RATING, at)
    return form_again(page, "coordinator/person.html", refusal, **context)


def _context(
    page: Page, base: str, youth_id: int, rating: dict[str, Any], at: str = ""
) -> dict[str, Any]:
    with page.reading() as unit:
        view = youth_record.view(unit, page.actor, youth_id)
    return {
        "base": base,
        "view": view,
        "rating": rating,
        "at": at,
        "reason": str(page.form.get("reason", "")) if at else "",
        "statuses": dict(choices.status_choices()),
        "affiliations": desk_words.affiliation_words(),
        "states": desk_words.affiliation_states(),
        "end_reasons": desk_words.end_reasons(),
        "see_reasons": desk_words.see_reasons(),
        "take_back_reasons": desk_words.take_back_reasons(),
        "raters": desk_words.rater_words(),
        "standings": choices.standing_words() | {"passed": desk_words.passed_word()},
        "enrolments": desk_words.enrolment_states(),
        "applications": partner_choices.application_states(),
        "evidence_kinds": choices.evidence_choices(),
    }
