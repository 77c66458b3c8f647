"""A session at the desk: who is selected, its classes and who was there, who completed."""

from typing import Any

from starlette.responses import Response

from matcher.flows import (
    attendance_desk,
    class_desk,
    class_mode,
    completing_desk,
    course_desk,
    result_undo,
    selecting,
)
from matcher.flows.selecting import Decision
from matcher.refusal import Conflict, Forbidden, Invalid
from matcher.web import course_words, desk_words, matching_words
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import EmptyForm
from matcher.web.forms.class_desk import (
    CheckInForm,
    ConfirmForm,
    MeetingForm,
    ModeForm,
    SelectForm,
    TakeBackForm,
    WorkForm,
    marks_of,
)
from matcher.web.forms.desk import FinishForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
Errors = dict[str, str]
NEW_MEETING = {"held_on": "", "starts": "", "ends": "", "topic": ""}


@router.get("/coordinator/courses/sessions/{session_id}")
@router.get("/centre/courses/sessions/{session_id}")
def session(page: Paged, session_id: Id) -> Response:
    return _session(page, desk_base(page), session_id, {}, 200)


@router.post("/coordinator/courses/sessions/{session_id}/enrolments/{enrolment_id}")
@router.post("/centre/courses/sessions/{session_id}/enrolments/{enrolment_id}")
def finish(page: Paged, session_id: Id, enrolment_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(FinishForm, page.form)
        with page.writing() as unit:
            course_desk.finish(unit, page.actor, session_id, enrolment_id, form.to)
    except (Invalid, Conflict, Forbidden) as refusal:
        return _session(page, base, session_id, *answer_to(refusal))
    return page.redirect(f"{base}/courses/sessions/{session_id}", notice="enrolment-finished")


@router.post("/coordinator/courses/sessions/{session_id}/select")
@router.post("/centre/courses/sessions/{session_id}/select")
def select(page: Paged, session_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(SelectForm, page.form)
        with page.writing() as unit:
            selecting.decide(unit, page.actor, session_id, form.pick, form.decision, form.reason)
    except (Invalid, Conflict) as refusal:
        kept = typed_values(page.form, {"pick": [], "reason": ""})
        return _session(page, base, session_id, *answer_to(refusal), kept)
    notice = "applicants-selected" if form.decision is Decision.SELECT else "applicants-declined"
    return page.redirect(f"{base}/courses/sessions/{session_id}", notice=notice)


def _session(
    page: Page,
    base: str,
    session_id: int,
    errors: Errors,
    status: int,
    kept: dict[str, Any] | None = None,
) -> Response:
    with page.reading() as unit:
        view = course_desk.session(unit, page.actor, session_id)
        applicants = selecting.applicants(unit, page.actor, session_id)
    return page.html(
        "coordinator/session.html",
        status,
        base=base,
        view=view,
        applicants=applicants,
        kept=kept or {"pick": [], "reason": ""},
        errors=errors,
        states=desk_words.enrolment_states(),
        reasons=course_words.not_selected_reasons(),
    )


@router.get("/coordinator/courses/sessions/{session_id}/meetings")
@router.get("/centre/courses/sessions/{session_id}/meetings")
def meetings(page: Paged, session_id: Id) -> Response:
    return _meetings(page, desk_base(page), session_id, {}, 200)


@router.post("/coordinator/courses/sessions/{session_id}/meetings")
@router.post("/centre/courses/sessions/{session_id}/meetings")
def plan_meetings(page: Paged, session_id: Id) -> Response:
    base = desk_base(page)
    parse(EmptyForm, page.form)
    try:
        with page.writing() as unit:
            class_desk.plan(unit, page.actor, session_id)
    except Conflict as refusal:
        return _meetings(page, base, session_id, *answer_to(refusal))
    return _to_meetings(page, base, session_id, "meetings-planned")


@router.post("/coordinator/courses/sessions/{session_id}/meetings/add")
@router.post("/centre/courses/sessions/{session_id}/meetings/add")
def add_meeting(page: Paged, session_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(MeetingForm, page.form)
        with page.writing() as unit:
            class_desk.add(
                unit, page.actor, session_id, form.held_on, form.starts, form.ends, form.topic
            )
    except (Invalid, Conflict) as refusal:
        return _meetings(page, base, session_id, *answer_to(refusal))
    return _to_meetings(page, base, session_id, "admin-saved")


@router.post("/coordinator/courses/sessions/{session_id}/mode")
@router.post("/centre/courses/sessions/{session_id}/mode")
def switch_mode(page: Paged, session_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(ModeForm, page.form)
        with page.writing() as unit:
            told = class_mode.switch(unit, page.actor, session_id, form.mode, form.join_link)
    except (Invalid, Conflict) as refusal:
        return _meetings(page, base, session_id, *answer_to(refusal))
    return _to_meetings(page, base, session_id, "mode-switched" if told else "admin-saved")


def _to_meetings(page: Page, base: str, session_id: int, notice: str) -> Response:
    return page.redirect(f"{base}/courses/sessions/{session_id}/meetings", notice=notice)


def _meetings(page: Page, base: str, session_id: int, errors: Errors, status: int) -> Response:
    with page.reading() as unit:
        view = class_desk.listing(unit, page.actor, session_id)
    stored = {"mode": view.mode, "join_link": view.join_link}
    values = typed_values(page.form, NEW_MEETING | stored) if errors else NEW_MEETING | stored
    return page.html(
        "coordinator/meetings.html",
        status,
        base=base,
        view=view,
        values=values,
        errors=errors,
        modes=matching_words.mode_choices(),
        weekdays=matching_words.weekdays(),
    )


@router.get("/coordinator/courses/sessions/{session_id}/meetings/{meeting_id}")
@router.get("/centre/courses/sessions/{session_id}/meetings/{meeting_id}")
def sheet(page: Paged, session_id: Id, meeting_id: Id) -> Response:
    return _sheet(page, desk_base(page), session_id, meeting_id, {}, 200)


@router.post("/coordinator/courses/sessions/{session_id}/meetings/{meeting_id}")
@router.post("/centre/courses/sessions/{session_id}/meetings/{meeting_id}")
def save_sheet(page: Paged, session_id: Id, meeting_id: Id) -> Response:
    base = desk_base(page)
    try:
        given, fills = marks_of(page.form)
        with page.writing() as unit:
            attendance_desk.save_marks(unit, page.actor, session_id, meeting_id, given, fills)
    except (Invalid, Conflict) as refusal:
        return _sheet(page, base, session_id, meeting_id, *answer_to(refusal))
    here = f"{base}/courses/sessions/{session_id}/meetings/{meeting_id}"
    return page.redirect(here, notice="attendance-saved")


@router.post("/coordinator/courses/sessions/{session_id}/meetings/{meeting_id}/check-in")
@router.post("/centre/courses/sessions/{session_id}/meetings/{meeting_id}/check-in")
def open_check_in(page: Paged, session_id: Id, meeting_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(CheckInForm, page.form)
        with page.writing() as unit:
            attendance_desk.open_check_in(unit, page.actor, session_id, meeting_id, form.minutes)
    except (Invalid, Conflict) as refusal:
        return _sheet(page, base, session_id, meeting_id, *answer_to(refusal))
    return page.redirect(f"{base}/courses/sessions/{session_id}/meetings/{meeting_id}")


@router.post("/coordinator/courses/sessions/{session_id}/meetings/{meeting_id}/remove")
@router.post("/centre/courses/sessions/{session_id}/meetings/{meeting_id}/remove")
def remove_meeting(page: Paged, session_id: Id, meeting_id: Id) -> Response:
    base = desk_base(page)
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        class_desk.remove(unit, page.actor, session_id, meeting_id)
    return _to_meetings(page, base, session_id, "meeting-removed")


def _sheet(
    page: Page, base: str, session_id: int, meeting_id: int, errors: Errors, status: int
) -> Response:
    with page.reading() as unit:
        view = attendance_desk.sheet(unit, page.actor, session_id, meeting_id)
    typed = (
        {
            each.enrolment_id: str(page.form.get(f"mark-{each.enrolment_id}") or "")
            for each in view.lines
        }
        if errors
        else {}
    )
    return page.html(
        "coordinator/attendance.html",
        status,
        base=base,
        view=view,
        typed=typed,
        minutes=str(page.form.get("minutes") or "10") if errors else "10",
        errors=errors,
        marks=course_words.attendance_words(),
        weekdays=matching_words.weekdays(),
    )


@router.get("/coordinator/courses/sessions/{session_id}/completion")
@router.get("/centre/courses/sessions/{session_id}/completion")
def completion(page: Paged, session_id: Id) -> Response:
    return _completion(page, desk_base(page), session_id, {}, 200)


@router.post("/coordinator/courses/sessions/{session_id}/completion/work")
@router.post("/centre/courses/sessions/{session_id}/completion/work")
def accept_work(page: Paged, session_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(WorkForm, page.form)
        with page.writing() as unit:
            completing_desk.accept_work(unit, page.actor, session_id, form.work)
    except (Invalid, Conflict) as refusal:
        return _completion(page, base, session_id, *answer_to(refusal))
    return page.redirect(f"{base}/courses/sessions/{session_id}/completion", notice="admin-saved")


@router.post("/coordinator/courses/sessions/{session_id}/completion")
@router.post("/centre/courses/sessions/{session_id}/completion")
def confirm(page: Paged, session_id: Id) -> Response:
    base = desk_base(page)
    try:
        lines = parse(ConfirmForm, page.form).lines()
        with page.writing() as unit:
            completing_desk.confirm(unit, page.actor, session_id, lines)
    except (Invalid, Conflict) as refusal:
        return _completion(page, base, session_id, *answer_to(refusal))
    here = f"{base}/courses/sessions/{session_id}/completion"
    return page.redirect(here, notice="completion-confirmed")


@router.post("/coordinator/courses/sessions/{session_id}/completion/undo")
@router.post("/centre/courses/sessions/{session_id}/completion/undo")
def take_back_many(page: Paged, session_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(TakeBackForm, page.form)
        with page.writing() as unit:
            result_undo.take_back_many(unit, page.actor, session_id, form.result)
    except (Invalid, Conflict) as refusal:
        return _completion(page, base, session_id, *answer_to(refusal))
    here = f"{base}/courses/sessions/{session_id}/completion"
    return page.redirect(here, notice="results-taken-back")


@router.post("/coordinator/courses/sessions/{session_id}/completion/{enrolment_id}/undo")
@router.post("/centre/courses/sessions/{session_id}/completion/{enrolment_id}/undo")
def take_back(page: Paged, session_id: Id, enrolment_id: Id) -> Response:
    base = desk_base(page)
    parse(EmptyForm, page.form)
    try:
        with page.writing() as unit:
            result_undo.take_back(unit, page.actor, session_id, enrolment_id)
    except Conflict as refusal:
        return _completion(page, base, session_id, *answer_to(refusal))
    here = f"{base}/courses/sessions/{session_id}/completion"
    return page.redirect(here, notice="result-taken-back")


def _completion(page: Page, base: str, session_id: int, errors: Errors, status: int) -> Response:
    with page.reading() as unit:
        view = completing_desk.proposal(unit, page.actor, session_id)
    return page.html(
        "coordinator/completion.html",
        status,
        base=base,
        view=view,
        errors=errors,
        standings=course_words.standing_words(),
    )
