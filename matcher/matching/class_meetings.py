"""One planned class of a session as both sides see it, and the desk's own or refused."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.refusal import NotFound
from matcher.store import classes as store
from models.attendance import ClassMeeting
from models.course import Course, CourseMode, CourseSession, EnrolmentState

SHOWN = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)
"""Who stands on an attendance sheet."""


@dataclass(frozen=True)
class Meeting:
    """What both sides see of a planned class."""

    id: int
    held_on: date
    starts: str
    ends: str
    mode: CourseMode
    topic: str


@dataclass(frozen=True)
class MeetingLine(Meeting):
    marked: int
    people: int
    is_due: bool
    can_remove: bool


def own_meeting(
    unit: Unit, actor: Actor, session_id: int, meeting_id: int
) -> tuple[ClassMeeting, CourseSession, Course]:
    found = store.meeting(unit.session, actor, session_id, meeting_id)
    if found is None:
        raise NotFound
    return found


def seen_by_both(row: ClassMeeting) -> dict[str, Any]:
    """The values of a stored class for `Meeting` and what extends it."""
    return {each.name: getattr(row, each.name) for each in fields(Meeting)}


def meeting_line(row: ClassMeeting, marked: int, people: int, today: date) -> MeetingLine:
    return MeetingLine(
        **seen_by_both(row),
        marked=marked,
        people=people,
        is_due=row.held_on <= today,
        can_remove=not marked,
    )
