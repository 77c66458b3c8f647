"""train, models, model show|propose|promote|rollback."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.table import Table as RichTable

from matcher.cli.setup import console, language, refusing, services
from matcher.i18n import gettext as _

if TYPE_CHECKING:
    from matcher.db import Unit
    from matcher.flows.models import Shelf
    from matcher.wiring import Services

Format = Annotated[Literal["table", "json"], typer.Option(help="table or json")]
Label = Annotated[str, typer.Argument(help="such as learned-2026-11-21-1")]
By = Annotated[str, typer.Option("--by", help="e-mail address of an admin account")]
model = typer.Typer(help="One trained model: show, propose, promote, roll back.")


@contextmanager
def spoken() -> "Iterator[Services]":
    """Services, the terminal's language and refusals in words."""
    with services() as ready, language(), refusing():
        yield ready


def train(
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="last day to learn from")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1)] = 0,
    format: Format = "table",
) -> None:
    """Learn a model from what people decided. It becomes a candidate; it never serves by itself."""
    from matcher.flows import models as flow
    from matcher.flows import training

    with spoken() as ready:
        with _progress() as tell:
            day = until.date() if until is not None else None
            label = training.train(ready, day, seed, tell).label
        with ready.reading() as unit:
            rows = _rows(flow.shelf(unit))
        _print([each for each in rows if each["label"] == label], format)


def models(format: Format = "table") -> None:
    """Every model there is, newest first."""
    from matcher.flows import models as flow

    with spoken() as ready:
        with ready.reading() as unit:
            shelf = flow.shelf(unit)
        if format == "json":
            write_json({"serving": shelf.serving, "is_on": shelf.is_on, "models": _rows(shelf)})
            return
        console().print(_("쓰는 모델: %(label)s") % {"label": shelf.serving})
        if not shelf.is_on:
            console().print(_("순위가 꺼져 있습니다."))
        if shelf.trouble is not None:
            console().print(f"{shelf.trouble.label}: {shelf.trouble.why}", style="bold red")
        _print(_rows(shelf), format)


@model.command("show")
def show(label: Label, format: Format = "table") -> None:
    """The figures behind one model."""
    from matcher.flows import model_cards

    with spoken() as ready:
        with ready.reading() as unit:
            card = model_cards.card(unit, label)
        if format == "json":
            write_json(asdict(card))
            return
        console().print(f"{card.label}  {card.state}  {card.verdict}")
        for text in card.reasons:
            console().print(f"- {text}")
        if card.measured is not None:
            console().print(_figures(card.measured.accuracy))


@model.command("propose")
def propose(label: Label, by: By) -> None:
    """The first of two people asks for a model to serve."""
    from matcher.flows import models as flow

    with spoken() as ready:
        _as_admin(ready, by, lambda unit: flow.propose(unit, label))
        console().print(_("%(label)s 모델을 제안했습니다.") % {"label": label})


@model.command("promote")
def promote(label: Label, by: By) -> None:
    """The second person, another one, makes it serve."""
    from matcher.flows import models as flow

    with spoken() as ready:
        _as_admin(ready, by, lambda unit: flow.promote(unit, label))
        console().print(_("이제 %(label)s 모델이 순위를 매깁니다.") % {"label": label})


@model.command("rollback")
def rollback(by: By) -> None:
    """Back to what served before; one person, at once."""
    from matcher.flows import models as flow

    with spoken() as ready:
        label = _as_admin(ready, by, flow.rollback)
        console().print(_("이제 %(label)s 모델이 순위를 매깁니다.") % {"label": label})


def write_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def _as_admin(ready: "Services", by: str, do: "Callable[[Unit], Any]") -> Any:
    from matcher.flows import models as flow

    with ready.writing() as unit:
        return do(flow.acting(unit, by))


@contextmanager
def _progress() -> "Iterator[Callable[[str, int, int], None]]":
    """A bar on standard error, only in a terminal. The function takes words, done and whole."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("읽는 중"), total=None)

        def tell(words: str, done: int, whole: int) -> None:
            bar.update(task, description=words, completed=done, total=whole or None)

        yield tell


def _rows(shelf: "Shelf") -> list[dict[str, Any]]:
    return [asdict(each) for each in shelf.rows]


def _print(rows: list[dict[str, Any]], format: str) -> None:
    if format == "json":
        write_json(rows)
        return
    columns = (_("이름"), _("상태"), _("보고서"), _("까닭"), _("제안한 사람"), _("승인한 사람"))
    table = RichTable(*columns, box=None)
    for each in rows:
        reasons = [*each["reasons"], each["bar"]]
        table.add_row(
            each["label"], each["state"], each["verdict"],
            "\n".join(text for text in reasons if text),
            each["proposed_by"], each["promoted_by"],
        )  # fmt: skip
    console().print(table)


def _figures(rows: Any) -> RichTable:
    columns = (_("목록"), _("어느 모델"), _("잣대"), _("값과 95퍼센트 구간"), _("목록 수"))
    table = RichTable(*columns, box=None)
    for each in rows:
        value = f"{each.value:.3f} ({each.low:.3f}–{each.high:.3f})"
        table.add_row(each.side, each.model, each.metric, value, str(each.queries))
    return table
