"""A partner's promise of an interview to whoever earns something by a day, and who took it up."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class PromiseSubject(StrEnum):
    CERTIFICATION = "certification"
    SKILL = "skill"


class PromiseState(StrEnum):
    OFFERED = "offered"
    WITHDRAWN = "withdrawn"
    """No new people; whoever took it up before keeps it."""


class InterviewPromise(SQLModel, table=True):
    __tablename__ = "interview_promise"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        CheckConstraint("places BETWEEN 1 AND 200", name="places"),
        CheckConstraint("interview_days BETWEEN 1 AND 60", name="interview_days"),
    )

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    subject: PromiseSubject = Field(sa_type=choice(PromiseSubject, "subject"))
    ref: str = Field(max_length=80)
    """Certification id or skill slug."""
    level: int | None = None
    """Of a skill, with proof."""
    earn_by: date
    interview_days: int
    """Days after the person's claim in which the interview takes place."""
    places: int
    """How many people may take it up."""
    state: PromiseState = Field(default=PromiseState.OFFERED, sa_type=choice(PromiseState, "state"))
    terms_ko: str = Field(max_length=2000)
    terms_en: str = Field(max_length=2000)
    """The terms as both sides see them, written once; they are never edited, only withdrawn."""
    text_hash: str = Field(max_length=64)
    """SHA-256 of both texts."""
    account_id: int = Field(foreign_key="account.id")
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class TakingState(StrEnum):
    TAKEN = "taken"
    CLAIMED = "claimed"
    """The person earned it and asked for the interview: an application stands from now on."""
    KEPT = "kept"
    BROKEN = "broken"
    """The interview did not take place in the promised days."""
    DROPPED = "dropped"
    LAPSED = "lapsed"
    """The day to earn it passed."""


class PromiseTaking(SQLModel, table=True):
    __tablename__ = "promise_taking"
    __table_args__ = (UniqueConstraint("promise_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    promise_id: int = Field(foreign_key="interview_promise.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    state: TakingState = Field(sa_type=choice(TakingState, "state"))
    application_id: int | None = Field(default=None, foreign_key="application.id")
    interview_by: date | None = None
    """From the claim on."""
    spoken_on: date | None = None
    """When the centre spoke with the partner about a broken one."""
    spoken_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
