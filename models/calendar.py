"""A calendar feed by secret address, and how a person wants to be reminded."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class CalendarFeed(SQLModel, table=True):
    """Whoever has the address reads the calendar; only its hash is kept, and it can be ended."""

    __tablename__ = "calendar_feed"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DigestRhythm(StrEnum):
    WEEKLY = "weekly"
    DAILY = "daily"
    NEVER = "never"


class DigestChoice(SQLModel, table=True):
    """One mail for everything that is coming up; without a row, weekly with every topic."""

    __tablename__ = "digest_choice"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday"),
        UniqueConstraint("account_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    rhythm: DigestRhythm = Field(
        default=DigestRhythm.WEEKLY, sa_type=choice(DigestRhythm, "rhythm")
    )
    weekday: int = 1
    """Day of the weekly mail, 1 = Monday."""
    muted: list[Any] = Field(default_factory=list, sa_type=JSON)
    """Topics left out."""
    updated_at: datetime = Field(sa_type=UtcDateTime)
