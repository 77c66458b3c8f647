"""Imports as batches that can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime


class ImportBatch(SQLModel, table=True):
    __tablename__ = "import_batch"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)
    file_name: str = Field(max_length=200)
    file_hash: str = Field(max_length=64)
    row_count: int
    account_id: int | None = Field(default=None, foreign_key="account.id")
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    """The desk that imported it; None is the operator's command line."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    reverted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BatchChange(SQLModel, table=True):
    """One row an import made (`before` empty) or changed (`before` = the row as it was)."""

    __tablename__ = "batch_change"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id", index=True)
    table_name: str = Field(max_length=40)
    row_id: int
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after_version: int | None = None
    """The row's version after the import; a later edit makes the revert refuse."""
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """What the import wrote, where the table counts no versions; another value there now makes
    the revert refuse too."""
