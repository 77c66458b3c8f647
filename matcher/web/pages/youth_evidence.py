"""A young person's proofs: hand one in, follow it, take it back."""

from typing import Any

from starlette.responses import Response

from matcher.flows import evidence
from matcher.refusal import Conflict, Invalid
from matcher.web import evidence_words
from matcher.web.attached import attached, uploaded
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import VersionForm
from matcher.web.forms.evidence import EvidenceForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK = {"about": "", "title": "", "skill": "", "level": "", "note": ""}


@router.get("/youth/evidence")
def show(page: Paged) -> Response:
    return _page(page, BLANK, {}, 200)


@router.post("/youth/evidence")
def hand_in(page: Paged) -> Response:
    limit = page.services.settings.upload_limit_mb
    try:
        proof = parse(EvidenceForm, page.form).proof()
        data, name = uploaded(page.form, "file", limit)
        with page.writing() as unit:
            evidence.hand_in(unit, page.actor, proof, data, name, limit)
    except (Invalid, Conflict) as refusal:
        return _page(page, typed_values(page.form, BLANK), *answer_to(refusal))
    return page.redirect("/youth/evidence", notice="evidence-handed-in")


@router.get("/youth/evidence/{evidence_id}/file")
def file(page: Paged, evidence_id: Id) -> Response:
    with page.reading() as unit:
        found = evidence.own_file(unit, page.actor, evidence_id)
    return attached(found.data, found.media_type, found.name)


@router.post("/youth/evidence/{evidence_id}/withdraw")
def withdraw(page: Paged, evidence_id: Id) -> Response:
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            evidence.withdraw(unit, page.actor, evidence_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _page(page, BLANK, *answer_to(refusal))
    return page.redirect("/youth/evidence", notice="evidence-withdrawn")


def _page(page: Page, values: dict[str, Any], errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = evidence.view(unit, page.actor)
    return page.html(
        "youth/evidence.html",
        status,
        view=view,
        values=values,
        errors=errors,
        most_mb=page.services.settings.upload_limit_mb,
        states=evidence_words.state_words(),
        subjects=evidence_words.subject_words(),
        reasons=dict(evidence_words.return_choices()),
        levels=evidence_words.level_choices(),
    )
