"""Proofs people hand in, people found to be one, and counselling appointments."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class EvidenceSubject(StrEnum):
    CERTIFICATE = "certificate"
    SKILL = "skill"
    COURSE = "course"
    """A course taken elsewhere, as proof of one skill it taught."""


class EvidenceState(StrEnum):
    WAITING = "waiting"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class ReturnReason(StrEnum):
    UNREADABLE = "unreadable"
    OTHER_PERSON = "other_person"
    DOES_NOT_SHOW = "does_not_show"
    TOO_OLD = "too_old"
    OTHER = "other"


class EvidenceBlob(SQLModel, table=True):
    """The bytes as they are shown again: pictures without what a camera wrote into them."""

    __tablename__ = "evidence_blob"
    __table_args__ = (UniqueConstraint("youth_id", "sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    sha256: str = Field(max_length=64)
    media_type: str = Field(max_length=40)
    size: int
    data: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Evidence(SQLModel, table=True):
    """One proof and what was asked of the desk with it."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        CheckConstraint("decided_level BETWEEN 1 AND 5", name="decided_level"),
    )

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    blob_id: int | None = Field(default=None, foreign_key="evidence_blob.id", index=True)
    """None after the person took the file away."""
    subject: EvidenceSubject = Field(sa_type=choice(EvidenceSubject, "subject"))
    skill: str | None = Field(default=None, max_length=80)
    level: int | None = None
    """What the person says; the desk's own is `decided_level`."""
    record_id: int | None = None
    """Of a certification record; no reference, for a person may remove the record first."""
    title: str = Field(default="", max_length=120)
    note: str = Field(default="", max_length=500)
    file_name: str = Field(max_length=120)
    state: EvidenceState = Field(
        default=EvidenceState.WAITING, sa_type=choice(EvidenceState, "state"), index=True
    )
    return_reason: ReturnReason | None = Field(
        default=None, sa_type=choice(ReturnReason, "return_reason")
    )
    comment: str = Field(default="", max_length=500)
    reviewer_account_id: int | None = Field(default=None, foreign_key="account.id")
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_level: int | None = None
    undo: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """The row the decision changed: its number, its values before and after."""
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class PersonMerge(SQLModel, table=True):
    """Two records found to be one person: `other_youth_id` went into `youth_id`."""

    __tablename__ = "person_merge"
    __table_args__ = (CheckConstraint("youth_id <> other_youth_id", name="two"),)

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    other_youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    account_id: int = Field(foreign_key="account.id")
    merged_at: datetime = Field(sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PersonMergeChange(SQLModel, table=True):
    """One row a merge changed: what it said before, and after, so that it can be taken back."""

    __tablename__ = "person_merge_change"

    id: int | None = Field(default=None, primary_key=True)
    merge_id: int = Field(foreign_key="person_merge.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    table_name: str = Field(max_length=40)
    row_id: int
    before: dict[str, Any] = Field(sa_type=JSON)
    after: dict[str, Any] = Field(sa_type=JSON)


class DistinctPair(SQLModel, table=True):
    """A pair a desk looked at and found to be two people; the lower number first."""

    __tablename__ = "distinct_pair"
    __table_args__ = (UniqueConstraint("youth_id", "other_youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    other_youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    account_id: int = Field(foreign_key="account.id")
    at: datetime = Field(sa_type=UtcDateTime)


class CounsellingTopic(StrEnum):
    JOB = "job"
    STARTUP = "startup"


class CounsellingState(StrEnum):
    OPEN = "open"
    BOOKED = "booked"
    HELD = "held"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


class Counselling(SQLModel, table=True):
    """One appointment a desk offers, and who took it; hours as HH:MM in Jeju."""

    __tablename__ = "counselling"
    __table_args__ = (
        CheckConstraint("ends > starts", name="hours"),
        UniqueConstraint("counsellor_account_id", "held_on", "starts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    counsellor_account_id: int = Field(foreign_key="account.id", index=True)
    topic: CounsellingTopic = Field(sa_type=choice(CounsellingTopic, "topic"))
    held_on: date
    starts: str = Field(max_length=5)
    ends: str = Field(max_length=5)
    place: str = Field(default="", max_length=120)
    state: CounsellingState = Field(
        default=CounsellingState.OPEN, sa_type=choice(CounsellingState, "state")
    )
    youth_id: int | None = Field(default=None, foreign_key="youth_profile.id", index=True)
    question: str = Field(default="", max_length=500)
    shared_note: str = Field(default="", max_length=1000)
    desk_note: str = Field(default="", max_length=1000)
    """For the desk alone."""
    outcome_id: int | None = Field(default=None, foreign_key="outcome.id")
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
