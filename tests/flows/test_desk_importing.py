"""Imports of a desk: rosters, seats, attendance, results, outcomes; each in its own scope."""

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import Session, SQLModel, func, select

from matcher.actor import Actor
from matcher.db import Unit
from matcher.flows import importing
from matcher.matching import completing
from matcher.refusal import Conflict, NotFound
from matcher.store import accounts, batches, enrolments
from matcher.wiring import Services
from models.attendance import Attendance, AttendanceState, ClassMeeting, Credential
from models.course import (
    Course,
    CourseSession,
    CourseSkill,
    CourseSkillKind,
    Enrolment,
    EnrolmentState,
)
from models.outcome import Outcome, OutcomeCheck, OutcomeState
from models.skill import SkillRecord
from models.trail import AccessRecord
from models.youth import YouthProfile
from tests import coordinator_desk as scenes
from tests.people import People, Person
from tests.roster_files import planted, roster

STARTS, ENDS = scenes.days(-40), scenes.days(-5)


def actor_of(services: Services, person: Person) -> Actor:
    with services.reading() as unit:
        found = accounts.actor_of(unit.session, person.account_id)
    assert found is not None
    return found


def run(services: Services, person: Person | None, kind: str, text: str) -> importing.Imported:
    actor = actor_of(services, person) if person else None
    with services.writing(actor) as unit:
        return importing.run(unit, kind, text.encode(), f"{kind}.csv")


def revert(services: Services, person: Person, batch: int | None) -> None:
    assert batch is not None
    with services.writing(actor_of(services, person)) as unit:
        importing.revert(unit, batch)


def faults(told: importing.Imported) -> list[tuple[int, str | None, str]]:
    return [(error.line, error.column, error.code) for error in told.errors]


def count(services: Services, table: type[SQLModel]) -> int:
    with services.database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def class_of(services: Services, university: int | None, seats: int = 3, key: str = "c-1") -> int:
    """A session of a course that gives python 3 and is over."""
    with services.database.writing() as session:
        course = scenes.course(session, university, external_id=key)
        scenes.gives(session, course.id, "python", 3)
        held = scenes.run(session, course.id, STARTS, ENDS, seats=seats)
        assert held.id is not None
        return held.id


def seat(services: Services, session_id: int, person: Person, state: EnrolmentState) -> int:
    with services.database.writing() as session:
        row = scenes.enrolment(session, session_id, person.youth_id, state)
        if state in enrolments.SEATED:
            assert enrolments.take_seat(session, session_id)
        return row.id or 0


def lines(head: str, rows: Iterable[str]) -> str:
    return "\n".join([head, *rows]) + "\n"


def enrol_file(*rows: str, key: str = "c-1") -> str:
    return lines("course,starts_on,person,state", [f"{key},{STARTS},{row}" for row in rows])


def taken(services: Services, session_id: int) -> tuple[int, int]:
    """As counted, and by the rows."""
    with services.database.reading() as session:
        found = session.get_one(CourseSession, session_id)
        return found.taken, enrolments.seats_taken(session, session_id)


# --- rosters


def test_every_planted_mistake_of_a_long_roster_is_told_by_line_and_the_mended_file_comes_in(
    any_services: Services, any_people: People
) -> None:
    mistakes = planted()
    told = run(any_services, any_people.coordinator, "youths", roster(2_000, mistakes))
    assert faults(told) == [(each.line, each.column, each.code) for each in mistakes]
    before = count(any_services, YouthProfile)
    told = run(any_services, any_people.coordinator, "youths", roster(2_000))
    assert (told.errors, told.rows) == ((), 2_000)
    assert count(any_services, YouthProfile) == before + 2_000
    with any_services.reading() as unit:
        totals = batches.totals(unit.session, told.batch_id or 0)
    assert {made for _table, made, _number in totals} == {True}
    assert ("youth_profile", True, 2_000) in totals
    revert(any_services, any_people.coordinator, told.batch_id)
    assert count(any_services, YouthProfile) == before


def test_a_coordinator_puts_in_only_people_of_the_own_university(
    services: Services, people: People
) -> None:
    head = "email,name,affiliation,university\n"
    own = run(services, people.coordinator, "youths",
              head + "new@example.org,새사람,rise_university,halla\n")  # fmt: skip
    assert faults(own) == [(2, "university", "not_yours")]
    stranger = run(services, people.coordinator, "youths",
                   head + f"{people.far_youth.email},이름,rise_university,jejunu\n")  # fmt: skip
    assert faults(stranger) == [(2, "email", "stranger")]
    every = run(services, people.centre, "youths",
                head + "new@example.org,새사람,rise_university,halla\n")  # fmt: skip
    assert every.errors == ()


def test_an_address_of_staff_is_refused_and_not_a_crash(services: Services, people: People) -> None:
    text = f"email,name,affiliation\n{people.admin.email},이름,none\n"
    assert faults(run(services, None, "youths", text)) == [(2, "email", "stranger")]


def test_an_external_id_of_somebody_else_is_refused(services: Services, people: People) -> None:
    head = "email,name,affiliation,university,external_id\n"
    first = head + f"{people.far_youth.email},이름,rise_university,halla,S-1\n"
    assert run(services, None, "youths", first).errors == ()
    second = head + "new@example.org,이름,rise_university,jejunu,S-1\n"
    told = run(services, people.coordinator, "youths", second)
    assert faults(told) == [(2, "external_id", "taken")]


def test_a_coordinator_cannot_see_or_take_back_another_universitys_batch(
    services: Services, people: People
) -> None:
    head = "email,name,affiliation,university\n"
    told = run(services, people.coordinator, "youths",
               head + "new@example.org,새사람,rise_university,jejunu\n")  # fmt: skip
    with pytest.raises(NotFound):
        revert(services, people.other_coordinator, told.batch_id)
    revert(services, people.centre, told.batch_id)


def test_the_same_file_of_two_desks_is_not_the_same_import(
    services: Services, people: People
) -> None:
    text = "email,name,affiliation,university\nnew@example.org,새사람,rise_university,jejunu\n"
    first = run(services, people.coordinator, "youths", text)
    assert run(services, people.coordinator, "youths", text).is_repeat
    again = run(services, people.centre, "youths", text)
    assert (again.is_repeat, again.errors) == (False, ())
    assert again.batch_id != first.batch_id


def test_whose_data_a_desk_imported_stands_in_the_access_record(
    services: Services, people: People
) -> None:
    class_of(services, people.coordinator.organisation_id)
    run(services, people.coordinator, "enrolments", enrol_file(f"{people.youth.email},수강"))
    with services.database.reading() as session:
        record = session.exec(
            select(AccessRecord).where(AccessRecord.task == "import:enrolments")
        ).one()
    assert record.details["youths"] == [people.youth.youth_id]
    assert record.account_id == people.coordinator.account_id


# --- seats


def test_enrolments_take_seats_and_never_more_than_there_are(
    any_services: Services, any_people: People
) -> None:
    held = class_of(any_services, any_people.coordinator.organisation_id, seats=1)
    both = (f"{any_people.youth.email},수강", f"{any_people.other_youth.email},수강")
    told = run(any_services, any_people.coordinator, "enrolments", enrol_file(*both))
    assert faults(told) == [(3, "state", "no_seat")]
    assert taken(any_services, held) == (0, 0)
    told = run(any_services, any_people.coordinator, "enrolments", enrol_file(both[0]))
    assert taken(any_services, held) == (1, 1)
    revert(any_services, any_people.coordinator, told.batch_id)
    assert taken(any_services, held) == (0, 0)


def test_a_seat_freed_in_the_file_may_be_taken_in_the_same_file(
    services: Services, people: People
) -> None:
    held = class_of(services, people.coordinator.organisation_id, seats=1)
    seat(services, held, people.youth, EnrolmentState.ENROLLED)
    text = enrol_file(f"{people.other_youth.email},수강", f"{people.youth.email},취소")
    told = run(services, people.coordinator, "enrolments", text)
    assert told.errors == ()
    assert taken(services, held) == (1, 1)


def test_taking_back_is_refused_when_the_freed_seat_has_gone_to_somebody_else(
    services: Services, people: People
) -> None:
    held = class_of(services, people.coordinator.organisation_id, seats=1)
    seat(services, held, people.youth, EnrolmentState.ENROLLED)
    freed = run(
        services, people.coordinator, "enrolments", enrol_file(f"{people.youth.email},취소")
    )
    run(services, people.coordinator, "enrolments", enrol_file(f"{people.other_youth.email},수강"))
    with pytest.raises(Conflict):
        revert(services, people.coordinator, freed.batch_id)
    assert taken(services, held) == (1, 1)


def test_a_session_of_another_university_is_not_there(services: Services, people: People) -> None:
    class_of(services, people.other_coordinator.organisation_id)
    text = enrol_file(f"{people.youth.email},수강")
    assert faults(run(services, people.coordinator, "enrolments", text)) == [
        (2, "course", "unknown_session")
    ]


def test_a_name_that_is_not_the_recorded_one_stops_the_row(
    services: Services, people: People
) -> None:
    class_of(services, people.coordinator.organisation_id)
    text = f"course,starts_on,person,name\nc-1,{STARTS},{people.youth.email},딴이름\n"
    assert faults(run(services, people.coordinator, "enrolments", text)) == [
        (2, "name", "other_name")
    ]


def test_a_batch_is_not_taken_back_once_the_desk_has_changed_a_row(
    services: Services, people: People
) -> None:
    class_of(services, people.coordinator.organisation_id)
    told = run(services, people.coordinator, "enrolments", enrol_file(f"{people.youth.email},대기"))
    with services.database.writing() as session:
        row = session.exec(select(Enrolment)).one()
        row.state = EnrolmentState.CANCELLED
        session.add(row)
    with pytest.raises(Conflict):
        revert(services, people.coordinator, told.batch_id)


# --- attendance


def attendance_file(*rows: str) -> str:
    head = "course,starts_on,person,held_on,begins,ends,state"
    return lines(head, [f"c-1,{STARTS},{row}" for row in rows])


def test_attendance_makes_the_class_once_and_changes_marks_that_were_there(
    any_services: Services, any_people: People
) -> None:
    youth, other = any_people.youth, any_people.other_youth
    held = class_of(any_services, any_people.coordinator.organisation_id)
    for person in (youth, other):
        seat(any_services, held, person, EnrolmentState.ENROLLED)
    day = scenes.days(-38)
    first = attendance_file(
        f"{youth.email},{day},19:00,21:00,출석", f"{other.email},{day},19:00,,지각"
    )
    assert run(any_services, any_people.coordinator, "attendance", first).errors == ()
    assert count(any_services, ClassMeeting) == 1
    assert _marks(any_services) == [AttendanceState.PRESENT, AttendanceState.LATE]
    second = attendance_file(f"{youth.email},{day},19:00,,결석")
    told = run(any_services, any_people.coordinator, "attendance", second)
    assert (told.made, told.changed) == (0, 1)
    revert(any_services, any_people.coordinator, told.batch_id)
    assert _marks(any_services) == [AttendanceState.PRESENT, AttendanceState.LATE]


def _marks(services: Services) -> list[AttendanceState]:
    with services.database.reading() as session:
        rows = session.exec(select(Attendance)).all()
        return [row.state for row in sorted(rows, key=lambda row: row.enrolment_id)]


def test_mistakes_of_an_attendance_file_are_told_by_line(
    services: Services, people: People
) -> None:
    held = class_of(services, people.coordinator.organisation_id)
    seat(services, held, people.youth, EnrolmentState.ENROLLED)
    seat(services, held, people.other_youth, EnrolmentState.WAITLISTED)
    day, email = scenes.days(-38), people.youth.email
    text = attendance_file(
        f"{email},{day},19:00,,출석",
        f"{people.other_youth.email},{day},19:00,21:00,출석",
        f"nobody@example.org,{day},19:00,21:00,출석",
        f"{email},{scenes.days(-50)},19:00,21:00,출석",
        f"{email},{day},19:00,21:00,출석",
        f"{email.upper()},{day},19:00,21:00,결석",
        f"{email},{day},25:00,26:00,출석",
        f"{email},{day},10:00,09:00,출석",
    )
    assert faults(run(services, people.coordinator, "attendance", text)) == [
        (2, "ends", "required"),
        (3, "person", "not_in_session"),
        (4, "person", "unknown_youth"),
        (5, "held_on", "before_session"),
        (6, "person", "duplicate"),
        (7, "person", "duplicate"),
        (8, "begins", "time"),
        (8, "ends", "time"),
        (9, "ends", "order"),
    ]
    assert count(services, ClassMeeting) == 0


# --- completions


def completion_file(*rows: str, key: str = "c-1") -> str:
    return lines("course,starts_on,person,result,on", [f"{key},{STARTS},{row}" for row in rows])


def test_imported_completions_give_what_the_desks_page_gives(
    any_services: Services, any_people: People
) -> None:
    held = class_of(any_services, any_people.coordinator.organisation_id)
    by_page = seat(any_services, held, any_people.other_youth, EnrolmentState.ENROLLED)
    seat(any_services, held, any_people.youth, EnrolmentState.ENROLLED)
    with any_services.database.writing() as session:
        # both climb from what follows from a certificate
        taught = session.exec(select(Course)).one()
        session.add(
            CourseSkill(
                course_id=taught.id or 0, kind=CourseSkillKind.GAINED, skill="amazon-s3",
                from_level=3, level=5,
            )
        )  # fmt: skip
        for person in (any_people.youth, any_people.other_youth):
            kept = {"certification": "SAA", "exam_code": "SAA-C03", "verification": 3}
            scenes.certificate(session, person.youth_id, **kept)
    with any_services.writing(actor_of(any_services, any_people.coordinator)) as unit:
        _complete(unit, by_page, ENDS)
    text = completion_file(f"{any_people.youth.email},수료,{ENDS}")
    told = run(any_services, any_people.coordinator, "completions", text)
    assert told.errors == ()
    with any_services.database.reading() as session:
        assert _given(session, any_people.youth) == _given(session, any_people.other_youth)
        climbed = session.exec(select(SkillRecord).where(SkillRecord.skill == "amazon-s3")).all()
        assert [(each.level, each.verification) for each in climbed] == [(5, 2), (5, 2)]
    assert taken(any_services, held) == (2, 2)
    revert(any_services, any_people.coordinator, told.batch_id)
    with any_services.database.reading() as session:
        assert _given(session, any_people.youth) == ([], [], [(EnrolmentState.ENROLLED, None)])


def _complete(unit: Unit, enrolment_id: int, on: date) -> None:
    row = unit.session.get_one(Enrolment, enrolment_id)
    row.state = EnrolmentState.COMPLETED
    _run, course = enrolments.session_with_course(unit.session, row.session_id)
    completing.give(unit, unit.actor, row, course, on)


def _given(session: Session, person: Person) -> tuple[list[object], list[object], list[object]]:
    skills = session.exec(select(SkillRecord).where(SkillRecord.youth_id == person.youth_id))
    cards = session.exec(select(Credential).where(Credential.youth_id == person.youth_id))
    rows = session.exec(select(Enrolment).where(Enrolment.youth_id == person.youth_id))
    return (
        [s.model_dump(exclude={"id", "youth_id", "created_at"}) for s in skills],
        [(c.title_ko, c.title_en, c.issued_on, c.number[:8], c.revoked_on) for c in cards],
        [(row.state, row.completed_on) for row in rows],
    )


def test_completing_twice_gives_nothing_twice(services: Services, people: People) -> None:
    held = class_of(services, people.coordinator.organisation_id)
    seat(services, held, people.youth, EnrolmentState.ENROLLED)
    text = completion_file(f"{people.youth.email},수료,{ENDS}")
    run(services, people.coordinator, "completions", text)
    again = run(services, people.coordinator, "completions", text + "\n")
    assert (again.errors, again.made, again.changed) == ((), 0, 0)
    assert (count(services, Credential), count(services, SkillRecord)) == (1, 1)


def test_results_that_cannot_be_are_refused(services: Services, people: People) -> None:
    held = class_of(services, people.coordinator.organisation_id)
    seat(services, held, people.youth, EnrolmentState.WAITLISTED)
    with services.database.writing() as session:
        course = scenes.course(session, people.coordinator.organisation_id, external_id="c-2")
        later = scenes.run(session, course.id, STARTS, scenes.days(9))
        scenes.enrolment(session, later.id, people.youth.youth_id, EnrolmentState.ENROLLED)
    head = "course,starts_on,person,result,on"
    text = lines(head, [
        f"c-1,{STARTS},{people.youth.email},수료,{ENDS}",
        f"c-1,{STARTS},{people.other_youth.email},수료,{ENDS}",
        f"c-2,{STARTS},{people.youth.email},수료,{ENDS}",
        f"c-2,{STARTS},{people.youth.email.upper()},미수료,{ENDS}",
        f"c-1,{STARTS},{people.youth.email},수료,",
    ])  # fmt: skip
    assert faults(run(services, people.coordinator, "completions", text)) == [
        (2, "result", "state"),
        (3, "person", "not_in_session"),
        (4, "result", "too_early"),
        (5, "on", "contradiction"),
        (6, "on", "required"),
    ]


def test_dropping_out_frees_the_seat(services: Services, people: People) -> None:
    held = class_of(services, people.coordinator.organisation_id)
    seat(services, held, people.youth, EnrolmentState.ENROLLED)
    told = run(services, people.coordinator, "completions",
               completion_file(f"{people.youth.email},중도 포기,"))  # fmt: skip
    assert (told.errors, taken(services, held)) == ((), (0, 0))
    revert(services, people.coordinator, told.batch_id)
    assert taken(services, held) == (1, 1)


# --- outcomes


def outcome_file(*rows: str) -> str:
    head = "person,kind,organisation,in_jeju,started_on,state,after_6,checked_6"
    return lines(head, rows)


def test_outcomes_come_with_their_checks_and_a_later_file_changes_them(
    any_services: Services, any_people: People
) -> None:
    email, desk = any_people.youth.email, any_people.coordinator
    first = outcome_file(f"{email},취업,데모기업,예,2026-03-02,,,")
    assert run(any_services, desk, "outcomes", first).errors == ()
    second = outcome_file(f"{email},취업,데모기업,예,2026-03-02,,유지·도내,2026-09-02")
    told = run(any_services, desk, "outcomes", second)
    assert (told.errors, told.made, told.changed) == ((), 1, 0)
    with any_services.database.reading() as session:
        row = session.exec(select(Outcome)).one()
        check = session.exec(select(OutcomeCheck)).one()
    assert (row.state, row.is_in_jeju) == (OutcomeState.CONFIRMED, True)
    assert row.decided_by_account_id == desk.account_id
    assert (check.months, check.still_holds, check.is_in_jeju) == (6, True, True)
    changed = outcome_file(f"{email},취업,다른기업,아니요,2026-03-02,,끝남,2026-09-02")
    told = run(any_services, desk, "outcomes", changed)
    assert (told.made, told.changed) == (0, 2)
    revert(any_services, desk, told.batch_id)
    with any_services.database.reading() as session:
        row = session.exec(select(Outcome)).one()
        check = session.exec(select(OutcomeCheck)).one()
    assert (row.organisation_name, row.is_in_jeju, row.version) == ("데모기업", True, 1)
    assert (check.still_holds, check.is_in_jeju) == (True, True)


def test_outcomes_of_another_universitys_people_are_refused(
    services: Services, people: People
) -> None:
    text = outcome_file(f"{people.far_youth.email},취업,데모기업,예,2026-03-02,,,")
    assert faults(run(services, people.coordinator, "outcomes", text)) == [
        (2, "person", "unknown_youth")
    ]
    assert run(services, people.centre, "outcomes", text).errors == ()


def test_a_course_without_a_number_is_named_by_its_own(services: Services, people: People) -> None:
    with services.database.writing() as session:
        course = scenes.course(session, people.coordinator.organisation_id)
        scenes.run(session, course.id, STARTS, ENDS)
    told = run(services, people.coordinator, "enrolments",
               enrol_file(f"{people.youth.email},수강", key=f"#{course.id}"))  # fmt: skip
    assert told.errors == ()


def test_two_courses_with_one_number_need_their_provider(
    services: Services, people: People
) -> None:
    for desk in (people.coordinator, people.other_coordinator):
        class_of(services, desk.organisation_id)
    text = enrol_file(f"{people.youth.email},수강")
    assert faults(run(services, people.centre, "enrolments", text)) == [
        (2, "provider", "ambiguous")
    ]
    named = f"provider,course,starts_on,person\n제주대,c-1,{STARTS},{people.youth.email}\n"
    assert run(services, people.centre, "enrolments", named).errors == ()


def test_a_batch_is_taken_back_once_though_two_press_at_the_same_time(
    any_services: Services, any_people: People
) -> None:
    session_id = class_of(any_services, any_people.coordinator.organisation_id)
    seat(any_services, session_id, any_people.other_youth, EnrolmentState.ENROLLED)
    file = enrol_file(f"{any_people.youth.email},enrolled")
    told = run(any_services, any_people.coordinator, "enrolments", file)
    assert taken(any_services, session_id) == (2, 2)
    desk = actor_of(any_services, any_people.coordinator)
    with ThreadPoolExecutor(1) as pool:
        with any_services.writing(desk) as unit:
            importing.revert(unit, told.batch_id or 0)
            late = pool.submit(revert, any_services, any_people.coordinator, told.batch_id)
            time.sleep(0.3)  # the other one gets as far as it can
        with pytest.raises(Conflict):
            late.result(30)
    assert taken(any_services, session_id) == (1, 1)
