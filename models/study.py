"""What a person studied and how practice tests went, by exam domain."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class StudyEntry(SQLModel, table=True):
    __tablename__ = "study_entry"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        CheckConstraint("domain BETWEEN 1 AND 12", name="domain"),
    )

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    certification: str = Field(max_length=10)
    domain: int | None = None
    """Number of the exam domain; None = all of it."""
    studied_on: date
    minutes: int
    note: str = Field(default="", max_length=200)
    created_at: datetime = Field(sa_type=UtcDateTime)


class PracticeSource(StrEnum):
    OFFICIAL_QUESTIONS = "official_questions"
    OFFICIAL_PRACTICE_EXAM = "official_practice_exam"
    COURSE = "course"
    OTHER = "other"


class PracticeScore(SQLModel, table=True):
    __tablename__ = "practice_score"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("domain BETWEEN 1 AND 12", name="domain"),
    )

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    certification: str = Field(max_length=10)
    exam_code: str = Field(max_length=20)
    domain: int | None = None
    """None = the whole test."""
    taken_on: date
    percent: int
    source: PracticeSource = Field(sa_type=choice(PracticeSource, "source"))
    created_at: datetime = Field(sa_type=UtcDateTime)
