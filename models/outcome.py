"""What became of people: work, own business, further study, and whether they stayed in Jeju."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class OutcomeKind(StrEnum):
    EMPLOYED = "employed"
    FOUNDED = "founded"
    FURTHER_STUDY = "further_study"
    SEEKING = "seeking"


class OutcomeState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class OutcomeSource(StrEnum):
    HIRE = "hire"
    """A hire recorded in this service."""
    SURVEY = "survey"
    """The person's own answer."""
    DESK = "desk"
    IMPORT = "import"


class Outcome(SQLModel, table=True):
    """Only a confirmed one counts; a proposal waits for a person at the desk."""

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="dates"),
        UniqueConstraint("youth_id", "kind", "started_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    kind: OutcomeKind = Field(sa_type=choice(OutcomeKind, "kind"))
    state: OutcomeState = Field(
        default=OutcomeState.PROPOSED, sa_type=choice(OutcomeState, "state")
    )
    source: OutcomeSource = Field(sa_type=choice(OutcomeSource, "source"))
    organisation_name: str = Field(default="", max_length=120)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    sector: str | None = Field(default=None, max_length=20)
    is_in_jeju: bool | None = None
    """None while nobody knows."""
    started_on: date
    ended_on: date | None = None
    application_id: int | None = Field(default=None, foreign_key="application.id")
    decided_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class OutcomeCheck(SQLModel, table=True):
    """Whether the outcome still held so many months after its start."""

    __tablename__ = "outcome_check"
    __table_args__ = (
        CheckConstraint("months IN (3, 6, 12)", name="months"),
        UniqueConstraint("outcome_id", "months"),
    )

    id: int | None = Field(default=None, primary_key=True)
    outcome_id: int = Field(foreign_key="outcome.id", index=True)
    months: int
    still_holds: bool
    is_in_jeju: bool | None = None
    source: OutcomeSource = Field(sa_type=choice(OutcomeSource, "source"))
    checked_on: date
