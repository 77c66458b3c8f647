"""Progress toward AWS certifications, attempt by attempt."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class AttemptState(StrEnum):
    """What a person records; active, expiring and expired are derived from the day."""

    PLANNED = "planned"
    SCHEDULED = "scheduled"
    RESULT_PENDING = "result_pending"
    PASSED = "passed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class CertificationRecord(SQLModel, table=True):
    __tablename__ = "certification_record"
    __table_args__ = (CheckConstraint("verification BETWEEN 1 AND 4", name="verification"),)

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    certification: str = Field(max_length=10, index=True)
    """Programme id such as SAA."""
    exam_code: str = Field(max_length=20)
    """Exam version such as SAA-C03."""
    language: str = Field(default="ko", max_length=10)
    state: AttemptState = Field(sa_type=choice(AttemptState, "state"))
    planned_on: date | None = None
    exam_on: date | None = None
    result_on: date | None = None
    expires_on: date | None = None
    """Set on a pass; a later pass that renews this certificate moves it."""
    verification: int = Field(default=1)
    verified_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    proof_url: str = Field(default="", max_length=2000)
    is_discounted: bool = Field(default=False)
    """Sat with the 50 % voucher of an earlier pass."""
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class AwsCandidateId(SQLModel, table=True):
    """The number AWS knows a person by; somebody with two AWS accounts has two. It proves nothing
    and is read by its owner alone."""

    __tablename__ = "aws_candidate_id"
    __table_args__ = (UniqueConstraint("youth_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    code: str = Field(max_length=11)
    """AWS and eight digits."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class LicenceRecord(SQLModel, table=True):
    """A legal licence a person holds (전기기사 and the like); exact, never similar."""

    __tablename__ = "licence_record"

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    licence: str = Field(max_length=80)
    acquired_on: date | None = None
    verification: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
