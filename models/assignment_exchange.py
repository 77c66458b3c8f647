"""What changes after a round is published, by agreement: requests to swap, and changes made."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class ExchangeKind(StrEnum):
    SWAP = "swap"
    """Two people take each other's place."""
    MOVE = "move"
    """One person takes a free seat."""


class AssignmentRequest(SQLModel, table=True):
    """A placed person who would rather have another opening of the round. Gone once withdrawn or
    fulfilled; void as soon as the person no longer holds `held_opening_id`."""

    __tablename__ = "assignment_request"
    __table_args__ = (
        CheckConstraint("held_opening_id <> wanted_opening_id", name="other_opening"),
        UniqueConstraint("round_id", "youth_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="assignment_round.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    held_opening_id: int = Field(foreign_key="opening.id", index=True)
    wanted_opening_id: int = Field(foreign_key="opening.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


class AssignmentExchange(SQLModel, table=True):
    """One change a desk confirmed. Names nobody, so that the count outlives the people in it."""

    __tablename__ = "assignment_exchange"

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="assignment_round.id", index=True)
    kind: ExchangeKind = Field(sa_type=choice(ExchangeKind, "kind"))
    confirmed_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    at: datetime = Field(sa_type=UtcDateTime)
