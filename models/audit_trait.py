"""What a person told so that fairness can be checked, apart from everything else about them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class AuditTraitKind(StrEnum):
    SEX = "sex"
    AGE_BAND = "age_band"
    DISABILITY = "disability"


class AuditTrait(SQLModel, table=True):
    """Optional; read by the fairness part of a training report alone, never by a ranking."""

    __tablename__ = "audit_trait"
    __table_args__ = (UniqueConstraint("youth_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id")
    kind: AuditTraitKind = Field(sa_type=choice(AuditTraitKind, "kind"))
    value: str = Field(max_length=20)
    given_at: datetime = Field(sa_type=UtcDateTime)
