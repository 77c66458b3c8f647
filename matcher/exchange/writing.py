"""Templates and exports: what is written here can be read back as it stands."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from .kinds import KINDS
from .neutral import keep_quote, neutralise
from .requirements import write_gains, write_needs, write_requirements

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
    return _csv_text(names, spec.examples)


def columns_of(kind: str) -> tuple[str, ...]:
    return tuple(column.name for column in KINDS[kind].columns)


def as_cells(kind: str, row: Any) -> dict[str, Value]:
    """A row of `parse` (or any object with its attributes) as the cells an import takes."""
    return {name: _cell(name, getattr(row, name)) for name in columns_of(kind)}


def _cell(name: str, value: Any) -> Value:
    if name in _WRITERS:
        return str(_WRITERS[name](value))
    if isinstance(value, tuple):
        return "; ".join(value)
    found: Value = value
    return found


def to_csv(rows: Iterable[Mapping[str, Value]], columns: Sequence[str] | None = None) -> bytes:
    """UTF-8 with BOM, as Korean Excel needs; text a spreadsheet would run is neutralised.
    Without `columns` the first row's keys are the header."""
    rows = list(rows)
    names = list(columns if columns is not None else (rows[0] if rows else ()))
    return _BOM + _csv_text(names, rows).encode("utf-8", errors="replace")


def _csv_text(names: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([neutralise(name) for name in names])
    for row in rows:
        writer.writerow([_as_text(row.get(name)) for name in names])
    return stream.getvalue()


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
) -> bytes:
    """One sheet; strings are typed as strings, so nothing in them runs or links."""
    rows = list(rows)
    names = list(columns if columns is not None else (rows[0] if rows else ()))
    stream = io.BytesIO()
    # Imported here: a service that writes no file should not wait for it at its start.
    import xlsxwriter

    with xlsxwriter.Workbook(stream, book_options()) as book:
        add_table(book, sheet, rows, names)
    return stream.getvalue()


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
    rows: Sequence[Mapping[str, Value]],
    columns: Sequence[str] | None = None,
) -> Any:
    """A sheet with a header that stays in sight; gives the sheet."""
    names = list(columns if columns is not None else (rows[0] if rows else ()))
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


def to_json(rows: Iterable[Mapping[str, Value]]) -> bytes:
    """A list of objects, as an import takes it; blank cells are left out."""
    kept = [{name: _json(v) for name, v in row.items() if v not in (None, "")} for row in rows]
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="replace")


def _json(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value
