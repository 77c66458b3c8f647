"""Exam vouchers an organisation bought or was given, and who got them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class VoucherState(StrEnum):
    FREE = "free"
    ASSIGNED = "assigned"
    USED = "used"
    WITHDRAWN = "withdrawn"


class Voucher(SQLModel, table=True):
    """`code` is shown to nobody but the person it is assigned to; lapsed follows from the day."""

    __tablename__ = "voucher"
    __table_args__ = (CheckConstraint("percent BETWEEN 1 AND 100", name="percent"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    code: str = Field(max_length=60, unique=True)
    percent: int = 100
    """How much of the fee it takes off."""
    level: str | None = Field(default=None, max_length=20)
    """Highest level it pays for (foundational, associate, ...); None = any exam."""
    expires_on: date
    """Last day on which an exam may be sat with it."""
    state: VoucherState = Field(default=VoucherState.FREE, sa_type=choice(VoucherState, "state"))
    youth_id: int | None = Field(default=None, foreign_key="youth_profile.id", index=True)
    assigned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    assigned_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    used_on: date | None = None
    note: str = Field(default="", max_length=200)
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
