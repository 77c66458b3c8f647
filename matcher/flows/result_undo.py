"""A result of a course is taken back the day it was written, while nothing stands on it."""

from collections.abc import Sequence

from matcher.actor import Actor
from matcher.clock import start_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import issued_states, record_notes
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
    found = _of_today(unit, actor, session_id, [enrolment_id])
    if not found:
        raise Conflict(_("오늘 적은 결과만 되돌릴 수 있습니다."))
    _take_all(unit, course, found)


def take_back_many(unit: Unit, actor: Actor, session_id: int, numbers: Sequence[int]) -> int:
    """As `take_back` for what one press wrote; whoever something stands on keeps the result. Gives
    how many are back. Raises Conflict when these are not all of today, or nobody can be."""
    _run, course = own_session(unit, actor, session_id)
    found = _of_today(unit, actor, session_id, numbers)
    if len(found) != len(set(numbers)) or not found:
        raise Conflict(_("그 사이에 이 기록이 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    return _take_all(unit, course, found)


def _of_today(
    unit: Unit, actor: Actor, session_id: int, numbers: Sequence[int]
) -> list[tuple[Enrolment, ResultNote]]:
    """Those of them with a result of today, held until the transaction ends."""
    rows = [course_desk.enrolment(unit.session, actor, session_id, each) for each in set(numbers)]
    there = [row for row in rows if row is not None]
    if len(there) != len(rows):
        raise NotFound
    youths.hold(unit.session, [row.youth_id for row in there])
    enrolments.hold(unit.session, session_id)
    notes = result_notes.of_session(unit.session, session_id, start_of(unit.today))
    found = [(row, notes[row.id]) for row in there if row.id in notes and row.state in DONE]
    return sorted(found, key=lambda each: each[0].id or 0)


def _take_all(unit: Unit, course: Course, found: Sequence[tuple[Enrolment, ResultNote]]) -> int:
    free = [each for each in found if not _is_stood_on(unit, *each)]
    if not free:
        words = _("되돌릴 수 없습니다. 그 뒤에 이 사람의 기술이나 다른 과정의 결과가 적혔습니다.")
        raise Conflict(words)
    for row, note in free:
        _take(unit, course, row, note)
    return len(free)


def _take(unit: Unit, course: Course, row: Enrolment, note: ResultNote) -> None:
    before, youth_id, enrolment_id = row.state, row.youth_id, row.id or 0
    if not enrolments.move(unit.session, row, EnrolmentState.ENROLLED, unit.now):
        raise Conflict(_("그 사이에 이 기록이 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    for each in note.skills:
        record_notes.put_back(unit, each)
    row.completed_on = None
    unit.session.add(row)
    number = credentials.revoke(unit.session, enrolment_id, unit.today)
    issued_states.taken_back(unit, youth_id)
    unit.audit(
        "enrolment:taken-back", "enrolment", enrolment_id, before=before.value, after="enrolled",
        skills=len(note.skills), credential=number,
    )  # fmt: skip
    unit.session.delete(note)
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
