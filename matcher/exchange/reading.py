"""bytes -> Table. The name only says what the sender believes; the first bytes must agree."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .errors import CellError, FileRefusedError
from .reading_csv import read_csv
from .reading_json import read_json
from .reading_xlsx import read_xlsx
from .tables import FileFormat, Table
from .xlsx_door import opened

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_ROWS: Final = 20_000


@dataclass(frozen=True)
class Limits:
    max_bytes: int = MAX_BYTES
    max_rows: int = MAX_ROWS


_FORMATS: Final[dict[str, FileFormat]] = {
    "csv": "csv",
    "tsv": "csv",
    "txt": "csv",
    "xlsx": "xlsx",
    "json": "json",
}
_READERS: Final[dict[FileFormat, Callable[[bytes, int], Table]]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "json": read_json,
}
_MAGIC: Final = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"PK\x03\x04", "ZIP/XLSX"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7Z"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3\0", "SQLite"),
)
_MARKUP: Final = (
    b"<!doctype",
    b"<html",
    b"<?xml",
    b"<svg",
    b"<table",
    b"<head",
    b"<script",
    b"<!--",
)


def read_table(data: bytes, filename: str, limits: Limits | None = None) -> Table:
    """Never raises for a bad file: what is wrong stands in `errors` (`fatal` when nothing could
    be read). CSV is UTF-8 with or without BOM, else cp949; XLSX is the first visible sheet with
    the values last calculated; JSON is a list of flat objects or {"rows": [...]}."""
    limits = limits or Limits()
    extension = filename.rpartition(".")[2].lower()
    file_format = _FORMATS.get(extension, "csv")
    try:
        _refuse_at_the_door(data, extension, limits)
        return _READERS[file_format](data, limits.max_rows)
    except FileRefusedError as refused:
        return Table(file_format, (), (), errors=(refused.error,), fatal=True)


def door_error(data: bytes, filename: str, limits: Limits | None = None) -> CellError | None:
    """What is wrong with the file as a whole, by its name, size and first bytes; cheap."""
    try:
        _refuse_at_the_door(data, filename.rpartition(".")[2].lower(), limits or Limits())
    except FileRefusedError as refused:
        return refused.error
    return None


def _refuse_at_the_door(data: bytes, extension: str, limits: Limits) -> None:
    if extension not in _FORMATS:
        raise FileRefusedError(
            "unknown_extension",
            "CSV, XLSX, JSON 파일만 받습니다",
            "only CSV, XLSX and JSON files are taken",
        )
    if len(data) > limits.max_bytes:
        size = limits.max_bytes / 1024 / 1024
        raise FileRefusedError(
            "too_large", f"파일이 {size:g} MB보다 큽니다", f"the file is larger than {size:g} MB"
        )
    if not data.strip():
        raise FileRefusedError("empty_file", "빈 파일입니다", "the file is empty")
    _refuse_other_content(data, extension)


def _refuse_other_content(data: bytes, extension: str) -> None:
    found = content_of(data)
    wanted = "ZIP/XLSX" if extension == "xlsx" else ""
    if found == wanted:
        if wanted:
            opened(data).close()
        return
    if extension == "xlsx" and found == "XLS":
        raise FileRefusedError(
            "content_mismatch",
            "암호가 걸렸거나 옛 XLS 형식입니다. 암호 없이 XLSX로 저장해 주십시오",
            "it has a password or is an old XLS file; save it as XLSX without a password",
        )
    shown = found or "text"
    raise FileRefusedError(
        "content_mismatch",
        f"이름은 .{extension}인데 내용은 {shown}입니다",
        f"the name says .{extension} but the content is {shown}",
    )


def content_of(data: bytes) -> str:
    """What the first bytes say; empty for what may be plain text."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return "HTML/XML" if start.startswith(_MARKUP) else ""
