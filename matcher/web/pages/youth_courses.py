"""A young person's courses: the list by gap, one with its runs, seats and the queue."""

from starlette.responses import Response

from matcher.flows import enrolling, recommend_courses, saving
from matcher.web import course_facet_words, matching_words
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import EmptyForm
from matcher.web.forms.course_list import CoursesQuery
from matcher.web.forms.matching import LOOK, CourseTarget
from matcher.web.gates import pages
from matcher.web.operating import explore_slots
from matcher.web.page import Paged
from matcher.web.params import Id
from models.course import EnrolmentState
from models.youth import SavedKind

router = pages()


@router.get("/youth/courses")
def show_list(page: Paged) -> Response:
    query = parse(CoursesQuery, page.request.query_params, LOOK)
    with page.reading() as unit:
        slots = explore_slots(page)
        view = recommend_courses.courses_list(unit, page.actor, query.wanted(), query.page, slots)
    first, more = course_facet_words.facets(view.counts, view.names, query.chosen())
    return page.html(
        "youth/courses.html",
        block="results",
        view=view,
        query=query,
        first_facets=first,
        more_facets=more,
        is_narrowed=query.saved or not query.wanted().is_empty,
        modes=matching_words.mode_choices(),
    )


@router.get("/youth/courses/{course_id}")
def show_one(page: Paged, course_id: Id) -> Response:
    query = parse(CourseTarget, page.request.query_params, LOOK)
    with page.reading() as unit:
        view = recommend_courses.course(unit, page.actor, course_id, query.target)
    return page.html(
        "youth/course.html",
        view=view,
        course=view.course,
        modes=dict(matching_words.mode_choices()),
        kinds=dict(matching_words.course_kind_choices()),
        levels=dict(matching_words.course_level_choices()),
        projects=dict(matching_words.project_choices()),
        languages=dict(matching_words.teaching_language_choices()),
        weekdays=matching_words.weekdays(),
    )


@router.post("/youth/courses/{course_id}/sessions/{session_id}/enrol")
def enrol(page: Paged, course_id: Id, session_id: Id) -> Response:
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        state = enrolling.enrol(unit, page.actor, course_id, session_id)
    notices = {EnrolmentState.ENROLLED: "enrolled", EnrolmentState.APPLIED: "course-applied"}
    notice = notices.get(state, "waitlisted")
    return page.redirect(f"/youth/courses/{course_id}", notice=notice)


@router.post("/youth/enrolments/{enrolment_id}/cancel")
def cancel(page: Paged, enrolment_id: Id) -> Response:
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        enrolling.cancel(unit, page.actor, enrolment_id)
    return page.redirect("/youth/courses", notice="enrolment-ended")


@router.post("/youth/courses/{course_id}/save")
def save(page: Paged, course_id: Id) -> Response:
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        saving.save(unit, page.actor, SavedKind.COURSE, course_id)
    return page.redirect(f"/youth/courses/{course_id}", notice="item-saved")


@router.post("/youth/courses/{course_id}/unsave")
def unsave(page: Paged, course_id: Id) -> Response:
    parse(EmptyForm, page.form)
    with page.writing() as unit:
        saving.unsave(unit, page.actor, SavedKind.COURSE, course_id)
    return page.redirect("/youth/courses", notice="item-unsaved")
