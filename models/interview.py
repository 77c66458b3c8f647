"""Times a partner opens for interviews, the interviews people took, and offers."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class InterviewMode(StrEnum):
    ON_SITE = "on_site"
    ONLINE = "online"
    PHONE = "phone"


class InterviewSlot(SQLModel, table=True):
    """One person takes one slot; whoever comes later picks another or stands by."""

    __tablename__ = "interview_slot"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 10 AND 240", name="minutes"),
        Index(
            "uq_interview_slot_start", "opening_id", "starts_at", unique=True,
            sqlite_where=text("NOT is_cancelled"), postgresql_where=text("NOT is_cancelled"),
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    minutes: int
    mode: InterviewMode = Field(sa_type=choice(InterviewMode, "mode"))
    place: str = Field(default="", max_length=200)
    """Address, https link or nothing; shown to who was invited only."""
    is_cancelled: bool = Field(default=False)
    is_demo: bool = Field(default=False)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    """Who opened it; empty when it was proposed through an answer link."""
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)


class InterviewState(StrEnum):
    BOOKED = "booked"
    CANCELLED = "cancelled"
    HELD = "held"
    MISSED = "missed"
    """The person did not come."""
    NOT_HELD = "not_held"
    """The partner did not hold it."""


class Interview(SQLModel, table=True):
    """A slot holds one booked interview and an application has one; a cancelled one frees both."""

    __tablename__ = "interview"
    __table_args__ = (
        Index(
            "uq_interview_booked_slot", "slot_id", unique=True,
            sqlite_where=text("state = 'booked'"), postgresql_where=text("state = 'booked'"),
        ),
        Index(
            "uq_interview_booked_application", "application_id", unique=True,
            sqlite_where=text("state = 'booked'"), postgresql_where=text("state = 'booked'"),
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    slot_id: int = Field(foreign_key="interview_slot.id", index=True)
    state: InterviewState = Field(sa_type=choice(InterviewState, "state"))
    sequence: int = 0
    """Counts changes, for calendars that hold an earlier invitation."""
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class SlotWait(SQLModel, table=True):
    """Somebody invited who found no free time and is told when one comes free."""

    __tablename__ = "slot_wait"
    __table_args__ = (UniqueConstraint("application_id"),)

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id")
    created_at: datetime = Field(sa_type=UtcDateTime)


class JobOffer(SQLModel, table=True):
    __tablename__ = "job_offer"
    __table_args__ = (UniqueConstraint("application_id"),)

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id")
    starts_on: date
    answer_by: date
    pay_krw: int | None = None
    """Yearly pay in won."""
    words: str = Field(default="", max_length=1000)
    account_id: int = Field(foreign_key="account.id")
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
