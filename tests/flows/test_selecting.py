"""Courses people apply to: the desk selects, everybody is told, and no seat is sold twice."""

import pytest
from sqlmodel import select

from matcher.flows import enrolling, erasure, selecting
from matcher.flows.selecting import Decision, DeclineReason
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import enrolments
from matcher.wiring import Services
from models.course import CourseSelection, CourseSession, Enrolment
from models.outbox import OutboxMail
from tests.coordinator_desk import course, days, run
from tests.matching_desk import actor_of
from tests.partner_desk import actor, working
from tests.people import People, Person

SLOTS = [{"weekday": 1, "start": "19:00", "end": "21:00"}]


def selective(services: Services, people: People, seats: int = 1) -> tuple[int, int]:
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id, selection=CourseSelection.BY_DESK)
        held = run(session, own.id, days(20), days(60), seats=seats, weekly_slots=SLOTS)
        return own.id or 0, held.id or 0


def apply(services: Services, person: Person, run_: tuple[int, int]) -> int:
    with services.writing(actor_of(person)) as unit:
        enrolling.enrol(unit, actor_of(person), *run_)
    with services.database.reading() as session:
        row = enrolments.of_session(session, run_[1], person.youth_id or 0)
        assert row is not None
        return row.id or 0


def decide(
    services: Services,
    people: People,
    session_id: int,
    numbers: list[int],
    decision: Decision = Decision.SELECT,
    reason: DeclineReason | None = None,
) -> int:
    with working(services, people.coordinator) as unit:
        return selecting.decide(
            unit, actor(people.coordinator), session_id, numbers, decision, reason
        )


def states(services: Services, session_id: int) -> dict[int, str]:
    with services.database.reading() as session:
        rows = session.exec(select(Enrolment).where(Enrolment.session_id == session_id)).all()
        held = session.get_one(CourseSession, session_id)
        assert held.taken == enrolments.seats_taken(session, session_id) <= held.seats
        return {row.youth_id: row.state.value for row in rows}


def test_applying_takes_no_seat_and_selection_takes_one_or_a_place_in_the_queue(
    any_services: Services, any_people: People
) -> None:
    services, people = any_services, any_people
    where = selective(services, people)
    first, second = (apply(services, each, where) for each in (people.youth, people.other_youth))
    assert set(states(services, where[1]).values()) == {"applied"}
    assert decide(services, people, where[1], [second, first]) == 1
    assert states(services, where[1]) == {
        people.youth.youth_id: "enrolled", people.other_youth.youth_id: "waitlisted",
    }  # fmt: skip
    with services.database.reading() as session:
        mails = session.exec(select(OutboxMail)).all()
        assert {(mail.template, mail.context["result"]) for mail in mails} == {
            ("selection", "enrolled"), ("selection", "waitlisted"),
        }  # fmt: skip
    with services.writing(actor_of(people.youth)) as unit:
        enrolling.cancel(unit, actor_of(people.youth), first)
    assert states(services, where[1])[people.other_youth.youth_id or 0] == "enrolled"


def test_who_is_not_selected_is_told_why_and_may_be_selected_later(
    services: Services, people: People
) -> None:
    where = selective(services, people)
    number = apply(services, people.youth, where)
    with pytest.raises(Invalid) as refused:
        decide(services, people, where[1], [number], Decision.DECLINE)
    assert set(refused.value.fields) == {"reason"}
    decide(services, people, where[1], [number], Decision.DECLINE, DeclineReason.LEVEL)
    with services.database.reading() as session:
        mail = session.exec(select(OutboxMail)).one()
        assert (mail.context["result"], mail.context["reason"]) == ("not_selected", "level")
    with pytest.raises(Conflict), services.writing(actor_of(people.youth)) as unit:
        enrolling.enrol(unit, actor_of(people.youth), *where)
    decide(services, people, where[1], [number])
    assert states(services, where[1]) == {people.youth.youth_id: "enrolled"}


def test_one_stranger_in_the_list_and_nobody_is_decided_on(
    services: Services, people: People
) -> None:
    where, other = selective(services, people, 5), selective(services, people, 5)
    own, foreign = apply(services, people.youth, where), 0
    with services.database.writing() as session:
        foreign = session.exec(select(Enrolment)).one().id or 0
    assert own == foreign
    with pytest.raises(Conflict):
        decide(services, people, where[1], [own, 99_999])
    with pytest.raises(Conflict):
        decide(services, people, other[1], [own])
    with pytest.raises(Invalid):
        decide(services, people, where[1], [])
    assert states(services, where[1]) == {people.youth.youth_id: "applied"}


def test_a_seat_taken_meanwhile_at_the_same_hours_is_named_and_nothing_is_written(
    services: Services, people: People
) -> None:
    where, other = selective(services, people), selective(services, people)
    one, two = apply(services, people.youth, where), apply(services, people.youth, other)
    decide(services, people, where[1], [one])
    with pytest.raises(Invalid) as refused:
        decide(services, people, other[1], [two])
    assert "haneul" in refused.value.fields["pick"]
    assert states(services, other[1]) == {people.youth.youth_id: "applied"}


def test_another_universitys_desk_neither_lists_nor_selects(
    services: Services, people: People
) -> None:
    where = selective(services, people)
    number = apply(services, people.youth, where)
    foreign = actor(people.other_coordinator)
    with pytest.raises(NotFound), working(services, people.other_coordinator) as unit:
        selecting.applicants(unit, foreign, where[1])
    with pytest.raises(NotFound), working(services, people.other_coordinator) as unit:
        selecting.decide(unit, foreign, where[1], [number], Decision.SELECT, None)


def test_whoever_erases_the_account_leaves_the_seat_to_the_next_one(
    any_services: Services, any_people: People
) -> None:
    services, people = any_services, any_people
    where = selective(services, people)
    people_in = (people.youth, people.other_youth, people.far_youth)
    numbers = [apply(services, each, where) for each in people_in]
    decide(services, people, where[1], numbers[:2])
    with services.writing(actor_of(people.far_youth)) as unit:
        erasure.erase_own(unit)
    with services.writing(actor_of(people.youth)) as unit:
        erasure.erase_own(unit)
    assert states(services, where[1]) == {
        people.youth.youth_id: "cancelled",
        people.other_youth.youth_id: "enrolled",
        people.far_youth.youth_id: "cancelled",
    }
    with services.database.reading() as session:
        told = [mail.template for mail in session.exec(select(OutboxMail)).all()]
        assert told.count("seat_free") == 1
