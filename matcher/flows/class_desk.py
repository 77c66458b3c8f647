"""The classes of a session at the desk: planned from the weekly hours, marked, moved online."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from matcher.actor import Actor
from matcher.catalogue.public_holidays import public_holidays
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.desk_courses import own_session
from matcher.policy.class_days import class_days
from matcher.policy.timetable import Run, slots_of
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import classes as store
from matcher.store import course_desk, enrolments, outbox
from models.attendance import Attendance, AttendanceSource, AttendanceState, ClassMeeting
from models.course import Course, CourseMode, CourseSession, EnrolmentState

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without letters and digits that look alike on a projector."""
CODE_LENGTH = 6
LONGEST_CHECK_IN = 180
SHOWN = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)


@dataclass(frozen=True)
class MeetingLine:
    id: int
    held_on: date
    starts: str
    ends: str
    mode: CourseMode
    topic: str
    marked: int
    people: int
    is_due: bool
    can_remove: bool


@dataclass(frozen=True)
class ClassesView:
    session_id: int
    course_id: int
    title: str
    is_demo: bool
    starts_on: date
    ends_on: date
    mode: CourseMode
    join_link: str
    has_slots: bool
    is_over: bool
    lines: tuple[MeetingLine, ...]


@dataclass(frozen=True)
class MarkLine:
    enrolment_id: int
    name: str
    state: AttendanceState | None
    is_open: bool
    """Results are not written yet, so the mark may change."""


@dataclass(frozen=True)
class SheetView:
    session_id: int
    course_id: int
    title: str
    is_demo: bool
    meeting: MeetingLine
    lines: tuple[MarkLine, ...]
    code: str
    code_until: datetime | None
    can_check_in: bool
    before_id: int | None
    after_id: int | None


def listing(unit: Unit, actor: Actor, session_id: int) -> ClassesView:
    run, course = own_session(unit, actor, session_id)
    marked = store.marked(unit.session, session_id)
    people = len(course_desk.in_states(unit.session, session_id, SHOWN))
    return ClassesView(
        session_id=session_id,
        course_id=run.course_id,
        title=in_language(course.title_ko, course.title_en),
        is_demo=course.is_demo,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        mode=run.mode or course.mode,
        join_link=run.join_link,
        has_slots=bool(slots_of(run.weekly_slots)),
        is_over=run.ends_on < unit.today,
        lines=tuple(
            _line(each, marked.get(each.id or 0, 0), people, unit.today)
            for each in store.meetings(unit.session, session_id)
        ),
    )


def plan(unit: Unit, actor: Actor, session_id: int) -> int:
    """Meetings from the weekly hours, public holidays left out. Meetings from today on that
    nobody has a mark in make way; earlier ones and marked ones stay. Gives how many were added."""
    run, course = own_session(unit, actor, session_id)
    slots = slots_of(run.weekly_slots)
    if not slots:
        raise Conflict(_("차수에 매주 모이는 시간을 먼저 적어 주십시오."))
    enrolments.hold(unit.session, session_id)
    marked = store.marked(unit.session, session_id)
    there = store.meetings(unit.session, session_id)
    wanted = class_days(
        Run(run.starts_on, run.ends_on, slots), public_holidays(run.starts_on, run.ends_on)
    )
    planned = {(each.held_on, each.starts): each for each in wanted}
    stale = [
        each.id or 0
        for each in there
        if each.held_on >= unit.today
        and not marked.get(each.id or 0)
        and not _is_same(each, planned.get((each.held_on, each.starts)))
    ]
    store.remove(unit.session, stale)
    kept = {(each.held_on, each.starts) for each in there if each.id not in stale}
    fresh = [each for key, each in planned.items() if key not in kept]
    mode = run.mode or course.mode
    unit.session.add_all(
        ClassMeeting(
            session_id=session_id, held_on=each.held_on, starts=each.starts, ends=each.ends,
            mode=mode,
        )
        for each in fresh
    )  # fmt: skip
    unit.audit("meetings:planned", "session", session_id, added=len(fresh), removed=len(stale))
    return len(fresh)


def add(
    unit: Unit, actor: Actor, session_id: int, held_on: date, starts: str, ends: str, topic: str
) -> None:
    """One more, such as a class made up for."""
    run, course = own_session(unit, actor, session_id)
    if ends <= starts:
        raise Invalid({"ends": _("끝나는 시각은 시작하는 시각보다 뒤여야 합니다.")})
    if not run.starts_on <= held_on <= run.ends_on:
        raise Invalid({"held_on": _("차수의 첫날과 끝날 사이의 날을 적어 주십시오.")})
    row = ClassMeeting(
        session_id=session_id, held_on=held_on, starts=starts, ends=ends, topic=topic,
        mode=run.mode or course.mode,
    )  # fmt: skip
    try:
        with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError:
        raise Invalid({"starts": _("그날 그 시각에는 이미 수업이 있습니다.")}) from None
    unit.audit("meeting:added", "session", session_id, held_on=held_on.isoformat(), starts=starts)


def remove(unit: Unit, actor: Actor, session_id: int, meeting_id: int) -> None:
    row, _run, _course = _meeting(unit, actor, session_id, meeting_id)
    store.hold_meeting(unit.session, meeting_id)
    if store.marks(unit.session, meeting_id):
        raise Conflict(_("출석을 적은 수업은 지울 수 없습니다."))
    store.remove(unit.session, [meeting_id])
    unit.audit("meeting:removed", "session", session_id, held_on=row.held_on.isoformat())


def sheet(unit: Unit, actor: Actor, session_id: int, meeting_id: int) -> SheetView:
    row, _run, course = _meeting(unit, actor, session_id, meeting_id)
    marks = store.marks(unit.session, meeting_id)
    people = [
        each for each in course_desk.attendees(unit.session, session_id) if each.state in SHOWN
    ]
    unit.access(
        "attendance:opened", None, meeting=meeting_id, youths=[each.youth_id for each in people]
    )
    order = [each.id for each in store.meetings(unit.session, session_id)]
    at = order.index(row.id)
    is_open = row.check_in_until is not None and row.check_in_until > unit.now
    return SheetView(
        session_id=session_id,
        course_id=course.id or 0,
        title=in_language(course.title_ko, course.title_en),
        is_demo=course.is_demo,
        meeting=_line(row, len(marks), len(people), unit.today),
        lines=tuple(
            MarkLine(
                each.enrolment_id,
                each.name,
                marks[each.enrolment_id].state if each.enrolment_id in marks else None,
                each.state is EnrolmentState.ENROLLED,
            )
            for each in people
        ),
        code=row.check_in_code if is_open else "",
        code_until=row.check_in_until if is_open else None,
        can_check_in=row.held_on == unit.today,
        before_id=order[at - 1] if at else None,
        after_id=order[at + 1] if at + 1 < len(order) else None,
    )


def save_marks(
    unit: Unit,
    actor: Actor,
    session_id: int,
    meeting_id: int,
    given: Mapping[int, tuple[str, str]],
    fill_present: bool,
) -> int:
    """`given`: enrolment -> (mark on the page when it was opened, mark now), "" for none. Only
    what was changed is written; Conflict when somebody else marked the same person differently
    meanwhile. `fill_present` marks everybody without one present. Gives how many changed."""
    row, _run, _course = _meeting(unit, actor, session_id, meeting_id)
    if row.held_on > unit.today:
        raise Conflict(_("아직 열리지 않은 수업입니다."))
    store.hold_meeting(unit.session, meeting_id)
    people = {
        each.id: each.youth_id
        for each in course_desk.in_states(unit.session, session_id, [EnrolmentState.ENROLLED])
    }
    if not given.keys() <= people.keys():
        raise Conflict(_("그 사이에 수강하는 사람이 바뀌었습니다. 새로 열어 다시 적어 주십시오."))
    marks = store.marks(unit.session, meeting_id)
    wanted = {number: now for number, (was, now) in given.items() if now and now != was}
    for number, now in wanted.items():
        there = marks[number].state.value if number in marks else ""
        if there not in (given[number][0], now):
            raise Conflict(_("그 사이에 다른 분이 출석을 적었습니다. 새로 열어 확인해 주십시오."))
    if fill_present:
        blank = [each for each in people if each and each not in marks and each not in wanted]
        wanted |= dict.fromkeys(blank, AttendanceState.PRESENT.value)
    for number, now in wanted.items():
        mark = marks.get(number) or Attendance(
            meeting_id=meeting_id, enrolment_id=number, state=AttendanceState(now),
            source=AttendanceSource.DESK, recorded_at=unit.now,
        )  # fmt: skip
        mark.state, mark.source = AttendanceState(now), AttendanceSource.DESK
        mark.recorded_at = unit.now
        unit.session.add(mark)
    if wanted:
        unit.audit("attendance:saved", "meeting", meeting_id, marks=len(wanted))
        unit.access(
            "attendance:saved", None, meeting=meeting_id, youths=[people[each] for each in wanted]
        )
    return len(wanted)


def open_check_in(unit: Unit, actor: Actor, session_id: int, meeting_id: int, minutes: int) -> None:
    """A fresh code for so many minutes; 0 closes it."""
    row, _run, _course = _meeting(unit, actor, session_id, meeting_id)
    if minutes and row.held_on != unit.today:
        raise Conflict(_("수업이 있는 날에만 출석 번호를 열 수 있습니다."))
    row.check_in_code = (
        "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH)) if minutes else ""
    )
    row.check_in_until = unit.now + timedelta(minutes=minutes) if minutes else None
    unit.session.add(row)
    unit.audit("meeting:check-in", "meeting", meeting_id, minutes=minutes)


def switch(unit: Unit, actor: Actor, session_id: int, mode: CourseMode, join_link: str) -> int:
    """Held online, on site or both from now on; everybody with a seat is told in the same
    transaction. Gives how many were told."""
    run, course = own_session(unit, actor, session_id)
    if run.ends_on < unit.today:
        raise Conflict(_("이미 끝난 차수입니다."))
    before = (run.mode or course.mode, run.join_link)
    if before == (mode, join_link):
        return 0
    run.mode, run.join_link = mode, join_link
    unit.session.add(run)
    for each in store.meetings(unit.session, session_id):
        if each.held_on >= unit.today:
            each.mode = mode
            unit.session.add(each)
    people = course_desk.accounts_in(unit.session, session_id, [EnrolmentState.ENROLLED])
    for number, account in people:
        outbox.put(
            unit.session, account, "session_mode", unit.now,
            f"session:{session_id}:mode:{unit.now.isoformat()}:{number}",
            title_ko=course.title_ko, title_en=course.title_en, mode=mode.value,
            is_new_mode=before[0] is not mode, place=course.place, enrolment_id=number,
        )  # fmt: skip
    unit.audit(
        "session:mode", "session", session_id, before=before[0].value, after=mode.value,
        told=len(people),
    )  # fmt: skip
    return len(people)


def _meeting(
    unit: Unit, actor: Actor, session_id: int, meeting_id: int
) -> tuple[ClassMeeting, CourseSession, Course]:
    found = store.meeting(unit.session, actor, session_id, meeting_id)
    if found is None:
        raise NotFound
    return found


def _is_same(row: ClassMeeting, wanted: object) -> bool:
    return wanted is not None and getattr(wanted, "ends", None) == row.ends


def _line(row: ClassMeeting, marked: int, people: int, today: date) -> MeetingLine:
    return MeetingLine(
        id=row.id or 0,
        held_on=row.held_on,
        starts=row.starts,
        ends=row.ends,
        mode=row.mode,
        topic=row.topic,
        marked=marked,
        people=people,
        is_due=row.held_on <= today,
        can_remove=not marked,
    )
