"""How the classes of a session are held: online, on site or both; a switch is told to everybody."""

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching.desk_courses import own_session, touch
from matcher.refusal import Conflict
from matcher.store import classes as store
from matcher.store import course_desk, outbox
from models.course import CourseMode, EnrolmentState


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
    touch(unit, course)  # calendars take a change only with a later number
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
