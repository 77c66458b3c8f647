"""Events anybody may come to, and projects young people carry from an idea to a business."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice
from models.course import CourseMode


class EventState(StrEnum):
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class CommunityEvent(SQLModel, table=True):
    """One day; `starts` and `ends` as HH:MM in Jeju. Seats are counted from the sign-ups."""

    __tablename__ = "community_event"
    __table_args__ = (
        CheckConstraint("seats > 0", name="seats"),
        CheckConstraint("ends > starts", name="hours"),
        CheckConstraint("sign_up_until <= held_on", name="days"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    state: EventState = Field(default=EventState.PUBLISHED, sa_type=choice(EventState, "state"))
    title_ko: str = Field(max_length=120)
    title_en: str = Field(max_length=120)
    content: str = Field(default="", max_length=4000)
    mode: CourseMode = Field(sa_type=choice(CourseMode, "mode"))
    place: str = Field(default="", max_length=120)
    join_link: str = Field(default="", max_length=300)
    """Shown to people who hold a seat only."""
    held_on: date = Field(index=True)
    starts: str = Field(max_length=5)
    ends: str = Field(max_length=5)
    sign_up_until: date
    seats: int
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class SignUpState(StrEnum):
    GOING = "going"
    WAITING = "waiting"
    LEFT = "left"


class EventSignUp(SQLModel, table=True):
    __tablename__ = "event_sign_up"
    __table_args__ = (UniqueConstraint("event_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="community_event.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    state: SignUpState = Field(sa_type=choice(SignUpState, "state"))
    created_at: datetime = Field(sa_type=UtcDateTime)
    """When the person came to the end of the queue; the queue goes by it."""
    updated_at: datetime = Field(sa_type=UtcDateTime)


class ProjectStage(StrEnum):
    IDEA = "idea"
    PROTOTYPE = "prototype"
    BUSINESS = "business"


class ProjectState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Project(SQLModel, table=True):
    """`organisation_id` hosts it: its desk names the mentor and the showcase day."""

    __tablename__ = "project"
    __table_args__ = (CheckConstraint("places BETWEEN 1 AND 20", name="places"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    state: ProjectState = Field(default=ProjectState.OPEN, sa_type=choice(ProjectState, "state"))
    stage: ProjectStage = Field(default=ProjectStage.IDEA, sa_type=choice(ProjectStage, "stage"))
    title: str = Field(max_length=120)
    idea: str = Field(default="", max_length=2000)
    skills: list[Any] = Field(default_factory=list, sa_type=JSON)
    """Slugs of what the team works with; what a showcase is evidence for."""
    places: int = 5
    mentor: str = Field(default="", max_length=80)
    showcase_on: date | None = None
    shown_on: date | None = None
    """The day it was really shown; from then on it is evidence."""
    showcase_url: str = Field(default="", max_length=300)
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class MemberRole(StrEnum):
    LEAD = "lead"
    MEMBER = "member"


class MemberState(StrEnum):
    ASKED = "asked"
    """Wants to join; the lead answers."""
    INVITED = "invited"
    """The lead asked; the person answers."""
    IN = "in"
    OUT = "out"


class ProjectMember(SQLModel, table=True):
    __tablename__ = "project_member"
    __table_args__ = (UniqueConstraint("project_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    role: MemberRole = Field(default=MemberRole.MEMBER, sa_type=choice(MemberRole, "role"))
    state: MemberState = Field(sa_type=choice(MemberState, "state"))
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class ProjectUpdate(SQLModel, table=True):
    """What a member tells about the project; `stage` is where it stood then."""

    __tablename__ = "project_update"

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    stage: ProjectStage = Field(sa_type=choice(ProjectStage, "stage"))
    words: str = Field(max_length=1000)
    at: datetime = Field(sa_type=UtcDateTime)
