"""What a desk keeps of its planning: saved scenarios, and a programme's targets and money."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime


class PlanningScenario(SQLModel, table=True):
    """Numbers as they were computed on one day; counts only, nobody is named."""

    __tablename__ = "planning_scenario"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    """Who saved it."""
    name: str = Field(max_length=80)
    inputs: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    results: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    data_on: date
    """The day whose records were counted."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class ProgrammeTarget(SQLModel, table=True):
    """What a desk promised for one RISE project and reporting year; None: nothing promised.

    Money is typed in too: no record of this service says what was spent.
    """

    __tablename__ = "programme_target"
    __table_args__ = (
        CheckConstraint("year BETWEEN 2020 AND 2100", name="year"),
        CheckConstraint(
            "people >= 0 AND completions >= 0 AND certificates >= 0 AND placements >= 0",
            name="counts",
        ),
        CheckConstraint("budget_krw >= 0 AND spent_krw >= 0", name="money"),
        UniqueConstraint("organisation_id", "year", "rise_project"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    year: int
    """The calendar year in which the reporting year starts."""
    rise_project: str = Field(max_length=60)
    people: int | None = None
    completions: int | None = None
    certificates: int | None = None
    placements: int | None = None
    budget_krw: int | None = Field(default=None, sa_type=BigInteger)
    spent_krw: int | None = Field(default=None, sa_type=BigInteger)
    note: str = Field(default="", max_length=300)
    """Where the promise stands written."""
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    updated_by_account_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
