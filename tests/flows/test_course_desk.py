"""A desk and its courses: publishing, closing, and what completing one leaves behind."""

import pytest
from sqlmodel import select

from matcher.flows import course_desk
from matcher.flows.course_desk import Show
from matcher.refusal import Conflict, NotFound
from matcher.store import enrolments
from matcher.wiring import Services
from models.course import Course, CourseSession, CourseState, Enrolment, EnrolmentState
from models.outbox import OutboxMail
from models.skill import Rater, SkillRecord
from models.trail import AccessRecord, AuditEntry
from tests import factories
from tests.coordinator_desk import course, days, enrolment, gives, run
from tests.partner_desk import actor, working
from tests.people import People

ENROLLED, COMPLETED = EnrolmentState.ENROLLED, EnrolmentState.COMPLETED


def held_course(
    services: Services, people: People, starts: int, ends: int, state: EnrolmentState = ENROLLED
) -> tuple[int, int]:
    """A course of jejunu that gives Python 3 and SQL 2, with haneul in it."""
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id)
        gives(session, own.id, "python", 3)
        gives(session, own.id, "sql", 2)
        held = run(session, own.id, days(starts), days(ends), taken=1)
        row = enrolment(session, held.id, people.youth.youth_id, state)
        return held.id or 0, row.id or 0


def test_completing_gives_the_skills_as_seen_by_the_university(
    services: Services, people: People
) -> None:
    session_id, enrolment_id = held_course(services, people, -30, 0)
    with services.database.writing() as session:
        youth_id = people.youth.youth_id or 0
        factories.skill_record(session, youth_id, "python", level=1)
        factories.skill_record(
            session, youth_id, "sql", level=4, rater=Rater.COORDINATOR, verification=2
        )
    who = actor(people.coordinator)
    with working(services, people.coordinator) as unit:
        course_desk.finish(unit, who, session_id, enrolment_id, COMPLETED)
    with services.database.reading() as session:
        rows = {
            (row.skill, row.rater): (row.level, row.verification)
            for row in session.exec(select(SkillRecord)).all()
        }
        assert rows == {
            ("python", Rater.SELF): (1, 1),
            ("python", Rater.COORDINATOR): (3, 2),
            ("sql", Rater.COORDINATOR): (4, 2),
        }
        assert session.get_one(Enrolment, enrolment_id).state is COMPLETED
        held = session.get_one(CourseSession, session_id)
        assert held.taken == enrolments.seats_taken(session, session_id) == 1
        assert [row.template for row in session.exec(select(OutboxMail)).all()] == [
            "course_finished"
        ]
        change = session.exec(select(AuditEntry)).one().change
        assert change["skills"] == ["python"]


def test_completing_climbs_from_what_counts_now_and_lowers_nobody(
    services: Services, people: People
) -> None:
    """From Python 2 to 4 for who has 1; SQL 2 says nothing new of somebody whose 3 counts."""
    youth_id = people.youth.youth_id or 0
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id)
        gives(session, own.id, "python", 4).from_level = 2
        gives(session, own.id, "sql", 2)
        held = run(session, own.id, days(-9), days(-1), taken=1)
        row = enrolment(session, held.id, youth_id, ENROLLED)
        factories.skill_record(session, youth_id, "python", level=1)
        factories.skill_record(session, youth_id, "sql", level=3)
        session_id, enrolment_id = held.id or 0, row.id or 0
    with working(services, people.coordinator) as unit:
        course_desk.finish(unit, actor(people.coordinator), session_id, enrolment_id, COMPLETED)
    with services.database.reading() as session:
        written = session.exec(
            select(SkillRecord).where(SkillRecord.rater == Rater.COORDINATOR)
        ).all()
        assert [(each.skill, each.level) for each in written] == [("python", 3)]
        assert session.exec(select(AuditEntry)).one().change["skills"] == ["python"]


def test_dropping_out_gives_the_seat_back_and_no_skill(services: Services, people: People) -> None:
    session_id, enrolment_id = held_course(services, people, 0, 10)
    with working(services, people.coordinator) as unit:
        course_desk.finish(
            unit, actor(people.coordinator), session_id, enrolment_id, EnrolmentState.DROPPED
        )
    with services.database.reading() as session:
        assert session.get_one(CourseSession, session_id).taken == 0
        assert session.exec(select(SkillRecord)).all() == []


@pytest.mark.parametrize(
    ("starts", "ends", "state", "to"),
    [
        (-5, 1, ENROLLED, COMPLETED),
        (1, 5, ENROLLED, EnrolmentState.DROPPED),
        (-9, -1, EnrolmentState.WAITLISTED, COMPLETED),
        (-9, -1, EnrolmentState.CANCELLED, COMPLETED),
        (-9, -1, EnrolmentState.DROPPED, COMPLETED),
        (-9, -1, COMPLETED, COMPLETED),
        (-9, -1, COMPLETED, EnrolmentState.DROPPED),
        (-9, -1, ENROLLED, EnrolmentState.WAITLISTED),
        (-9, -1, ENROLLED, EnrolmentState.CANCELLED),
    ],
)
def test_a_result_that_does_not_fit_the_state_or_the_day_is_refused(
    services: Services,
    people: People,
    starts: int,
    ends: int,
    state: EnrolmentState,
    to: EnrolmentState,
) -> None:
    session_id, enrolment_id = held_course(services, people, starts, ends, state)
    with pytest.raises(Conflict), working(services, people.coordinator) as unit:
        course_desk.finish(unit, actor(people.coordinator), session_id, enrolment_id, to)
    with services.database.reading() as session:
        assert session.get_one(Enrolment, enrolment_id).state is state
        assert session.get_one(CourseSession, session_id).taken == 1


def test_another_university_reaches_neither_session_nor_course(
    services: Services, people: People
) -> None:
    session_id, enrolment_id = held_course(services, people, -9, -1)
    foreign = actor(people.other_coordinator)
    with pytest.raises(NotFound), working(services, people.other_coordinator) as unit:
        course_desk.session(unit, foreign, session_id)
    with pytest.raises(NotFound), working(services, people.other_coordinator) as unit:
        course_desk.finish(unit, foreign, session_id, enrolment_id, COMPLETED)
    with pytest.raises(NotFound), working(services, people.other_coordinator) as unit:
        course_desk.move(unit, foreign, 1, CourseState.CLOSED, 1)


def test_a_result_needs_the_session_it_belongs_to(services: Services, people: People) -> None:
    _, enrolment_id = held_course(services, people, -9, -1)
    other_session, _ = held_course(services, people, -9, -1)
    with pytest.raises(NotFound), working(services, people.coordinator) as unit:
        course_desk.finish(unit, actor(people.coordinator), other_session, enrolment_id, COMPLETED)


def test_a_session_lists_guests_of_other_universities_without_their_records(
    services: Services, people: People
) -> None:
    session_id, _ = held_course(services, people, -9, -1)
    with services.database.writing() as session:
        enrolment(session, session_id, people.far_youth.youth_id, COMPLETED)
    with working(services, people.coordinator) as unit:
        view = course_desk.session(unit, actor(people.coordinator), session_id)
    assert [(line.name, line.youth_id) for line in view.lines] == [
        ("haneul", people.youth.youth_id),
        ("namu", None),
    ]
    with services.database.reading() as session:
        row = session.exec(select(AccessRecord)).one()
    assert row.details["youths"] == [people.youth.youth_id, people.far_youth.youth_id]


@pytest.mark.parametrize(
    ("state", "to", "has_session", "passes"),
    [
        (CourseState.DRAFT, CourseState.PUBLISHED, True, True),
        (CourseState.DRAFT, CourseState.PUBLISHED, False, False),
        (CourseState.PUBLISHED, CourseState.CLOSED, True, True),
        (CourseState.DRAFT, CourseState.CLOSED, True, False),
        (CourseState.CLOSED, CourseState.PUBLISHED, True, False),
        (CourseState.PUBLISHED, CourseState.DRAFT, True, False),
        (CourseState.CLOSED, CourseState.CLOSED, True, False),
    ],
)
def test_only_a_draft_with_dates_is_published_and_only_a_published_course_closed(
    services: Services,
    people: People,
    state: CourseState,
    to: CourseState,
    has_session: bool,
    passes: bool,
) -> None:
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id, state=state)
        if has_session:
            run(session, own.id, days(5), days(9))
    if passes:
        with working(services, people.coordinator) as unit:
            course_desk.move(unit, actor(people.coordinator), own.id, to, 1)
    else:
        with pytest.raises(Conflict), working(services, people.coordinator) as unit:
            course_desk.move(unit, actor(people.coordinator), own.id, to, 1)
    with services.database.reading() as session:
        assert session.get_one(Course, own.id).state is (to if passes else state)


def test_the_list_narrows_to_what_starts_soon_and_what_lacks_results(
    services: Services, people: People
) -> None:
    over, _ = held_course(services, people, -9, -1)
    soon, _ = held_course(services, people, 14, 20)
    late, _ = held_course(services, people, 15, 20)
    with working(services, people.coordinator) as unit:
        shown = {
            show: [
                run.id
                for line in course_desk.listing(unit, actor(people.coordinator), show)
                for run in line.sessions
            ]
            for show in Show
        }
        foreign = course_desk.listing(unit, actor(people.other_coordinator))
    assert shown == {
        Show.ALL: [over, soon, late], Show.SOON: [soon], Show.UNFINISHED: [over],
        Show.SELECTING: [],
    }  # fmt: skip
    assert foreign == ()
