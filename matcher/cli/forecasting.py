"""forecast: how many people are expected to be hired, by quarter and industry, for all desks."""

import json

import typer
from rich.table import Table as RichTable

from matcher.cli.setup import console, language, refusing, services
from matcher.i18n import gettext as _


def forecast(
    seats: int = typer.Option(0, min=0, max=200, help="further course seats each quarter"),
    openings: int = typer.Option(100, min=25, max=300, help="per cent of the openings so far"),
    as_json: bool = typer.Option(False, "--json", help="as JSON"),
) -> None:
    """The province's forecast with its eight-in-ten range and its back-test."""
    from matcher.flows import forecasting

    with services() as ready, language(), refusing():
        with ready.reading() as unit:
            view = forecasting.for_operator(unit, seats, openings)
        if as_json:
            typer.echo(json.dumps(forecasting.as_json(view), ensure_ascii=False))
            return
        table = RichTable(_("때"), _("적으면"), _("가운데 값"), _("많으면"), box=None)
        rows = zip(view.quarters, view.total.low, view.total.middle, view.total.high, strict=True)
        for key, *numbers in rows:
            table.add_row(key, *map(str, numbers))
        console().print(table)
