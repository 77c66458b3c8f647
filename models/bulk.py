"""Files waiting to be imported, and the filters a person keeps under a name."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class TaskState(StrEnum):
    WAITING = "waiting"
    """Uploaded; nobody has read it yet."""
    CHECKING = "checking"
    CHECKED = "checked"
    """Without a mistake; waits for a person to say yes."""
    REFUSED = "refused"
    """Mistakes were found; nothing is stored and nothing will be."""
    ORDERED = "ordered"
    """A person said yes; waits to be stored."""
    STORING = "storing"
    STORED = "stored"
    DROPPED = "dropped"
    """Given up by a person, or too old."""
    FAILED = "failed"
    """Could not be done for a reason outside the file."""


class ImportTask(SQLModel, table=True):
    """One uploaded file on its way in; `data` is emptied when nothing is left to do with it."""

    __tablename__ = "import_task"
    __table_args__ = (CheckConstraint("done >= 0 AND total >= 0", name="progress"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    """The desk it belongs to."""
    kind: str = Field(max_length=20)
    file_name: str = Field(max_length=200)
    keeps_unmapped: bool = False
    data: bytes = Field(default=b"", sa_type=LargeBinary)
    state: TaskState = Field(
        default=TaskState.WAITING, sa_type=choice(TaskState, "state"), index=True
    )
    done: int = 0
    total: int = 0
    """Rows looked at, of how many; 0 while nobody knows."""
    tries: int = 0
    held_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Until then the worker that took it has it to itself."""
    findings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Counts, mistakes by row, notes: what the page shows."""
    batch_id: int | None = Field(default=None, foreign_key="import_batch.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class SavedView(SQLModel, table=True):
    """A list's filter under a name of the person's own."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("account_id", "place", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    place: str = Field(max_length=40)
    """The list, such as `roster`."""
    name: str = Field(max_length=40)
    query: str = Field(max_length=500)
    is_default: bool = False
    """What the list shows when it is opened without a filter; one a list at most."""
    created_at: datetime = Field(sa_type=UtcDateTime)
