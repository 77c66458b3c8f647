"""Classes with who was there, and the labs they are held in."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from matcher.catalogue.demo import SEED
from matcher.catalogue.demo.classes import ITEMS, LAB, UNIVERSITIES, Meeting, make_classes
from matcher.catalogue.demo.standing import HANEUL
from matcher.flows.demo.people import ASKED_AGO
from matcher.flows.demo.writing import Writing
from models.attendance import Attendance, AttendanceSource, ClassMeeting, Credential
from models.course import Course, CourseSelection, Enrolment
from models.venue import Venue, VenueBooking, VenueItem, VenueItemKind


def classes(writing: Writing) -> None:
    """Meetings with who was there, credentials, and people who wait to be selected."""
    made = make_classes(writing.data, writing.unit.today, Random(f"{SEED}:classes"))
    ids, at = writing.ids, writing.unit.now - ASKED_AGO
    _meetings(writing, made.meetings)
    writing.add(
        Credential,
        [
            {"youth_id": ids["youth"][youth], "number": name, "issued_on": on,
             "enrolment_id": ids["enrolment"][place], "title_ko": ko, "title_en": en,
             "created_at": at}
            for youth, place, name, on, ko, en in made.credentials
        ],
    )  # fmt: skip
    course = writing.session.get_one(Course, ids["course"][made.course])
    course.selection = CourseSelection.BY_DESK
    writing.session.add(course)
    writing.add(Enrolment, writing.rows(made.applicants))


def _meetings(writing: Writing, meetings: Sequence[Meeting]) -> None:
    rows = [
        {"session_id": writing.ids["session"][each.session], "held_on": each.held_on,
         "starts": each.starts, "ends": each.ends, "mode": each.mode}
        for each in meetings
    ]  # fmt: skip
    writing.add_numbered("meeting", ClassMeeting, rows)
    ids, at = writing.ids, writing.unit.now - ASKED_AGO
    marks = [
        {"meeting_id": ids["meeting"][number], "state": state, "source": AttendanceSource.DESK,
         "enrolment_id": ids["enrolment"][place], "recorded_at": at}
        for number, each in enumerate(meetings, start=1)
        for place, state in each.marks
    ]  # fmt: skip
    writing.add(Attendance, marks)


def labs(writing: Writing) -> None:
    """A lab of every desk, with something to book and one booking of tomorrow each."""
    for slug in (*UNIVERSITIES, "rise-centre"):
        lab = _lab(writing, slug)
        for kind, item_ko, item_en, quantity, is_open in ITEMS:
            item = VenueItem(
                venue_id=lab.id or 0, kind=VenueItemKind(kind), name_ko=item_ko,
                name_en=item_en, quantity=quantity, is_for_youth=is_open,
            )  # fmt: skip
            writing.session.add(item)
            writing.session.flush()  # the booking names its id
            is_own = kind == "pc" and slug == "jejunu"
            _booking(writing, item.id or 0, writing.ids["youth"][HANEUL] if is_own else None)


def _lab(writing: Writing, slug: str) -> Venue:
    ko, en, place = LAB
    lab = Venue(
        organisation_id=writing.ids["organisation"][slug], name_ko=ko, name_en=en,
        place=place, opens="09:00", closes="21:00", is_demo=True,
        created_at=writing.unit.now - ASKED_AGO,
    )  # fmt: skip
    writing.session.add(lab)
    writing.session.flush()  # the items name its id
    return lab


def _booking(writing: Writing, item_id: int, youth_id: int | None) -> None:
    writing.session.add(
        VenueBooking(
            item_id=item_id,
            held_on=writing.unit.today + timedelta(days=1),
            starts="14:00",
            ends="16:00",
            youth_id=youth_id,
            purpose="" if youth_id else "데모 공개 수업",
            created_at=writing.unit.now - ASKED_AGO,
        )
    )
