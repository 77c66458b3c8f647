"""Answers kept for repeated requests, so that a second try makes no second row."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime


class KeptAnswer(SQLModel, table=True):
    """What the API answered to one `Idempotency-Key`; kept for a day."""

    __tablename__ = "kept_answer"
    __table_args__ = (UniqueConstraint("account_id", "key_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    key_hash: str = Field(max_length=64)
    body_hash: str = Field(max_length=64)
    """Of method, path and body: the same key with anything else is a mistake."""
    status: int = Field(default=0)
    """0 while the first request is still at work."""
    answer: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)
