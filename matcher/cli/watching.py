"""ranking off|on, drift."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table as RichTable

from matcher.cli.models import Format, spoken, write_json
from matcher.cli.setup import console
from matcher.i18n import gettext as _

if TYPE_CHECKING:
    from matcher.flows.drift import Measured

Reason = Annotated[str, typer.Option("--reason", help="why; it is kept")]
ranking = typer.Typer(help="Switch ranking off (neutral order everywhere) and on again.")


@ranking.command("off")
def off(reason: Reason) -> None:
    """Neutral order on every list within five seconds: no scores, no reasons."""
    _switch(False, reason)


@ranking.command("on")
def on(reason: Reason) -> None:
    """Scores and reasons again."""
    _switch(True, reason)


def drift(format: Format = "table") -> None:
    """Has what is shown moved away from what the model learned? Exit status 2 for an alarm."""
    from matcher.jobs import drift as job

    with spoken() as ready:
        found = job.run(ready)
        if format == "json":
            write_json(asdict(found) | {"alarms": [each.feature for each in found.alarms]})
        elif not found.label:
            console().print(_("사람이 정한 모델을 쓰고 있어 견줄 것이 없습니다."))
        else:
            console().print(_table(found))
    if found.alarms:
        raise typer.Exit(2)


def _switch(is_on: bool, reason: str) -> None:
    from matcher.flows import models as flow

    with spoken() as ready:
        with ready.writing() as unit:
            flow.switch(unit, is_on, reason)
        console().print(_("순위를 켰습니다.") if is_on else _("순위를 껐습니다."))


def _table(found: "Measured") -> RichTable:
    table = RichTable(_("목록"), _("항목"), "PSI", _("행"), box=None)
    for each in found.features:
        psi = "–" if each.psi is None else f"{each.psi:.3f}"
        style = "red" if each.is_alarm else ""
        table.add_row(each.side, each.feature, psi, str(each.rows), style=style)
    return table
