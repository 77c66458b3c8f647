"""Counselling hours: offered, taken by one person, given back, written down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from matcher.flows import (
    calendar_feed,
    counselling_desk,
    erasure,
    own_counselling,
    own_outcomes,
)
from matcher.flows.counselling_desk import Note, Offer
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import counselling as store
from matcher.wiring import Services
from models.outbox import OutboxMail
from models.people_desk import Counselling, CounsellingState, CounsellingTopic
from models.youth import AffiliationState, YouthProfile
from tests import factories
from tests.factories import TODAY
from tests.partner_desk import actor, looking, working
from tests.people import People, Person

DAY = TODAY + timedelta(days=4)
OFFER = Offer(CounsellingTopic.STARTUP, DAY, time(14), time(16), 30, "학생회관")


def offer(services: Services, person: Person, wanted: Offer = OFFER) -> int:
    with working(services, person) as unit:
        return counselling_desk.offer(unit, actor(person), wanted)


def book(services: Services, person: Person, number: int, version: int = 1) -> None:
    with working(services, person) as unit:
        own_counselling.book(unit, actor(person), number, "준비한 것", version)


def hours(services: Services) -> list[Counselling]:
    with services.database.reading() as session:
        return list(session.exec(select(Counselling).order_by(Counselling.id)))  # type: ignore[arg-type]


def test_an_afternoon_is_cut_into_hours_and_never_offered_twice(
    services: Services, people: People
) -> None:
    assert offer(services, people.coordinator) == 4
    assert [(row.starts, row.ends) for row in hours(services)][-1] == ("15:30", "16:00")
    for starts, ends in ((time(13), time(14, 30)), (time(15, 45), time(17)), (time(14), time(16))):
        wanted = Offer(CounsellingTopic.JOB, DAY, starts, ends, 30, "")
        with pytest.raises(Invalid):
            offer(services, people.coordinator, wanted)
    assert offer(services, people.centre) == 4


@pytest.mark.parametrize(
    ("day", "starts", "ends", "field"),
    [
        (TODAY, time(14), time(16), "held_on"),
        (TODAY + timedelta(days=201), time(14), time(16), "held_on"),
        (DAY, time(16), time(14), "ends"),
        (DAY, time(14), time(14, 20), "ends"),
        (DAY, time(0), time(23, 55), "ends"),
    ],
)
def test_hours_that_cannot_be_are_refused(
    services: Services, people: People, day: date, starts: time, ends: time, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        offer(services, people.coordinator, Offer(CounsellingTopic.JOB, day, starts, ends, 30, ""))
    assert set(refusal.value.fields) == {field}
    assert hours(services) == []


def test_twenty_who_press_at_once_leave_one_with_the_hour(
    any_services: Services, any_people: People
) -> None:
    people, services = any_people, any_services
    offer(services, people.centre, Offer(CounsellingTopic.JOB, DAY, time(9), time(9, 30), 30, ""))
    number = hours(services)[0].id or 0

    def press(person: Person) -> bool:
        try:
            book(services, person, number)
        except Conflict:
            return False
        except NotFound:  # taken already: whoever comes later no longer sees it
            return False
        return True

    several = [people.youth, people.other_youth, people.far_youth] * 7
    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(press, several))
    assert won.count(True) == 1
    assert hours(services)[0].youth_id is not None


def test_only_the_own_university_and_the_centre_are_reachable(
    services: Services, people: People
) -> None:
    offer(services, people.other_coordinator)
    number = hours(services)[0].id or 0
    with pytest.raises(NotFound):
        book(services, people.youth, number)
    book(services, people.far_youth, number)
    with services.database.writing() as session:
        profile = session.get_one(YouthProfile, people.far_youth.youth_id)
        profile.affiliation_state = AffiliationState.CLAIMED
    with pytest.raises(NotFound):
        book(services, people.far_youth, number + 1)
    with pytest.raises(NotFound), working(services, people.coordinator) as unit:
        counselling_desk.withdraw(unit, actor(people.coordinator), number, 2)


def test_a_person_holds_two_hours_and_none_at_the_same_time(
    services: Services, people: People
) -> None:
    offer(services, people.coordinator)
    offer(services, people.centre)
    numbers = [row.id or 0 for row in hours(services)]
    book(services, people.youth, numbers[0])
    with pytest.raises(Conflict):
        book(services, people.youth, numbers[4])
    book(services, people.youth, numbers[5])
    with pytest.raises(Conflict):
        book(services, people.youth, numbers[7])
    with working(services, people.youth) as unit:
        own_counselling.cancel(unit, actor(people.youth), numbers[0], 2)
    row = hours(services)[0]
    assert (row.state, row.youth_id, row.question) == (CounsellingState.OPEN, None, "")
    book(services, people.youth, numbers[7])


def test_a_closed_hour_is_told_and_a_taken_one_is_in_the_calendar(
    services: Services, people: People
) -> None:
    offer(services, people.coordinator)
    number = hours(services)[0].id or 0
    book(services, people.youth, number)
    with working(services, people.youth) as unit:
        token = calendar_feed.create(unit)
    with services.reading() as unit:
        text = calendar_feed.read(unit, token, "https://oreum.example").decode()
    assert f"counselling-{number}@oreum" in text
    with working(services, people.coordinator) as unit:
        counselling_desk.withdraw(unit, actor(people.coordinator), number, 2)
    with services.reading() as unit:
        again = calendar_feed.read(unit, token, "https://oreum.example").decode()
    assert f"counselling-{number}@oreum" not in again
    with services.database.reading() as session:
        told = [mail.template for mail in session.exec(select(OutboxMail))]
    assert told == ["counselling_taken", "counselling_withdrawn"]


def test_what_was_said_is_written_once_and_the_desks_own_note_stays_there(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        number = factories.counselling(
            session, people.coordinator, youth_id=people.youth.youth_id, held_on=TODAY,
            state=CounsellingState.BOOKED,
        ).id or 0  # fmt: skip
        outcome = factories.outcome(session, people.youth.youth_id or 0).id
        foreign = factories.outcome(session, people.other_youth.youth_id or 0).id
    desk = actor(people.coordinator)
    with looking(services, people.coordinator) as unit:
        assert counselling_desk.listing(unit, desk).to_note == 1
    with pytest.raises(Invalid), services.writing(desk) as unit:
        counselling_desk.write(unit, desk, number, Note(True, "", "", foreign, 1))
    with services.writing(desk) as unit:
        counselling_desk.write(unit, desk, number, Note(True, "나눔", "비밀", outcome, 1))
    with pytest.raises(Conflict), services.writing(desk) as unit:
        counselling_desk.write(unit, desk, number, Note(False, "", "", None, 2))
    with looking(services, people.youth) as unit:
        line = own_counselling.view(unit, actor(people.youth)).mine[0]
    assert line.shared_note == "나눔"
    assert "비밀" not in str(line)
    with working(services, people.youth) as unit:
        erasure.erase_own(unit)
    row = hours(services)[0]
    assert (row.youth_id, row.shared_note, row.desk_note, row.state) == (
        None, "", "", CounsellingState.HELD,
    )  # fmt: skip


def test_an_answer_an_hour_led_to_can_still_be_taken_back(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        answer = factories.outcome(session, people.youth.youth_id or 0).id or 0
        factories.counselling(
            session, people.coordinator, youth_id=people.youth.youth_id,
            state=CounsellingState.HELD, shared_note="나눔", outcome_id=answer,
        )  # fmt: skip
    with working(services, people.youth) as unit:
        own_outcomes.remove(unit, actor(people.youth), answer, 1)
    assert [(row.shared_note, row.outcome_id) for row in hours(services)] == [("나눔", None)]


def test_an_hour_ahead_is_not_written_down_yet(services: Services, people: People) -> None:
    offer(services, people.coordinator)
    number = hours(services)[0].id or 0
    book(services, people.youth, number)
    desk: Any = actor(people.coordinator)
    with pytest.raises(Conflict), services.writing(desk) as unit:
        counselling_desk.write(unit, desk, number, Note(True, "", "", None, 2))


def test_hours_nobody_took_leave_the_list_with_their_day(
    services: Services, people: People
) -> None:
    offer(services, people.coordinator)
    taken = hours(services)[1].id or 0
    book(services, people.youth, taken)
    desk: Any = actor(people.coordinator)

    def listed(today: date) -> list[int]:
        with services.database.reading() as session:
            found = store.listed(session, desk, today - timedelta(days=30), today, 100)
        return [each.row.id or 0 for each in found]

    assert len(listed(DAY)) == 4
    assert listed(DAY + timedelta(days=1)) == [taken]
