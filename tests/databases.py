"""Where the ordinary fixtures keep their rows: SQLite files or, when asked, PostgreSQL.

`OREUM_TEST_DATABASE=postgres` (what `make test-postgres` sets) runs the same tests on a server.
"""

import itertools
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy.engine import make_url

from tests import postgres

IS_POSTGRES = os.environ.get("OREUM_TEST_DATABASE", "sqlite") == "postgres"
only_sqlite = pytest.mark.skipif(IS_POSTGRES, reason="about SQLite's own file")


class Databases(Protocol):
    """Copies of databases, by address; nobody may be connected to what is copied."""

    def copy(self, template: str, folder: Path | None = None) -> str: ...

    def replace(self, url: str, template: str) -> None: ...

    def drop(self, url: str) -> None: ...


@dataclass(frozen=True)
class Files:
    """SQLite: a copy is a copied file, in the test's own folder when it names one."""

    home: Path
    counter: Iterator[int] = field(default_factory=itertools.count)

    def copy(self, template: str, folder: Path | None = None) -> str:
        path = folder / "oreum.db" if folder else self.home / f"{next(self.counter)}.db"
        shutil.copy(_file(template), path)
        return f"sqlite:///{path}"

    def replace(self, url: str, template: str) -> None:
        shutil.copy(_file(template), _file(url))

    def drop(self, url: str) -> None:
        """Left where it is: the test may have failed, and then one wants to look."""


@dataclass(frozen=True)
class Server:
    """PostgreSQL: a copy is made with CREATE DATABASE ... TEMPLATE."""

    server: str

    def copy(self, template: str, folder: Path | None = None) -> str:
        return postgres.address(self.server, postgres.create(self.server, _name(template)))

    def replace(self, url: str, template: str) -> None:
        self.drop(url)
        postgres.run(self.server, f"CREATE DATABASE {_name(url)} TEMPLATE {_name(template)}")

    def drop(self, url: str) -> None:
        postgres.drop(self.server, _name(url))


def _file(url: str) -> Path:
    return Path(_name(url))


def _name(url: str) -> str:
    return make_url(url).database or ""


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Databases:
    if IS_POSTGRES:
        return Server(request.getfixturevalue("postgres_server"))
    return Files(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def empty_url(request: pytest.FixtureRequest) -> str:
    """The migrated, empty database that others are copied from."""
    if IS_POSTGRES:
        server, name = (
            request.getfixturevalue("postgres_server"),
            request.getfixturevalue("postgres_template"),
        )
        return postgres.address(server, name)
    return f"sqlite:///{request.getfixturevalue('empty_database')}"
