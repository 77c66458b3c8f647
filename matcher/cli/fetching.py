"""fetch-courses: the public feed, imported as one batch."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.importing import ERROR, OUT, tell
from matcher.cli.setup import language, progress, refusing, services
from matcher.i18n import gettext as _

if TYPE_CHECKING:
    from matcher.flows.importing import Imported
    from matcher.wiring import Services

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]
AHEAD = timedelta(days=180)


def fetch_courses(
    since: Day = None,
    until: Day = None,
    dry_run: Annotated[bool, typer.Option(help="Check everything and store nothing.")] = False,
    leave_out_bad: Annotated[
        bool, typer.Option(help="Import the other rows when some cannot be read.")
    ] = False,
    format: Annotated[str, typer.Option(help="table or json")] = "table",
) -> None:
    """Fetch the HRD-Net list for Jeju and import it; needs OREUM_HRDNET_KEY."""
    from matcher.flows import fetching
    from matcher.gateways.course_feed import FeedRefused

    with services() as ready, language(), refusing():
        if not ready.course_feed.is_on:
            ERROR.print(_("OREUM_HRDNET_KEY가 없어 과정 목록을 가져오지 않습니다."))
            raise typer.Exit(1)
        first = since.date() if since else ready.clock.today()
        last = until.date() if until else first + AHEAD
        if last < first:
            raise typer.BadParameter(_("끝나는 날이 시작하는 날보다 앞입니다."))
        try:
            with progress(_("과정 목록을 가져오는 중")):
                data = fetching.fetch(ready.course_feed, first, last)
        except FeedRefused as refusal:
            words = _("과정 목록을 가져오지 못했습니다: %(why)s")
            ERROR.print(words % {"why": refusal.reason})
            raise typer.Exit(1) from None
        result = _import(ready, data, first, dry_run)
        bad = {error.line for error in result.errors}
        if leave_out_bad and bad and 0 not in bad and not result.more_errors:
            OUT.print(_("읽지 못한 과정 %(n)s개는 뺐습니다.") % {"n": len(bad)})
            result = _import(ready, fetching.without(data, bad), first, dry_run)
    tell(result, dry_run, format)


def _import(ready: "Services", data: bytes, first: date, dry_run: bool) -> "Imported":
    from matcher.flows import importing

    name = f"hrdnet-{first.isoformat()}.json"
    try:
        with ready.writing() as unit:
            return importing.run(unit, "hrdnet", data, name, dry_run=dry_run)
    except importing.DryRun as dry:
        return dry.result
