"""Placing a cohort: rounds with their openings, wishes of both sides, dry runs and results."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice
from models.youth import YouthStatus


class RoundState(StrEnum):
    DRAFT = "draft"
    WISHES_OPEN = "wishes_open"
    WISHES_CLOSED = "wishes_closed"
    DRY_RUN = "dry_run"
    PROPOSED = "proposed"
    """One account chose a dry run; another has to agree."""
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class HardRule(StrEnum):
    """What, beside licences, keeps a pair apart altogether instead of only lowering its fit."""

    CERTIFICATE = "certificate"
    MUST = "must"
    AVAILABLE = "available"


class AssignmentMethod(StrEnum):
    DEFERRED_ACCEPTANCE = "deferred_acceptance"
    WEAKLY_STABLE = "weakly_stable"
    MAX_FIT = "max_fit"


class AssignmentRound(SQLModel, table=True):
    __tablename__ = "assignment_round"
    __table_args__ = (CheckConstraint("most_wishes BETWEEN 1 AND 20", name="most_wishes"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    """The university whose people may join; the centre's own for everybody's."""
    name_ko: str = Field(max_length=120)
    name_en: str = Field(max_length=120)
    state: RoundState = Field(default=RoundState.DRAFT, sa_type=choice(RoundState, "state"))
    most_wishes: int = 5
    wishes_until: date
    """Last day on which wishes can change; over with the day, whatever the state says."""
    cohort_status: YouthStatus | None = Field(
        default=None, sa_type=choice(YouthStatus, "cohort_status")
    )
    cohort_session_id: int | None = Field(default=None, foreign_key="course_session.id")
    """Only people on this run of a course."""
    hard_rules: list[Any] = Field(default_factory=list, sa_type=JSON)
    seed: str = Field(default="", max_length=64)
    """Drawn when wishes open; nobody is shown it before the result is published."""
    commitment: str = Field(default="", max_length=64)
    committed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    proposed_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    confirmed_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancel_reason: str = Field(default="", max_length=300)
    """Shown to everybody of a later round that could pass for the same lottery."""
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class AssignmentOpening(SQLModel, table=True):
    """One opening of a round with the seats it gives."""

    __tablename__ = "assignment_opening"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("minimum BETWEEN 0 AND capacity", name="minimum"),
        UniqueConstraint("round_id", "opening_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="assignment_round.id", index=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    capacity: int
    minimum: int = 0
    banded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the partner confirmed its bands; until then the model's proposal stands."""


class EntryState(StrEnum):
    JOINED = "joined"
    WITHDRAWN = "withdrawn"


class AssignmentEntry(SQLModel, table=True):
    """A person in a round, by the person's own act."""

    __tablename__ = "assignment_entry"
    __table_args__ = (UniqueConstraint("round_id", "youth_id"), UniqueConstraint("code"))

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="assignment_round.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    code: str = Field(max_length=20)
    """Stands for the person in the anonymised list; drawn by chance, shown to the desk alone."""
    state: EntryState = Field(default=EntryState.JOINED, sa_type=choice(EntryState, "state"))
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class AssignmentWish(SQLModel, table=True):
    __tablename__ = "assignment_wish"
    __table_args__ = (
        CheckConstraint("tier BETWEEN 1 AND 20", name="tier"),
        UniqueConstraint("round_id", "youth_id", "opening_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="assignment_round.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    tier: int
    """1 = wished most; equal tiers are wished equally."""


class Band(StrEnum):
    A = "a"
    B = "b"
    C = "c"
    DECLINED = "declined"
    """Not ranked; the person is not told."""


class AssignmentBand(SQLModel, table=True):
    """What a partner confirmed about one masked person."""

    __tablename__ = "assignment_band"
    __table_args__ = (UniqueConstraint("round_id", "opening_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="assignment_round.id", index=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    band: Band = Field(sa_type=choice(Band, "band"))
    set_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    at: datetime = Field(sa_type=UtcDateTime)


class AssignmentRun(SQLModel, table=True):
    """One method of one dry run. `document` is the anonymised list anyone can verify; who stands
    behind its codes is known through the entries alone."""

    __tablename__ = "assignment_run"
    __table_args__ = (UniqueConstraint("round_id", "number", "method"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="assignment_round.id", index=True)
    number: int
    """Counts the dry runs of a round from 1."""
    method: AssignmentMethod = Field(sa_type=choice(AssignmentMethod, "method"))
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    document: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    sha256: str = Field(max_length=64)
    """Of the document as it is downloaded."""
    is_chosen: bool = Field(default=False)
    made_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(sa_type=UtcDateTime)


class PairState(StrEnum):
    """The partner's side; the person's own is the answer to the introduction."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class AssignmentPair(SQLModel, table=True):
    """A published result: this person at this opening."""

    __tablename__ = "assignment_pair"
    __table_args__ = (UniqueConstraint("round_id", "youth_id", "opening_id"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="assignment_round.id", index=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    state: PairState = Field(default=PairState.WAITING, sa_type=choice(PairState, "state"))
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class AssignmentChance(SQLModel, table=True):
    """How often a person came to a place when the round was cleared many times with noise."""

    __tablename__ = "assignment_chance"
    __table_args__ = (UniqueConstraint("round_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="assignment_round.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    placed: int
    cleared: int
    low: float
    high: float
    """Ends of the 95 % interval, 0..1."""
    driver: str = Field(default="", max_length=20)
    """competition, gap or empty."""
    computed_at: datetime = Field(sa_type=UtcDateTime)
