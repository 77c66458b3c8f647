"""Rows of an older database are all there after the way up: tables built anew lose nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from matcher.db import Database
from matcher.store import schema
from tests.two_databases import BOTH

OLD = "0003"


@pytest.fixture(params=BOTH)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database as it was before classes and credentials, with a course and people in it."""
    is_file = request.param == "sqlite"
    url = (
        f"sqlite:///{tmp_path / 'old.db'}" if is_file else request.getfixturevalue("postgres_blank")
    )
    database = Database(url)
    config = schema.configuration()
    with database.restructuring() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, OLD)
    with database.restructuring() as connection:
        _fill(connection)
    yield database
    database.close()


def _fill(connection: sa.Connection) -> None:
    """One row a table, parents first; every column that must be there gets a plain value."""
    tables = sa.MetaData()
    names = ["organisation", "account", "youth_profile", "course", "course_skill",
             "course_session", "enrolment", "import_batch"]  # fmt: skip
    tables.reflect(connection, only=names)
    for name in names:
        table = tables.tables[name]
        row = {each.name: _value(table, each) for each in table.columns if not each.nullable}
        connection.execute(table.insert().values(**row))


CHOICES = {
    ("organisation", "kind"): "university", ("organisation", "state"): "active",
    ("account", "state"): "active", ("account", "language"): "ko",
    ("youth_profile", "affiliation"): "none", ("youth_profile", "affiliation_state"): "claimed",
    ("youth_profile", "status"): "seeking", ("course", "state"): "published",
    ("course", "mode"): "online", ("course_skill", "kind"): "gained",
    ("enrolment", "state"): "waitlisted", ("import_batch", "kind"): "courses",
}  # fmt: skip


def _value(table: sa.Table, column: sa.Column[object]) -> object:
    from datetime import UTC, date, datetime

    if (table.name, column.name) in CHOICES:
        return CHOICES[table.name, column.name]
    kinds: list[tuple[type, object]] = [
        (sa.Boolean, False),
        (sa.Integer, 1),
        (sa.DateTime, datetime(2026, 11, 21, 1, tzinfo=UTC)),
        (sa.Date, date(2026, 11, 21)),
        (sa.JSON, []),
    ]
    return next((value for kind, value in kinds if isinstance(column.type, kind)), "x")


def test_every_row_of_an_older_database_is_there_at_the_head(old: Database) -> None:
    schema.migrate(old)
    with old.engine.connect() as connection:
        counts = {
            name: connection.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in ("organisation", "youth_profile", "course", "course_skill",
                         "course_session", "enrolment")
        }  # fmt: skip
        row = connection.execute(sa.text("SELECT session_id, state FROM enrolment")).one()
        course = connection.execute(
            sa.text("SELECT selection, least_attendance_percent, needs_work FROM course")
        ).one()
    assert set(counts.values()) == {1}, counts
    assert tuple(row) == (1, "waitlisted")
    assert (course[0], course[1], bool(course[2])) == ("first_come", 80, False)
