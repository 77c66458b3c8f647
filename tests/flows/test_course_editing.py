"""A desk writes courses and sessions: what is kept, refused, told, and whose it is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from matcher.flows import course_editing, session_editing
from matcher.flows.course_editing import Draft, Taught
from matcher.flows.session_editing import SessionDraft
from matcher.policy.timetable import Slot
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.wiring import Services
from models.course import (
    Course,
    CourseMode,
    CourseSelection,
    CourseSession,
    CourseSkill,
    CourseSkillKind,
    CourseState,
    EnrolmentState,
)
from models.outbox import OutboxMail
from tests.coordinator_desk import course, days, enrolment, run
from tests.partner_desk import actor, working
from tests.people import People, Person

GAINED, NEEDED = CourseSkillKind.GAINED, CourseSkillKind.NEEDED


def draft(**values: Any) -> Draft:
    defaults: dict[str, Any] = {
        "title_ko": "블록체인 기초", "title_en": "", "field": "블록체인", "level": "basic",
        "kind": "company_project", "sector": None, "content": "", "mode": CourseMode.OFFLINE,
        "languages": "ko", "place": "", "total_hours": 30, "fee_krw": 0, "support": "",
        "eligibility": "",
        "selection": CourseSelection.FIRST_COME, "least_attendance_percent": 80,
        "needs_work": False, "completion_rule": "", "linked_certification": None,
        "exam_chance": "", "internship": "", "credit": "", "is_shared": False,
        "rise_project": "", "rise_code": None, "contact": "",
        "skills": (Taught(GAINED, "Python", 0, 2), Taught(NEEDED, "sql", 0, 1)),
    }  # fmt: skip
    return Draft(**(defaults | values))


def session_draft(**values: Any) -> SessionDraft:
    defaults: dict[str, Any] = {
        "starts_on": days(30), "ends_on": days(60), "applications_open_on": days(0),
        "applications_close_on": days(25), "weekly_hours": None,
        "slots": (Slot(2, "19:00", "21:30"),), "seats": 10,
    }  # fmt: skip
    return SessionDraft(**(defaults | values))


def create(services: Services, person: Person, **values: Any) -> int:
    with working(services, person) as unit:
        return course_editing.create(unit, actor(person), draft(**values), None)


def test_a_course_of_the_own_university_begins_as_a_draft_with_its_skills(
    services: Services, people: People
) -> None:
    number = create(services, people.coordinator)
    with services.database.reading() as session:
        row = session.get_one(Course, number)
        assert row.organisation_id == people.coordinator.organisation_id
        assert (row.state, row.field, row.title_en) == (
            CourseState.DRAFT, "blockchain", "블록체인 기초",
        )  # fmt: skip
        skills = session.exec(select(CourseSkill).order_by(CourseSkill.skill)).all()
        assert [(each.kind, each.skill, each.level) for each in skills] == [
            (GAINED, "python", 2), (NEEDED, "sql", 1),
        ]  # fmt: skip


def test_the_centre_names_one_of_the_universities_and_nobody_else(
    services: Services, people: People
) -> None:
    home = people.other_coordinator.organisation_id
    with working(services, people.centre) as unit:
        number = course_editing.create(unit, actor(people.centre), draft(), home)
    with services.database.reading() as session:
        assert session.get_one(Course, number).organisation_id == home
    for wrong in (None, people.partner.organisation_id, 99_999):
        with pytest.raises(Invalid) as refused, working(services, people.centre) as unit:
            course_editing.create(unit, actor(people.centre), draft(), wrong)
        assert set(refused.value.fields) == {"organisation_id"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"level": "hard"}, "level"),
        ({"kind": "party"}, "kind"),
        ({"rise_project": "none"}, "rise_project"),
        ({"linked_certification": "XXX"}, "linked_certification"),
        ({"skills": (Taught(GAINED, "없는 기술 이름", 0, 2),)}, "skill-0"),
        ({"skills": (Taught(GAINED, "python", 2, 2),)}, "skill-0"),
        (
            {"skills": (Taught(GAINED, "python", 0, 2), Taught(GAINED, "Python", 0, 3))},
            "skill-1",
        ),
    ],
)
def test_what_no_list_knows_is_refused_by_its_field(
    services: Services, people: People, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        create(services, people.coordinator, **changed)
    assert set(refused.value.fields) == {field}
    with services.database.reading() as session:
        assert session.exec(select(Course)).all() == []


def test_an_old_version_is_refused_and_skills_that_stay_keep_their_rows(
    services: Services, people: People
) -> None:
    number, who = create(services, people.coordinator), actor(people.coordinator)
    with services.database.reading() as session:
        before = {each.skill: each.id for each in session.exec(select(CourseSkill)).all()}
    changed = draft(skills=(Taught(GAINED, "python", 0, 3),), title_ko="새 이름")
    with working(services, people.coordinator) as unit:
        course_editing.edit(unit, who, number, 1, changed)
    with pytest.raises(Conflict), working(services, people.coordinator) as unit:
        course_editing.edit(unit, who, number, 1, draft())
    with services.database.reading() as session:
        assert session.get_one(Course, number).title_ko == "새 이름"
        kept = session.exec(select(CourseSkill)).one()
        assert (kept.id, kept.level) == (before["python"], 3)


def test_the_way_of_selecting_stays_once_somebody_applied(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id)
        held = run(session, own.id, days(20), days(40), taken=1)
        enrolment(session, held.id, people.youth.youth_id, EnrolmentState.ENROLLED)
    with pytest.raises(Invalid) as refused, working(services, people.coordinator) as unit:
        course_editing.edit(
            unit, actor(people.coordinator), own.id, 1, draft(selection=CourseSelection.BY_DESK)
        )
    assert set(refused.value.fields) == {"selection"}


def test_another_university_reaches_neither_the_course_nor_its_sessions(
    services: Services, people: People
) -> None:
    number, foreign = create(services, people.coordinator), actor(people.other_coordinator)
    with working(services, people.coordinator) as unit:
        held = session_editing.add_session(
            unit, actor(people.coordinator), number, 1, session_draft()
        )
    tries = (
        lambda unit: course_editing.sheet(unit, foreign, number),
        lambda unit: course_editing.edit(unit, foreign, number, 2, draft()),
        lambda unit: session_editing.add_session(unit, foreign, number, 2, session_draft()),
        lambda unit: session_editing.edit_session(unit, foreign, held, 2, session_draft()),
        lambda unit: session_editing.remove_session(unit, foreign, held, 2),
    )
    for attempt in tries:
        with pytest.raises(NotFound), working(services, people.other_coordinator) as unit:
            attempt(unit)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_on": days(29)}, "ends_on"),
        ({"ends_on": days(30) + timedelta(days=800)}, "ends_on"),
        ({"applications_close_on": days(-1)}, "applications_close_on"),
        (
            {"applications_open_on": days(61), "applications_close_on": days(70)},
            "applications_open_on",
        ),
        ({"slots": (Slot(1, "10:00", "10:00"),)}, "slot-0"),
        ({"slots": (Slot(1, "10:00", "12:00"), Slot(1, "11:00", "13:00"))}, "slots"),
    ],
)
def test_dates_and_hours_that_cannot_be_are_refused(
    services: Services, people: People, changed: dict[str, Any], field: str
) -> None:
    number = create(services, people.coordinator)
    with pytest.raises(Invalid) as refused, working(services, people.coordinator) as unit:
        session_editing.add_session(
            unit, actor(people.coordinator), number, 1, session_draft(**changed)
        )
    assert set(refused.value.fields) == {field}


def test_seats_never_go_below_those_taken_and_new_ones_go_to_the_queue(
    services: Services, people: People
) -> None:
    who = actor(people.coordinator)
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id)
        held = run(session, own.id, days(30), days(60), seats=2, taken=2)
        for person, state in (
            (people.youth, EnrolmentState.ENROLLED),
            (people.other_youth, EnrolmentState.ENROLLED),
            (people.far_youth, EnrolmentState.WAITLISTED),
        ):
            enrolment(session, held.id, person.youth_id, state)
    same = replace(session_draft(), slots=(), weekly_hours=6)
    with pytest.raises(Invalid) as refused, working(services, people.coordinator) as unit:
        session_editing.edit_session(unit, who, held.id, 1, replace(same, seats=1))
    assert set(refused.value.fields) == {"seats"}
    with working(services, people.coordinator) as unit:
        assert session_editing.edit_session(unit, who, held.id, 1, replace(same, seats=3)) == 0
    with services.database.reading() as session:
        row = session.get_one(CourseSession, held.id)
        assert (row.seats, row.taken) == (3, 3)
        assert [mail.template for mail in session.exec(select(OutboxMail)).all()] == ["seat_free"]


def test_new_dates_are_told_to_everybody_concerned(services: Services, people: People) -> None:
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id)
        held = run(session, own.id, days(30), days(60), taken=1)
        for person, state in (
            (people.youth, EnrolmentState.ENROLLED),
            (people.other_youth, EnrolmentState.APPLIED),
            (people.far_youth, EnrolmentState.CANCELLED),
        ):
            enrolment(session, held.id, person.youth_id, state)
    moved = session_draft(starts_on=days(31))
    with working(services, people.coordinator) as unit:
        who = actor(people.coordinator)
        assert session_editing.edit_session(unit, who, held.id, 1, moved) == 2
    with services.database.reading() as session:
        mails = session.exec(select(OutboxMail)).all()
        assert {(mail.template, mail.account_id) for mail in mails} == {
            ("session_moved", people.youth.account_id),
            ("session_moved", people.other_youth.account_id),
        }
        assert session.get_one(CourseSession, held.id).weekly_hours == 3


def test_a_session_somebody_applied_for_stays_and_so_does_a_published_courses_last(
    services: Services, people: People
) -> None:
    who = actor(people.coordinator)
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id)
        one, other = (run(session, own.id, days(30), days(60)) for _n in range(2))
        enrolment(session, one.id, people.youth.youth_id, EnrolmentState.CANCELLED)
    with pytest.raises(Conflict), working(services, people.coordinator) as unit:
        session_editing.remove_session(unit, who, one.id, 1)
    with working(services, people.coordinator) as unit:
        assert session_editing.remove_session(unit, who, other.id, 1) == own.id
    with services.database.writing() as session:
        alone = course(session, people.coordinator.organisation_id)
        last = run(session, alone.id, days(30), days(60))
    with pytest.raises(Conflict), working(services, people.coordinator) as unit:
        session_editing.remove_session(unit, who, last.id, 1)
