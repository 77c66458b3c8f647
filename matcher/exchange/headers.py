"""The rules every tabular format shares: header, width, blank lines, row cap."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.text import TEXT_PROBLEMS, TextError, clean_line

from .errors import CellError, ErrorList, FileRefusedError, quoted
from .neutral import restore
from .tables import COLUMN_CAP, Cell, FileFormat, Note, RawRow, Table, is_blank

_HEADER_LENGTH = 60


@dataclass
class TableBuilder:
    """Takes lines in order; the first that is not blank is the header."""

    format: FileFormat
    max_rows: int
    header: tuple[str, ...] = ()
    header_line: int = 1
    rows: list[RawRow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    errors: ErrorList = field(default_factory=ErrorList)
    epoch_1904: bool = False

    def add(self, line: int, cells: Sequence[Cell]) -> bool:
        """False once the row cap is passed: the rest is not read."""
        if all(map(is_blank, cells)):
            return True
        if not self.header:
            self.header, self.header_line = header_from(line, cells), line
            return True
        if len(self.rows) >= self.max_rows:
            self.errors.add(_row_cap(line, self.max_rows))
            return False
        self._add_row(line, cells)
        return True

    def _add_row(self, line: int, cells: Sequence[Cell]) -> None:
        width = len(self.header)
        if len(cells) > width and all(map(is_blank, cells[width:])):
            cells = cells[:width]
        if len(cells) != width:
            self.errors.add(_ragged(line, len(cells), width))
            return
        # The `'` of a neutralised cell is a spreadsheet's custom; JSON is taken as it stands.
        if self.format != "json":
            cells = [restore(cell) if isinstance(cell, str) else cell for cell in cells]
        self.rows.append(RawRow(line, tuple(cells)))

    def table(self) -> Table:
        if not self.header:
            raise FileRefusedError("empty_file", "빈 파일입니다", "the file is empty")
        if not self.rows and not self.errors.count:
            raise FileRefusedError(
                "no_rows", "제목 줄 아래에 자료가 없습니다", "there is nothing below the header"
            )
        return Table(
            format=self.format,
            header=self.header,
            rows=tuple(self.rows),
            notes=tuple(self.notes),
            errors=tuple(self.errors),
            more_errors=self.errors.count - len(self.errors.items),
            header_line=self.header_line,
            epoch_1904=self.epoch_1904,
        )


def header_from(line: int, cells: Sequence[Cell]) -> tuple[str, ...]:
    """Trailing blank titles are dropped; raises FileRefusedError for any other fault."""
    width = max(at for at, cell in enumerate(cells, 1) if not is_blank(cell))
    if width > COLUMN_CAP:
        raise FileRefusedError(
            "too_many_columns",
            f"열이 {width:,}개입니다. {COLUMN_CAP}개까지 받습니다",
            f"{width:,} columns; at most {COLUMN_CAP} are taken",
            line=line,
        )
    names = tuple(_title(line, at, cell) for at, cell in enumerate(cells[:width], 1))
    seen: set[str] = set()
    for name in names:
        folded = unicodedata.normalize("NFKC", name).casefold()
        if folded in seen:
            raise FileRefusedError(
                "duplicate_header",
                f"열 제목 {quoted(name)}이(가) 두 번 있습니다",
                f"the column title {quoted(name)} appears twice",
                line=line,
            )
        seen.add(folded)
    return names


def _title(line: int, at: int, cell: Cell) -> str:
    if is_blank(cell):
        raise FileRefusedError(
            "empty_header", f"{at}번째 열에 제목이 없습니다", f"column {at} has no title", line=line
        )
    try:
        return clean_line(str(cell), max_length=_HEADER_LENGTH)
    except TextError as refused:
        korean, english = TEXT_PROBLEMS[refused.code]
        raise FileRefusedError(
            "header_" + refused.code,
            f"{at}번째 열 제목: {korean}",
            f"title of column {at}: {english}",
            line=line,
        ) from None


def _ragged(line: int, cells: int, width: int) -> CellError:
    return CellError(
        line,
        None,
        "ragged",
        f"칸이 {cells}개인데 제목 줄은 {width}개입니다. 쉼표나 따옴표를 보십시오",
        f"{cells} cells where the header has {width}; check commas and quotes",
    )


def _row_cap(line: int, cap: int) -> CellError:
    return CellError(
        line,
        None,
        "row_cap",
        f"자료가 {cap:,}줄보다 많습니다. 파일을 나누어 주십시오",
        f"more than {cap:,} rows; split the file",
    )
