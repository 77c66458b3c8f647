"""Path templates of a desk, and to whom each was suggested."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice
from models.plan import PlanTarget


class PlanTemplate(SQLModel, table=True):
    """Where a cohort should get to, and at what pace; every person still picks the own path."""

    __tablename__ = "plan_template"
    __table_args__ = (CheckConstraint("weekly_hours BETWEEN 1 AND 40", name="weekly_hours"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name: str = Field(max_length=80)
    target: PlanTarget = Field(sa_type=choice(PlanTarget, "target"))
    target_refs: list[Any] = Field(default_factory=list, sa_type=JSON)
    """One role slug or one certification id."""
    weekly_hours: int
    finish_by: date | None = None
    note: str = Field(default="", max_length=500)
    """What the desk tells those it suggests the path to."""
    is_active: bool = Field(default=True)
    is_demo: bool = Field(default=False)
    created_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class SuggestionState(StrEnum):
    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    """The person chose a path to the same target."""
    DECLINED = "declined"


class PlanSuggestion(SQLModel, table=True):
    __tablename__ = "plan_suggestion"
    __table_args__ = (UniqueConstraint("template_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    template_id: int = Field(foreign_key="plan_template.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    state: SuggestionState = Field(
        default=SuggestionState.SUGGESTED, sa_type=choice(SuggestionState, "state")
    )
    plan_id: int | None = Field(default=None, foreign_key="plan.id")
    suggested_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
