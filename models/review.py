"""How several people of a partner review masked candidates: criteria, phases, own scores."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class ReviewCriterion(SQLModel, table=True):
    __tablename__ = "review_criterion"
    __table_args__ = (
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight"),
        UniqueConstraint("opening_id", "place"),
    )

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    place: int
    name: str = Field(max_length=80)
    hint: str = Field(default="", max_length=300)
    weight: int
    """Percent; those of an opening add up to 100."""


class OthersScores(StrEnum):
    AFTER_OWN = "after_own"
    NEVER = "never"


class ReviewPhase(SQLModel, table=True):
    """Dated; the switches hold from its first to its last day. Phases of an opening never
    overlap."""

    __tablename__ = "review_phase"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates"),
        UniqueConstraint("opening_id", "starts_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    name: str = Field(max_length=60)
    starts_on: date
    ends_on: date
    can_review: bool = True
    can_decide: bool = True
    """Refuse, invite, ask for an introduction."""
    shows_names: bool = True
    """Whether names of those who opened them to this partner are shown; off, everybody stays a
    number for the reviewers of this phase."""
    only_assigned: bool = False
    """A reviewer scores the people assigned to them and nobody else."""
    others: OthersScores = Field(
        default=OthersScores.AFTER_OWN, sa_type=choice(OthersScores, "others")
    )
    version: int = Field(default=1)


class ReviewAssignment(SQLModel, table=True):
    __tablename__ = "review_assignment"
    __table_args__ = (UniqueConstraint("opening_id", "account_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


class ReviewState(StrEnum):
    SUBMITTED = "submitted"
    ABSTAINED = "abstained"


class Review(SQLModel, table=True):
    """One reviewer's own judgement of one person for one opening."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("opening_id", "account_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    state: ReviewState = Field(sa_type=choice(ReviewState, "state"))
    note: str = Field(default="", max_length=1000)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class ReviewScore(SQLModel, table=True):
    __tablename__ = "review_score"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        UniqueConstraint("review_id", "criterion_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    criterion_id: int = Field(foreign_key="review_criterion.id", index=True)
    score: int


class ReviewConflict(SQLModel, table=True):
    """A reviewer who should not judge this person and says so; it blocks, and is never undone by
    the one who is blocked."""

    __tablename__ = "review_conflict"
    __table_args__ = (UniqueConstraint("opening_id", "account_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)


class SamePerson(SQLModel, table=True):
    """Two accounts that one person works with, as an admin noted: whoever acts for a university
    and a partner cannot speak for a young person to that partner."""

    __tablename__ = "same_person"
    __table_args__ = (
        CheckConstraint("account_id < other_account_id", name="order"),
        UniqueConstraint("account_id", "other_account_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    other_account_id: int = Field(foreign_key="account.id", index=True)
    noted_by_account_id: int = Field(foreign_key="account.id")
    at: datetime = Field(sa_type=UtcDateTime)


class CalibrationExample(SQLModel, table=True):
    """A masked person a partner marked as ideal for an opening: the list is adjusted by them."""

    __tablename__ = "calibration_example"
    __table_args__ = (UniqueConstraint("opening_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    account_id: int = Field(foreign_key="account.id")
    at: datetime = Field(sa_type=UtcDateTime)
