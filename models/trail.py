"""Append-only records: what was shown, who looked, what changed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class ExposureKind(StrEnum):
    LISTED = "listed"
    OPENED = "opened"


class Exposure(SQLModel, table=True):
    """One ranked list or one item as it was shown, by which model."""

    __tablename__ = "exposure"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    kind: ExposureKind = Field(sa_type=choice(ExposureKind, "kind"))
    subject: str = Field(max_length=20)
    """What was ranked: opening, course or candidate."""
    context_id: int
    """For whom: the youth's id, or the opening's id for candidates."""
    model_version: str = Field(max_length=40)
    items: list[Any] = Field(default_factory=list, sa_type=JSON)
    """[[id, rank, score, propensity, position]] in the order shown, so their number is how much was
    visible at once. Rows from before places were drawn end after the score: propensity 1. A sixth
    number is the points an opening stood lower than it fits, because its partner answers late."""


class AccessRecord(SQLModel, table=True):
    """A staff or partner read, write or export of a person's data (접속기록); hash-chained."""

    __tablename__ = "access_record"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    role: str = Field(max_length=20)
    organisation_id: int | None = None
    source: str = Field(default="", max_length=64)
    youth_id: int | None = Field(default=None, index=True)
    """Whose data; a plain number, so that erasing the person keeps the record."""
    task: str = Field(max_length=60)
    outcome: str = Field(max_length=20)
    request_id: str = Field(default="", max_length=40)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    previous_hash: str = Field(default="", max_length=64)
    hash: str = Field(default="", max_length=64)


class AuditEntry(SQLModel, table=True):
    """A change: who, what, before, after; hash-chained."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    account_id: int | None = Field(default=None, index=True)
    """Empty for the command line and for people not signed in."""
    role: str = Field(default="", max_length=20)
    action: str = Field(max_length=60)
    subject: str = Field(max_length=40)
    subject_id: int | None = None
    request_id: str = Field(default="", max_length=40)
    change: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    previous_hash: str = Field(default="", max_length=64)
    hash: str = Field(default="", max_length=64)
