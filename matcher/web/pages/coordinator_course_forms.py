"""A desk's one course: its page, and the forms for it and its sessions."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from matcher.flows import course_editing, session_editing
from matcher.flows.course_editing import STALE, CourseSheet
from matcher.policy.course_terms import languages_of
from matcher.refusal import Conflict, Invalid
from matcher.web import choices, course_words, desk_words, matching_words
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import VersionForm
from matcher.web.forms.course_editing import (
    CourseEditForm,
    SessionForm,
    TypedSkill,
    TypedSlot,
    typed_skills,
    typed_slots,
)
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to
from models.course import CourseMode, CourseSelection

router = pages()
SPARE_SKILLS, SPARE_SLOTS = 3, 2
NOT_TYPED = ("csrf", "save")
SKILL_LISTS = ("skill_kind", "skill_text", "skill_from", "skill_level", "skill_pick")
SLOT_LISTS = ("slot_day", "slot_start", "slot_end")
_PLAIN = tuple(name for name in CourseEditForm.model_fields if name not in SKILL_LISTS)
_DATES = tuple(name for name in SessionForm.model_fields if name not in SLOT_LISTS)
NEW: dict[str, Any] = {
    "mode": CourseMode.OFFLINE,
    "languages": ("ko",),
    "selection": CourseSelection.FIRST_COME,
    "least_attendance_percent": 80,
    "fee_krw": 0,
    "version": 1,
}
Errors = dict[str, str]


@router.get("/coordinator/courses/new")
@router.get("/centre/courses/new")
def new_course(page: Paged) -> Response:
    return _form(page, desk_base(page), NEW, [], {}, 200)


@router.post("/coordinator/courses/new")
@router.post("/centre/courses/new")
def create_course(page: Paged) -> Response:
    base = desk_base(page)
    if "check" in page.form:
        return _again(page, base, {}, 200)
    try:
        form = parse(CourseEditForm, page.form, NOT_TYPED)
        draft = form.draft()
        with page.writing() as unit:
            number = course_editing.create(unit, page.actor, draft, form.organisation_id)
    except Invalid as refusal:
        return _again(page, base, refusal.fields, 422)
    return page.redirect(f"{base}/courses/{number}", notice="course-saved")


@router.get("/coordinator/courses/{course_id}")
@router.get("/centre/courses/{course_id}")
def show_course(page: Paged, course_id: Id) -> Response:
    base, view = desk_base(page), _sheet(page, course_id)
    return page.html(
        "coordinator/course.html",
        base=base,
        view=view,
        states=desk_words.course_states(),
        missing=course_words.missing_words(),
        selections=dict(course_words.selection_choices()),
        fields=dict(course_words.field_names()),
        modes=dict(matching_words.mode_choices()),
        languages=_said_languages(view),
        kinds=dict(matching_words.course_kind_choices()),
        levels=dict(matching_words.course_level_choices()),
        projects=dict(matching_words.project_choices()),
        weekdays=matching_words.weekdays(),
    )


@router.get("/coordinator/courses/{course_id}/edit")
@router.get("/centre/courses/{course_id}/edit")
def edit_course(page: Paged, course_id: Id) -> Response:
    base, view = desk_base(page), _sheet(page, course_id)
    return _form(page, base, _stored(view), _stored_skills(view), {}, 200, view)


@router.post("/coordinator/courses/{course_id}/edit")
@router.post("/centre/courses/{course_id}/edit")
def save_course(page: Paged, course_id: Id) -> Response:
    base = desk_base(page)
    if "check" in page.form:
        return _again(page, base, {}, 200, _sheet(page, course_id))
    try:
        form = parse(CourseEditForm, page.form, NOT_TYPED)
        with page.writing() as unit:
            course_editing.edit(unit, page.actor, course_id, form.version, form.draft())
    except Invalid as refusal:
        return _again(page, base, refusal.fields, 422, _sheet(page, course_id))
    except Conflict as refusal:
        view = _sheet(page, course_id)
        is_stale = refusal.code == STALE
        return _again(page, base, {"": refusal.message}, 409, view, both=is_stale)
    return page.redirect(f"{base}/courses/{course_id}", notice="course-saved")


def _sheet(page: Page, course_id: int) -> CourseSheet:
    with page.reading() as unit:
        return course_editing.sheet(unit, page.actor, course_id)


def _again(
    page: Page,
    base: str,
    errors: Errors,
    status: int,
    view: CourseSheet | None = None,
    *,
    both: bool = False,
) -> Response:
    """The form as it was typed. After a conflict the version is the stored one, so that saving
    again is a decision made with both texts in sight."""
    values = _typed(page.form, _PLAIN)
    (values["languages"],) = _lists(page.form, ("languages",))
    if both and view is not None:
        values["version"] = view.course.version
    lists = _lists(page.form, SKILL_LISTS)
    try:
        rows = typed_skills(*lists)
    except Invalid:
        rows = [TypedSkill("gained", text, "", "", "") for text in lists[1] if text.strip()]
    return _form(page, base, values, rows, errors, status, view, both=both)


def _typed(form: FormData, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: str(form.get(name) or "")[:20_000] for name in names}


def _lists(form: FormData, names: tuple[str, ...]) -> list[list[str]]:
    return [[str(item)[:500] for item in form.getlist(name)][:60] for name in names]


def _stored(view: CourseSheet) -> dict[str, Any]:
    values = {name: getattr(view.course, name) for name in _PLAIN}
    known = dict(course_words.field_names())
    return values | {
        "field": known.get(view.course.field, view.course.field),
        "languages": languages_of(view.course.languages),
    }


def _said_languages(view: CourseSheet) -> str:
    words = dict(matching_words.teaching_language_choices())
    return ", ".join(words[code] for code in languages_of(view.course.languages))


def _stored_skills(view: CourseSheet) -> list[TypedSkill]:
    return [
        TypedSkill(
            each.kind, each.name, str(each.from_level), str(each.level), f"skill:{each.skill}"
        )
        for each in view.skills
    ]


def _form(
    page: Page,
    base: str,
    values: Mapping[str, Any],
    rows: list[TypedSkill],
    errors: Errors,
    status: int,
    view: CourseSheet | None = None,
    *,
    both: bool = False,
) -> Response:
    shown = [*rows, *[TypedSkill("gained", "", "", "", "")] * SPARE_SKILLS]
    helped = [course_editing.help_with(row.text, row.pick) for row in shown]
    with page.reading() as unit:
        homes = course_editing.universities(unit, page.actor)
    return page.html(
        "coordinator/course_form.html",
        status,
        base=base,
        view=view,
        both=both,
        values={**dict.fromkeys(_PLAIN, ""), **values},
        rows=list(zip(shown, helped, strict=True)),
        errors=errors,
        homes=homes,
        fields=course_words.field_names(),
        kinds=matching_words.course_kind_choices(),
        levels=matching_words.course_level_choices(),
        modes=matching_words.mode_choices(),
        languages=matching_words.teaching_language_choices(),
        sectors=choices.sector_choices(),
        projects=matching_words.project_choices(),
        selections=course_words.selection_choices(),
        certifications=course_words.certification_choices(),
        skill_kinds=course_words.skill_kinds(),
    )


@router.get("/coordinator/courses/{course_id}/sessions/new")
@router.get("/centre/courses/{course_id}/sessions/new")
def new_session(page: Paged, course_id: Id) -> Response:
    base, view = desk_base(page), _sheet(page, course_id)
    values = {"applications_open_on": page.services.clock.today(), "version": view.course.version}
    return _session_form(page, base, view, values, [], {}, 200)


@router.post("/coordinator/courses/{course_id}/sessions/new")
@router.post("/centre/courses/{course_id}/sessions/new")
def create_session(page: Paged, course_id: Id) -> Response:
    base = desk_base(page)
    if "check" in page.form:
        return _session_again(page, base, _sheet(page, course_id), None, {}, 200)
    try:
        form = parse(SessionForm, page.form, NOT_TYPED)
        with page.writing() as unit:
            session_editing.add_session(unit, page.actor, course_id, form.version, form.draft())
    except (Invalid, Conflict) as refusal:
        errors, status = answer_to(refusal)
        return _session_again(page, base, _sheet(page, course_id), None, errors, status)
    return page.redirect(f"{base}/courses/{course_id}", notice="session-saved")


@router.get("/coordinator/courses/sessions/{session_id}/edit")
@router.get("/centre/courses/sessions/{session_id}/edit")
def edit_session(page: Paged, session_id: Id) -> Response:
    base = desk_base(page)
    with page.reading() as unit:
        run, course, is_free = session_editing.session_sheet(unit, page.actor, session_id)
        values = {name: getattr(run, name) for name in _DATES if name != "version"}
        values["version"] = course.version
        rows = [
            TypedSlot(str(each.weekday), each.start, each.end)
            for each in session_editing.slots_in(run)
        ]
    view = _sheet(page, course.id or 0)
    return _session_form(page, base, view, values, rows, {}, 200, session_id, is_free)


@router.post("/coordinator/courses/sessions/{session_id}/edit")
@router.post("/centre/courses/sessions/{session_id}/edit")
def save_session(page: Paged, session_id: Id) -> Response:
    base = desk_base(page)
    if "check" in page.form:
        return _edit_again(page, base, session_id, {}, 200)
    try:
        form = parse(SessionForm, page.form, NOT_TYPED)
        with page.writing() as unit:
            told = session_editing.edit_session(
                unit, page.actor, session_id, form.version, form.draft()
            )
    except (Invalid, Conflict) as refusal:
        return _edit_again(page, base, session_id, *answer_to(refusal))
    notice = "session-moved" if told else "session-saved"
    return page.redirect(f"{base}/courses/sessions/{session_id}", notice=notice)


@router.post("/coordinator/courses/sessions/{session_id}/remove")
@router.post("/centre/courses/sessions/{session_id}/remove")
def remove_session(page: Paged, session_id: Id) -> Response:
    base = desk_base(page)
    form = parse(VersionForm, page.form)
    with page.writing() as unit:
        course_id = session_editing.remove_session(unit, page.actor, session_id, form.version)
    return page.redirect(f"{base}/courses/{course_id}", notice="session-removed")


def _edit_again(page: Page, base: str, session_id: int, errors: Errors, status: int) -> Response:
    with page.reading() as unit:
        run, _course, is_free = session_editing.session_sheet(unit, page.actor, session_id)
        course_id = run.course_id
    view = _sheet(page, course_id)
    return _session_again(page, base, view, session_id, errors, status, is_free=is_free)


def _session_again(
    page: Page,
    base: str,
    view: CourseSheet,
    session_id: int | None,
    errors: Errors,
    status: int,
    *,
    is_free: bool = False,
) -> Response:
    values = _typed(page.form, _DATES)
    if status == 409:
        values["version"] = view.course.version
    lists = _lists(page.form, SLOT_LISTS)
    try:
        rows = typed_slots(*lists)
    except Invalid:
        rows = [TypedSlot(day, "", "") for day in lists[0] if day]
    return _session_form(page, base, view, values, rows, errors, status, session_id, is_free)


def _session_form(
    page: Page,
    base: str,
    view: CourseSheet,
    values: Mapping[str, Any],
    rows: list[TypedSlot],
    errors: Errors,
    status: int,
    session_id: int | None = None,
    is_free: bool = False,
) -> Response:
    return page.html(
        "coordinator/session_form.html",
        status,
        base=base,
        view=view,
        session_id=session_id,
        is_free=is_free,
        values={**dict.fromkeys(_DATES, ""), **values},
        rows=[*rows, *[TypedSlot("", "", "")] * SPARE_SLOTS],
        errors=errors,
        weekdays=list(matching_words.weekdays().items()),
    )
