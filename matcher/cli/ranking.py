"""recommend courses|openings, candidates."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.table import Table as RichTable

from matcher.cli.setup import console, language, refusing, services
from matcher.i18n import format_signed, in_language
from matcher.i18n import gettext as _

if TYPE_CHECKING:
    from matcher.db import Unit

Limit = Annotated[int, typer.Option(min=1, max=1000, help="how many at most")]
Format = Annotated[Literal["table", "json"], typer.Option(help="table or json")]
Person = Annotated[int, typer.Option("--youth", min=1, help="id of the young person")]
recommend = typer.Typer(help="Ranked courses or openings for one young person, with reasons.")


@recommend.command("openings")
def recommend_openings(youth: Person, limit: Limit = 20, format: Format = "table") -> None:
    """Openings for a young person, best first."""
    from matcher.flows import operating

    _show(lambda unit: operating.recommend_openings(unit, youth, limit), format)


@recommend.command("courses")
def recommend_courses(youth: Person, limit: Limit = 20, format: Format = "table") -> None:
    """Courses for a young person, best first."""
    from matcher.flows import operating

    _show(lambda unit: operating.recommend_courses(unit, youth, limit), format)


def candidates(
    opening: Annotated[int, typer.Option(min=1, help="id of the opening")],
    limit: Limit = 20,
    format: Format = "table",
) -> None:
    """People who consented to be seen for an opening, best first, by number."""
    from matcher.flows import operating

    _show(lambda unit: operating.recommend_candidates(unit, opening, limit), format)


def _show(rank: "Callable[[Unit], Any]", format: str) -> None:
    with services() as ready, language(), refusing():
        with ready.reading() as unit:
            ranked = rank(unit)
        if format == "json":
            typer.echo(json.dumps(ranked.items, ensure_ascii=False))
        elif ranked.items:
            console().print(_table(ranked))
        else:
            why = _why(ranked)
            console().print(_("보여 줄 것이 없습니다: %(why)s") % {"why": why})


def _why(ranked: Any) -> str:
    """The reason in words where one is worth a sentence, else its code."""
    code = ranked.empty.code if ranked.empty else ""
    if code == "no_candidates":
        return _("이 분야에서 후보로 보이는 데 동의한 사람이 없습니다")
    return str(code)


def _table(ranked: Any) -> RichTable:
    """Rank, score and the strongest reasons for and against each item."""
    table = RichTable(_("순위"), "id", _("이름"), _("맞음"), _("충족"), _("이유"), box=None)
    for item in ranked.items:
        title = ranked.titles.get(item["id"], ("", ""))
        table.add_row(
            f"{item['rank']}/{ranked.total}",
            str(item["id"]),
            in_language(*title),
            "" if item["score"] is None else f"{item['score']:.2f}",
            f"{item['met']}/{item['requirements']}",
            "\n".join(_said(each) for each in item["strongest"]),
        )
    return table


def _said(reason: dict[str, Any]) -> str:
    text = in_language(reason["text_ko"], reason["text_en"])
    return f"{format_signed(reason['contribution'])} {text}"
