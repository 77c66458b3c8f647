"""Mail that leaves through a table written in the same transaction as its cause."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class OutboxState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class OutboxMail(SQLModel, table=True):
    __tablename__ = "outbox_mail"
    __table_args__ = (CheckConstraint("(account_id IS NULL) <> (address IS NULL)", name="reader"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    address: str | None = Field(default=None, max_length=254)
    """Where it goes when the reader has no account; one of the two is there."""
    template: str = Field(max_length=60)
    """Name under templates/mail, without the ending."""
    language: str = Field(default="ko", max_length=2)
    context: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: OutboxState = Field(
        default=OutboxState.WAITING, sa_type=choice(OutboxState, "state"), index=True
    )
    dedupe_key: str = Field(max_length=120, unique=True)
    tries: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When a sender last took it; nobody else may until that try's time is over."""
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
