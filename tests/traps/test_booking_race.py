"""Rooms and equipment are never lent out twice, however many ask at the same moment."""

from sqlmodel import Session, select

from matcher.actor import Actor
from matcher.flows import own_bookings, venue_desk
from matcher.matching.booking import Wanted
from matcher.refusal import Conflict
from matcher.wiring import Services
from models.account import Role
from models.organisation import OrganisationKind
from models.venue import BookingState, Venue, VenueBooking, VenueItem, VenueItemKind
from tests import factories
from tests.coordinator_desk import days
from tests.factories import NOW
from tests.traps.test_races import at_once, crashes, young_people

COMPUTERS, TRIES = 3, 64
DAY = days(2)
HOURS = (("10:00", "12:00"), ("11:00", "13:00"), ("12:00", "14:00"))
"""The first two overlap, the second and the third too; the first and the third do not."""


def computers(session: Session, kind: OrganisationKind) -> tuple[VenueItem, Venue]:
    owner = factories.organisation(session, "lender", kind=kind)
    venue = factories.add(
        session,
        Venue(
            organisation_id=owner.id, name_ko="실습실", name_en="Lab", opens="09:00",
            closes="21:00", created_at=NOW,
        ),
    )  # fmt: skip
    item = VenueItem(
        venue_id=venue.id, kind=VenueItemKind.PC, name_ko="실습 PC", name_en="PC",
        quantity=COMPUTERS, is_for_youth=True,
    )  # fmt: skip
    return factories.add(session, item), venue


def most_out(services: Services) -> int:
    """The most of it that is out at any moment of the day."""
    with services.database.reading() as session:
        rows = session.exec(
            select(VenueBooking).where(VenueBooking.state == BookingState.BOOKED)
        ).all()
    return max(
        sum(row.quantity for row in rows if row.starts <= at.starts < row.ends) for at in rows
    )


def test_sixty_four_people_book_three_computers_and_three_are_out(any_services: Services) -> None:
    services = any_services
    with services.database.writing() as session:
        item_id = computers(session, OrganisationKind.RISE_CENTRE)[0].id or 0
        crowd = young_people(session, TRIES)

    def reserve(number: int, who: Actor) -> tuple[str, str]:
        hours = HOURS[number % len(HOURS)]
        with services.writing(who) as unit:
            own_bookings.reserve(unit, who, item_id, Wanted(DAY, *hours))
        return hours

    found = at_once([lambda n=n, who=who: reserve(n, who) for n, who in enumerate(crowd)])
    assert crashes(found) == []
    booked = [each for each in found if isinstance(each, tuple)]
    assert all(isinstance(each, Conflict) for each in found if each not in booked)
    assert most_out(services) == COMPUTERS
    with services.database.reading() as session:
        assert len(session.exec(select(VenueBooking)).all()) == len(booked)


def test_a_desk_that_books_two_at_a_time_never_lends_a_fourth(any_services: Services) -> None:
    services = any_services
    with services.database.writing() as session:
        item, venue = computers(session, OrganisationKind.UNIVERSITY)
        account = factories.account(session, "desk@example.com")
        factories.membership(
            session, account.id, Role.COORDINATOR, organisation_id=venue.organisation_id
        )
        desk = Actor(account.id, Role.COORDINATOR, "desk", organisation_id=venue.organisation_id)
        venue_id, item_id = venue.id or 0, item.id or 0

    def reserve(number: int) -> int:
        wanted = Wanted(DAY, *HOURS[0], quantity=1 + number % 2, purpose="실습")
        with services.writing(desk) as unit:
            venue_desk.reserve(unit, desk, venue_id, item_id, None, wanted)
        return wanted.quantity

    found = at_once([lambda n=n: reserve(n) for n in range(32)])
    assert crashes(found) == []
    assert sum(each for each in found if isinstance(each, int)) == COMPUTERS == most_out(services)


def test_somebody_who_presses_sixteen_times_holds_three_bookings(any_services: Services) -> None:
    services = any_services
    with services.database.writing() as session:
        item_id = computers(session, OrganisationKind.RISE_CENTRE)[0].id or 0
        who = young_people(session, 1)[0]

    def reserve(hour: int) -> bool:
        with services.writing(who) as unit:
            own_bookings.reserve(unit, who, item_id, Wanted(days(1 + hour), "10:00", "11:00"))
        return True

    found = at_once([lambda n=n: reserve(n) for n in range(16)])
    assert crashes(found) == []
    assert found.count(True) == 3
