"""Bringing a database to the newest schema, and telling whether it is there.

Alembic is imported where it works, not where it is asked about: it costs a third of a second, and
every start asks whether the schema is current.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

import models.migrations
from matcher.db import Database

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(models.migrations.__file__).parent
_NAMED = re.compile(r"^(down_)?revision\b[^=\n]*= *(?:\"([^\"]*)\"|'([^']*)'|None)", re.MULTILINE)


def configuration() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config


def newest_revision() -> str | None:
    """The one revision no other builds on, read from the scripts themselves."""
    made: set[str] = set()
    built_on: set[str] = set()
    for script in sorted((SCRIPTS / "versions").glob("[!_]*.py")):
        for down, double, single in _NAMED.findall(script.read_text(encoding="utf-8")):
            (built_on if down else made).add(double or single)
    heads = sorted(made - built_on - {""})
    if len(heads) > 1:
        raise RuntimeError(f"the migrations have several ends: {heads}")
    return heads[0] if heads else None


def current_revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(database: Database) -> str | None:
    """Upgrade in one transaction and give the revision reached; safe to run again."""
    from alembic import command

    config = configuration()
    with database.restructuring() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return newest_revision()


def is_current(database: Database) -> bool:
    return current_revision(database.engine) == newest_revision()
