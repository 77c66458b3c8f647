"""Templates and exports: what is written here can be read back as it stands."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import IO, Any, Final

from .kinds import KINDS
from .neutral import keep_quote, neutralise
from .requirements import write_gains, write_needs, write_requirements
from .vocabulary import SEVERAL

Value = str | int | float | bool | date | None
_BOM: Final = b"\xef\xbb\xbf"
_EXACT_DIGITS: Final = 15
_WRITERS: Final[dict[str, Any]] = {
    "requirements": write_requirements,
    "skills_gained": write_gains,
    "skills_needed": write_needs,
}


def template_csv(kind: str) -> str:
    """English column names and two fictional rows; to be saved as UTF-8."""
    spec = KINDS[kind]
    names = [column.name for column in spec.columns]
    return "".join(_csv_text(names, spec.examples))


def columns_of(kind: str) -> tuple[str, ...]:
    return tuple(column.name for column in KINDS[kind].columns)


def as_cells(kind: str, row: Any) -> dict[str, Value]:
    """A row of `parse` (or any object with its attributes) as the cells an import takes."""
    return {name: _cell(name, getattr(row, name)) for name in columns_of(kind)}


def _cell(name: str, value: Any) -> Value:
    if name in _WRITERS:
        return str(_WRITERS[name](value))
    if isinstance(value, tuple):
        return SEVERAL.join(value)
    found: Value = value
    return found


def to_csv(rows: Iterable[Mapping[str, Value]], columns: Sequence[str] | None = None) -> bytes:
    """UTF-8 with BOM, as Korean Excel needs; text a spreadsheet would run is neutralised.
    Without `columns` the first row's keys are the header."""
    rows = list(rows)
    names = list(columns if columns is not None else (rows[0] if rows else ()))
    return b"".join(csv_lines(rows, names))


def csv_lines(rows: Iterable[Mapping[str, Value]], names: Sequence[str]) -> Iterator[bytes]:
    """The same line by line, the header with its BOM first."""
    yield _BOM
    for line in _csv_text(names, rows):
        yield line.encode("utf-8", errors="replace")


def _csv_text(names: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    heads = [neutralise(name) for name in names]
    for cells in chain([heads], ([_as_text(row.get(name)) for name in names] for row in rows)):
        writer.writerow(cells)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # csv writes NUL as it is and no reader takes it back.
        return neutralise(value).replace("\0", "\ufffd")
    return value.isoformat() if isinstance(value, date) else str(value)


def to_xlsx(
    rows: Iterable[Mapping[str, Value]],
    columns: Sequence[str] | None = None,
    *,
    sheet: str = "oreum",
    made_at: datetime | None = None,
) -> bytes:
    """One sheet; strings are typed as strings, so nothing in them runs or links. With `made_at`
    the same rows are the same bytes."""
    rows = list(rows)
    names = list(columns if columns is not None else (rows[0] if rows else ()))
    stream = io.BytesIO()
    write_xlsx(stream, rows, names, sheet, made_at)
    return stream.getvalue()


def write_xlsx(
    file: IO[bytes],
    rows: Iterable[Mapping[str, Value]],
    names: Sequence[str],
    sheet: str,
    made_at: datetime | None = None,
) -> None:
    """The same into a file; no more than a row is held."""
    # Imported here: a service that writes no file should not wait for it at its start.
    import xlsxwriter

    with xlsxwriter.Workbook(file, book_options()) as book:
        if made_at is not None:
            book.set_properties({"created": made_at})
        add_table(book, sheet, rows, names)


def book_options() -> dict[str, Any]:
    """Nothing that is written becomes a formula, a link or a number by itself."""
    return {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
        "default_date_format": "yyyy-mm-dd",
    }


def add_table(
    book: Any,
    sheet: str,
    rows: Iterable[Mapping[str, Value]],
    columns: Sequence[str] | None = None,
) -> Any:
    """A sheet with a header that stays in sight; gives the sheet."""
    if columns is None:
        rows = list(rows)
        columns = list(rows[0]) if rows else []
    names = list(columns)
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True})
    page.freeze_panes(1, 0)
    for at, name in enumerate(names):
        page.write_string(0, at, keep_quote(name), bold)
    for line, row in enumerate(rows, 1):
        for at, name in enumerate(names):
            _write(page, line, at, row.get(name))
    return page


def _write(page: Any, line: int, at: int, value: Value) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        safe = value.encode("utf-8", errors="replace").decode("utf-8")
        page.write_string(line, at, keep_quote(safe))
    elif isinstance(value, bool):
        page.write_boolean(line, at, value)
    elif isinstance(value, date):
        page.write_datetime(line, at, value) if _plain_day(value) else page.write_string(
            line, at, value.isoformat()
        )
    elif len(str(value)) > _EXACT_DIGITS:
        page.write_string(line, at, str(value))
    else:
        page.write_number(line, at, value)


def _plain_day(value: date) -> bool:
    """Times carry a zone that a sheet cannot hold, and days before 1900-03-01 shift by one."""
    return not isinstance(value, datetime) and value >= date(1900, 3, 1)


def json_lines(rows: Iterable[Mapping[str, Value]]) -> Iterator[bytes]:
    """A list of objects, as an import takes it; blank cells are left out."""
    before = "["
    for row in rows:
        kept = {name: _json(v) for name, v in row.items() if v not in (None, "")}
        shown = json.dumps(kept, ensure_ascii=False, indent=1).replace("\n", "\n ")
        yield f"{before}\n {shown}".encode("utf-8", errors="replace")
        before = ","
    yield b"[]\n" if before == "[" else b"\n]\n"


def _json(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value
