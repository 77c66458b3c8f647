"""A young person's own place in a course: attendance, the rule, the way in, the credential."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from matcher.actor import Actor
from matcher.clock import JEJU
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import throttling
from matcher.matching.class_meetings import Meeting, seen_by_both
from matcher.policy import limits
from matcher.policy.completion import Attended, attended, is_enough, may_still_reach
from matcher.refusal import Conflict, NotFound
from matcher.store import classes as store
from matcher.store import credentials, enrolments
from matcher.store.classes import OwnClass
from models.attendance import Attendance, AttendanceSource, AttendanceState, ClassMeeting
from models.course import CourseMode, CourseState, EnrolmentState

IN_TIME = timedelta(minutes=10)
"""After a class begins, checking in counts as present for so long; later it is late."""
LINK_AHEAD = timedelta(days=1)


@dataclass(frozen=True)
class OwnMeeting(Meeting):
    state: AttendanceState | None
    is_over: bool


@dataclass(frozen=True)
class OwnClassView:
    """`place` in the queue counts from 1. `join_link` only while it may be used. `course_id` only
    while the course has a page."""

    enrolment_id: int
    course_id: int | None
    title: str
    organisation: str
    is_demo: bool
    state: EnrolmentState
    place: int | None
    starts_on: date
    ends_on: date
    mode: CourseMode
    where: str
    has_link: bool
    join_link: str
    meetings: tuple[OwnMeeting, ...]
    attended: Attended
    least_percent: int
    needs_work: bool
    has_work: bool
    is_enough: bool
    may_still_reach: bool
    is_check_in_open: bool
    number: str
    can_cancel: bool


@dataclass(frozen=True)
class CredentialView:
    number: str
    title: str
    organisation: str
    name: str
    starts_on: date
    ends_on: date
    hours: int
    issued_on: date
    revoked_on: date | None
    is_demo: bool


def show(unit: Unit, actor: Actor, enrolment_id: int) -> OwnClassView:
    found = _own(unit, actor, enrolment_id)
    row, run, course = found.enrolment, found.session, found.course
    marks = store.own_marks(unit.session, enrolment_id)
    meetings = store.meetings(unit.session, run.id or 0)
    over = [each for each in meetings if each.held_on <= unit.today]
    counts = {state: list(marks.values()).count(state) for state in AttendanceState}
    so_far = attended(len(over), counts)
    is_in = row.state is EnrolmentState.ENROLLED
    credential = credentials.of_enrolment(unit.session, enrolment_id)
    least = course.least_attendance_percent
    return OwnClassView(
        enrolment_id=enrolment_id,
        course_id=course.id if course.state is CourseState.PUBLISHED else None,
        title=in_language(course.title_ko, course.title_en),
        organisation=in_language(found.organisation.name_ko, found.organisation.name_en),
        is_demo=course.is_demo,
        state=row.state,
        place=_place(unit, run.id or 0, enrolment_id),
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        mode=run.mode or course.mode,
        where=course.place,
        has_link=is_in and bool(run.join_link),
        join_link=run.join_link if is_in and _is_link_time(found, meetings, unit.today) else "",
        meetings=tuple(_meeting(each, marks.get(each.id or 0), unit.today) for each in meetings),
        attended=so_far,
        least_percent=least,
        needs_work=course.needs_work,
        has_work=row.work_accepted_on is not None,
        is_enough=is_enough(so_far, least),
        may_still_reach=may_still_reach(so_far, len(meetings) - len(over), least),
        is_check_in_open=is_in and _open_meeting(unit, found, marks) is not None,
        number=credential.number if credential and credential.revoked_on is None else "",
        can_cancel=row.state in enrolments.OPEN and unit.today <= run.ends_on,
    )


def check_in(unit: Unit, actor: Actor, enrolment_id: int, code: str) -> AttendanceState | None:
    """Present or late by the code the desk shows; None for a wrong code, which is counted.

    Raises TooMany after ten wrong ones, Conflict when no class is open or a mark is there.
    """
    found = _own(unit, actor, enrolment_id)
    tries = limits.check_in(actor.account_id)
    throttling.refuse(unit, tries, _("여러 번 틀려서 잠시 멈췄어요. 5분 뒤에 다시 해 주세요."))
    meeting = None
    if found.enrolment.state is EnrolmentState.ENROLLED:
        meeting = _open_meeting(unit, found, store.own_marks(unit.session, enrolment_id))
    if meeting is None or meeting.id is None:
        raise Conflict(_("지금 출석을 받는 수업이 없거나 이미 적혀 있어요."))
    typed = "".join(code.split()).upper()
    if not secrets.compare_digest(typed.encode(), meeting.check_in_code.encode()):
        throttling.count(unit, tries)
        return None
    state = _state_at(meeting, unit.now)
    mark = Attendance(
        meeting_id=meeting.id, enrolment_id=enrolment_id, state=state,
        source=AttendanceSource.CHECK_IN, recorded_at=unit.now,
    )  # fmt: skip
    try:
        with unit.session.begin_nested():
            unit.session.add(mark)
    except IntegrityError:
        raise Conflict(_("지금 출석을 받는 수업이 없거나 이미 적혀 있어요.")) from None
    unit.audit("attendance:checked-in", "meeting", meeting.id, state=state.value)
    return state


def credential(unit: Unit, actor: Actor, number: str) -> CredentialView:
    found = credentials.own(unit.session, actor, number)
    if found is None:
        raise NotFound
    row, course = found.credential, found.course
    return CredentialView(
        number=row.number,
        title=in_language(row.title_ko, row.title_en),
        organisation=in_language(found.organisation.name_ko, found.organisation.name_en),
        name=actor.name,
        starts_on=found.session.starts_on,
        ends_on=found.session.ends_on,
        hours=course.total_hours,
        issued_on=row.issued_on,
        revoked_on=row.revoked_on,
        is_demo=course.is_demo,
    )


def _own(unit: Unit, actor: Actor, enrolment_id: int) -> OwnClass:
    found = store.own(unit.session, actor, enrolment_id)
    if found is None:
        raise NotFound
    return found


def _place(unit: Unit, session_id: int, enrolment_id: int) -> int | None:
    queue = enrolments.waiting(unit.session, [session_id]).get(session_id, [])
    return queue.index(enrolment_id) + 1 if enrolment_id in queue else None


def _is_link_time(found: OwnClass, meetings: Sequence[ClassMeeting], today: date) -> bool:
    """From a day before a class held online; without planned classes, from a day before the
    session to its end."""
    run = found.session
    planned = [each for each in meetings if each.mode is not CourseMode.OFFLINE]
    if meetings:
        return any(each.held_on - LINK_AHEAD <= today <= each.held_on for each in planned)
    return run.starts_on - LINK_AHEAD <= today <= run.ends_on


def _open_meeting(
    unit: Unit, found: OwnClass, marks: dict[int, AttendanceState]
) -> ClassMeeting | None:
    """The class that takes check-ins now and has no mark of the person."""
    for each in store.open_check_ins(unit.session, found.session.id or 0):
        is_open = each.check_in_until is not None and unit.now < each.check_in_until
        if is_open and each.id not in marks:
            return each
    return None


def _state_at(meeting: ClassMeeting, now: datetime) -> AttendanceState:
    hour, minute = int(meeting.starts[:2]), int(meeting.starts[3:5])
    begins = datetime(
        meeting.held_on.year, meeting.held_on.month, meeting.held_on.day, hour, minute, tzinfo=JEJU
    )
    return AttendanceState.PRESENT if now <= begins + IN_TIME else AttendanceState.LATE


def _meeting(row: ClassMeeting, state: AttendanceState | None, today: date) -> OwnMeeting:
    return OwnMeeting(**seen_by_both(row), state=state, is_over=row.held_on < today)
