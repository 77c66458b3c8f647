"""A desk's own course or session, fresh or refused: the start of every change to one."""

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, NotFound
from matcher.store import course_desk as store
from models.course import Course, CourseSession

STALE = "stale"


def own_course(unit: Unit, actor: Actor, course_id: int, version: int | None = None) -> Course:
    """Raises NotFound, and Conflict(code="stale") when a version is given that is not the last."""
    row = store.course(unit.session, actor, course_id)
    if row is None:
        raise NotFound
    is_fresh(row, version)
    return row


def own_session(
    unit: Unit, actor: Actor, session_id: int, version: int | None = None
) -> tuple[CourseSession, Course]:
    """The version is the course's: its sessions change with it."""
    found = store.session_of(unit.session, actor, session_id)
    if found is None:
        raise NotFound
    is_fresh(found[1], version)
    return found


def is_fresh(row: Course, version: int | None) -> None:
    if version is not None and row.version != version:
        raise Conflict(_("그 사이에 과정이 바뀌었습니다. 새로 열어 다시 확인해 주십시오."), STALE)


def touch(unit: Unit, row: Course) -> None:
    row.version, row.updated_at = row.version + 1, unit.now
    unit.session.add(row)
