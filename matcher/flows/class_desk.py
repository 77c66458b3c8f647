"""The classes of a session at the desk: planned from the weekly hours, added, removed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from matcher.actor import Actor
from matcher.catalogue.public_holidays import public_holidays
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.class_meetings import SHOWN, MeetingLine, meeting_line, own_meeting
from matcher.matching.desk_courses import own_session
from matcher.policy.class_days import class_days
from matcher.policy.timetable import Run, slots_of
from matcher.refusal import Conflict, Invalid
from matcher.store import classes as store
from matcher.store import course_desk, enrolments
from models.attendance import ClassMeeting
from models.course import CourseMode


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
            meeting_line(each, marked.get(each.id or 0, 0), people, unit.today)
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
    row, _run, _course = own_meeting(unit, actor, session_id, meeting_id)
    store.hold_meeting(unit.session, meeting_id)
    if store.marks(unit.session, meeting_id):
        raise Conflict(_("출석을 적은 수업은 지울 수 없습니다."))
    store.remove(unit.session, [meeting_id])
    unit.audit("meeting:removed", "session", session_id, held_on=row.held_on.isoformat())


def _is_same(row: ClassMeeting, wanted: object) -> bool:
    return wanted is not None and getattr(wanted, "ends", None) == row.ends
