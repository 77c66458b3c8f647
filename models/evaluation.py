"""Frozen yearly figures of a desk, and how many students a university counts as a whole."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime


class EvaluationPack(SQLModel, table=True):
    """Written once and never changed: `sha256` is taken over `content`, byte for byte."""

    __tablename__ = "evaluation_pack"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    year: int
    """The calendar year in which the reporting year starts."""
    project: str = Field(default="", max_length=60)
    """Slug of a RISE project; empty for all courses."""
    content: str = Field(sa_type=Text)
    """Canonical JSON: numbers, the rows behind them, queries and their versions."""
    sha256: str = Field(max_length=64)
    frozen_at: datetime = Field(sa_type=UtcDateTime)
    frozen_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    is_demo: bool = Field(default=False)


class StudentCount(SQLModel, table=True):
    """The second denominator: students of the whole university, as a named source counts them."""

    __tablename__ = "student_count"
    __table_args__ = (
        CheckConstraint("students BETWEEN 1 AND 1000000", name="students"),
        UniqueConstraint("organisation_id", "counted_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    students: int
    counted_on: date
    source: str = Field(max_length=200)
    typed_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
