"""Commands on the database itself."""

import typer

from matcher.cli.setup import services


def migrate() -> None:
    """Bring the database to the newest schema. Safe to run again."""
    from matcher.store import schema

    with services() as ready:
        revision = schema.migrate(ready.database)
    typer.echo(f"database is at revision {revision}")
