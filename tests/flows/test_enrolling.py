"""Seats: never more than there are, a fair queue, and no two courses at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from matcher.actor import Actor
from matcher.flows import enrolling, recommend_courses
from matcher.refusal import Conflict, NotFound
from matcher.store import enrolments
from matcher.wiring import Services
from models.account import Role
from models.consent import ConsentPurpose
from models.course import CourseSession, Enrolment, EnrolmentState
from models.outbox import OutboxMail
from tests import factories, matching_desk
from tests.matching_desk import actor_of
from tests.people import People

Run = tuple[int, int]


def make_run(services: Services, people: People, **values: object) -> Run:
    with services.database.writing() as session:
        university = people.coordinator.organisation_id
        assert university is not None
        course = matching_desk.course(session, university)
        run = matching_desk.run(session, course.id or 0, **values)
        return course.id or 0, run.id or 0


def enrol(services: Services, actor: Actor, run: Run) -> EnrolmentState:
    with services.writing(actor) as unit:
        return enrolling.enrol(unit, actor, *run)


def own(services: Services, actor: Actor, run: Run) -> Enrolment:
    with services.database.reading() as session:
        row = enrolments.of_session(session, run[1], actor.youth_id or 0)
        assert row is not None
        return row


def cancel(services: Services, actor: Actor, run: Run) -> None:
    number = own(services, actor, run).id or 0
    with services.writing(actor) as unit:
        enrolling.cancel(unit, actor, number)


def place(services: Services, actor: Actor, run: Run) -> int | None:
    with services.reading(actor) as unit:
        page = recommend_courses.course(unit, actor, run[0])
    return page.course.runs[0].place


def taken(services: Services, run: Run) -> tuple[int, int]:
    """(the counter, the rows that hold a seat)."""
    with services.database.reading() as session:
        counter = session.get_one(CourseSession, run[1]).taken
        return counter, enrolments.seats_taken(session, run[1])


def test_seats_then_a_queue_with_places_then_the_first_moves_up_with_a_mail(
    services: Services, people: People
) -> None:
    run = make_run(services, people, seats=1)
    first, second, third = map(actor_of, (people.youth, people.other_youth, people.far_youth))
    states = [enrol(services, each, run) for each in (first, second, third)]
    assert states == ["enrolled", "waitlisted", "waitlisted"]
    assert [place(services, each, run) for each in (first, second, third)] == [None, 1, 2]
    cancel(services, first, run)
    assert own(services, second, run).state is EnrolmentState.ENROLLED
    assert place(services, third, run) == 1
    assert taken(services, run) == (1, 1)
    with services.database.reading() as session:
        mails = session.exec(select(OutboxMail)).all()
    assert [(mail.template, mail.account_id) for mail in mails] == [
        ("seat_free", people.other_youth.account_id)
    ]


def test_who_comes_back_stands_at_the_end_of_the_queue(services: Services, people: People) -> None:
    run = make_run(services, people, seats=1)
    first, second, third = map(actor_of, (people.youth, people.other_youth, people.far_youth))
    for each in (first, second, third):
        enrol(services, each, run)
    cancel(services, second, run)
    enrol(services, second, run)
    assert (place(services, third, run), place(services, second, run)) == (1, 2)


def test_enrolling_twice_is_a_conflict(services: Services, people: People) -> None:
    run = make_run(services, people)
    enrol(services, actor_of(people.youth), run)
    with pytest.raises(Conflict):
        enrol(services, actor_of(people.youth), run)
    assert taken(services, run) == (1, 1)


@pytest.mark.parametrize(
    ("opens", "closes", "works"),
    [
        (date(2026, 11, 21), date(2026, 12, 1), True),
        (date(2026, 11, 1), date(2026, 11, 21), True),
        (date(2026, 11, 22), date(2026, 12, 1), False),
        (date(2026, 11, 1), date(2026, 11, 20), False),
    ],
)
def test_the_window_holds_on_both_its_days(
    services: Services, people: People, opens: date, closes: date, works: bool
) -> None:
    run = make_run(services, people, applications_open_on=opens, applications_close_on=closes)
    if works:
        assert enrol(services, actor_of(people.youth), run) is EnrolmentState.ENROLLED
    else:
        with pytest.raises(Conflict):
            enrol(services, actor_of(people.youth), run)


def test_two_courses_at_the_same_hours_clash_and_it_is_shown_before(
    services: Services, people: People
) -> None:
    actor = actor_of(people.youth)
    enrol(services, actor, make_run(services, people))
    same = make_run(services, people)
    later = make_run(
        services, people, weekly_slots=[{"weekday": 1, "start": "21:00", "end": "22:00"}]
    )
    with services.reading(actor) as unit:
        page = recommend_courses.course(unit, actor, same[0])
    assert page.course.runs[0].clashes == ("컨테이너 실습 특강",)
    with pytest.raises(Conflict):
        enrol(services, actor, same)
    assert enrol(services, actor, later) is EnrolmentState.ENROLLED


def test_a_run_of_another_course_and_a_draft_are_absent(services: Services, people: People) -> None:
    one, other = make_run(services, people), make_run(services, people)
    actor = actor_of(people.youth)
    for pair in ((one[0], other[1]), (99_999, one[1]), (one[0], 99_999)):
        with pytest.raises(NotFound):
            enrol(services, actor, pair)


def test_nobody_cancels_the_enrolment_of_somebody_else(services: Services, people: People) -> None:
    run = make_run(services, people)
    enrol(services, actor_of(people.youth), run)
    number = own(services, actor_of(people.youth), run).id or 0
    other = actor_of(people.other_youth)
    with services.writing(other) as unit:
        for each in (number, 99_999):
            with pytest.raises(NotFound):
                enrolling.cancel(unit, other, each)


def test_a_cancelled_enrolment_cannot_be_cancelled_again(
    services: Services, people: People
) -> None:
    run = make_run(services, people)
    enrol(services, actor_of(people.youth), run)
    cancel(services, actor_of(people.youth), run)
    with pytest.raises(Conflict):
        cancel(services, actor_of(people.youth), run)
    assert taken(services, run) == (0, 0)


def test_two_hundred_at_once_share_twenty_seats_exactly(services: Services, people: People) -> None:
    run = make_run(services, people, seats=20)
    crowd = _crowd(services, 200)
    with ThreadPoolExecutor(16) as pool:
        states = list(pool.map(lambda actor: enrol(services, actor, run), crowd))
    assert states.count(EnrolmentState.ENROLLED) == 20
    assert states.count(EnrolmentState.WAITLISTED) == 180
    assert taken(services, run) == (20, 20)
    with services.database.reading() as session:
        queue = enrolments.waiting(session, [run[1]])[run[1]]
    assert len(set(queue)) == 180


def test_cancels_and_enrolments_at_once_leave_no_seat_lost_or_doubled(
    services: Services, people: People
) -> None:
    run = make_run(services, people, seats=5)
    crowd = _crowd(services, 40)
    for actor in crowd[:10]:
        enrol(services, actor, run)

    def step(pair: tuple[int, Actor]) -> None:
        index, actor = pair
        if index < 5:
            cancel(services, actor, run)
        elif index >= 10:
            enrol(services, actor, run)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(step, enumerate(crowd)))
    assert taken(services, run) == (5, 5)


def _crowd(services: Services, size: int) -> list[Actor]:
    actors = []
    with services.database.writing() as session:
        for number in range(size):
            account = factories.account(session, f"crowd{number}@example.com")
            profile = factories.youth(session, account.id or 0)
            factories.consent(session, profile.id or 0, ConsentPurpose.SERVICE)
            base = Actor(account.id or 0, Role.YOUTH, f"crowd{number}")
            actors.append(replace(base, youth_id=profile.id))
    return actors
