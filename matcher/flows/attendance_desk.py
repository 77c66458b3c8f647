"""One class of a session at the desk: who was there, and the code to check in with."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.class_meetings import SHOWN, MeetingLine, meeting_line, own_meeting
from matcher.refusal import Conflict
from matcher.store import classes as store
from matcher.store import course_desk
from models.attendance import Attendance, AttendanceSource, AttendanceState
from models.course import EnrolmentState

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without letters and digits that look alike on a projector."""
CODE_LENGTH = 6


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


def sheet(unit: Unit, actor: Actor, session_id: int, meeting_id: int) -> SheetView:
    row, _run, course = own_meeting(unit, actor, session_id, meeting_id)
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
        meeting=meeting_line(row, len(marks), len(people), unit.today),
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
    row, _run, _course = own_meeting(unit, actor, session_id, meeting_id)
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
    row, _run, _course = own_meeting(unit, actor, session_id, meeting_id)
    if minutes and row.held_on != unit.today:
        raise Conflict(_("수업이 있는 날에만 출석 번호를 열 수 있습니다."))
    row.check_in_code = (
        "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH)) if minutes else ""
    )
    row.check_in_until = unit.now + timedelta(minutes=minutes) if minutes else None
    unit.session.add(row)
    unit.audit("meeting:check-in", "meeting", meeting_id, minutes=minutes)
