"""One planned class of a session as a desk sees it, and the desk's own or refused."""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.refusal import NotFound
from matcher.store import classes as store
from models.attendance import ClassMeeting
from models.course import Course, CourseMode, CourseSession, EnrolmentState

SHOWN = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)
"""Who stands on an attendance sheet."""


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


def own_meeting(
    unit: Unit, actor: Actor, session_id: int, meeting_id: int
) -> tuple[ClassMeeting, CourseSession, Course]:
    found = store.meeting(unit.session, actor, session_id, meeting_id)
    if found is None:
        raise NotFound
    return found


def meeting_line(row: ClassMeeting, marked: int, people: int, today: date) -> MeetingLine:
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
