"""A young person takes a seat in a course, applies or waits for one, or gives it back."""

from sqlalchemy.exc import IntegrityError

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import course_views
from matcher.matching.readiness import served_youth
from matcher.matching.seats import promote, refill
from matcher.refusal import Conflict, NotFound
from matcher.store import courses, enrolments, youths
from models.course import CourseSelection, CourseSession, Enrolment, EnrolmentState

AGAIN = (EnrolmentState.CANCELLED, EnrolmentState.DROPPED)
"""States from which a person may apply once more."""


def enrol(unit: Unit, actor: Actor, course_id: int, session_id: int) -> EnrolmentState:
    """Enrolled while a seat is free and nobody waits, else waitlisted; applied where the desk
    selects.

    Raises Conflict outside the application window, on a second try, and when the hours meet
    those of a course the person already holds a place in.
    """
    found = enrolments.session_of(unit.session, course_id, session_id)
    if found is None:
        raise NotFound
    youths.hold(unit.session, [actor.youth_id])
    youth_id = served_youth(unit.session, actor, unit.today)
    enrolments.hold(unit.session, session_id)
    run, course = found
    if not run.applications_open_on <= unit.today <= run.applications_close_on:
        raise Conflict(_("지금은 신청을 받지 않는 기간이에요."))
    row = enrolments.of_session(unit.session, session_id, youth_id)
    if row is not None and row.state not in AGAIN:
        raise Conflict(_("이 과정은 이미 신청했어요."))
    _refuse_clash(unit, actor, course_id, session_id)
    if course.selection is CourseSelection.BY_DESK:
        state = EnrolmentState.APPLIED
        _place(unit, row, session_id, youth_id, state)
        unit.audit("enrolment:made", "session", session_id, state=state.value)
        return state
    state = EnrolmentState.WAITLISTED
    has_queue = enrolments.first_waiting(unit.session, session_id) is not None
    if not has_queue and enrolments.take_seat(unit.session, session_id):
        state = EnrolmentState.ENROLLED
    _place(unit, row, session_id, youth_id, state)
    if has_queue:
        promote(unit, session_id)  # seats added since the queue formed go to its head
    unit.audit("enrolment:made", "session", session_id, state=state.value)
    return state


def cancel(unit: Unit, actor: Actor, enrolment_id: int) -> EnrolmentState:
    """Give the seat or the place in the queue back; the next one waiting moves up."""
    row = enrolments.get(unit.session, actor, enrolment_id)
    if row is None or row.youth_id != actor.youth_id:
        raise NotFound
    enrolments.hold(unit.session, row.session_id)
    run = unit.session.get_one(CourseSession, row.session_id)
    if row.state not in enrolments.OPEN or unit.today > run.ends_on:
        raise Conflict(_("지금은 거둘 수 없는 신청이에요."))
    has_begun = unit.today >= run.starts_on and row.state is EnrolmentState.ENROLLED
    to = EnrolmentState.DROPPED if has_begun else EnrolmentState.CANCELLED
    held_seat = row.state is EnrolmentState.ENROLLED
    if not enrolments.move(unit.session, row, to, unit.now):
        raise Conflict(_("그 사이에 신청이 바뀌었어요. 새로 열어 확인해 주세요."))
    if held_seat:
        enrolments.free_seat(unit.session, run.id or 0)
        refill(unit, run.id or 0)
    unit.audit("enrolment:ended", "session", run.id, state=to.value)
    return to


def _refuse_clash(unit: Unit, actor: Actor, course_id: int, session_id: int) -> None:
    own = enrolments.own(unit.session, actor)
    rows = courses.sessions(unit.session, courses.only(actor, course_id))
    run = next(each for each in rows if each.id == session_id)
    clashes = course_views.clashes_of(run, own)
    if clashes:
        titles = ", ".join(clashes)
        raise Conflict(_("신청해 둔 과정과 시간이 겹쳐요: %(titles)s") % {"titles": titles})


def _place(
    unit: Unit, row: Enrolment | None, session_id: int, youth_id: int, state: EnrolmentState
) -> None:
    if row is not None:
        if not enrolments.move(unit.session, row, state, unit.now, again=True):
            raise Conflict(_("이 과정은 이미 신청했어요."))
        return
    fresh = Enrolment(
        session_id=session_id,
        youth_id=youth_id,
        state=state,
        created_at=unit.now,
        updated_at=unit.now,
    )
    try:
        with unit.session.begin_nested():
            unit.session.add(fresh)
    except IntegrityError:
        raise Conflict(_("이 과정은 이미 신청했어요.")) from None
