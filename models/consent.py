"""Consents given and withdrawn, and notices read."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class ConsentPurpose(StrEnum):
    SERVICE = "service"
    POOL = "pool"
    LEARNING = "learning"
    EMPLOYER = "employer"


class Consent(SQLModel, table=True):
    """One act of consent; withdrawing fills `withdrawn_at`, nothing is overwritten."""

    __tablename__ = "consent"

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    purpose: ConsentPurpose = Field(sa_type=choice(ConsentPurpose, "purpose"))
    sectors: list[Any] = Field(default_factory=list, sa_type=JSON)
    """Sectors of checked partners that may see the masked profile (pool only)."""
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """The one employer (employer only)."""
    fields: list[Any] = Field(default_factory=list, sa_type=JSON)
    text_version: str = Field(max_length=20)
    granted_at: datetime = Field(sa_type=UtcDateTime)
    expires_on: date | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class NoticeReading(SQLModel, table=True):
    """That a person saw the notice of what is scored and how, before the first score."""

    __tablename__ = "notice_reading"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    notice_version: str = Field(max_length=20)
    read_at: datetime = Field(sa_type=UtcDateTime)
