"""Universities, the RISE centre and industry partners."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class OrganisationKind(StrEnum):
    UNIVERSITY = "university"
    RISE_CENTRE = "rise_centre"
    PARTNER = "partner"


class OrganisationState(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"
    CLOSED = "closed"


class Organisation(SQLModel, table=True):
    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("papers_kept_days BETWEEN 14 AND 180", name="papers_kept"),)

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=60, unique=True)
    kind: OrganisationKind = Field(sa_type=choice(OrganisationKind, "kind"))
    state: OrganisationState = Field(
        default=OrganisationState.PENDING, sa_type=choice(OrganisationState, "state")
    )
    name_ko: str = Field(max_length=120)
    name_en: str = Field(max_length=120)
    sector: str | None = Field(default=None, max_length=20)
    is_trusted: bool = Field(default=False)
    """A partner whose first posting the RISE centre approved; later ones publish at once."""
    business_number: str | None = Field(default=None, max_length=10)
    """Ten digits of the business registration, the last one a check digit."""
    contact_email: str | None = Field(default=None, max_length=254)
    """Where a partner without an account is asked for its answers."""
    papers_kept_days: int = 180
    """How long after the decision application papers are kept."""
    is_demo: bool = Field(default=False)
    created_at: datetime = Field(sa_type=UtcDateTime)
