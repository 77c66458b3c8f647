"""Rooms and equipment a desk lends by the hour."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class Venue(SQLModel, table=True):
    """A place with opening hours, `opens` and `closes` as HH:MM in Jeju."""

    __tablename__ = "venue"
    __table_args__ = (
        CheckConstraint("closes > opens", name="hours"),
        UniqueConstraint("organisation_id", "name_ko"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name_ko: str = Field(max_length=80)
    name_en: str = Field(max_length=80)
    place: str = Field(default="", max_length=120)
    opens: str = Field(max_length=5)
    closes: str = Field(max_length=5)
    is_demo: bool = Field(default=False)
    created_at: datetime = Field(sa_type=UtcDateTime)


class VenueItemKind(StrEnum):
    ROOM = "room"
    PC = "pc"
    DEVICE = "device"
    """Phones and boards to test on."""
    OTHER = "other"


class VenueItem(SQLModel, table=True):
    """What can be booked there: a room, or so many of the same thing."""

    __tablename__ = "venue_item"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        UniqueConstraint("venue_id", "name_ko"),
    )

    id: int | None = Field(default=None, primary_key=True)
    venue_id: int = Field(foreign_key="venue.id", index=True)
    kind: VenueItemKind = Field(sa_type=choice(VenueItemKind, "kind"))
    name_ko: str = Field(max_length=80)
    name_en: str = Field(max_length=80)
    quantity: int
    is_for_youth: bool = False
    """Young people book it themselves."""
    is_out: bool = False
    """Out of use: nothing new is booked."""


class BookingState(StrEnum):
    BOOKED = "booked"
    CANCELLED = "cancelled"


class VenueBooking(SQLModel, table=True):
    """So many of an item at one time of a day: for a class, a young person, or a stated purpose."""

    __tablename__ = "venue_booking"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("ends > starts", name="hours"),
        CheckConstraint("youth_id IS NULL OR meeting_id IS NULL", name="whose"),
    )

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="venue_item.id", index=True)
    state: BookingState = Field(default=BookingState.BOOKED, sa_type=choice(BookingState, "state"))
    held_on: date = Field(index=True)
    starts: str = Field(max_length=5)
    ends: str = Field(max_length=5)
    quantity: int = 1
    youth_id: int | None = Field(default=None, foreign_key="youth_profile.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="class_meeting.id", index=True)
    purpose: str = Field(default="", max_length=120)
    booked_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
