"""The end of a session: who meets the rule, proposed to the desk and written when it confirms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from matcher.actor import Actor
from matcher.clock import start_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import completing, two_hats
from matcher.matching.desk_courses import own_session
from matcher.policy.completion import Attended, Standing, attended, standing
from matcher.refusal import Conflict
from matcher.store import classes as store
from matcher.store import course_desk, credentials, enrolments, outbox, result_notes
from matcher.store.course_desk import Attendee
from models.attendance import AttendanceState, ResultNote
from models.course import Course, Enrolment, EnrolmentState

__all__ = ["Standing"]
DONE = (EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)


@dataclass(frozen=True)
class CompletionLine:
    enrolment_id: int
    name: str
    attended: Attended
    has_work: bool
    standing: Standing
    is_demo: bool


@dataclass(frozen=True)
class DoneLine:
    enrolment_id: int
    name: str
    is_completed: bool
    attended: Attended
    number: str
    is_demo: bool
    is_of_today: bool
    """May be taken back unless something stands on it."""


@dataclass(frozen=True)
class Act:
    """Results of today that one press wrote, of two people or more."""

    at: datetime
    enrolment_ids: tuple[int, ...]


@dataclass(frozen=True)
class CompletionView:
    session_id: int
    course_id: int
    title: str
    is_demo: bool
    starts_on: date
    ends_on: date
    meetings: int
    least_percent: int
    needs_work: bool
    may_confirm: bool
    lines: tuple[CompletionLine, ...]
    done: tuple[DoneLine, ...]
    acts: tuple[Act, ...]

    def count(self, standing: Standing) -> int:
        return sum(each.standing == standing for each in self.lines)


def proposal(unit: Unit, actor: Actor, session_id: int) -> CompletionView:
    run, course = own_session(unit, actor, session_id)
    states = (EnrolmentState.ENROLLED, *DONE)
    rows = {each.id or 0: each for each in course_desk.in_states(unit.session, session_id, states)}
    people = course_desk.attendees(unit.session, session_id)
    shown = [each for each in people if each.enrolment_id in rows]
    seen = [each.youth_id for each in shown]
    unit.access("completion:opened", None, session=session_id, youths=seen)
    held, tallies = _counts(unit, session_id)
    so_far = {number: attended(held, tallies.get(number, {})) for number in rows}
    standings = _standings(unit, actor, course, rows, so_far)
    notes = result_notes.of_session(unit.session, session_id, start_of(unit.today))
    numbers = credentials.by_enrolment(unit.session, session_id)
    return CompletionView(
        session_id=session_id,
        course_id=run.course_id,
        title=in_language(course.title_ko, course.title_en),
        is_demo=course.is_demo,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        meetings=held,
        least_percent=course.least_attendance_percent,
        needs_work=course.needs_work,
        may_confirm=run.ends_on <= unit.today,
        lines=tuple(
            _line(each, rows[each.enrolment_id], so_far[each.enrolment_id], standings)
            for each in shown
            if each.state is EnrolmentState.ENROLLED
        ),
        done=tuple(
            _done(each, so_far[each.enrolment_id], numbers, notes)
            for each in shown
            if each.state in DONE
        ),
        acts=_acts(notes),
    )


def _line(
    who: Attendee, row: Enrolment, so_far: Attended, standings: Mapping[int, Standing]
) -> CompletionLine:
    return CompletionLine(
        enrolment_id=who.enrolment_id,
        name=who.name,
        attended=so_far,
        has_work=row.work_accepted_on is not None,
        standing=standings[who.enrolment_id],
        is_demo=who.is_demo,
    )


def _done(
    who: Attendee, so_far: Attended, numbers: Mapping[int, str], notes: Mapping[int, ResultNote]
) -> DoneLine:
    return DoneLine(
        enrolment_id=who.enrolment_id,
        name=who.name,
        is_completed=who.state is EnrolmentState.COMPLETED,
        attended=so_far,
        number=numbers.get(who.enrolment_id, ""),
        is_demo=who.is_demo,
        is_of_today=who.enrolment_id in notes,
    )


def _acts(notes: Mapping[int, ResultNote]) -> tuple[Act, ...]:
    """What was written at one moment was written by one press; the latest first."""
    found: dict[datetime, list[int]] = {}
    for number, note in sorted(notes.items()):
        found.setdefault(note.created_at, []).append(number)
    return tuple(
        Act(at, tuple(numbers)) for at, numbers in sorted(found.items(), reverse=True)
        if len(numbers) > 1
    )  # fmt: skip


def accept_work(unit: Unit, actor: Actor, session_id: int, numbers: Sequence[int]) -> int:
    """The assignments of exactly these people are accepted; gives how many changed."""
    own_session(unit, actor, session_id)
    rows = course_desk.in_states(unit.session, session_id, [EnrolmentState.ENROLLED])
    if not set(numbers) <= {row.id for row in rows}:
        raise Conflict(_("그 사이에 수강하는 사람이 바뀌었습니다. 새로 열어 다시 적어 주십시오."))
    changed = [row for row in rows if (row.id in numbers) != (row.work_accepted_on is not None)]
    for row in changed:
        row.work_accepted_on = unit.today if row.id in numbers else None
        row.updated_at = unit.now
        unit.session.add(row)
    if changed:
        people = [row.youth_id for row in changed]
        unit.audit("work:accepted", "session", session_id, changed=len(changed))
        unit.access("work:accepted", None, session=session_id, youths=people)
    return len(changed)


def confirm(
    unit: Unit, actor: Actor, session_id: int, seen: Mapping[int, Standing]
) -> tuple[int, int]:
    """Write the proposal as it was seen: (completed, not completed). Whoever stands open is left,
    and whoever a colleague has to speak about.

    Raises Conflict when a mark, an assignment or a person changed since the page was opened.
    """
    run, course = own_session(unit, actor, session_id)
    if unit.today < run.ends_on:
        raise Conflict(_("아직 적을 수 없습니다. 과정의 날짜를 확인해 주십시오."))
    enrolments.hold(unit.session, session_id)
    rows = course_desk.in_states(unit.session, session_id, [EnrolmentState.ENROLLED])
    held, tallies = _counts(unit, session_id)
    so_far = {row.id or 0: attended(held, tallies.get(row.id or 0, {})) for row in rows}
    now = _standings(unit, actor, course, {row.id or 0: row for row in rows}, so_far)
    if now != dict(seen):
        raise Conflict(
            _("그 사이에 출석이나 과제가 바뀌었습니다. 새로 계산한 것을 확인해 주십시오.")
        )
    completed = missed = 0
    for row in rows:
        verdict = now[row.id or 0]
        if verdict is Standing.MEETS:
            _complete(unit, actor, row, course, so_far[row.id or 0])
            completed += 1
        elif verdict in (Standing.SHORT, Standing.NO_WORK):
            _miss(unit, row, course, so_far[row.id or 0], verdict)
            missed += 1
    if not completed + missed:
        raise Conflict(_("지금 적을 결과가 없습니다."))
    return completed, missed


def _complete(unit: Unit, actor: Actor, row: Enrolment, course: Course, so_far: Attended) -> None:
    _move(unit, row, EnrolmentState.COMPLETED, so_far, "")
    given = completing.give(unit, actor, row, course)
    completing.tell(unit, row, course, given)


def _miss(unit: Unit, row: Enrolment, course: Course, so_far: Attended, verdict: Standing) -> None:
    _move(unit, row, EnrolmentState.NOT_COMPLETED, so_far, verdict.value)
    completing.note_missed(unit, row)
    outbox.put(
        unit.session, enrolments.account_of(unit.session, row.youth_id), "course_not_completed",
        unit.now, f"enrolment:{row.id}:not_completed:{unit.now.isoformat()}",
        title_ko=course.title_ko, title_en=course.title_en, reason=verdict.value,
        enrolment_id=row.id, percent=so_far.percent or 0, least=course.least_attendance_percent,
    )  # fmt: skip


def _move(unit: Unit, row: Enrolment, to: EnrolmentState, so_far: Attended, reason: str) -> None:
    number, youth_id = row.id, row.youth_id
    if not enrolments.move(unit.session, row, to, unit.now):
        raise Conflict(_("그 사이에 이 기록이 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    unit.audit(
        f"enrolment:{to.value}", "enrolment", number, before="enrolled", after=to.value,
        percent=so_far.percent, reason=reason,
    )  # fmt: skip
    unit.access(f"enrolment:{to.value}", youth_id, enrolment=number)


def _counts(unit: Unit, session_id: int) -> tuple[int, dict[int, dict[AttendanceState, int]]]:
    return (
        store.held(unit.session, session_id, unit.today),
        store.tallies(unit.session, session_id),
    )


def _standings(
    unit: Unit,
    actor: Actor,
    course: Course,
    rows: Mapping[int, Enrolment],
    so_far: Mapping[int, Attended],
) -> dict[int, Standing]:
    """By enrolment."""
    barred = two_hats.barred(unit.session, actor, [row.youth_id for row in rows.values()])
    return {
        number: Standing.COLLEAGUE
        if row.youth_id in barred
        else _standing(course, so_far[number], row)
        for number, row in rows.items()
    }


def _standing(course: Course, so_far: Attended, row: Enrolment) -> Standing:
    has_work = row.work_accepted_on is not None
    return standing(so_far, course.least_attendance_percent, course.needs_work, has_work)
