"""The queue of proofs at a desk: one after the other, by keyboard if one likes."""

from typing import Any

from starlette.responses import Response

from matcher.flows import evidence_desk, evidence_judging, saved_views
from matcher.refusal import Conflict, Forbidden, Invalid, Refusal
from matcher.web import desk_words, evidence_words
from matcher.web.attached import attached
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import VersionForm
from matcher.web.forms.evidence import AcceptForm, QueueQuery, ReturnForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base, to_usual_view
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
TYPED = {"reason": "", "level": "", "comment": "", "return_reason": "", "return_comment": ""}


@router.get("/coordinator/evidence")
@router.get("/centre/evidence")
def queue(page: Paged) -> Response:
    base = desk_base(page)
    usual = to_usual_view(page, base, "evidence")
    if usual is not None:
        return usual
    query = parse(QueueQuery, page.request.query_params, ignore=(*LOOK, "view"))
    with page.reading() as unit:
        view = evidence_desk.queue(unit, page.actor, query.show, query.page or 1)
        views = saved_views.listed(unit, page.actor, "evidence")
    return page.html(
        "coordinator/evidence.html",
        base=base,
        view=view,
        views=views,
        show=query.show,
        shows=evidence_words.show_words(),
        states=evidence_words.state_words(),
        subjects=evidence_words.subject_words(),
    )


@router.post("/coordinator/evidence/next")
@router.post("/centre/evidence/next")
def take_next(page: Paged) -> Response:
    base = desk_base(page)
    parse(Nothing, page.form)
    with page.writing() as unit:
        found = evidence_judging.take_next(unit, page.actor)
    return _onward(page, base, found, "")


@router.get("/coordinator/evidence/{evidence_id}")
@router.get("/centre/evidence/{evidence_id}")
def sheet(page: Paged, evidence_id: Id) -> Response:
    return _sheet(page, desk_base(page), evidence_id, {}, {}, 200)


@router.get("/coordinator/evidence/{evidence_id}/file")
@router.get("/centre/evidence/{evidence_id}/file")
def file(page: Paged, evidence_id: Id) -> Response:
    desk_base(page)
    with page.reading() as unit:
        found = evidence_desk.file(unit, page.actor, evidence_id)
    return attached(found.data, found.media_type, found.name)


@router.post("/coordinator/evidence/{evidence_id}/claim")
@router.post("/centre/evidence/{evidence_id}/claim")
def claim(page: Paged, evidence_id: Id) -> Response:
    base = desk_base(page)
    parse(Nothing, page.form)
    try:
        with page.writing() as unit:
            evidence_judging.claim(unit, page.actor, evidence_id)
    except Conflict as refusal:
        return _sheet(page, base, evidence_id, {}, *answer_to(refusal))
    return page.redirect(f"{base}/evidence/{evidence_id}")


@router.post("/coordinator/evidence/{evidence_id}/accept")
@router.post("/centre/evidence/{evidence_id}/accept")
def accept(page: Paged, evidence_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(AcceptForm, page.form)
        with page.writing() as unit:
            found = evidence_judging.accept(unit, page.actor, evidence_id, form.verdict())
    except (Invalid, Conflict, Forbidden) as refusal:
        return _refused(page, base, evidence_id, refusal)
    return _onward(page, base, found, "evidence-accepted")


@router.post("/coordinator/evidence/{evidence_id}/return")
@router.post("/centre/evidence/{evidence_id}/return")
def send_back(page: Paged, evidence_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(ReturnForm, page.form)
        with page.writing() as unit:
            found = evidence_judging.send_back(
                unit, page.actor, evidence_id, form.return_reason, form.verdict()
            )
    except (Invalid, Conflict, Forbidden) as refusal:
        return _refused(page, base, evidence_id, refusal)
    return _onward(page, base, found, "evidence-returned")


@router.post("/coordinator/evidence/{evidence_id}/skip")
@router.post("/centre/evidence/{evidence_id}/skip")
def skip(page: Paged, evidence_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            found = evidence_judging.skip(unit, page.actor, evidence_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _refused(page, base, evidence_id, refusal)
    return _onward(page, base, found, "")


@router.post("/coordinator/evidence/{evidence_id}/undo")
@router.post("/centre/evidence/{evidence_id}/undo")
def undo(page: Paged, evidence_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            evidence_judging.undo(unit, page.actor, evidence_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _refused(page, base, evidence_id, refusal)
    return page.redirect(f"{base}/evidence/{evidence_id}", notice="evidence-undone")


def _onward(page: Page, base: str, found: int | None, notice: str) -> Response:
    """The next proof at once; the queue when nothing waits any more."""
    if found is None:
        return page.redirect(f"{base}/evidence", notice=notice or "evidence-empty")
    return page.redirect(f"{base}/evidence/{found}", notice=notice or None)


def _refused(page: Page, base: str, evidence_id: int, refusal: Refusal) -> Response:
    values = typed_values(page.form, TYPED)
    return _sheet(page, base, evidence_id, values, *answer_to(refusal))


def _sheet(
    page: Page,
    base: str,
    evidence_id: int,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Response:
    with page.reading() as unit:
        view = evidence_desk.sheet(unit, page.actor, evidence_id)
    return page.html(
        "coordinator/evidence_item.html",
        status,
        base=base,
        view=view,
        values={**TYPED, "reason": "original", "level": view.level or "", **values},
        errors=errors,
        states=evidence_words.state_words(),
        subjects=evidence_words.subject_words(),
        see_reasons=desk_words.see_reasons(),
        returns=evidence_words.return_choices(),
        levels=evidence_words.level_choices(),
    )
