"""extract: what a posting's text asks for, from standard input."""

import json
import sys
from typing import Annotated, Any, Literal, NoReturn

import typer

from matcher.cli.setup import console, language
from matcher.i18n import gettext as _

_BYTES_A_CHARACTER = 4


def extract(
    format: Annotated[Literal["table", "json"], typer.Option(help="table or json")] = "table",
) -> None:
    """Skills, AWS certifications and licences a posting asks for: extract < posting.txt.

    Exit status 0: read, even when nothing is asked for. 2: too long, or not UTF-8.
    """
    with language():
        rows = _rows(_read())
        if format == "json":
            # Bytes, so that a terminal in another encoding does not change them.
            typer.echo(json.dumps(rows, ensure_ascii=False).encode())
        elif rows:
            _show(rows)
        else:
            typer.echo(_("이 글에서 찾은 요건이 없습니다."))


def _read() -> str:
    from matcher.catalogue.extracting import MOST_CHARACTERS

    if sys.stdin.isatty():
        words = _("공고 글을 표준 입력으로 넣어 주십시오. 예: python -m matcher extract < 공고.txt")
        _refuse(words)
    raw = sys.stdin.buffer.read(MOST_CHARACTERS * _BYTES_A_CHARACTER + 1)
    if len(raw) > MOST_CHARACTERS * _BYTES_A_CHARACTER:
        _refuse_length()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        _refuse(_("UTF-8 글이 아닙니다. UTF-8로 저장해 다시 넣어 주십시오."))
    if len(text) > MOST_CHARACTERS:
        _refuse_length()
    return text


def _rows(text: str) -> list[dict[str, Any]]:
    from matcher.catalogue.extracting import as_row, extract

    return [as_row(each) for each in extract(text)]


def _show(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    table = Table(*rows[0], box=None)
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    console().print(table)


def _refuse_length() -> NoReturn:
    from matcher.catalogue.extracting import MOST_CHARACTERS

    words = _("글이 너무 깁니다. %(most)s자까지 읽습니다.")
    _refuse(words % {"most": f"{MOST_CHARACTERS:,}"})


def _refuse(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(2)
