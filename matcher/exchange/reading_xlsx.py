"""XLSX: the first visible sheet, values as last calculated, what is hidden said aloud.

A formula counts as the value the spreadsheet stored beside it; one that was never calculated is
an error, as its cell would otherwise read as blank.
"""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from .errors import CellError, FileRefusedError, quoted
from .headers import TableBuilder
from .tables import COLUMN_CAP, Cell, Note, Table
from .xlsx_door import SPARE_ROWS, SheetScan, check_archive, damaged, opened

# openpyxl undoes `_x005F_` in shared texts only, and leaves Excel's carriage returns as they are.
_ESCAPES: Final = {"_x005F_": "_", "_x000D_": "\r"}
_ESCAPED: Final = re.compile("|".join(_ESCAPES))
_SHOWN: Final = 10
_WIDE_ROWS: Final = 1000


def read_xlsx(data: bytes, max_rows: int) -> Table:
    with opened(data) as archive:
        scans = check_archive(archive, max_rows)
    try:
        with warnings.catch_warnings(action="ignore"):
            return _read(data, scans, max_rows)
    except FileRefusedError:
        raise
    except Exception as fault:
        # openpyxl raises whatever its own code trips over in a malformed part.
        raise damaged() from fault


def _read(data: bytes, scans: dict[str, SheetScan], max_rows: int) -> Table:
    # Imported here: a service that reads no file should not wait for it at its start.
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
    )
    sheet = _first_visible(book)
    scan = scans.get(sheet._worksheet_path, SheetScan())
    builder = TableBuilder("xlsx", max_rows)
    builder.epoch_1904 = book.epoch == CALENDAR_MAC_1904
    builder.notes.extend(_notes(book, sheet, scan))
    uncalculated = _uncalculated(data, sheet.title, max_rows) if scan.formulas else set()
    for line, row in enumerate(_rows(sheet, max_rows), 1):
        cells = tuple(_value(cell) for cell in row)
        faults = _faults(line, row, builder.header, uncalculated)
        if faults and not builder.header:
            raise FileRefusedError("cell_error", faults[0].text_ko, faults[0].text_en, line=line)
        if faults:
            builder.errors.extend(faults)
        elif not builder.add(line, _as_wide(cells, builder.header)):
            break
    return builder.table()


def _first_visible(book: Any) -> Any:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()
            return sheet
    raise FileRefusedError("no_sheet", "보이는 시트가 없습니다", "there is no visible sheet")


def _rows(sheet: Any, max_rows: int) -> Iterator[tuple[Any, ...]]:
    """Blank rows count too, so that a row numbered a billion ends here."""
    wide = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > 2 * max_rows + SPARE_ROWS:
            raise FileRefusedError(
                "row_cap",
                f"{max_rows:,}줄까지 받습니다. 아래 빈 행을 지워 주십시오",
                f"at most {max_rows:,} rows are taken; delete the blank ones below",
                line=number,
            )
        if len(row) > COLUMN_CAP:
            wide += 1
            if wide > _WIDE_ROWS or any(cell.value is not None for cell in row[COLUMN_CAP:]):
                raise FileRefusedError(
                    "too_many_columns",
                    f"열이 {len(row):,}개입니다. {COLUMN_CAP}개까지 받습니다",
                    f"{len(row):,} columns; at most {COLUMN_CAP} are taken",
                    line=number,
                )
            row = row[:COLUMN_CAP]
        yield row


def _as_wide(cells: tuple[Cell, ...], header: tuple[str, ...]) -> tuple[Cell, ...]:
    """A sheet stores no trailing blanks, so a short row is not a mistake here."""
    return cells + (None,) * (len(header) - len(cells))


def _value(cell: Any) -> Cell:
    value = cell.value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], value) if "_x" in value else value
    if value is None or isinstance(value, int | float | bool | date):
        return value
    return str(value)


def _faults(
    line: int, row: tuple[Any, ...], header: tuple[str, ...], uncalculated: set[tuple[int, int]]
) -> list[CellError]:
    faults = []
    for at, cell in enumerate(row):
        column = header[at] if at < len(header) else None
        if cell.value is not None and cell.data_type == "e":
            shown = quoted(cell.value)
            faults.append(
                CellError(line, column, "cell_error", f"오류 칸 {shown}", f"an error cell {shown}")
            )
        elif (line, at) in uncalculated:
            faults.append(
                CellError(
                    line,
                    column,
                    "formula",
                    "수식에 계산된 값이 없습니다. 값으로 붙여 넣어 주십시오",
                    "the formula has no stored value; paste it as a value",
                )
            )
    return faults


def _uncalculated(data: bytes, title: str, max_rows: int) -> set[tuple[int, int]]:
    """(line, index) of the cells that are blank in values and not blank in formulas."""
    import openpyxl

    stored = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)[title]
    written = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)[title]
    found = set()
    for sheet in (stored, written):
        sheet.reset_dimensions()
    pairs = zip(_rows(stored, max_rows), _rows(written, max_rows), strict=False)
    for line, (values, formulas) in enumerate(pairs, 1):
        for at, (value, formula) in enumerate(zip(values, formulas, strict=False)):
            if value.value is None and formula.data_type == "f":
                found.add((line, at))
    return found


def _notes(book: Any, sheet: Any, scan: SheetScan) -> Iterator[Note]:
    others = [quoted(other.title) for other in book.worksheets if other.title != sheet.title]
    hidden = [quoted(other.title) for other in book.worksheets if other.sheet_state != "visible"]
    if others:
        shown = ", ".join(others[:_SHOWN])
        yield Note("other_sheets", f"읽지 않은 시트: {shown}", f"sheets not read: {shown}")
    if hidden:
        shown = ", ".join(hidden[:_SHOWN])
        yield Note("hidden_sheets", f"숨긴 시트(읽지 않음): {shown}", f"hidden, not read: {shown}")
    if scan.hidden_rows:
        shown = ", ".join(map(str, sorted(scan.hidden_rows)[:_SHOWN]))
        count = len(scan.hidden_rows)
        yield Note(
            "hidden_rows",
            f"숨긴 행 {count}개도 읽었습니다: {shown}",
            f"{count} hidden rows were read too: {shown}",
        )
    if scan.hidden_columns:
        yield Note("hidden_columns", "숨긴 열도 읽었습니다", "hidden columns were read too")
    if scan.merged:
        shown = ", ".join(sorted(scan.merged)[:_SHOWN])
        yield Note(
            "merged",
            f"병합된 칸은 왼쪽 위에만 값이 있습니다: {shown}",
            f"merged cells hold a value only at their top left: {shown}",
        )
    if scan.formulas:
        yield Note(
            "formulas",
            "수식 칸은 저장된 계산값으로 읽었습니다",
            "formula cells were read as the values stored with them",
        )
