"""What an XLSX archive must look like before any XML of it is parsed.

openpyxl reads sheets with the standard XML reader, so document types and foreign encodings are
looked for here, in the bytes. Everything is streamed: nothing is held but one chunk.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final, NoReturn

from .errors import FileRefusedError, quoted

MAX_RATIO: Final = 100
MAX_UNPACKED: Final = 50 * 1024 * 1024
MAX_MEMBERS: Final = 200
_PART: Final = b"PK\x01\x02"
# Below this a high ratio is only a small file of equal cells.
_SMALL: Final = 100 * 1024
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
# Blank rows below the data are common; the reader stops at the same number.
SPARE_ROWS: Final = 100
_STRINGS: Final = 500_000
_ROW_BYTES: Final = 4 * 1024 * 1024
_CHUNK: Final = 256 * 1024
_OVERLAP: Final = 4 * 1024
_ENCODING: Final = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
# No tag holds a "<", so that a look at a tag without an end stops at the next one.
_HIDDEN_ROW: Final = re.compile(rb"<(?:\w+:)?row\b(?=[^<>]*\shidden=[\"'](?:1|true)[\"'])[^<>]*>")
_HIDDEN_COLUMN: Final = re.compile(
    rb"<(?:\w+:)?col\b(?=[^<>]*\shidden=[\"'](?:1|true)[\"'])[^<>]*>"
)
_MERGE: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^<>]*\sref=[\"']([A-Z0-9:]+)[\"']")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ROW_NUMBER: Final = re.compile(rb"\sr=[\"'](\d+)[\"']")
_ROW_EDGE: Final = re.compile(rb"<(?:\w+:)?row[\s/>]|</(?:\w+:)?sheetData>")


@dataclass
class SheetScan:
    """What the reader of cells cannot see."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: bool = False
    merged: set[str] = field(default_factory=set)
    formulas: bool = False


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive, its list of parts checked and nothing unpacked: a moment for any file. Raises
    FileRefusedError."""
    _check_count(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE:
        raise damaged() from None
    members = archive.infolist()
    _check_list(members)
    for member in members:
        _check_member(member)
    return archive


def check_archive(archive: zipfile.ZipFile, max_rows: int) -> dict[str, SheetScan]:
    """Unpacks every part once. Raises FileRefusedError; returns one scan per worksheet part."""
    return {part.filename: _scan(archive, part, max_rows) for part in archive.infolist()}


def damaged() -> FileRefusedError:
    return FileRefusedError(
        "xlsx_damaged", "엑셀 파일이 손상되었습니다", "the XLSX file is damaged"
    )


def _check_count(data: bytes) -> None:
    """The list of parts is read as a whole by zipfile, so its marks are counted before; what the
    end of the file says of their number is only a word."""
    count = data.count(_PART)
    if count > MAX_MEMBERS:
        _refuse("xlsx_members", f"조각이 {count:,}개입니다", f"{count:,} parts inside")


def _check_list(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename.casefold() for member in members]
    if len(set(names)) != len(names):
        _refuse("xlsx_duplicate", "같은 이름의 조각이 두 번 있습니다", "a part appears twice")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED:
        size = MAX_UNPACKED // 1024 // 1024
        _refuse("xlsx_bomb", f"풀면 {size} MB가 넘습니다", f"it unpacks to more than {size} MB")
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        _refuse("content_mismatch", "XLSX 파일이 아닙니다", "it is not an XLSX file")


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if ".." in name.split("/") or name.startswith("/") or "\\" in name or ":" in name:
        _refuse("xlsx_path", f"조각 이름 {quoted(name)}", f"a part named {quoted(name)}")
    if member.flag_bits & 0x1:
        _refuse("xlsx_password", "암호가 걸려 있습니다", "it is locked with a password")
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        _refuse("xlsx_compression", "모르는 압축 방식입니다", "its compression is not known")
    if member.file_size > _SMALL and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        _refuse(
            "xlsx_bomb",
            f"{MAX_RATIO}배 넘게 압축된 조각이 있습니다",
            f"a part is packed more than {MAX_RATIO} times",
        )
    if name.casefold().endswith(("vbaproject.bin", ".exe", ".dll")):
        _refuse("xlsx_macros", "매크로가 들어 있습니다", "it holds macros")


def _scan(archive: zipfile.ZipFile, member: zipfile.ZipInfo, max_rows: int) -> SheetScan:
    scan = SheetScan()
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    is_sheet = member.filename.startswith("xl/worksheets/")
    try:
        with archive.open(member) as part:
            strings = 0
            for number, window in enumerate(_windows(part)):
                strings += window.count(b"<si>") + window.count(b"<si ")
                if strings > _STRINGS:
                    _refuse("xlsx_strings", "글이 너무 많습니다", "it holds too many texts")
                if number == 0:
                    _check_start(window, is_xml=is_xml)
                if is_xml and (b"<!DOCTYPE" in window or b"<!ENTITY" in window):
                    _refuse("xlsx_dtd", "문서 형식 선언(DTD)이 있습니다", "it holds a DTD")
                if is_sheet:
                    _look(window, scan)
        if is_sheet:
            with archive.open(member) as part:
                _check_rows(part, max_rows)
    except _DAMAGE:
        _refuse("xlsx_damaged", "파일이 손상되었습니다", "the file is damaged")
    return scan


def _windows(part: IO[bytes]) -> Iterator[bytes]:
    """Chunks that overlap, so that a tag on a border is whole in one of them."""
    kept = b""
    while chunk := part.read(_CHUNK):
        yield kept + chunk
        kept = chunk[-_OVERLAP:]


def _check_start(start: bytes, *, is_xml: bool) -> None:
    if start.startswith(b"PK\x03\x04"):
        _refuse("xlsx_nested", "안에 또 다른 압축 파일이 있습니다", "it holds another archive")
    told = _ENCODING.search(start[:1024])
    named = told[1].lower() if told else b"utf-8"
    foreign = named not in {b"utf-8", b"us-ascii", b"ascii"}
    if is_xml and (foreign or b"\0" in start[:64] or start[:2] in {b"\xff\xfe", b"\xfe\xff"}):
        _refuse("xlsx_encoding", "XML이 UTF-8이 아닙니다", "its XML is not UTF-8")


def _look(window: bytes, scan: SheetScan) -> None:
    for found in _HIDDEN_ROW.finditer(window):
        number = _ROW_NUMBER.search(found[0])
        scan.hidden_rows.add(int(number[1][:9]) if number else 0)
    scan.hidden_columns |= bool(_HIDDEN_COLUMN.search(window))
    scan.formulas |= bool(_FORMULA.search(window))
    scan.merged |= {ref.decode("ascii") for ref in _MERGE.findall(window)}


def _check_rows(part: IO[bytes], max_rows: int) -> None:
    """One row is held in memory as a whole by the reader, so its size is bounded here."""
    since = rows = 0
    while chunk := part.read(_CHUNK):
        last = 0
        for edge in _ROW_EDGE.finditer(chunk):
            last, rows = edge.start(), rows + 1
        since = len(chunk) - last if last else since + len(chunk)
        if rows > 2 * max_rows + SPARE_ROWS:
            _refuse(
                "row_cap", f"{max_rows:,}줄까지 받습니다", f"at most {max_rows:,} rows are taken"
            )
        if since > _ROW_BYTES:
            _refuse("xlsx_row_size", "한 행이 너무 큽니다", "one row is too large")


def _refuse(code: str, korean: str, english: str) -> NoReturn:
    raise FileRefusedError(code, f"엑셀 파일을 열 수 없습니다: {korean}", f"not opened: {english}")
