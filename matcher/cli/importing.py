"""import, template, revert, export."""

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table as RichTable

from matcher.cli.setup import language, progress, refusing, services
from matcher.i18n import gettext as _
from matcher.i18n import in_language

if TYPE_CHECKING:
    from matcher.flows.importing import Imported

Kind = Annotated[
    str, typer.Argument(help="youths, skills, certifications, courses, enrolments, attendance, ...")
]
ERROR = Console(stderr=True, highlight=False, soft_wrap=True)
OUT = Console(highlight=False, soft_wrap=True)


def template(kind: Kind) -> None:
    """Print a CSV to fill in: the header and two made-up rows."""
    from matcher.exchange.writing import template_csv

    typer.echo(template_csv(_known(kind)), nl=False)


def import_file(
    kind: Kind,
    file: Annotated[Path, typer.Argument(help="CSV (UTF-8 or cp949), XLSX or JSON")],
    dry_run: Annotated[bool, typer.Option(help="Check everything and store nothing.")] = False,
    unmapped: Annotated[str, typer.Option(help="error, or keep for a curator's queue")] = "error",
    name: Annotated[str, typer.Option(help="taxonomy: short name of the framework")] = "",
    title: Annotated[str, typer.Option(help="taxonomy: full name")] = "",
    source: Annotated[str, typer.Option(help="taxonomy: where it comes from")] = "",
    licence: Annotated[str, typer.Option(help="taxonomy: its licence")] = "",
    limit_mb: Annotated[int, typer.Option(min=1, max=200, help="largest file taken")] = 10,
    format: Annotated[str, typer.Option(help="table or json")] = "table",
) -> None:
    """Import a file: all of it or nothing, as one batch that `revert` undoes."""
    from matcher.flows import importing

    _known(kind)
    if unmapped not in {"error", "keep"}:
        raise typer.BadParameter(_("error 또는 keep을 적어 주십시오."), param_hint="--unmapped")
    data = _read(file, limit_mb)
    framework = None
    if kind == "taxonomy":
        if not all((name, source, licence)):
            raise typer.BadParameter(_("taxonomy에는 --name, --source, --licence가 필요합니다."))
        framework = importing.Framework(name, title or name, source, licence)
    with services() as ready, language(), refusing():
        try:
            with (
                progress(_("%(file)s 읽고 확인하는 중") % {"file": file.name}),
                ready.writing() as unit,
            ):
                result = importing.run(
                    unit,
                    kind,
                    data,
                    file.name,
                    dry_run=dry_run,
                    keep_unmapped=unmapped == "keep",
                    framework=framework,
                    limit_bytes=limit_mb * 1_048_576,
                )
        except importing.DryRun as dry:
            result = dry.result
    tell(result, dry_run, format)


def revert(batch: Annotated[int, typer.Argument(min=1, help="the number import printed")]) -> None:
    """Undo one import as a whole; refuses when later work stands on it."""
    from matcher.flows import importing

    with services() as ready, language(), refusing(), ready.writing() as unit:
        undone = importing.revert(unit, batch)
    OUT.print(_("%(n)s번 가져오기(%(kind)s)를 되돌렸습니다.") % {"n": batch, "kind": undone.kind})


def export(
    kind: Annotated[str, typer.Argument(help="youths, enrolments, ..., or table:NAME")],
    format: Annotated[str, typer.Option(help="csv, xlsx or json")] = "csv",
    out: Annotated[Path | None, typer.Option(help="where to write; else standard output")] = None,
) -> None:
    """Write a list as a file. What `import` takes comes back as it was; table:NAME is a whole
    table without hashes and secrets."""
    from matcher.flows import exporting

    if format not in {"csv", "xlsx", "json"}:
        raise typer.BadParameter(
            _("csv, xlsx, json 가운데 하나여야 합니다."), param_hint="--format"
        )
    is_table = kind.startswith("table:")
    if not is_table and kind not in exporting.LISTS:
        names = ", ".join([*exporting.LISTS, "table:NAME"])
        raise typer.BadParameter(_("쓸 수 있는 종류: %(kinds)s") % {"kinds": names})
    with services() as ready, language(), refusing(), ready.writing() as unit:
        write = exporting.export_table if is_table else exporting.export
        found = write(unit, kind.removeprefix("table:"), format)
    with found.file as file:
        if out is None:
            shutil.copyfileobj(file, sys.stdout.buffer)
            return
        with out.open("wb") as kept:
            shutil.copyfileobj(file, kept)
    ERROR.print(_("%(n)s줄을 적었습니다.") % {"n": found.rows})


def _known(kind: str) -> str:
    from matcher.exchange.kinds import KINDS

    if kind not in KINDS:
        raise typer.BadParameter(_("쓸 수 있는 종류: %(kinds)s") % {"kinds": ", ".join(KINDS)})
    return kind


def _read(file: Path, limit_mb: int) -> bytes:
    try:
        if file.stat().st_size > limit_mb * 1_048_576:
            raise typer.BadParameter(_("파일이 %(n)sMB보다 큽니다.") % {"n": limit_mb})
        return file.read_bytes()
    except OSError as error:
        words = _("파일을 열 수 없습니다: %(why)s") % {"why": error.strerror}
        raise typer.BadParameter(words) from None


def tell(result: "Imported", dry_run: bool, format: str) -> None:
    for note in result.notes:
        ERROR.print(in_language(note.text_ko, note.text_en), style="dim")
    if format == "json":
        typer.echo(json.dumps(_plain(result, dry_run), ensure_ascii=False))
    elif result.errors:
        _tell_errors(result)
    else:
        _tell_success(result, dry_run)
    if result.errors:
        raise typer.Exit(1)


def _tell_errors(result: "Imported") -> None:
    total = len(result.errors) + result.more_errors
    ERROR.print(
        _("고칠 곳이 %(n)s개 있어 아무것도 저장하지 않았습니다.") % {"n": total}, style="bold"
    )
    table = RichTable(_("행"), _("열"), _("고칠 것"), box=None, padding=(0, 2, 0, 0))
    for each in result.errors:
        words = in_language(each.text_ko, each.text_en)
        table.add_row(str(each.line or ""), each.column or "", words)
    ERROR.print(table)
    if result.more_errors:
        ERROR.print(_("그리고 %(n)s개 더 있습니다.") % {"n": result.more_errors})


def _tell_success(result: "Imported", dry_run: bool) -> None:
    counts = {"rows": result.rows, "made": result.made, "changed": result.changed}
    if result.is_repeat:
        words = _("같은 파일을 이미 %(n)s번으로 가져왔습니다. 바뀐 것은 없습니다.")
        OUT.print(words % {"n": result.batch_id})
        return
    OUT.print(_("%(rows)s행 확인: 기록 %(made)s개 새로, %(changed)s개 고침") % counts)
    for name in result.new_organisations:
        OUT.print(_("새 기업을 함께 적었습니다: %(name)s") % {"name": name})
    if result.unmapped:
        OUT.print(
            _("목록에 없는 기술 %(n)s개는 검토할 목록에 남겼습니다.") % {"n": len(result.unmapped)}
        )
    if dry_run:
        OUT.print(_("확인만 했고 저장하지 않았습니다."))
    else:
        OUT.print(
            _("%(n)s번 가져오기. 되돌리기: python -m matcher revert %(n)s") % {"n": result.batch_id}
        )


def _plain(result: "Imported", dry_run: bool) -> dict[str, Any]:
    return {
        "kind": result.kind,
        "rows": result.rows,
        "made": result.made,
        "changed": result.changed,
        "batch": result.batch_id,
        "dry_run": dry_run,
        "repeat": result.is_repeat,
        "errors": [
            {"line": e.line, "column": e.column, "code": e.code, "ko": e.text_ko, "en": e.text_en}
            for e in result.errors
        ],
        "more_errors": result.more_errors,
        "unmapped": [
            {"line": u.line, "text": u.text, "nearest": u.nearest} for u in result.unmapped
        ],
        "new_organisations": result.new_organisations,
    }
