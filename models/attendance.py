"""The meetings of a session and who was there."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice
from models.course import CourseMode


class ClassMeeting(SQLModel, table=True):
    """One dated class; `starts` and `ends` as HH:MM in Jeju."""

    __tablename__ = "class_meeting"
    __table_args__ = (
        CheckConstraint("ends > starts", name="hours"),
        UniqueConstraint("session_id", "held_on", "starts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="course_session.id", index=True)
    held_on: date
    starts: str = Field(max_length=5)
    ends: str = Field(max_length=5)
    mode: CourseMode = Field(sa_type=choice(CourseMode, "mode"))
    topic: str = Field(default="", max_length=120)
    check_in_code: str = Field(default="", max_length=12)
    """What people in the class type to check in; empty while nobody may."""
    check_in_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AttendanceState(StrEnum):
    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"


class AttendanceSource(StrEnum):
    DESK = "desk"
    CHECK_IN = "check_in"
    IMPORT = "import"


class Attendance(SQLModel, table=True):
    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "enrolment_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="class_meeting.id", index=True)
    enrolment_id: int = Field(foreign_key="enrolment.id", index=True)
    state: AttendanceState = Field(sa_type=choice(AttendanceState, "state"))
    source: AttendanceSource = Field(sa_type=choice(AttendanceSource, "source"))
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class Credential(SQLModel, table=True):
    """What a person gets for completing a course; one an enrolment."""

    __tablename__ = "credential"
    __table_args__ = (UniqueConstraint("enrolment_id"), UniqueConstraint("number"))

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    enrolment_id: int = Field(foreign_key="enrolment.id")
    number: str = Field(max_length=40)
    title_ko: str = Field(max_length=120)
    title_en: str = Field(max_length=120)
    issued_on: date
    revoked_on: date | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)


class ResultNote(SQLModel, table=True):
    """What a desk's result changed beside the enrolment; until the end of the day, to undo it."""

    __tablename__ = "result_note"
    __table_args__ = (UniqueConstraint("enrolment_id"),)

    id: int | None = Field(default=None, primary_key=True)
    enrolment_id: int = Field(foreign_key="enrolment.id")
    skills: list[Any] = Field(default_factory=list, sa_type=JSON)
    """[{id, before, after}] of the records of skills it wrote; `before` empty for a new one."""
    created_at: datetime = Field(sa_type=UtcDateTime)
