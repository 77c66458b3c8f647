"""Rooms and equipment, and who booked them; a desk sees its own, a young person what is theirs."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlmodel import Session, col

from matcher.actor import Actor
from matcher.store.course_desk import managed
from models.account import Account, Role
from models.attendance import ClassMeeting
from models.course import Course, CourseSession
from models.organisation import Organisation, OrganisationKind
from models.venue import BookingState, Venue, VenueBooking, VenueItem
from models.youth import AffiliationState, YouthProfile


class BookingRow(NamedTuple):
    booking: VenueBooking
    person: str | None
    course_ko: str | None
    course_en: str | None


class MeetingRow(NamedTuple):
    id: int
    starts: str
    ends: str
    title_ko: str
    title_en: str


def owned(actor: Actor) -> ColumnElement[bool]:
    """A desk's own venues; the centre has its own too."""
    if actor.role in (Role.COORDINATOR, Role.CENTRE):
        return col(Venue.organisation_id) == actor.organisation_id
    return false()


def listing(session: Session, actor: Actor) -> Sequence[Venue]:
    return session.scalars(
        select(Venue).where(owned(actor)).order_by(col(Venue.name_ko), col(Venue.id))
    ).all()


def get(session: Session, actor: Actor, venue_id: int) -> Venue | None:
    return session.scalars(select(Venue).where(owned(actor), col(Venue.id) == venue_id)).first()


def items(session: Session, venue_ids: Sequence[int]) -> Sequence[VenueItem]:
    return session.scalars(
        select(VenueItem)
        .where(col(VenueItem.venue_id).in_(venue_ids))
        .order_by(col(VenueItem.kind), col(VenueItem.name_ko), col(VenueItem.id))
    ).all()


def item(
    session: Session, actor: Actor, item_id: int, venue_id: int | None = None
) -> tuple[VenueItem, Venue] | None:
    """Of a venue of the desk, or one this young person may book."""
    statement = (
        select(VenueItem, Venue)
        .join(Venue, col(Venue.id) == col(VenueItem.venue_id))
        .where(_reachable(actor), col(VenueItem.id) == item_id)
    )
    if venue_id is not None:
        statement = statement.where(col(VenueItem.venue_id) == venue_id)
    found = session.execute(statement).first()
    return None if found is None else (found[0], found[1])


def for_youth(session: Session, actor: Actor) -> Sequence[tuple[VenueItem, Venue, Organisation]]:
    """What the young person may book: of the own university, confirmed, and of the centre."""
    found = session.execute(
        select(VenueItem, Venue, Organisation)
        .join(Venue, col(Venue.id) == col(VenueItem.venue_id))
        .join(Organisation, col(Organisation.id) == col(Venue.organisation_id))
        .where(_reachable(actor))
        .order_by(col(Venue.name_ko), col(VenueItem.kind), col(VenueItem.name_ko))
    )
    return [(row[0], row[1], row[2]) for row in found]


def hold(session: Session, item_id: int) -> None:
    """Until the transaction ends nobody else books this item; SQLite has one writer anyway."""
    session.scalars(
        select(col(VenueItem.id)).where(col(VenueItem.id) == item_id).with_for_update()
    ).all()


def booked(session: Session, item_ids: Sequence[int], day: date) -> Sequence[VenueBooking]:
    """In force that day, by time."""
    return session.scalars(
        select(VenueBooking)
        .where(
            col(VenueBooking.item_id).in_(item_ids),
            col(VenueBooking.held_on) == day,
            col(VenueBooking.state) == BookingState.BOOKED,
        )
        .order_by(col(VenueBooking.starts), col(VenueBooking.id))
    ).all()


def named(session: Session, item_ids: Sequence[int], day: date) -> Sequence[BookingRow]:
    """As `booked`, with the person or the course behind each; for the venue's own desk."""
    found = session.execute(
        select(VenueBooking, col(Account.name), col(Course.title_ko), col(Course.title_en))
        .outerjoin(YouthProfile, col(YouthProfile.id) == col(VenueBooking.youth_id))
        .outerjoin(Account, col(Account.id) == col(YouthProfile.account_id))
        .outerjoin(ClassMeeting, col(ClassMeeting.id) == col(VenueBooking.meeting_id))
        .outerjoin(CourseSession, col(CourseSession.id) == col(ClassMeeting.session_id))
        .outerjoin(Course, col(Course.id) == col(CourseSession.course_id))
        .where(
            col(VenueBooking.item_id).in_(item_ids),
            col(VenueBooking.held_on) == day,
            col(VenueBooking.state) == BookingState.BOOKED,
        )
        .order_by(col(VenueBooking.starts), col(VenueBooking.id))
    )
    return [BookingRow(*row) for row in found]


def meetings_on(session: Session, actor: Actor, day: date) -> Sequence[MeetingRow]:
    """Classes of the desk's courses that day."""
    found = session.execute(
        select(
            col(ClassMeeting.id),
            col(ClassMeeting.starts),
            col(ClassMeeting.ends),
            col(Course.title_ko),
            col(Course.title_en),
        )
        .join(CourseSession, col(CourseSession.id) == col(ClassMeeting.session_id))
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .where(managed(actor), col(ClassMeeting.held_on) == day)
        .order_by(col(ClassMeeting.starts), col(ClassMeeting.id))
    )
    return [MeetingRow(*row) for row in found]


def booking(
    session: Session, actor: Actor, booking_id: int, venue_id: int | None = None
) -> tuple[VenueBooking, VenueItem, Venue] | None:
    """In one of the desk's venues, or the young person's own."""
    is_own = (
        col(VenueBooking.youth_id) == actor.youth_id if actor.role is Role.YOUTH else owned(actor)
    )
    statement = (
        select(VenueBooking, VenueItem, Venue)
        .join(VenueItem, col(VenueItem.id) == col(VenueBooking.item_id))
        .join(Venue, col(Venue.id) == col(VenueItem.venue_id))
        .where(is_own, col(VenueBooking.id) == booking_id)
    )
    if venue_id is not None:
        statement = statement.where(col(VenueItem.venue_id) == venue_id)
    found = session.execute(statement).first()
    return None if found is None else (found[0], found[1], found[2])


def own_ahead(
    session: Session, actor: Actor, today: date
) -> Sequence[tuple[VenueBooking, VenueItem, Venue]]:
    found = session.execute(
        select(VenueBooking, VenueItem, Venue)
        .join(VenueItem, col(VenueItem.id) == col(VenueBooking.item_id))
        .join(Venue, col(Venue.id) == col(VenueItem.venue_id))
        .where(
            col(VenueBooking.youth_id) == actor.youth_id,
            col(VenueBooking.state) == BookingState.BOOKED,
            col(VenueBooking.held_on) >= today,
        )
        .order_by(col(VenueBooking.held_on), col(VenueBooking.starts))
    )
    return [(row[0], row[1], row[2]) for row in found]


def count_ahead(session: Session, youth_id: int, today: date) -> int:
    statement = select(func.count()).where(
        col(VenueBooking.youth_id) == youth_id,
        col(VenueBooking.state) == BookingState.BOOKED,
        col(VenueBooking.held_on) >= today,
    )
    return int(session.scalar(statement) or 0)


def _reachable(actor: Actor) -> ColumnElement[bool]:
    if actor.role is not Role.YOUTH:
        return owned(actor)
    home = select(col(YouthProfile.organisation_id)).where(
        col(YouthProfile.id) == actor.youth_id,
        col(YouthProfile.affiliation_state) == AffiliationState.CONFIRMED,
    )
    centre = select(col(Organisation.id)).where(
        col(Organisation.kind) == OrganisationKind.RISE_CENTRE
    )
    of_theirs = or_(col(Venue.organisation_id).in_(home), col(Venue.organisation_id).in_(centre))
    return of_theirs & col(VenueItem.is_for_youth)
