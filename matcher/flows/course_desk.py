"""A desk's courses: publish and close, who sits in a session, and who finished it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import completing, two_hats
from matcher.matching.desk_courses import own_session
from matcher.policy import desk
from matcher.refusal import Conflict, NotFound
from matcher.store import course_desk as store
from matcher.store import courses, enrolments, outbox, youth_desk
from matcher.store.cohort import SESSION_DAYS
from matcher.store.courses import SessionRow
from models.course import Course, CourseState, Enrolment, EnrolmentState

_NOT_YET = (EnrolmentState.APPLIED, EnrolmentState.NOT_SELECTED)
"""Shown with the selection, not among the people of the session."""


class Show(StrEnum):
    ALL = "all"
    SOON = "soon"
    """Sessions that start soon with seats to give or people waiting."""
    SELECTING = "selecting"
    """Sessions with applicants the desk has to choose among."""
    UNFINISHED = "unfinished"
    """Sessions that are over and lack results."""


@dataclass(frozen=True)
class SessionLine:
    id: int
    starts_on: date
    ends_on: date
    seats: int
    taken: int
    waiting: int
    applied: int
    """Wait for the desk's selection."""
    to_finish: int
    """Still enrolled after the last day."""
    is_over: bool
    """Nothing is left to do with it."""


@dataclass(frozen=True)
class CourseLine:
    id: int
    title: str
    organisation: str
    sector: str | None
    state: CourseState
    version: int
    is_demo: bool
    next_state: CourseState | None
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True)
class AttendeeLine:
    enrolment_id: int
    youth_id: int | None
    """Only when this desk may open the person's record."""
    name: str
    organisation: str
    state: EnrolmentState
    is_demo: bool


@dataclass(frozen=True)
class SessionView:
    id: int
    course_id: int
    title: str
    starts_on: date
    ends_on: date
    seats: int
    taken: int
    is_demo: bool
    may_complete: bool
    may_drop: bool
    lines: tuple[AttendeeLine, ...]


def listing(unit: Unit, actor: Actor, show: Show = Show.ALL) -> tuple[CourseLine, ...]:
    """Drafts first, then published, then closed; a narrower list has only the sessions it is
    about, and their courses."""
    scope = store.ids(actor)
    soon = store.starting(unit.session, actor, unit.today, SESSION_DAYS)
    states = store.states(unit.session, actor)
    by_course: dict[int, list[SessionLine]] = {}
    for row in courses.sessions(unit.session, scope):
        line = _session(row, states.get(row.id, {}), unit.today)
        wanted = {
            Show.ALL: True,
            Show.SOON: row.id in soon,
            Show.SELECTING: states.get(row.id, {}).get(EnrolmentState.APPLIED, 0) > 0,
            Show.UNFINISHED: line.to_finish > 0,
        }
        if wanted[show]:
            by_course.setdefault(row.course_id, []).append(line)
    lines = [
        CourseLine(
            id=course.id or 0,
            title=_title(course),
            organisation=in_language(organisation.name_ko, organisation.name_en),
            sector=course.sector,
            state=course.state,
            version=course.version,
            is_demo=course.is_demo,
            next_state=_next(course.state),
            sessions=tuple(by_course.get(course.id or 0, ())),
        )
        for course, organisation in courses.rows(unit.session, scope)
        if show is Show.ALL or course.id in by_course
    ]
    order = list(CourseState)
    return tuple(sorted(lines, key=lambda line: (order.index(line.state), line.title, line.id)))


def move(unit: Unit, actor: Actor, course_id: int, to: CourseState, version: int) -> None:
    """Publish a draft, or close what is published."""
    course = store.course(unit.session, actor, course_id)
    if course is None:
        raise NotFound
    before, after = course.state, desk.course_after(course.state, to)
    if after is None or course.version != version:
        raise Conflict(_("그 사이에 과정이 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    if after is CourseState.PUBLISHED and not store.count_sessions(unit.session, course_id):
        raise Conflict(_("날짜가 있는 차수를 하나 이상 둔 뒤에 공개할 수 있습니다."))
    course.state, course.version, course.updated_at = after, course.version + 1, unit.now
    unit.session.add(course)
    unit.audit(f"course:{after.value}", "course", course_id, before=before.value, after=after.value)


def session(unit: Unit, actor: Actor, session_id: int) -> SessionView:
    row, course = own_session(unit, actor, session_id)
    found = store.attendees(unit.session, session_id)
    unit.access(
        "session:listed", None, session=session_id, youths=[each.youth_id for each in found]
    )
    own = youth_desk.visible(unit.session, actor, [each.youth_id for each in found])
    return SessionView(
        id=session_id,
        course_id=row.course_id,
        title=_title(course),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        seats=row.seats,
        taken=row.taken,
        is_demo=course.is_demo,
        may_complete=row.ends_on <= unit.today,
        may_drop=row.starts_on <= unit.today,
        lines=tuple(
            AttendeeLine(
                each.enrolment_id,
                each.youth_id if each.youth_id in own else None,
                each.name,
                in_language(each.organisation_ko or "", each.organisation_en or ""),
                each.state,
                each.is_demo,
            )
            for each in found
            if each.state not in _NOT_YET
        ),
    )


def finish(
    unit: Unit, actor: Actor, session_id: int, enrolment_id: int, to: EnrolmentState
) -> None:
    """Write by hand that a person completed the course, with what it gives, missed its rule, or
    dropped out."""
    row, course = own_session(unit, actor, session_id)
    enrolments.hold(unit.session, session_id)
    enrolment = store.enrolment(unit.session, actor, session_id, enrolment_id)
    if enrolment is None:
        raise NotFound
    before, after = enrolment.state, desk.enrolment_after(enrolment.state, to)
    first = row.starts_on if to is EnrolmentState.DROPPED else row.ends_on
    if after is not None and unit.today < first:
        raise Conflict(_("아직 적을 수 없습니다. 과정의 날짜를 확인해 주십시오."))
    if after is EnrolmentState.COMPLETED:
        two_hats.refuse_for_desk(unit, actor, [enrolment.youth_id])
    if after is None or not enrolments.move(unit.session, enrolment, after, unit.now):
        raise Conflict(_("그 사이에 이 기록이 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    skills: tuple[str, ...] = ()
    if after is EnrolmentState.COMPLETED:
        given = completing.give(unit, actor, enrolment, course)
        completing.tell(unit, enrolment, course, given)
        skills = given.skills
    else:
        if after is EnrolmentState.NOT_COMPLETED:
            completing.note_missed(unit, enrolment)
        _tell_ended(unit, enrolment, course, after)
    if after is EnrolmentState.DROPPED:
        enrolments.free_seat(unit.session, session_id)
    unit.audit(
        f"enrolment:{after.value}",
        "enrolment",
        enrolment_id,
        before=before.value,
        after=after.value,
        skills=list(skills),
    )
    unit.access(f"enrolment:{after.value}", enrolment.youth_id, enrolment=enrolment_id)


def _tell_ended(unit: Unit, row: Enrolment, course: Course, after: EnrolmentState) -> None:
    is_dropped = after is EnrolmentState.DROPPED
    outbox.put(
        unit.session, enrolments.account_of(unit.session, row.youth_id),
        "course_finished" if is_dropped else "course_not_completed", unit.now,
        f"enrolment:{row.id}:{after.value}:{unit.now.isoformat()}", title_ko=course.title_ko,
        title_en=course.title_en, enrolment_id=row.id, reason="", is_completed=False, skills=0,
    )  # fmt: skip


def _session(row: SessionRow, states: dict[EnrolmentState, int], today: date) -> SessionLine:
    has_ended = row.ends_on < today
    to_finish = states.get(EnrolmentState.ENROLLED, 0) if has_ended else 0
    return SessionLine(
        id=row.id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        seats=row.seats,
        taken=row.taken,
        waiting=states.get(EnrolmentState.WAITLISTED, 0),
        applied=states.get(EnrolmentState.APPLIED, 0),
        to_finish=to_finish,
        is_over=has_ended and not to_finish,
    )


def _next(state: CourseState) -> CourseState | None:
    return next((to for to in CourseState if desk.course_after(state, to) is not None), None)


def _title(course: Course) -> str:
    return in_language(course.title_ko, course.title_en)
