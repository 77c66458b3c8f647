"""CSV: encoding, separator, quotes and lines, each fault with the line it stands on."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from .errors import FileRefusedError
from .headers import TableBuilder
from .tables import COLUMN_CAP, Note, Table

_LINE_CAP: Final = 1024 * 1024
_SEPARATORS: Final = ",;\t"
_READ_AS_CP949: Final = Note(
    "cp949", "CP949(한글 윈도우) 글자로 읽었습니다", "read as CP949 (Korean Windows)"
)


def read_csv(data: bytes, max_rows: int) -> Table:
    text, notes = _decode(data)
    _refuse_broken_lines(text)
    text, separator, skipped = _separator(text)
    builder = TableBuilder("csv", max_rows)
    builder.notes.extend(notes)
    for line, cells in _records(text, separator, skipped):
        if not builder.add(line, cells):
            break
    return builder.table()


def _decode(data: bytes) -> tuple[str, list[Note]]:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise FileRefusedError(
            "encoding",
            "UTF-16 파일입니다. 'CSV UTF-8'로 저장해 주십시오",
            "the file is UTF-16; save it as 'CSV UTF-8'",
        )
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as not_utf8:
        try:
            return data.decode("cp949"), [_READ_AS_CP949]
        except UnicodeDecodeError as not_cp949:
            at = max(not_utf8.start, not_cp949.start)
            raise FileRefusedError(
                "encoding",
                "UTF-8도 CP949도 아닌 글자가 있습니다",
                "it is neither UTF-8 nor CP949 text",
                line=_line_at(data, at),
            ) from None


def _line_at(data: bytes, at: int) -> int:
    before = data[:at]
    return 1 + before.count(b"\n") + before.replace(b"\r\n", b"").count(b"\r")


def _refuse_broken_lines(text: str) -> None:
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if len(line) > _LINE_CAP:
            raise FileRefusedError(
                "line_too_long",
                "한 줄이 너무 깁니다",
                "one line is too long",
                line=number,
            )
        if "\0" in line:
            raise FileRefusedError(
                "nul", "NUL 문자가 있습니다", "it holds a NUL character", line=number
            )


def _separator(text: str) -> tuple[str, str, int]:
    """The text, its separator and how many lines stand before it. Excel's own `sep=;` line wins;
    else the separator the first line uses most outside quotes, the comma where that ties."""
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=([,;\t])\r?", first)
    if told:
        return rest, told[1], 1
    head = re.sub(r'"[^"]*"', "", next(filter(str.strip, text.splitlines()), ""))
    return text, max(_SEPARATORS, key=head.count), 0


def _records(text: str, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = skipped + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise _refusal(str(fault), line) from None
        if len(cells) > COLUMN_CAP * 10:
            raise FileRefusedError(
                "too_many_columns",
                f"칸이 {len(cells):,}개입니다. {COLUMN_CAP}개까지 받습니다",
                f"{len(cells):,} columns; at most {COLUMN_CAP} are taken",
                line=line,
            )
        yield line, cells


def _refusal(fault: str, line: int) -> FileRefusedError:
    if "field limit" in fault:
        return FileRefusedError(
            "cell_too_long",
            "칸 하나가 너무 깁니다. 닫히지 않은 따옴표가 있는지 보십시오",
            "one cell is too long; look for a quote that is not closed",
            line=line,
        )
    return FileRefusedError(
        "quotes",
        "따옴표의 짝이 맞지 않습니다",
        "the quotes do not pair up",
        line=line,
    )
