"""The one migration history fits the tables, upwards and downwards, on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlmodel import SQLModel

from matcher.db import Database
from matcher.store import schema
from tests.two_databases import BOTH


@pytest.fixture(params=BOTH)
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it."""
    is_file = request.param == "sqlite"
    url = (
        f"sqlite:///{tmp_path / 'blank.db'}"
        if is_file
        else request.getfixturevalue("postgres_blank")
    )
    database = Database(url)
    yield database
    database.close()


def _tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def _run(database: Database, step: Callable[..., Any], revision: str) -> None:
    config = schema.configuration()
    with database.restructuring() as connection:
        config.attributes["connection"] = connection
        step(config, revision)


def test_upgrading_from_nothing_makes_every_table(blank: Database) -> None:
    assert schema.is_current(blank) is False
    schema.migrate(blank)
    assert _tables(blank) == {*SQLModel.metadata.tables, "alembic_version"}
    assert schema.is_current(blank) is True


def test_the_migrated_schema_is_the_one_the_models_describe(blank: Database) -> None:
    schema.migrate(blank)
    with blank.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_check_constraints_are_the_ones_the_models_describe(blank: Database) -> None:
    schema.migrate(blank)
    found = inspect(blank.engine)
    wanted = {name: sorted(_checks_of(table)) for name, table in SQLModel.metadata.tables.items()}
    there = {
        name: sorted(str(each["name"]) for each in found.get_check_constraints(name))
        for name in wanted
    }
    assert there == wanted


def _checks_of(table: Any) -> Iterator[str]:
    from sqlalchemy import CheckConstraint
    from sqlalchemy.sql.elements import conv

    for each in table.constraints:
        if isinstance(each, CheckConstraint):
            name = str(each.name)
            is_full = isinstance(each.name, conv) or name.startswith(f"ck_{table.name}_")
            yield name if is_full else f"ck_{table.name}_{name}"


def test_migrating_twice_changes_nothing(blank: Database) -> None:
    first = schema.migrate(blank)
    before = _tables(blank)
    assert schema.migrate(blank) == first
    assert _tables(blank) == before


def test_down_to_nothing_and_up_again(blank: Database) -> None:
    schema.migrate(blank)
    _run(blank, command.downgrade, "base")
    assert _tables(blank) == {"alembic_version"}
    _run(blank, command.upgrade, "head")
    assert _tables(blank) == {*SQLModel.metadata.tables, "alembic_version"}
