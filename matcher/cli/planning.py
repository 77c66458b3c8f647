"""plan: the ways to an opening, a role, a certificate or a promise for one young person."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Table as RichTable

from matcher.cli.setup import console, language, refusing, services
from matcher.i18n import format_date, format_krw
from matcher.i18n import gettext as _

if TYPE_CHECKING:
    from matcher.matching.plan_views import Paths, PlanView

Day = Annotated[datetime | None, typer.Option("--by", formats=["%Y-%m-%d"], help="last day")]


def plan(
    youth: Annotated[int, typer.Option(min=1, help="id of the young person")],
    opening: Annotated[list[int] | None, typer.Option(min=1, help="id of an opening")] = None,
    role: Annotated[str, typer.Option(help="slug of a role")] = "",
    certification: Annotated[list[str] | None, typer.Option(help="such as SAA")] = None,
    promise: Annotated[int | None, typer.Option(min=1, help="id of a promised interview")] = None,
    hours: Annotated[int, typer.Option(min=0, max=80, help="hours a week")] = 8,
    budget: Annotated[int | None, typer.Option(min=0, help="won in all")] = None,
    by: Day = None,
    languages: Annotated[
        Literal["ko,en", "en,ko", "ko", "en"], typer.Option(help="of exams, in order of liking")
    ] = "ko,en",
    nice: Annotated[list[str] | None, typer.Option(help="such as skill:docker")] = None,
    at_home: Annotated[bool, typer.Option(help="exams at home")] = False,
    most: Annotated[int, typer.Option(min=1, max=5, help="plans of each kind")] = 1,
    format: Annotated[Literal["table", "json"], typer.Option(help="table or json")] = "table",
) -> None:
    """The fastest, cheapest and strongest ways to a target, with dates and costs."""
    from matcher.flows import planning
    from matcher.matching.plan_json import as_json
    from matcher.matching.plan_views import Terms, Wishes
    from models.plan import PlanTarget

    targets = {
        PlanTarget.OPENING: tuple(str(each) for each in opening or ()),
        PlanTarget.ROLE: (role,) if role else (),
        PlanTarget.CERTIFICATION: tuple(certification or ()),
        PlanTarget.PROMISE: () if promise is None else (str(promise),),
    }
    asked = [(kind, refs) for kind, refs in targets.items() if refs]
    if len(asked) != 1:
        raise typer.BadParameter("one of --opening, --role, --certification and --promise")
    wishes = Wishes(
        *asked[0], hours, budget, None if by is None else by.date(),
        tuple(languages.split(",")), at_home, nice=tuple(nice or ()), most=most,
    )  # fmt: skip
    with services() as ready, language(), refusing():
        terms = Terms.of(ready.settings)
        with ready.reading() as unit:
            found = planning.for_operator(unit, youth, wishes, terms)
        if format == "json":
            typer.echo(json.dumps(as_json(found), ensure_ascii=False))
        else:
            _show(found)


def _show(found: "Paths") -> None:
    out = console()
    out.print(found.title)
    for refusal in found.refusals:
        out.print(f"{refusal.words} ({refusal.source})")
    if found.is_there:
        out.print(_("이미 다 갖추었습니다."))
    elif not found.plans:
        out.print(_("지금 조건으로는 길이 없습니다."))
    for view in found.plans:
        if view.steps:
            out.print(_table(view))
    for relaxation in found.relaxations:
        out.print(relaxation.words)


def _table(view: "PlanView") -> RichTable:
    finish, money = format_date(view.finish, "iso"), format_krw(view.total_krw)
    table = RichTable(
        _("할 일"), _("시작"), _("끝"), _("시간"), _("비용"), _("점수"),
        title=f"{_kind(view)} {view.place}: {finish} · {money}", box=None,
    )  # fmt: skip
    for step in view.steps:
        table.add_row(
            step.title,
            format_date(step.start, "iso"),
            format_date(step.end, "iso"),
            f"{step.hours:g}",
            format_krw(step.krw),
            "" if step.score_after is None else f"{step.score_after:.2f}",
        )
    return table


def _kind(view: "PlanView") -> str:
    kinds = {
        "fastest": _("가장 빠른 길"),
        "cheapest": _("가장 저렴한 길"),
        "strongest": _("가장 강한 길"),
    }
    return kinds[view.kind.value]
