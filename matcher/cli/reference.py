"""certifications, skills: what the catalogue knows."""

import json
from datetime import datetime
from typing import Annotated, Any, Literal

import typer
from rich.table import Table as RichTable

from matcher.cli.setup import console, settings_told

Format = Annotated[Literal["table", "json"], typer.Option(help="table or json")]


def certifications(
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="day, e.g. 2026-12-01")
    ] = None,
    language: Annotated[str | None, typer.Option(help="exam language, e.g. ko")] = None,
    format: Format = "table",
) -> None:
    """What can be sat on a day, in a language."""
    from matcher.cli import certifications as listing
    from matcher.clock import Clock
    from matcher.settings import Settings

    with settings_told():
        day = on.date() if on is not None else Clock(Settings().today).today()
    _show(listing.rows(day, language), format)


def skills(
    search: Annotated[str, typer.Option(help="name, alias or initial consonants")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    format: Format = "table",
) -> None:
    """Search the skill taxonomy."""
    from matcher.cli import skills as listing

    _show(listing.rows(search, limit), format)


def _show(rows: list[dict[str, Any]], format: str) -> None:
    if format == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = RichTable(*(rows[0] if rows else ()), box=None)
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    console().print(table)
