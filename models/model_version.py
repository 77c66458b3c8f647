"""Trained models: their bytes, the registry of versions, and the switch that turns ranking off."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class ModelState(StrEnum):
    CANDIDATE = "candidate"
    SERVING = "serving"
    RETIRED = "retired"
    REFUSED = "refused"


class Verdict(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class ModelArtefact(SQLModel, table=True):
    """Bytes in the database, so that one backup holds the model with the row that names it."""

    __tablename__ = "model_artefact"

    sha256: str = Field(primary_key=True, max_length=64)
    data: bytes = Field(sa_type=LargeBinary)
    size: int
    created_at: datetime = Field(sa_type=UtcDateTime)


class ModelVersion(SQLModel, table=True):
    """One training and what became of it. The hand-made prior has no row: it serves without one."""

    __tablename__ = "model_version"
    __table_args__ = (
        # Two promotions at once: the second meets this index, not a second serving model.
        Index(
            "uq_model_version_serving",
            "state",
            unique=True,
            sqlite_where=text("state = 'serving'"),
            postgresql_where=text("state = 'serving'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    label: str = Field(max_length=40, unique=True)
    """Shown to people and written to every exposure, such as `learned-2026-11-21-1`."""
    sha256: str | None = Field(default=None, foreign_key="model_artefact.sha256", max_length=64)
    """Empty when there was nothing to learn from."""
    state: ModelState = Field(sa_type=choice(ModelState, "state"))
    trained_until: date
    seed: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    """Empty for the command line."""
    report: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """`matcher.ranking.report.ModelReport`; without one there is no promotion."""
    verdict: Verdict = Field(sa_type=choice(Verdict, "verdict"))
    reasons: list[Any] = Field(default_factory=list, sa_type=JSON)
    """[{code, about, value}], as in the report."""
    proposed_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    proposed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    promoted_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    promoted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    replaced_id: int | None = Field(default=None, foreign_key="model_version.id")
    """What served when this was promoted, and what a rollback goes back to; empty = the prior."""
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    note: str = Field(default="", max_length=300)
    version: int = Field(default=1)


class RankingSwitch(SQLModel, table=True):
    """Append-only; the newest row holds. Without a row, ranking is on."""

    __tablename__ = "ranking_switch"

    id: int | None = Field(default=None, primary_key=True)
    is_on: bool
    reason: str = Field(max_length=300)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    """Empty for the command line."""
    at: datetime = Field(sa_type=UtcDateTime)


class TrainingTurn(SQLModel, table=True):
    """The one row a training holds while it runs, so that two never run at once."""

    __tablename__ = "training_turn"

    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(default="", max_length=40)
    """Of whoever trains now; empty = free."""
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
