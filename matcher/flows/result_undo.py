"""A result of a course is taken back the day it was written, while nothing stands on it."""

from matcher.actor import Actor
from matcher.clock import start_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import record_notes
from matcher.matching.desk_courses import own_session
from matcher.refusal import Conflict, NotFound
from matcher.store import course_desk, credentials, enrolments, outbox, result_notes, youths
from models.attendance import ResultNote
from models.course import Course, Enrolment, EnrolmentState

DONE = (EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)


def take_back(unit: Unit, actor: Actor, session_id: int, enrolment_id: int) -> None:
    """The person is on the course again, on the same seat. Skills are put back as they were, the
    credential is revoked and keeps its number. Raises Conflict when it is not of today, or a skill
    or a later course counted on it."""
    _run, course = own_session(unit, actor, session_id)
    row = course_desk.enrolment(unit.session, actor, session_id, enrolment_id)
    if row is None:
        raise NotFound
    youths.hold(unit.session, [row.youth_id])
    enrolments.hold(unit.session, session_id)
    today = start_of(unit.today)
    note = result_notes.of_session(unit.session, session_id, today).get(enrolment_id)
    if note is None or row.state not in DONE:
        raise Conflict(_("오늘 적은 결과만 되돌릴 수 있습니다."))
    if _is_stood_on(unit, row, note):
        words = _("되돌릴 수 없습니다. 그 뒤에 이 사람의 기술이나 다른 과정의 결과가 적혔습니다.")
        raise Conflict(words)
    before, youth_id = row.state, row.youth_id
    if not enrolments.move(unit.session, row, EnrolmentState.ENROLLED, unit.now):
        raise Conflict(_("그 사이에 이 기록이 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    for each in note.skills:
        record_notes.put_back(unit, each)
    row.completed_on = None
    unit.session.add(row)
    number = credentials.revoke(unit.session, enrolment_id, unit.today)
    unit.session.delete(note)
    unit.audit(
        "enrolment:taken-back", "enrolment", enrolment_id, before=before.value, after="enrolled",
        skills=len(note.skills), credential=number,
    )  # fmt: skip
    unit.access("enrolment:taken-back", youth_id, enrolment=enrolment_id)
    _tell(unit, row, course, before, number)


def _is_stood_on(unit: Unit, row: Enrolment, note: ResultNote) -> bool:
    if not all(record_notes.still_says(unit, each) for each in note.skills):
        return True
    gave = row.state is EnrolmentState.COMPLETED
    return gave and result_notes.completed_since(unit.session, row)


def _tell(unit: Unit, row: Enrolment, course: Course, before: EnrolmentState, number: str) -> None:
    outbox.put(
        unit.session, enrolments.account_of(unit.session, row.youth_id), "result_taken_back",
        unit.now, f"enrolment:{row.id}:taken-back:{unit.now.isoformat()}",
        title_ko=course.title_ko, title_en=course.title_en, enrolment_id=row.id, number=number,
        was_completed=before is EnrolmentState.COMPLETED,
    )  # fmt: skip
