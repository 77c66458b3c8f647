"""Community events: seats, the queue, who is told, and whose desk it is."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from matcher.flows import calendar_feed, erasure, event_desk, events
from matcher.flows.event_desk import Written
from matcher.refusal import Conflict, ConsentNeeded, Invalid, NotFound
from matcher.wiring import Services
from models.account import Role
from models.community import EventSignUp, SignUpState
from models.consent import ConsentPurpose
from models.course import CourseMode
from models.outbox import OutboxMail
from models.trail import AccessRecord
from tests import factories
from tests.coordinator_desk import young
from tests.factories import TODAY
from tests.matching_desk import actor_of
from tests.partner_desk import actor
from tests.people import People, Person
from tests.traps.test_races import at_once, crashes
from tests.two_databases import any_people, any_services, any_url  # noqa: F401


def written(**values: Any) -> Written:
    defaults: dict[str, Any] = {
        "title_ko": "클라우드 밤", "title_en": "Cloud night", "content": "", "place": "데모 강의실",
        "mode": CourseMode.OFFLINE, "join_link": "", "held_on": TODAY + timedelta(days=10),
        "starts": "19:00", "ends": "21:00", "sign_up_until": TODAY + timedelta(days=9), "seats": 2,
    }  # fmt: skip
    return Written(**(defaults | values))


def make(services: Services, desk: Person, **values: Any) -> int:
    with services.writing(actor(desk)) as unit:
        return event_desk.create(unit, actor(desk), written(**values))


def join(services: Services, who: Person, event_id: int) -> SignUpState:
    with services.writing(actor_of(who)) as unit:
        return events.sign_up(unit, actor_of(who), event_id)


def go(services: Services, who: Person, event_id: int) -> None:
    with services.writing(actor_of(who)) as unit:
        events.leave(unit, actor_of(who), event_id)


def mails(services: Services, template: str) -> list[int]:
    with services.database.reading() as session:
        found = session.exec(select(OutboxMail).where(OutboxMail.template == template))
        return sorted(each.account_id for each in found)


def test_seats_run_out_the_next_waits_and_moves_up_when_one_leaves(
    services: Services, people: People
) -> None:
    event_id = make(services, people.coordinator, seats=1)
    assert join(services, people.youth, event_id) is SignUpState.GOING
    assert join(services, people.far_youth, event_id) is SignUpState.WAITING
    assert join(services, people.other_youth, event_id) is SignUpState.WAITING
    with services.reading(actor_of(people.other_youth)) as unit:
        view = events.event(unit, event_id, actor_of(people.other_youth))
    assert (view.left, view.waiting, view.own, view.ahead) == (0, 2, "waiting", 1)
    go(services, people.youth, event_id)
    assert mails(services, "event_seat") == [people.far_youth.account_id]
    with services.reading(actor_of(people.far_youth)) as unit:
        assert events.event(unit, event_id, actor_of(people.far_youth)).own == "going"
    assert join(services, people.youth, event_id) is SignUpState.WAITING


def test_an_erased_account_gives_its_seat_to_the_next_at_once_and_tells_them(
    services: Services, people: People
) -> None:
    first, other = make(services, people.coordinator, seats=1), make(services, people.coordinator)
    for who in (people.youth, people.far_youth, people.other_youth):
        join(services, who, first)
    join(services, people.youth, other)
    with services.writing(actor_of(people.youth)) as unit:
        erasure.erase_own(unit)
    assert mails(services, "event_seat") == [people.far_youth.account_id]
    with services.database.reading() as session:
        left = session.exec(select(EventSignUp).order_by(EventSignUp.youth_id)).all()
    assert {(each.event_id, each.youth_id): each.state.value for each in left} == {
        (first, people.far_youth.youth_id): "going",
        (first, people.other_youth.youth_id): "waiting",
    }


def test_whoever_only_waited_frees_no_seat_when_erased(services: Services, people: People) -> None:
    event_id = make(services, people.coordinator, seats=1)
    for who in (people.far_youth, people.youth, people.other_youth):
        join(services, who, event_id)
    with services.writing(actor_of(people.youth)) as unit:
        erasure.erase_own(unit)
    assert mails(services, "event_seat") == []


def test_nobody_signs_up_twice_late_or_for_what_is_cancelled(
    services: Services, people: People
) -> None:
    event_id = make(services, people.coordinator)
    join(services, people.youth, event_id)
    with pytest.raises(Conflict):
        join(services, people.youth, event_id)
    with services.writing(actor(people.coordinator)) as unit:
        event_desk.cancel(unit, actor(people.coordinator), event_id, 1)
    with pytest.raises(Conflict):
        join(services, people.other_youth, event_id)
    late = make(services, people.coordinator)
    with services.database.writing() as session:
        from models.community import CommunityEvent

        row = session.get_one(CommunityEvent, late)
        row.sign_up_until = TODAY - timedelta(days=1)
        session.add(row)
    with pytest.raises(Conflict):
        join(services, people.other_youth, late)
    with pytest.raises(NotFound):
        join(services, people.other_youth, 987_654)


def test_without_the_service_consent_nobody_is_signed_up(
    services: Services, people: People
) -> None:
    event_id = make(services, people.coordinator)
    with services.database.writing() as session:
        from models.consent import Consent

        for row in session.exec(
            select(Consent).where(
                Consent.youth_id == people.youth.youth_id,
                Consent.purpose == ConsentPurpose.SERVICE,
            )
        ):
            row.withdrawn_at = services.clock.now()
            session.add(row)
    with pytest.raises(ConsentNeeded):
        join(services, people.youth, event_id)


def test_a_moved_or_cancelled_event_is_told_to_everybody_who_signed_up(
    services: Services, people: People
) -> None:
    event_id = make(services, people.coordinator, seats=1)
    join(services, people.youth, event_id)
    join(services, people.far_youth, event_id)
    both = sorted([people.youth.account_id, people.far_youth.account_id])
    desk = actor(people.coordinator)
    with services.writing(desk) as unit:
        event_desk.change(unit, desk, event_id, written(seats=1, content="더"), 1)
    assert mails(services, "event_changed") == []
    with services.writing(desk) as unit:
        event_desk.change(unit, desk, event_id, written(seats=1, place="다른 곳"), 2)
    assert mails(services, "event_changed") == both
    with services.writing(desk) as unit:
        event_desk.change(unit, desk, event_id, written(seats=2, place="다른 곳"), 3)
    assert mails(services, "event_seat") == [people.far_youth.account_id]
    with services.writing(desk) as unit, pytest.raises(Conflict):
        event_desk.cancel(unit, desk, event_id, 3)
    with services.writing(desk) as unit:
        event_desk.cancel(unit, desk, event_id, 4)
    assert mails(services, "event_cancelled") == both


def test_seats_are_not_cut_below_the_people_who_come(services: Services, people: People) -> None:
    event_id = make(services, people.coordinator)
    join(services, people.youth, event_id)
    join(services, people.far_youth, event_id)
    desk = actor(people.coordinator)
    with services.writing(desk) as unit, pytest.raises(Invalid, match="2명"):
        event_desk.change(unit, desk, event_id, written(seats=1), 1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"held_on": TODAY - timedelta(days=1), "sign_up_until": date(2026, 11, 1)}, "held_on"),
        ({"sign_up_until": TODAY + timedelta(days=11)}, "sign_up_until"),
        ({"ends": "19:00"}, "ends"),
        ({"place": ""}, "place"),
        ({"mode": CourseMode.ONLINE}, "join_link"),
        ({"mode": CourseMode.MIXED, "place": "", "join_link": "https://a.example"}, "place"),
    ],
)
def test_what_does_not_fit_is_named_by_its_field(
    services: Services, people: People, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        make(services, people.coordinator, **values)
    assert list(refused.value.fields) == [field]


def test_a_desk_sees_and_changes_its_own_events_and_the_centre_all(
    services: Services, people: People
) -> None:
    event_id = make(services, people.coordinator)
    join(services, people.youth, event_id)
    for desk, sees in ((people.coordinator, 1), (people.centre, 1), (people.other_coordinator, 0)):
        with services.reading(actor(desk)) as unit:
            assert len(event_desk.listing(unit, actor(desk))) == sees
    other = actor(people.other_coordinator)
    with services.writing(other) as unit, pytest.raises(NotFound):
        event_desk.sheet(unit, other, event_id)
    with services.writing(other) as unit, pytest.raises(NotFound):
        event_desk.cancel(unit, other, event_id, 1)
    with services.reading(actor(people.coordinator)) as unit:
        view = event_desk.sheet(unit, actor(people.coordinator), event_id)
    assert [each.name for each in view.guests] == ["haneul"]
    with services.database.reading() as session:
        seen = session.exec(select(AccessRecord).where(AccessRecord.task == "event:opened")).one()
    assert seen.details["youths"] == [people.youth.youth_id]


def test_the_link_is_shown_to_people_with_a_seat_only(services: Services, people: People) -> None:
    link = "https://meet.example/room"
    event_id = make(
        services, people.coordinator, mode=CourseMode.ONLINE, place="", join_link=link, seats=1
    )
    join(services, people.youth, event_id)
    join(services, people.far_youth, event_id)
    for who, shown in ((people.youth, link), (people.far_youth, ""), (None, "")):
        as_who = actor_of(who) if who else None
        with services.reading(as_who) as unit:
            assert events.event(unit, event_id, as_who).join_link == shown


def test_a_seat_stands_in_the_calendar_until_it_is_given_back(
    services: Services, people: People
) -> None:
    event_id = make(services, people.coordinator)
    join(services, people.youth, event_id)
    with services.writing(actor_of(people.youth)) as unit:
        token = calendar_feed.create(unit)

    def file() -> str:
        with services.reading() as unit:
            return calendar_feed.read(unit, token, "https://oreum.example").decode()

    assert f"UID:event-{event_id}@oreum" in file()
    assert "20261201T190000" in file()
    go(services, people.youth, event_id)
    assert f"event-{event_id}@" not in file()


def youths(session: Session, many: int) -> list[Person]:
    found = []
    for number in range(many):
        youth_id = young(session, f"guest{number}")
        from models.youth import YouthProfile

        profile = session.get_one(YouthProfile, youth_id)
        factories.consent(session, youth_id, ConsentPurpose.SERVICE)
        factories.notice_reading(session, profile.account_id)
        found.append(
            Person(f"guest{number}@example.com", Role.YOUTH, profile.account_id, None, youth_id)
        )
    return found


def test_five_seats_are_never_given_to_six(any_services: Services, any_people: People) -> None:  # noqa: F811
    event_id = make(any_services, any_people.coordinator, seats=5)
    with any_services.database.writing() as session:
        guests = youths(session, 12)
    results = at_once([lambda who=who: join(any_services, who, event_id) for who in guests])
    assert crashes(results) == []
    with any_services.database.reading() as session:
        rows = session.exec(select(EventSignUp.state)).all()
    assert rows.count(SignUpState.GOING) == 5
    assert rows.count(SignUpState.WAITING) == 7
