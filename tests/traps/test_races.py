"""Traps 1 and 2: seats are never oversold, and no writer is turned away by a locked database."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from matcher.actor import Actor
from matcher.flows import enrolling
from matcher.refusal import Refusal
from matcher.store import enrolments, trail
from matcher.wiring import Services
from models.account import Role
from models.consent import ConsentPurpose
from models.course import Course, CourseMode, CourseSession, CourseState, Enrolment, EnrolmentState
from models.organisation import OrganisationKind
from models.trail import AuditEntry
from tests import factories
from tests.factories import NOW, TODAY

THREADS = 16
TRIES = 200
SEATS = 20


def course_session(session: Session, seats: int) -> CourseSession:
    """A published course with one session that takes applications today."""
    university = factories.organisation(session, "school", kind=OrganisationKind.UNIVERSITY)
    course = factories.add(
        session,
        Course(
            organisation_id=university.id,
            state=CourseState.PUBLISHED,
            title_ko="데모 과정",
            title_en="Demo course",
            field="cloud",
            level="basic",
            kind="short",
            mode=CourseMode.ONLINE,
            total_hours=20,
            created_at=NOW,
            updated_at=NOW,
        ),
    )
    run = CourseSession(
        course_id=course.id,
        starts_on=TODAY + timedelta(days=14),
        ends_on=TODAY + timedelta(days=40),
        applications_open_on=TODAY - timedelta(days=3),
        applications_close_on=TODAY + timedelta(days=3),
        weekly_hours=4,
        seats=seats,
    )
    return factories.add(session, run)


def young_people(session: Session, count: int) -> list[Actor]:
    actors = []
    for number in range(count):
        row = factories.account(session, f"youth{number}@example.com")
        factories.membership(session, row.id, Role.YOUTH)
        profile = factories.youth(session, row.id)
        factories.notice_reading(session, row.id)
        factories.consent(session, profile.id, ConsentPurpose.SERVICE)
        actors.append(Actor(row.id, Role.YOUTH, row.name, youth_id=profile.id))
    return actors


def at_once(tries: Sequence[Callable[[], Any]]) -> list[Any]:
    """Results or exceptions of all tries, begun together on THREADS threads."""
    start = threading.Barrier(THREADS)

    def run(share: Sequence[Callable[[], Any]]) -> list[Any]:
        start.wait()
        found: list[Any] = []
        for each in share:
            try:
                found.append(each())
            except Exception as error:
                found.append(error)
        return found

    with ThreadPoolExecutor(THREADS) as pool:
        shares = [tries[number::THREADS] for number in range(THREADS)]
        return [each for part in pool.map(run, shares) for each in part]


def crashes(results: Sequence[Any]) -> list[str]:
    return [
        repr(each)
        for each in results
        if isinstance(each, Exception) and not isinstance(each, Refusal)
    ]


def test_twenty_seats_take_twenty_people_when_two_hundred_enrol_at_once(
    any_services: Services,
) -> None:
    with any_services.database.writing() as session:
        run = course_session(session, SEATS)
        actors = young_people(session, TRIES)
        course_id, session_id = run.course_id, run.id

    def enrol(actor: Actor) -> EnrolmentState:
        with any_services.writing(actor) as unit:
            return enrolling.enrol(unit, actor, course_id, session_id)

    results = at_once([lambda actor=actor: enrol(actor) for actor in actors])
    assert crashes(results) == []
    assert results.count(EnrolmentState.ENROLLED) == SEATS
    with any_services.database.reading() as session:
        assert session.get_one(CourseSession, session_id).taken == SEATS
        assert enrolments.seats_taken(session, session_id) == SEATS
        assert session.exec(select(func.count()).select_from(Enrolment)).one() == TRIES


def test_one_person_who_presses_two_hundred_times_holds_one_place(any_services: Services) -> None:
    with any_services.database.writing() as session:
        run = course_session(session, SEATS)
        actor = young_people(session, 1)[0]
        course_id, session_id = run.course_id, run.id

    def enrol() -> EnrolmentState:
        with any_services.writing(actor) as unit:
            return enrolling.enrol(unit, actor, course_id, session_id)

    results = at_once([enrol] * 48)
    assert crashes(results) == []
    assert [each for each in results if not isinstance(each, Refusal)] == [EnrolmentState.ENROLLED]
    with any_services.database.reading() as session:
        assert session.get_one(CourseSession, session_id).taken == 1


def test_giving_back_and_taking_at_once_keeps_the_count(any_services: Services) -> None:
    with any_services.database.writing() as session:
        run = course_session(session, 5)
        actors = young_people(session, 24)
        course_id, session_id = run.course_id, run.id

    def come_and_go(actor: Actor) -> None:
        for _round in range(3):
            with any_services.writing(actor) as unit:
                enrolling.enrol(unit, actor, course_id, session_id)
            with any_services.reading(actor) as unit:
                row = enrolments.of_session(unit.session, session_id, actor.youth_id or 0)
            assert row is not None
            with any_services.writing(actor) as unit:
                enrolling.cancel(unit, actor, row.id or 0)

    results = at_once([lambda actor=actor: come_and_go(actor) for actor in actors])
    assert crashes(results) == []
    with any_services.database.reading() as session:
        taken = session.get_one(CourseSession, session_id).taken
        assert taken == enrolments.seats_taken(session, session_id)
        assert taken <= 5


def test_readers_that_turn_writers_are_never_told_the_database_is_locked(
    any_services: Services,
) -> None:
    def note() -> None:
        with any_services.writing() as unit:
            unit.session.exec(select(func.count()).select_from(AuditEntry)).one()
            unit.audit("trial:noted", "trial", None)

    results = at_once([note] * TRIES)
    assert [repr(each) for each in results if each is not None] == []
    with any_services.database.reading() as session:
        assert session.exec(select(func.count()).select_from(AuditEntry)).one() == TRIES
        assert trail.first_break(session, AuditEntry) is None
