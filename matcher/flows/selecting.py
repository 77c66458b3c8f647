"""A desk selects who gets a seat in a course that people apply to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.course_views import clashes_of
from matcher.matching.desk_courses import own_session
from matcher.matching.seats import promote
from matcher.refusal import Conflict, Invalid
from matcher.store import course_desk as store
from matcher.store import courses, enrolments, outbox, youth_desk, youths
from models.course import Course, CourseSelection, CourseSession, Enrolment, EnrolmentState

MOST = 500


class Decision(StrEnum):
    SELECT = "select"
    DECLINE = "decline"


class DeclineReason(StrEnum):
    SEATS = "seats"
    ELIGIBILITY = "eligibility"
    LEVEL = "level"
    REPEAT = "repeat"
    OTHER = "other"


@dataclass(frozen=True)
class ApplicantLine:
    enrolment_id: int
    youth_id: int | None
    """Only when this desk may open the person's record."""
    name: str
    organisation: str
    applied_at: datetime
    is_declined: bool
    clashes: tuple[str, ...]
    is_demo: bool


def applicants(unit: Unit, actor: Actor, session_id: int) -> tuple[ApplicantLine, ...]:
    """In the order they applied. The caller notes the access with the rest of the page."""
    run, course = own_session(unit, actor, session_id)
    if course.selection is not CourseSelection.BY_DESK:
        return ()
    found = store.applicants(unit.session, session_id)
    people = [each.enrolment.youth_id for each in found]
    if people:
        unit.access("applicants:listed", None, session=session_id, youths=people)
    own = youth_desk.visible(unit.session, actor, people)
    busy = _clashes(unit, run, people)
    return tuple(
        ApplicantLine(
            each.enrolment.id or 0,
            each.enrolment.youth_id if each.enrolment.youth_id in own else None,
            each.name,
            in_language(each.organisation_ko or "", each.organisation_en or ""),
            each.enrolment.created_at,
            each.enrolment.state is EnrolmentState.NOT_SELECTED,
            busy[each.enrolment.youth_id],
            each.is_demo,
        )
        for each in found
    )


def decide(
    unit: Unit,
    actor: Actor,
    session_id: int,
    numbers: Sequence[int],
    decision: Decision,
    reason: DeclineReason | None,
) -> int:
    """All of them or none; each is told. A selected person takes a seat while one is free and
    nobody waits, else a place at the end of the queue. Gives how many got a seat."""
    run, course = own_session(unit, actor, session_id)
    if not numbers:
        raise Invalid({"pick": _("한 사람 이상 골라 주십시오.")})
    if decision is Decision.DECLINE and reason is None:
        raise Invalid({"reason": _("뽑지 않는 이유를 골라 주십시오. 본인에게 알립니다.")})
    if unit.today > run.ends_on:
        raise Conflict(_("이미 끝난 차수입니다."))
    rows = _picked(unit, session_id, numbers, decision)
    youths.hold(unit.session, [row.youth_id for row in rows])
    enrolments.hold(unit.session, session_id)
    if decision is Decision.DECLINE:
        for row in rows:
            _settle(unit, run, course, row, EnrolmentState.NOT_SELECTED, reason)
        return 0
    _refuse_clashes(unit, run, rows)
    seated = 0
    for row in rows:
        has_queue = enrolments.first_waiting(unit.session, session_id) is not None
        has_seat = not has_queue and enrolments.take_seat(unit.session, session_id)
        to = EnrolmentState.ENROLLED if has_seat else EnrolmentState.WAITLISTED
        _settle(unit, run, course, row, to, None)
        seated += has_seat
    return seated + promote(unit, session_id)


def _picked(
    unit: Unit, session_id: int, numbers: Sequence[int], decision: Decision
) -> list[Enrolment]:
    """In the order they applied. Raises Conflict when one of them is not there to decide on."""
    wanted = set(numbers)
    rows = [
        each.enrolment
        for each in store.applicants(unit.session, session_id)
        if each.enrolment.id in wanted
        and (decision is Decision.SELECT or each.enrolment.state is EnrolmentState.APPLIED)
    ]
    if len(rows) != len(wanted):
        raise Conflict(_("그 사이에 신청이 바뀌었습니다. 새로 열어 다시 골라 주십시오."))
    return rows


def _refuse_clashes(unit: Unit, run: CourseSession, rows: Sequence[Enrolment]) -> None:
    people = [row.youth_id for row in rows]
    busy = [youth_id for youth_id, titles in _clashes(unit, run, people).items() if titles]
    if busy:
        names = ", ".join(sorted(store.names(unit.session, busy).values()))
        words = _("같은 시간의 다른 과정에 자리가 있는 사람이 있습니다: %(names)s")
        raise Invalid({"pick": words % {"names": names}})


def _clashes(unit: Unit, run: CourseSession, people: Sequence[int]) -> dict[int, tuple[str, ...]]:
    held = enrolments.of_youths(unit.session, people)
    row = courses.session_row(unit.session, run.id or 0)
    return {each: clashes_of(row, held.get(each, [])) for each in people}


def _settle(
    unit: Unit,
    run: CourseSession,
    course: Course,
    row: Enrolment,
    to: EnrolmentState,
    reason: DeclineReason | None,
) -> None:
    number, youth_id, before = row.id, row.youth_id, row.state
    queued = to is EnrolmentState.WAITLISTED
    if not enrolments.move(unit.session, row, to, unit.now, again=queued):
        raise Conflict(_("그 사이에 신청이 바뀌었습니다. 새로 열어 다시 골라 주십시오."))
    said = reason.value if reason else ""
    unit.audit(
        f"enrolment:{to.value}", "enrolment", number, before=before.value, after=to.value,
        reason=said,
    )  # fmt: skip
    unit.access(f"enrolment:{to.value}", youth_id, enrolment=number)
    outbox.put(
        unit.session, enrolments.account_of(unit.session, youth_id), "selection", unit.now,
        f"enrolment:{number}:{to.value}:{unit.now.isoformat()}", title_ko=course.title_ko,
        title_en=course.title_en, result=to.value, reason=said, enrolment_id=number,
        course_id=course.id, starts_on=run.starts_on.isoformat(),
    )  # fmt: skip
