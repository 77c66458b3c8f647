"""A desk adds dated sessions to its courses and changes their dates, hours and seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching.desk_courses import own_course, own_session, touch
from matcher.matching.seats import refill
from matcher.policy.timetable import Slot, slots_of
from matcher.refusal import Conflict, Invalid
from matcher.store import course_desk as store
from matcher.store import enrolments, outbox
from models.course import Course, CourseSession, CourseState, EnrolmentState

MOST_SLOTS = 14
LONGEST = timedelta(days=2 * 366)
CONCERNED = (EnrolmentState.APPLIED, EnrolmentState.WAITLISTED, EnrolmentState.ENROLLED)


@dataclass(frozen=True)
class SessionDraft:
    starts_on: date
    ends_on: date
    applications_open_on: date
    applications_close_on: date
    weekly_hours: int | None
    slots: tuple[Slot, ...]
    seats: int


def session_sheet(unit: Unit, actor: Actor, session_id: int) -> tuple[CourseSession, Course, bool]:
    """A session, its course, and whether it may be taken away again."""
    run, course = own_session(unit, actor, session_id)
    return run, course, store.is_untouched(unit.session, session_id)


def add_session(unit: Unit, actor: Actor, course_id: int, version: int, draft: SessionDraft) -> int:
    course = own_course(unit, actor, course_id, version)
    if course.state is CourseState.CLOSED:
        raise Conflict(_("닫은 과정에는 차수를 더할 수 없습니다."))
    row = CourseSession(course_id=course_id, **_session_values(draft), seats=draft.seats)
    unit.session.add(row)
    unit.session.flush()  # the audit line names it
    touch(unit, course)
    unit.audit("session:created", "session", row.id, course=course_id)
    return row.id or 0


def edit_session(
    unit: Unit, actor: Actor, session_id: int, version: int, draft: SessionDraft
) -> int:
    """New dates, hours or seats; everybody concerned is told of new dates and hours, and seats
    that came free go to the queue. Gives how many were told."""
    run, course = own_session(unit, actor, session_id, version)
    enrolments.hold(unit.session, session_id)
    values = _session_values(draft)
    moved = [name for name, value in values.items() if getattr(run, name) != value]
    for name, value in values.items():
        setattr(run, name, value)
    unit.session.add(run)
    unit.session.flush()  # the guarded UPDATE below works on the same row
    if not store.resize(unit.session, session_id, draft.seats):
        unit.session.refresh(run)
        words = _("이미 %(n)s명이 자리를 잡았습니다. 그보다 적게 줄일 수 없습니다.")
        raise Invalid({"seats": words % {"n": run.taken}})
    touch(unit, course)
    unit.session.flush()
    unit.session.refresh(run)
    refill(unit, session_id)
    told = _tell_moved(unit, run, course) if set(moved) & _TOLD and run.ends_on >= unit.today else 0
    unit.audit("session:edited", "session", session_id, changed=moved, seats=draft.seats, told=told)
    return told


def remove_session(unit: Unit, actor: Actor, session_id: int, version: int) -> int:
    """Take a session away that nobody ever applied for; gives its course."""
    run, course = own_session(unit, actor, session_id, version)
    enrolments.hold(unit.session, session_id)
    if not store.is_untouched(unit.session, session_id):
        raise Conflict(_("신청이나 수업이 있는 차수는 지울 수 없습니다."))
    if (
        course.state is CourseState.PUBLISHED
        and store.count_sessions(unit.session, run.course_id) < 2
    ):
        raise Conflict(_("공개한 과정에는 차수가 하나 이상 있어야 합니다."))
    unit.session.delete(run)
    touch(unit, course)
    unit.audit("session:removed", "session", session_id, course=run.course_id)
    return run.course_id


_TOLD = {"starts_on", "ends_on", "weekly_slots"}


def _tell_moved(unit: Unit, run: CourseSession, course: Course) -> int:
    people = store.accounts_in(unit.session, run.id or 0, CONCERNED)
    for number, account in people:
        outbox.put(
            unit.session, account, "session_moved", unit.now,
            f"session:{run.id}:moved:{course.version}:{number}", title_ko=course.title_ko,
            title_en=course.title_en, starts_on=run.starts_on.isoformat(),
            ends_on=run.ends_on.isoformat(), enrolment_id=number,
        )  # fmt: skip
    return len(people)


def _session_values(draft: SessionDraft) -> dict[str, Any]:
    """Raises Invalid by field."""
    errors: dict[str, str] = {}
    if draft.ends_on < draft.starts_on:
        errors["ends_on"] = _("끝나는 날은 시작하는 날과 같거나 뒤여야 합니다.")
    elif draft.ends_on - draft.starts_on > LONGEST:
        errors["ends_on"] = _("차수는 두 해를 넘을 수 없습니다.")
    if draft.applications_close_on < draft.applications_open_on:
        errors["applications_close_on"] = _("신청 마감은 신청 시작과 같거나 뒤여야 합니다.")
    elif draft.applications_open_on > draft.ends_on:
        errors["applications_open_on"] = _("신청은 과정이 끝나기 전에 시작해야 합니다.")
    slots = sorted(draft.slots)
    for number, slot in enumerate(draft.slots):
        if slot.end <= slot.start:
            errors[f"slot-{number}"] = _("끝나는 시각은 시작하는 시각보다 뒤여야 합니다.")
    for one, other in pairwise(slots):
        if one.weekday == other.weekday and other.start < one.end:
            errors.setdefault("slots", _("같은 요일의 시간이 서로 겹칩니다."))
    if errors:
        raise Invalid(errors)
    weekly = draft.weekly_hours if draft.weekly_hours is not None else _weekly(slots)
    return {
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
        "applications_open_on": draft.applications_open_on,
        "applications_close_on": draft.applications_close_on,
        "weekly_hours": weekly,
        "weekly_slots": [
            {"weekday": each.weekday, "start": each.start, "end": each.end} for each in slots
        ],
    }


def _weekly(slots: Sequence[Slot]) -> int:
    """Hours a week, rounded up."""
    minutes = sum(_minutes(each.end) - _minutes(each.start) for each in slots)
    return -(-minutes // 60)


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:5])


def slots_in(run: CourseSession) -> tuple[Slot, ...]:
    return slots_of(run.weekly_slots)
