"""The same test on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.wiring import Services
from tests.people import People, settle

BOTH = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres),
]


@pytest.fixture(params=BOTH)
def any_url(request: pytest.FixtureRequest, empty_database: Path, tmp_path: Path) -> str:
    """A migrated, empty database of this test's own."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        return url
    path = tmp_path / "any.db"
    path.write_bytes(empty_database.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def any_services(any_url: str) -> Iterator[Services]:
    from tests.conftest import make_services

    ready = make_services(any_url)
    yield ready
    ready.close()


@pytest.fixture
def any_people(any_services: Services) -> People:
    return settle(any_services)
