"""A desk's list of courses, and publishing or closing one."""

from starlette.responses import Response

from matcher.flows import course_desk, saved_views
from matcher.flows.course_desk import Show
from matcher.refusal import Conflict, Invalid
from matcher.web import desk_words
from matcher.web.forms.base import parse
from matcher.web.forms.desk import CourseForm, CoursesQuery
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base, to_usual_view
from matcher.web.params import Id
from models.course import CourseState

router = pages()


@router.get("/coordinator/courses")
@router.get("/centre/courses")
def listing(page: Paged) -> Response:
    base, query = desk_base(page), page.request.query_params
    usual = to_usual_view(page, base, "courses")
    if usual is not None:
        return usual
    try:
        form = parse(CoursesQuery, query, ignore=(*LOOK, "view"))
    except Invalid as refusal:
        return _courses(page, base, Show.ALL, refusal.fields, 422)
    return _courses(page, base, form.show, {}, 200)


@router.post("/coordinator/courses/{course_id}/state")
@router.post("/centre/courses/{course_id}/state")
def move(page: Paged, course_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(CourseForm, page.form)
        with page.writing() as unit:
            course_desk.move(unit, page.actor, course_id, form.to, form.version)
    except Invalid as refusal:
        return _courses(page, base, Show.ALL, refusal.fields, 422)
    except Conflict as refusal:
        return _courses(page, base, Show.ALL, {"": refusal.message}, 409)
    is_published = form.to is CourseState.PUBLISHED
    notice = "course-published" if is_published else "course-closed"
    return page.redirect(f"{base}/courses?show=all", notice=notice)


def _courses(page: Page, base: str, show: Show, errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        lines = course_desk.listing(unit, page.actor, show)
        views = saved_views.listed(unit, page.actor, "courses")
    return page.html(
        "coordinator/courses.html",
        status,
        base=base,
        lines=lines,
        views=views,
        show=show,
        errors=errors,
        states=desk_words.course_states(),
    )
