"""Classes, attendance and completion by the rule, from the desk's and the person's side."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from matcher.flows import attendance_desk, class_desk, class_mode, completing_desk, own_class
from matcher.flows.completing_desk import Standing
from matcher.refusal import Conflict, Invalid, NotFound, TooMany
from matcher.wiring import Services
from models.attendance import Attendance, AttendanceState, ClassMeeting, Credential
from models.course import CourseMode, CourseSession, Enrolment, EnrolmentState
from models.outbox import OutboxMail
from models.skill import SkillRecord
from models.trail import AccessRecord
from tests import factories
from tests.coordinator_desk import course, days, enrolment, gives, run
from tests.factories import TODAY
from tests.matching_desk import actor_of
from tests.partner_desk import actor, working
from tests.people import People

ENROLLED = EnrolmentState.ENROLLED


def class_of(
    services: Services,
    people: People,
    starts: int,
    ends: int,
    meetings: tuple[int, ...] = (),
    **values: Any,
) -> tuple[int, list[int], list[int]]:
    """A session with haneul, bada and namu in it; gives it, its meetings and its enrolments."""
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id, **values)
        gives(session, own.id, "python", 3)
        held = run(session, own.id, days(starts), days(ends), taken=3)
        rows = [
            enrolment(session, held.id, each.youth_id, ENROLLED).id or 0
            for each in (people.youth, people.other_youth, people.far_youth)
        ]
        made = [
            factories.add(
                session,
                ClassMeeting(
                    session_id=held.id, held_on=days(day), starts="19:00", ends="21:00",
                    mode=CourseMode.OFFLINE,
                ),
            ).id
            for day in meetings
        ]  # fmt: skip
        return held.id or 0, made, rows


def mark(
    services: Services, people: People, where: int, meeting: int, fill: bool = False,
    **given: tuple[str, str],
) -> int:  # fmt: skip
    with working(services, people.coordinator) as unit:
        marks = {int(key[1:]): value for key, value in given.items()}
        return attendance_desk.save_marks(
            unit, actor(people.coordinator), where, meeting, marks, fill
        )


def test_meetings_follow_the_weekly_hours_and_leave_public_holidays_out(
    services: Services, people: People
) -> None:
    """Fridays and Thursdays of December 2026: Christmas Day is a Friday."""
    slots = [{"weekday": day, "start": "19:00", "end": "21:00"} for day in (4, 5)]
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id)
        held = run(session, own.id, date(2026, 12, 21), date(2027, 1, 2), weekly_slots=slots)
        where = held.id or 0
    with working(services, people.coordinator) as unit:
        assert class_desk.plan(unit, actor(people.coordinator), where) == 2
    with services.database.reading() as session:
        held_on = [row.held_on for row in session.exec(select(ClassMeeting)).all()]
    assert held_on == [date(2026, 12, 24), date(2026, 12, 31)]
    with working(services, people.coordinator) as unit:
        assert class_desk.plan(unit, actor(people.coordinator), where) == 0


def test_planning_again_keeps_what_is_past_or_marked(services: Services, people: People) -> None:
    where, made, rows = class_of(services, people, -10, 20, (-5, 0, 3))
    mark(services, people, where, made[1], **{f"e{rows[0]}": ("", "present")})
    with services.database.writing() as session:
        held = session.get_one(CourseSession, where)
        held.weekly_slots = [{"weekday": days(4).isoweekday(), "start": "10:00", "end": "12:00"}]
        session.add(held)
    with working(services, people.coordinator) as unit:
        class_desk.plan(unit, actor(people.coordinator), where)
    with services.database.reading() as session:
        there = {row.held_on for row in session.exec(select(ClassMeeting)).all()}
    assert {days(-5), days(0), days(4)} <= there
    assert days(3) not in there


def test_marks_are_written_once_each_and_a_meanwhile_is_a_conflict(
    any_services: Services, any_people: People
) -> None:
    services, people = any_services, any_people
    where, made, rows = class_of(services, people, -10, 20, (0,))
    one, two, _three = (f"e{each}" for each in rows)
    assert mark(services, people, where, made[0], fill=True, **{one: ("", "late")}) == 3
    with pytest.raises(Conflict):
        mark(services, people, where, made[0], **{two: ("", "absent")})
    assert mark(services, people, where, made[0], **{two: ("present", "absent")}) == 1
    with services.database.reading() as session:
        marks = {row.enrolment_id: row.state for row in session.exec(select(Attendance)).all()}
        assert [marks[each].value for each in rows] == ["late", "absent", "present"]
        seen = session.exec(select(AccessRecord)).all()
        assert {row.task for row in seen} == {"attendance:saved"}


def test_nobody_is_marked_before_the_day_or_in_a_strangers_class(
    services: Services, people: People
) -> None:
    where, made, rows = class_of(services, people, -10, 20, (0, 1))
    other, _made, strangers = class_of(services, people, -10, 20, ())
    with pytest.raises(Conflict):
        mark(services, people, where, made[1], **{f"e{rows[0]}": ("", "present")})
    with pytest.raises(Conflict):
        mark(services, people, where, made[0], **{f"e{strangers[0]}": ("", "present")})
    with pytest.raises(NotFound):
        mark(services, people, other, made[0])
    with pytest.raises(NotFound), working(services, people.other_coordinator) as unit:
        attendance_desk.sheet(unit, actor(people.other_coordinator), where, made[0])


def test_a_marked_meeting_stays_and_an_unmarked_one_goes(
    services: Services, people: People
) -> None:
    where, made, rows = class_of(services, people, -10, 20, (0, 1))
    mark(services, people, where, made[0], **{f"e{rows[0]}": ("", "present")})
    who = actor(people.coordinator)
    with pytest.raises(Conflict), working(services, people.coordinator) as unit:
        class_desk.remove(unit, who, where, made[0])
    with working(services, people.coordinator) as unit:
        class_desk.remove(unit, who, where, made[1])
    with pytest.raises(Invalid), working(services, people.coordinator) as unit:
        class_desk.add(unit, who, where, days(0), "19:00", "20:00", "")
    with services.database.reading() as session:
        assert [row.id for row in session.exec(select(ClassMeeting)).all()] == [made[0]]


def test_the_rule_completes_one_tells_two_why_not_and_gives_skill_and_credential(
    any_services: Services, any_people: People
) -> None:
    """Two meetings: haneul was at both, bada at one, namu at both without the assignment."""
    services, people = any_services, any_people
    where, made, rows = class_of(
        services, people, -10, 0, (-3, -1), least_attendance_percent=80, needs_work=True
    )
    who, (one, two, three) = actor(people.coordinator), rows
    for meeting in made:
        mark(services, people, where, meeting, **{f"e{two}": ("", "absent")}, fill=True)
    with working(services, people.coordinator) as unit:
        attendance_desk.save_marks(unit, who, where, made[0], {two: ("absent", "present")}, False)
        completing_desk.accept_work(unit, who, where, [one, two])
    with working(services, people.coordinator) as unit:
        view = completing_desk.proposal(unit, who, where)
    seen = {line.enrolment_id: line.standing for line in view.lines}
    assert seen == {one: Standing.MEETS, two: Standing.SHORT, three: Standing.NO_WORK}
    with working(services, people.coordinator) as unit:
        assert completing_desk.confirm(unit, who, where, seen) == (1, 2)
    with services.database.reading() as session:
        states = {row.id: row.state.value for row in session.exec(select(Enrolment)).all()}
        assert [states[each] for each in rows] == ["completed", "not_completed", "not_completed"]
        issued = session.exec(select(Credential)).one()
        assert (issued.enrolment_id, issued.issued_on) == (one, TODAY)
        assert issued.number.startswith("OR-2026-")
        given = session.exec(select(SkillRecord)).one()
        assert (given.youth_id, given.skill, given.level) == (people.youth.youth_id, "python", 3)
        told = {mail.account_id: mail for mail in session.exec(select(OutboxMail)).all()}
        assert told[people.youth.account_id].context["number"] == issued.number
        assert told[people.other_youth.account_id].context["reason"] == "short"
        assert told[people.other_youth.account_id].context["percent"] == 50
        assert told[people.far_youth.account_id].context["reason"] == "no_work"
        assert session.get_one(CourseSession, where).taken == 3
    with pytest.raises(Conflict), working(services, people.coordinator) as unit:
        completing_desk.confirm(unit, who, where, {})


def test_what_was_not_seen_is_not_confirmed(services: Services, people: People) -> None:
    where, made, rows = class_of(services, people, -10, 0, (-1,), needs_work=False)
    who = actor(people.coordinator)
    mark(services, people, where, made[0], fill=True)
    seen = dict.fromkeys(rows, Standing.MEETS)
    mark(services, people, where, made[0], **{f"e{rows[0]}": ("present", "absent")})
    with pytest.raises(Conflict), working(services, people.coordinator) as unit:
        completing_desk.confirm(unit, who, where, seen)
    with services.database.reading() as session:
        assert {row.state for row in session.exec(select(Enrolment)).all()} == {ENROLLED}


def test_without_marks_nobody_is_judged_and_before_the_end_nothing_is_written(
    services: Services, people: People
) -> None:
    where, _made, rows = class_of(services, people, -10, 0, (-1,))
    who = actor(people.coordinator)
    with working(services, people.coordinator) as unit:
        view = completing_desk.proposal(unit, who, where)
    assert {line.standing for line in view.lines} == {Standing.OPEN}
    seen = dict.fromkeys(rows, Standing.OPEN)
    with pytest.raises(Conflict), working(services, people.coordinator) as unit:
        completing_desk.confirm(unit, who, where, seen)
    early, made, rows = class_of(services, people, -10, 1, (-1,))
    mark(services, people, early, made[0], fill=True)
    with pytest.raises(Conflict), working(services, people.coordinator) as unit:
        completing_desk.confirm(unit, who, early, dict.fromkeys(rows, Standing.MEETS))


def test_a_switch_online_tells_everybody_with_a_seat_in_the_same_breath(
    services: Services, people: People
) -> None:
    where, _made, rows = class_of(services, people, -10, 20, (-3, 0, 3))
    with services.database.writing() as session:
        last = session.get_one(Enrolment, rows[2])
        last.state = EnrolmentState.DROPPED
        session.add(last)
    with working(services, people.coordinator) as unit:
        told = class_mode.switch(
            unit, actor(people.coordinator), where, CourseMode.ONLINE, "https://meet.example.kr/a"
        )
    assert told == 2
    with services.database.reading() as session:
        modes = {row.held_on: row.mode for row in session.exec(select(ClassMeeting)).all()}
        assert [modes[days(day)].value for day in (-3, 0, 3)] == ["offline", "online", "online"]
        mails = session.exec(select(OutboxMail)).all()
        assert {mail.account_id for mail in mails} == {
            people.youth.account_id, people.other_youth.account_id,
        }  # fmt: skip
        assert "meet.example.kr" not in repr([mail.context for mail in mails])


@pytest.mark.parametrize(("first", "is_shown"), [(0, True), (1, True), (2, False)])
def test_the_way_in_is_shown_from_a_day_before_and_only_to_who_has_a_seat(
    services: Services, people: People, first: int, is_shown: bool
) -> None:
    where, _made, rows = class_of(services, people, -10, 20, (first,))
    with working(services, people.coordinator) as unit:
        class_mode.switch(
            unit, actor(people.coordinator), where, CourseMode.ONLINE, "https://meet.example.kr/a"
        )
    with services.database.writing() as session:
        other = session.get_one(Enrolment, rows[1])
        other.state = EnrolmentState.WAITLISTED
        session.add(other)
    me, waiting = actor_of(people.youth), actor_of(people.other_youth)
    with services.reading(me) as unit:
        assert bool(own_class.show(unit, me, rows[0]).join_link) is is_shown
    with services.reading(waiting) as unit:
        assert own_class.show(unit, waiting, rows[1]).join_link == ""
        with pytest.raises(NotFound):
            own_class.show(unit, waiting, rows[0])


def opened(services: Services, people: People, where: int, meeting: int, minutes: int) -> str:
    with working(services, people.coordinator) as unit:
        attendance_desk.open_check_in(unit, actor(people.coordinator), where, meeting, minutes)
    with services.database.reading() as session:
        return session.get_one(ClassMeeting, meeting).check_in_code


def test_checking_in_by_the_code_counts_once_and_never_over_the_desks_mark(
    any_services: Services, any_people: People
) -> None:
    services, people = any_services, any_people
    where, made, rows = class_of(services, people, -10, 20, (0,))
    code = opened(services, people, where, made[0], 10)
    me, other = actor_of(people.youth), actor_of(people.other_youth)
    mark(services, people, where, made[0], **{f"e{rows[1]}": ("", "absent")})
    with services.writing(me) as unit:
        assert own_class.check_in(unit, me, rows[0], f" {code.lower()} ") in (
            AttendanceState.PRESENT, AttendanceState.LATE,
        )  # fmt: skip
    for who, row in ((me, rows[0]), (other, rows[1])):
        with pytest.raises(Conflict), services.writing(who) as unit:
            own_class.check_in(unit, who, row, code)
    with services.database.reading() as session:
        assert len(session.exec(select(Attendance)).all()) == 2


def test_wrong_codes_are_counted_and_stopped_and_a_closed_code_opens_nothing(
    services: Services, people: People
) -> None:
    where, made, rows = class_of(services, people, -10, 20, (0,))
    code, me = opened(services, people, where, made[0], 10), actor_of(people.youth)
    for _try in range(10):
        with services.writing(me) as unit:
            assert own_class.check_in(unit, me, rows[0], "WRONG1") is None
    with pytest.raises(TooMany), services.writing(me) as unit:
        own_class.check_in(unit, me, rows[0], code)
    assert opened(services, people, where, made[0], 0) == ""
    other = actor_of(people.other_youth)
    with pytest.raises(Conflict), services.writing(other) as unit:
        own_class.check_in(unit, other, rows[1], code)


def test_late_begins_ten_minutes_after_the_class(services: Services, people: People) -> None:
    _where, made, _rows = class_of(services, people, -10, 20, (0,))
    with services.database.reading() as session:
        meeting = session.get_one(ClassMeeting, made[0])
    start = factories.NOW.replace(hour=10, minute=0)  # 19:00 in Jeju
    for minutes, state in ((-30, "present"), (10, "present"), (11, "late")):
        moment = start + timedelta(minutes=minutes)
        assert own_class._state_at(meeting, moment).value == state


def test_a_credential_is_its_owners_alone(services: Services, people: People) -> None:
    where, made, rows = class_of(services, people, -10, 0, (-1,), needs_work=False)
    who = actor(people.coordinator)
    mark(services, people, where, made[0], fill=True)
    with working(services, people.coordinator) as unit:
        completing_desk.confirm(unit, who, where, dict.fromkeys(rows, Standing.MEETS))
    me, other = actor_of(people.youth), actor_of(people.other_youth)
    with services.reading(me) as unit:
        number = own_class.show(unit, me, rows[0]).number
        assert own_class.credential(unit, me, number).name == me.name
    with services.reading(other) as unit, pytest.raises(NotFound):
        own_class.credential(unit, other, number)
