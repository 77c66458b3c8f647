"""Skill records with rater and evidence, and further skill frameworks beside our own."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class Rater(StrEnum):
    """Who judged a level; `RATER_PRECEDENCE` says whose word counts."""

    TEST = "test"
    CERTIFICATE = "certificate"
    """Follows from a certificate that was proved; derived when read, never stored."""
    COORDINATOR = "coordinator"
    PARTNER = "partner"
    SELF = "self"


RATER_PRECEDENCE = (
    Rater.TEST,
    Rater.COORDINATOR,
    Rater.PARTNER,
    Rater.SELF,
)
"""Of what is stored. What follows from a certificate stands beside it by its level: see
`matcher.policy.profiles.counting`."""


class EvidenceKind(StrEnum):
    COURSE = "course"
    CERTIFICATE = "certificate"
    PROJECT = "project"
    LINK = "link"
    NOTE = "note"


class SkillRecord(SQLModel, table=True):
    """One rater's judgement of one skill of one person; history is kept, the winner is derived."""

    __tablename__ = "skill_record"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        CheckConstraint("verification BETWEEN 1 AND 4", name="verification"),
        UniqueConstraint("youth_id", "skill", "rater"),
    )

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    skill: str = Field(max_length=80, index=True)
    """Slug in our taxonomy, or `framework:slug` in an imported one."""
    level: int
    rater: Rater = Field(default=Rater.SELF, sa_type=choice(Rater, "rater"))
    verification: int = Field(default=1)
    """1 said by the person, 2 seen by a university, 3 confirmed by the issuer, 4 signed."""
    evidence_kind: EvidenceKind | None = Field(
        default=None, sa_type=choice(EvidenceKind, "evidence_kind")
    )
    evidence: str = Field(default="", max_length=500)
    rated_on: date
    rated_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(sa_type=UtcDateTime)


class UnmappedSkill(SQLModel, table=True):
    """A skill text outside the taxonomy, waiting for a curator; never silently mapped."""

    __tablename__ = "unmapped_skill"

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int | None = Field(default=None, foreign_key="youth_profile.id", index=True)
    opening_id: int | None = Field(default=None, foreign_key="opening.id", index=True)
    text: str = Field(max_length=120)
    level: int | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)


class SkillFramework(SQLModel, table=True):
    """A further skill framework loaded beside ours, with where it came from."""

    __tablename__ = "skill_framework"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=120)
    source: str = Field(max_length=300)
    licence: str = Field(max_length=120)
    created_at: datetime = Field(sa_type=UtcDateTime)


class FrameworkSkill(SQLModel, table=True):
    __tablename__ = "framework_skill"
    __table_args__ = (UniqueConstraint("framework_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    framework_id: int = Field(foreign_key="skill_framework.id", index=True)
    slug: str = Field(max_length=60)
    name_ko: str = Field(max_length=120)
    name_en: str = Field(max_length=120)
    kind: str = Field(default="", max_length=60)
    parent: str | None = Field(default=None, max_length=60)
    description: str = Field(default="", max_length=1000)
