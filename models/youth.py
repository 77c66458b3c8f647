"""A young person's profile and wishes."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class Affiliation(StrEnum):
    RISE_UNIVERSITY = "rise_university"
    OTHER_SCHOOL = "other_school"
    IN_WORK = "in_work"
    NONE = "none"


class AffiliationState(StrEnum):
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    ENDED = "ended"


class YouthStatus(StrEnum):
    ENROLLED = "enrolled"
    ON_LEAVE = "on_leave"
    EXPECTED_GRADUATE = "expected_graduate"
    GRADUATED = "graduated"
    SEEKING = "seeking"
    WORKING = "working"


class YouthProfile(SQLModel, table=True):
    __tablename__ = "youth_profile"
    __table_args__ = (
        CheckConstraint("weekly_hours BETWEEN 0 AND 80", name="weekly_hours"),
        CheckConstraint("budget_krw BETWEEN 0 AND 100000000", name="budget_krw"),
        UniqueConstraint("account_id"),
        UniqueConstraint("external_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    external_id: str | None = Field(default=None, max_length=60)
    affiliation: Affiliation = Field(
        default=Affiliation.NONE, sa_type=choice(Affiliation, "affiliation")
    )
    affiliation_state: AffiliationState = Field(
        default=AffiliationState.CLAIMED, sa_type=choice(AffiliationState, "affiliation_state")
    )
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """The RISE university, when the affiliation is one of the three."""
    status: YouthStatus = Field(default=YouthStatus.SEEKING, sa_type=choice(YouthStatus, "status"))
    graduation_on: date | None = None
    available_from: date | None = None
    weekly_hours: int | None = None
    """Hours a week for study."""
    budget_krw: int | None = None
    about: str = Field(default="", max_length=2000)
    looking_asked_on: date | None = None
    """The day of the last "still looking?"."""
    looking_on: date | None = None
    """The day on which the person last said yes to it."""
    looking_stopped_on: date | None = None
    """The day on which the person said no; None again after a yes."""
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class WishKind(StrEnum):
    SECTOR = "sector"
    REGION = "region"
    EMPLOYMENT = "employment"
    ROLE = "role"


class YouthWish(SQLModel, table=True):
    """What a person wants, kept apart from what a person can do."""

    __tablename__ = "youth_wish"
    __table_args__ = (UniqueConstraint("youth_id", "kind", "value"),)

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    kind: WishKind = Field(sa_type=choice(WishKind, "kind"))
    value: str = Field(max_length=60)
    place: int = Field(default=1)
    """Order of preference, 1 = first."""


class SavedKind(StrEnum):
    OPENING = "opening"
    COURSE = "course"


class SavedItem(SQLModel, table=True):
    __tablename__ = "saved_item"
    __table_args__ = (UniqueConstraint("youth_id", "kind", "item_id"),)

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    kind: SavedKind = Field(sa_type=choice(SavedKind, "kind"))
    item_id: int
    saved_at: datetime = Field(sa_type=UtcDateTime)
