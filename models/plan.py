"""A path a person chose: where to, under which limits, and its dated steps."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class PlanTarget(StrEnum):
    OPENING = "opening"
    ROLE = "role"
    CERTIFICATION = "certification"
    PROMISE = "promise"
    """What a partner promised an interview for."""


class PlanKind(StrEnum):
    FASTEST = "fastest"
    CHEAPEST = "cheapest"
    STRONGEST = "strongest"


class PlanState(StrEnum):
    ACCEPTED = "accepted"
    """By the person alone; its steps are dated tasks already."""
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class Plan(SQLModel, table=True):
    __tablename__ = "plan"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="dates"),)

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    target: PlanTarget = Field(sa_type=choice(PlanTarget, "target"))
    target_refs: list[Any] = Field(default_factory=list, sa_type=JSON)
    """Opening ids (one or several), one role slug, certification ids, or one promise id."""
    kind: PlanKind = Field(sa_type=choice(PlanKind, "kind"))
    wishes: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The limits it was made under, as the form or the command line gave them."""
    state: PlanState = Field(sa_type=choice(PlanState, "state"))
    starts_on: date
    ends_on: date
    weekly_hours: int
    model_version: str = Field(default="", max_length=40)
    """Of the scores stored with the steps; empty while ranking was off."""
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class StepKind(StrEnum):
    EXAM = "exam"
    COURSE = "course"
    MICROCREDENTIAL = "microcredential"
    STUDY = "study"
    PROJECT = "project"


class StepState(StrEnum):
    TODO = "todo"
    DONE = "done"
    SKIPPED = "skipped"


class PlanStep(SQLModel, table=True):
    __tablename__ = "plan_step"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates"),
        UniqueConstraint("plan_id", "place"),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    place: int
    kind: StepKind = Field(sa_type=choice(StepKind, "kind"))
    ref: str = Field(max_length=80)
    """Exam version code, course session id, microcredential slug, or `skill:level`."""
    starts_on: date
    ends_on: date
    """An exam is sat on it; everything else is finished by it."""
    hours: float
    state: StepState = Field(default=StepState.TODO, sa_type=choice(StepState, "state"))
    done_on: date | None = None
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Cost lines, language, hour range and score at that milestone, as they were planned."""


class PlanEventKind(StrEnum):
    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    PACE = "pace"
    STEP_DONE = "step_done"
    STEP_SKIPPED = "step_skipped"
    STEP_REOPENED = "step_reopened"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class PlanEvent(SQLModel, table=True):
    """History of a plan: who did what, and what a coordinator wrote."""

    __tablename__ = "plan_event"

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    kind: PlanEventKind = Field(sa_type=choice(PlanEventKind, "kind"))
    account_id: int = Field(foreign_key="account.id")
    comment: str = Field(default="", max_length=1000)
    at: datetime = Field(sa_type=UtcDateTime)


class BusyPeriod(SQLModel, table=True):
    """Days on which a person has other hours than usual, such as a season of term exams."""

    __tablename__ = "busy_period"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("weekly_hours BETWEEN 0 AND 80", name="weekly_hours"),
    )

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    name: str = Field(default="", max_length=60)
    starts_on: date
    ends_on: date
    weekly_hours: int = 0


class SubsidyCovers(StrEnum):
    EXAM = "exam"
    COURSE = "course"
    BOTH = "both"


class Subsidy(SQLModel, table=True):
    """A scheme that pays part of a cost, as data: whom, what, how much, until when, how much left.

    `vendor_exams` says whether AWS exams are covered at all; the city's refund does not cover them.
    """

    __tablename__ = "subsidy"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 1 AND 100", name="percent"),
        CheckConstraint("cap_krw >= 0", name="cap_krw"),
        CheckConstraint("remaining_krw >= 0", name="remaining_krw"),
        CheckConstraint("closes_on >= opens_on", name="dates"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name_ko: str = Field(max_length=120)
    name_en: str = Field(max_length=120)
    covers: SubsidyCovers = Field(sa_type=choice(SubsidyCovers, "covers"))
    vendor_exams: bool = Field(default=False)
    percent: int = 100
    cap_krw: int
    """Most a person gets in all."""
    remaining_krw: int | None = None
    """What is left of the whole budget; None = not told."""
    opens_on: date
    closes_on: date
    statuses: list[Any] = Field(default_factory=list, sa_type=JSON)
    """Values of YouthStatus that may apply; empty = all."""
    source: str = Field(default="", max_length=300)
    is_demo: bool = Field(default=False)
    is_active: bool = Field(default=True)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
