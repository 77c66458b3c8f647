"""A course with its session, class and place in it; a credential; a lab with a booking."""

from datetime import timedelta

from models.attendance import ClassMeeting, Credential
from models.course import (
    Course,
    CourseMode,
    CourseSession,
    CourseState,
    Enrolment,
    EnrolmentState,
)
from models.venue import Venue, VenueBooking, VenueItem, VenueItemKind
from tests import factories
from tests.authz.exhibits.hall import Hall
from tests.factories import NOW, TODAY

CREDENTIAL = "OR-2026-EXHIBIT22222"


def course(hall: Hall) -> None:
    session = hall.session
    for ids, person in hall.both(hall.people.other_youth):
        made = factories.add(session, _course(hall.people.coordinator.organisation_id))
        run = factories.add(session, _run(made.id or 0))
        enrolment = Enrolment(
            session_id=run.id, youth_id=person.youth_id, state=EnrolmentState.ENROLLED,
            created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        meeting = ClassMeeting(
            session_id=run.id, held_on=run.starts_on, starts="19:00", ends="21:00",
            mode=CourseMode.ONLINE,
        )  # fmt: skip
        ids |= {
            "course": made.id or 0,
            "course_session": run.id or 0,
            "enrolment": factories.add(session, enrolment).id or 0,
            "class_meeting": factories.add(session, meeting).id or 0,
        }


def _course(organisation_id: int | None) -> Course:
    return Course(
        organisation_id=organisation_id,
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
    )


def _run(course_id: int) -> CourseSession:
    return CourseSession(
        course_id=course_id,
        starts_on=TODAY + timedelta(days=14),
        ends_on=TODAY + timedelta(days=40),
        applications_open_on=TODAY - timedelta(days=3),
        applications_close_on=TODAY + timedelta(days=3),
        weekly_hours=4,
        seats=5,
        taken=1,
    )


def venues(hall: Hall) -> None:
    session, people = hall.session, hall.people
    for ids, person in hall.both(people.far_youth):
        is_own = person is people.youth
        desk = people.coordinator if is_own else people.centre
        venue = Venue(
            organisation_id=desk.organisation_id, name_ko="데모 실습동", name_en="Demo lab",
            opens="09:00", closes="21:00", created_at=NOW,
        )  # fmt: skip
        ids["venue"] = factories.add(session, venue).id or 0
        item = VenueItem(
            venue_id=ids["venue"], kind=VenueItemKind.PC, name_ko="데모 PC", name_en="Demo PC",
            quantity=2, is_for_youth=is_own,
        )  # fmt: skip
        ids["venue_item"] = factories.add(session, item).id or 0
        booking = VenueBooking(
            item_id=ids["venue_item"], held_on=TODAY, starts="19:00", ends="20:00",
            youth_id=person.youth_id, created_at=NOW,
        )  # fmt: skip
        ids["venue_booking"] = factories.add(session, booking).id or 0


def credential(hall: Hall) -> None:
    row = Credential(
        youth_id=hall.people.youth.youth_id, enrolment_id=hall.ids["enrolment"], number=CREDENTIAL,
        title_ko="데모 과정", title_en="Demo course", issued_on=TODAY, created_at=NOW,
    )  # fmt: skip
    factories.add(hall.session, row)
