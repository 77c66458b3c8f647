"""RISE-linked courses, their dated sessions and who takes them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class CourseState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class CourseMode(StrEnum):
    ONLINE = "online"
    OFFLINE = "offline"
    MIXED = "mixed"


class CourseSelection(StrEnum):
    FIRST_COME = "first_come"
    BY_DESK = "by_desk"
    """People apply, the desk selects; a seat is taken by the selection."""


class Course(SQLModel, table=True):
    __tablename__ = "course"
    __table_args__ = (
        CheckConstraint("fee_krw >= 0", name="fee_krw"),
        CheckConstraint("least_attendance_percent BETWEEN 0 AND 100", name="least_attendance"),
        UniqueConstraint("organisation_id", "external_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    external_id: str | None = Field(default=None, max_length=60)
    state: CourseState = Field(default=CourseState.DRAFT, sa_type=choice(CourseState, "state"))
    title_ko: str = Field(max_length=120)
    title_en: str = Field(max_length=120)
    field: str = Field(max_length=40)
    level: str = Field(max_length=20)
    kind: str = Field(max_length=20)
    sector: str | None = Field(default=None, max_length=20)
    content: str = Field(default="", max_length=4000)
    mode: CourseMode = Field(sa_type=choice(CourseMode, "mode"))
    languages: str = Field(default="", max_length=20)
    """What it is taught in: ISO 639-1 codes with `;` between. Empty where nobody told."""
    place: str = Field(default="", max_length=120)
    total_hours: int
    fee_krw: int = 0
    support: str = Field(default="", max_length=300)
    eligibility: str = Field(default="", max_length=300)
    completion_rule: str = Field(default="", max_length=300)
    selection: CourseSelection = Field(
        default=CourseSelection.FIRST_COME, sa_type=choice(CourseSelection, "selection")
    )
    least_attendance_percent: int = 80
    """The rule completion is decided by; `completion_rule` tells it in the provider's words."""
    needs_work: bool = False
    """Completing also takes an accepted assignment."""
    linked_certification: str | None = Field(default=None, max_length=10)
    exam_chance: str = Field(default="", max_length=300)
    """An exam seat or voucher that comes with the course, in words."""
    internship: str = Field(default="", max_length=300)
    """An internship promised to those who complete, in words."""
    credit: str = Field(default="", max_length=60)
    is_shared: bool = False
    """Open to students of all three universities (JOY)."""
    rise_project: str = Field(default="", max_length=60)
    rise_code: str | None = Field(default=None, max_length=60)
    contact: str = Field(default="", max_length=120)
    provider: str = Field(default="", max_length=120)
    """Who gives a course that came from a feed and is none of ours; empty: the organisation."""
    source: str = Field(default="", max_length=60)
    """The feed the course came from; empty for the desk's own."""
    source_url: str = Field(default="", max_length=300)
    fetched_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class CourseSkillKind(StrEnum):
    GAINED = "gained"
    NEEDED = "needed"


class CourseSkill(SQLModel, table=True):
    __tablename__ = "course_skill"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        UniqueConstraint("course_id", "kind", "skill"),
    )

    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    kind: CourseSkillKind = Field(sa_type=choice(CourseSkillKind, "kind"))
    skill: str = Field(max_length=80)
    from_level: int = 0
    """Level a learner may start from (gained only)."""
    level: int
    """Level reached (gained) or asked for (needed)."""


class CourseSession(SQLModel, table=True):
    __tablename__ = "course_session"
    __table_args__ = (
        CheckConstraint("seats > 0", name="seats"),
        CheckConstraint("taken BETWEEN 0 AND seats", name="taken"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    starts_on: date
    ends_on: date
    applications_open_on: date
    applications_close_on: date
    weekly_hours: int
    weekly_slots: list[Any] = Field(default_factory=list, sa_type=JSON)
    """[{weekday 1-7, start "19:00", end "21:00"}]"""
    mode: CourseMode | None = Field(default=None, sa_type=choice(CourseMode, "mode"))
    """When it differs from the course's, as after a switch to online."""
    join_link: str = Field(default="", max_length=300)
    """Where a live online class is held; shown to enrolled people only."""
    seats: int
    taken: int = 0
    """Seats held by enrolled people; only ever changed by a guarded UPDATE."""


class EnrolmentState(StrEnum):
    APPLIED = "applied"
    """Waits for the desk's selection; holds no seat."""
    WAITLISTED = "waitlisted"
    ENROLLED = "enrolled"
    COMPLETED = "completed"
    DROPPED = "dropped"
    CANCELLED = "cancelled"
    NOT_SELECTED = "not_selected"
    NOT_COMPLETED = "not_completed"
    """Stayed to the end and missed the completion rule."""


class Enrolment(SQLModel, table=True):
    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("session_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="course_session.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    state: EnrolmentState = Field(sa_type=choice(EnrolmentState, "state"))
    work_accepted_on: date | None = None
    """The day the desk accepted the assignment."""
    completed_on: date | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
