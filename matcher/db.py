"""Engine, read session, and the unit of work that commits once at the edge."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import structlog
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, NotFound
from models.trail import AccessRecord, AuditEntry

# FULL, because an acknowledged write must survive power loss; the price is one sync a commit.
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA secure_delete=ON",
)

LOCK_TIMEOUT = "10s"
# PostgreSQL's words for "another transaction was faster": a serialisation failure, a deadlock, a
# key taken since it was looked for, a row referred to that has gone since it was read.
LOST_RACES = frozenset({"40001", "40P01", "23505", "23503"})
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Unit:
    """What a flow works with: one session, who asks, and when. Written once, committed once."""

    session: Session
    now: datetime
    actor: Actor | None = None
    request_id: str = ""
    source: str = ""
    trail: list[Any] = field(default_factory=list)
    """Append-only rows (exposure, access, audit) the edge writes when the block ends well."""

    @property
    def signed_in(self) -> Actor:
        """Raises NotFound when nobody is."""
        if self.actor is None:
            raise NotFound
        return self.actor

    @property
    def today(self) -> date:
        return day_of(self.now)

    def audit(self, action: str, subject: str, subject_id: int | None, **change: Any) -> None:
        """Note a change made by the actor (or, without one, by the command line)."""
        actor = self.actor
        self.trail.append(
            AuditEntry(
                at=self.now,
                account_id=actor.account_id if actor else None,
                role=actor.role.value if actor else "",
                action=action,
                subject=subject,
                subject_id=subject_id,
                request_id=self.request_id,
                change=change,
            )
        )

    def access(self, task: str, youth_id: int | None, outcome: str = "ok", **details: Any) -> None:
        """Note that staff or a partner read, wrote or exported a person's data."""
        if self.actor is None:
            raise ValueError("nobody is signed in")
        self.trail.append(
            AccessRecord(
                at=self.now,
                account_id=self.actor.account_id,
                role=self.actor.role.value,
                organisation_id=self.actor.organisation_id,
                source=self.source,
                youth_id=youth_id,
                task=task,
                outcome=outcome,
                request_id=self.request_id,
                details=details,
            )
        )


class Units(Protocol):
    """Where units of work come from: `wiring.Services`."""

    def reading(self, actor: Actor | None = None) -> AbstractContextManager[Unit]: ...

    def writing(self, actor: Actor | None = None) -> AbstractContextManager[Unit]: ...


class Database:
    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(oreum_write=True)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that is rolled back at the end, whatever happened in it."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits when the block ends well and rolls back when it raises.

        Raises Conflict when another transaction was faster. SQLite lets one writer in at a time,
        so there it never happens.
        """
        try:
            with Session(self._writing, expire_on_commit=False) as session:
                yield session
                session.commit()
        except (StaleDataError, DBAPIError) as error:
            if not _lost_race(error):
                raise
            log.warning("lost_race", kind=type(error).__name__, code=_sqlstate(error))
            message = _("그 사이에 다른 곳에서 먼저 바뀌었어요. 새로 열어 확인해 주세요.")
            raise Conflict(message) from error

    @contextmanager
    def restructuring(self) -> Iterator[Connection]:
        """One transaction for migrations. SQLite changes a column by building its table anew, and
        dropping the old one would take the rows that refer to it along: references are not
        enforced meanwhile, and checked as a whole before the commit."""
        with self._writing.connect() as connection:
            driver: Any = connection.connection.driver_connection
            if self.is_sqlite:
                driver.execute("PRAGMA foreign_keys = OFF")
            try:
                yield connection
                if self.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise RuntimeError("a migration left rows that refer to nothing")
                connection.commit()
            finally:
                connection.rollback()
                if self.is_sqlite:
                    driver.execute("PRAGMA foreign_keys = ON")

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(
            url, pool_pre_ping=True, pool_size=8, max_overflow=8, hide_parameters=True
        )
        event.listen(engine, "connect", _prepare_server)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    waiting = {"check_same_thread": False, "timeout": 10}
    engine = create_engine(url, connect_args=waiting, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _lost_race(error: Exception) -> bool:
    return isinstance(error, StaleDataError) or _sqlstate(error) in LOST_RACES


def _sqlstate(error: Exception) -> str:
    return str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")


def _prepare_server(connection: Any, _record: Any) -> None:
    # As long as SQLite's busy_timeout: whoever waits longer is told to come again.
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
    connection.commit()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction start is too late: read-then-write would oversell seats.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("oreum_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
