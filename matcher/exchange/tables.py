"""A file after reading and before meaning: a header, rows with their line numbers, and notes."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from .errors import CellError

Cell = str | int | float | bool | date | tuple[str, ...] | None
FileFormat = Literal["csv", "xlsx", "json"]

COLUMN_CAP: Final = 100


@dataclass(frozen=True)
class RawRow:
    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Note:
    """Not an error, but to be said before the import goes on (hidden rows, an encoding)."""

    code: str
    text_ko: str
    text_en: str


@dataclass(frozen=True)
class Table:
    """`rows` leaves out blank lines and the lines named in `errors`; every row has len(header)
    cells. A table whose `fatal` is true has no rows worth checking."""

    format: FileFormat
    header: tuple[str, ...]
    rows: tuple[RawRow, ...]
    notes: tuple[Note, ...] = ()
    errors: tuple[CellError, ...] = ()
    more_errors: int = 0
    header_line: int = 1
    epoch_1904: bool = False
    fatal: bool = False


def is_blank(cell: Cell) -> bool:
    return cell is None or cell == () or (isinstance(cell, str) and not cell.strip())
