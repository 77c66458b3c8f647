"""Applications to a partner's openings: the lists, one of them, and the answers."""

from typing import Any

from starlette.responses import Response

from matcher import rendering
from matcher.flows import application_sheet, applications_list, applications_partner, reply_clock
from matcher.flows.application_sheet import ApplicationView
from matcher.i18n import language_or_none, use_language
from matcher.refusal import Conflict, Forbidden, Invalid
from matcher.web import papers_part, partner_choices, review_part
from matcher.web.forms.base import parse, typed
from matcher.web.forms.matching import LOOK
from matcher.web.forms.partner import (
    ApplicationsQuery,
    MoreTimeForm,
    MoveForm,
    NoteForm,
    RefuseForm,
    RefuseManyForm,
    StepForm,
)
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to, still_there

router = pages()
Errors = dict[str, str]
EMPTY = {"reason": "", "share": "", "words": "", "note": None}


@router.get("/partner/answers")
def show_owed(page: Paged) -> Response:
    with page.reading() as unit:
        rows = applications_list.owed(unit, page.actor, operation_of(page))
    return page.html("partner/answers.html", rows=rows, **_words())


@router.get("/partner/openings/{opening_id}/applications")
def show_applications(page: Paged, opening_id: Id) -> Response:
    query = parse(ApplicationsQuery, page.request.query_params, LOOK)
    return _list(page, opening_id, query, {}, 200)


@router.get("/partner/applications/{application_id}")
def show_application(page: Paged, application_id: Id) -> Response:
    return _application(page, application_id, {}, {}, 200)


@router.post("/partner/applications/{application_id}/move")
def move_application(page: Paged, application_id: Id) -> Response:
    form = parse(MoveForm, page.form)
    with page.writing() as unit:
        applications_partner.move(unit, page.actor, application_id, form.version, form.action)
    return page.redirect(f"/partner/applications/{application_id}", notice="application-moved")


@router.post("/partner/applications/{application_id}/invite")
def invite_applicant(page: Paged, application_id: Id) -> Response:
    form = parse(StepForm, page.form)
    with page.writing() as unit:
        opening_id = applications_partner.invite(unit, page.actor, application_id, form.version)
    return page.redirect(f"/partner/openings/{opening_id}/applications", notice="application-moved")


@router.post("/partner/applications/{application_id}/refuse")
def refuse_application(page: Paged, application_id: Id) -> Response:
    try:
        form = parse(RefuseForm, page.form, ("csrf", "preview"))
        if "preview" in page.form:
            return _preview(page, application_id, form)
        with page.writing() as unit:
            opening_id = applications_partner.refuse(
                unit, page.actor, application_id, form.version, form.reason, form.share,
                form.words, form.note,
            )  # fmt: skip
    except (Invalid, Conflict, Forbidden) as refusal:
        values = typed(RefuseForm, page.form, ("csrf", "preview"))
        return _application(page, application_id, values, *answer_to(refusal))
    ends = f"openings/{opening_id}/applications" if form.back else f"applications/{application_id}"
    return page.redirect(f"/partner/{ends}", notice="application-refused")


@router.post("/partner/applications/{application_id}/note")
def keep_note(page: Paged, application_id: Id) -> Response:
    try:
        form = parse(NoteForm, page.form)
        with page.writing() as unit:
            applications_partner.keep_note(unit, page.actor, application_id, form.before, form.note)
    except Invalid as refusal:
        values = typed(NoteForm, page.form)
        errors = {f"own_{key}": text for key, text in refusal.fields.items()}
        return _application(page, application_id, {"own_note": values.get("note")}, errors, 422)
    except Conflict as refusal:
        values = {"own_note": typed(NoteForm, page.form).get("note")}
        return _application(page, application_id, values, {"own_note": refusal.message}, 409)
    return page.redirect(f"/partner/applications/{application_id}", notice="application-noted")


@router.post("/partner/applications/{application_id}/more-time")
def ask_more_time(page: Paged, application_id: Id) -> Response:
    form = parse(MoreTimeForm, page.form)
    with page.writing() as unit:
        reply_clock.ask_more(unit, page.actor, application_id, form.version, form.reason, form.days)
    return page.redirect("/partner/answers", notice="application-later")


@router.post("/partner/openings/{opening_id}/applications/refuse")
def refuse_applications(page: Paged, opening_id: Id) -> Response:
    try:
        form = parse(RefuseManyForm, page.form)
        with page.writing() as unit:
            applications_partner.refuse_many(
                unit, page.actor, opening_id, form.applications, form.reason, form.share, form.words
            )
    except (Invalid, Conflict, Forbidden) as refusal:
        return _list(page, opening_id, ApplicationsQuery(), *answer_to(refusal))
    return page.redirect(
        f"/partner/openings/{opening_id}/applications", notice="application-refused"
    )


def _list(
    page: Page, opening_id: int, query: ApplicationsQuery, errors: Errors, status: int
) -> Response:
    only_waiting = query.show == "waiting"
    with page.reading() as unit:
        view = applications_list.of_opening(
            unit, page.actor, operation_of(page), opening_id, only_waiting
        )
    return page.html(
        "partner/applications.html",
        status,
        view=view,
        only_waiting=only_waiting,
        values={**EMPTY, "applications": [], **typed(RefuseManyForm, page.form)}
        if errors
        else {**EMPTY, "applications": []},
        errors=errors,
        **_words(),
    )


def _application(
    page: Page,
    application_id: int,
    values: dict[str, Any],
    errors: Errors,
    status: int,
    preview: str = "",
) -> Response:
    with still_there(errors, status):
        view = _view(page, application_id)
    return page.html(
        "partner/application.html",
        status,
        view=view,
        values={**EMPTY, "own_note": view.note, **values},
        errors=errors,
        preview=preview,
        **review_part.of_application(page, application_id),
        **papers_part.of_application(page, application_id),
        **_words(),
    )


def _preview(page: Page, application_id: int, form: RefuseForm) -> Response:
    """What the person will read, word by word, before anything is sent."""
    answer = applications_partner.checked(form.reason, form.share, form.words)
    view = _view(page, application_id)
    code = answer.reason.value if answer.reason is not None and answer.shared else ""
    mail = _mail(page, view, code, form.words)
    values = typed(RefuseForm, page.form, ("csrf", "preview"))
    return _application(page, application_id, values, {}, 200, mail)


def _mail(page: Page, view: ApplicationView, code: str, words: str) -> str:
    site = str(page.request.base_url).rstrip("/")
    more = {"reason": code, "said": words, "site_url": site}
    with use_language(language_or_none(view.language) or "ko"):
        text = rendering.render(
            "mail/application_refused.txt", {**view.titles, **more, "name": view.name}
        )
    return text.strip()


def _view(page: Page, application_id: int) -> ApplicationView:
    with page.reading() as unit:
        return application_sheet.view(unit, page.actor, operation_of(page), application_id)


def _words() -> dict[str, Any]:
    return {
        "states": partner_choices.application_states(),
        "actions": partner_choices.application_actions(),
        "causes": partner_choices.closing_causes(),
        "refusals": partner_choices.refusal_choices(),
        "refusal_names": partner_choices.refusal_names(),
        "lates": partner_choices.late_reasons(),
        "roles": partner_choices.actor_roles(),
    }
