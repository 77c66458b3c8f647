"""Whether the schema is current is asked at every start, so it is answered without Alembic."""

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from matcher.store import schema
from matcher.wiring import Services
from tests.conftest import make_services


def test_the_newest_revision_is_the_one_alembic_finds() -> None:
    scripts = ScriptDirectory.from_config(schema.configuration())
    assert schema.newest_revision() == scripts.get_current_head()
    assert schema.newest_revision() is not None


def test_the_current_revision_is_the_one_alembic_reads(services: Services) -> None:
    with services.database.engine.connect() as connection:
        expected = MigrationContext.configure(connection).get_current_revision()
    assert schema.current_revision(services.database.engine) == expected
    assert schema.is_current(services.database)


def test_an_empty_database_is_not_current(tmp_path: Path) -> None:
    services = make_services(f"sqlite:///{tmp_path}/new.db")
    assert schema.current_revision(services.database.engine) is None
    assert not schema.is_current(services.database)
    services.close()
