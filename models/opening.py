"""Openings posted by partners, and what they ask for."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class OpeningState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    RETURNED = "returned"
    CLOSED = "closed"
    FILLED = "filled"


class Opening(SQLModel, table=True):
    __tablename__ = "opening"
    __table_args__ = (
        CheckConstraint("headcount > 0", name="headcount"),
        CheckConstraint("pay_max_krw >= pay_min_krw", name="pay"),
        CheckConstraint("closes_on >= opens_on", name="dates"),
        CheckConstraint("answer_days BETWEEN 1 AND 60", name="answer_days"),
        UniqueConstraint("organisation_id", "external_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    external_id: str | None = Field(default=None, max_length=60)
    state: OpeningState = Field(default=OpeningState.DRAFT, sa_type=choice(OpeningState, "state"))
    title_ko: str = Field(max_length=120)
    title_en: str = Field(max_length=120)
    sector: str = Field(max_length=20, index=True)
    role: str | None = Field(default=None, max_length=60)
    """Slug of a role profile in the catalogue."""
    description: str = Field(default="", max_length=4000)
    employment_type: str = Field(max_length=20)
    region: str = Field(max_length=20)
    headcount: int = 1
    pay_min_krw: int | None = None
    pay_max_krw: int | None = None
    """Yearly pay in won."""
    opens_on: date
    closes_on: date
    starts_on: date | None = None
    answer_days: int = 14
    """Days in which the partner promises an answer to every application."""
    still_hiring_asked_on: date | None = None
    still_hiring_on: date | None = None
    """The day on which the partner last said that it still looks for people."""
    still_hiring_reminded_on: date | None = None
    paused_on: date | None = None
    """Hidden from lists since then, because nobody said that it still looks for people."""
    return_reason: str = Field(default="", max_length=300)
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RequirementKind(StrEnum):
    LICENCE = "licence"
    MUST = "must"
    NICE = "nice"
    EXCLUDE = "exclude"


class RequirementSubject(StrEnum):
    SKILL = "skill"
    CERTIFICATION = "certification"
    LICENCE = "licence"


class OpeningRequirement(SQLModel, table=True):
    __tablename__ = "opening_requirement"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        UniqueConstraint("opening_id", "subject", "ref"),
    )

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    kind: RequirementKind = Field(sa_type=choice(RequirementKind, "kind"))
    subject: RequirementSubject = Field(sa_type=choice(RequirementSubject, "subject"))
    ref: str = Field(max_length=80)
    """Skill slug, certification id or licence slug."""
    level: int | None = None


class OpeningVersion(SQLModel, table=True):
    """A posting as it stood after one change; the first is what was first published."""

    __tablename__ = "opening_version"
    __table_args__ = (UniqueConstraint("opening_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    number: int
    """1, 2, 3 ... within the opening."""
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Every field and requirement a reader of the posting saw."""
    changed: list[Any] = Field(default_factory=list, sa_type=JSON)
    """Names of the fields that differ from the version before."""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    at: datetime = Field(sa_type=UtcDateTime)
