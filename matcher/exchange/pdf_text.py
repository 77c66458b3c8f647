"""Does a PDF show a resident registration number? Read as a viewer would, within strict bounds.

Looked through are the file as it stands, its packed parts, and the text of its pages, whose fonts
give letters other numbers. What is locked with a password, drawn as a picture or packed in rarer
ways is not seen; and where a bound is reached the search ends without a finding.
"""

import base64
import re
import struct
import time
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

UNPACKED: Final = 16_000_000
"""Bytes of packed parts that are opened, all together."""
LETTERS: Final = 2_000_000
"""Letters of pages that are looked up in the fonts' tables, all together."""
SECONDS: Final = 2.0
"""Of the thread's own time; a file of ordinary size takes a hundredth of it."""

_STREAM: Final = re.compile(rb"stream\r?\n")
_PIECE: Final = 65_536
_LEAST_COST: Final = 1_000
"""What looking into a part costs at least, so that very many small ones come to an end too."""
_ASCII_85: Final = re.compile(rb"[!-uz\s]*+~>\s*+")
_LONGEST_ASCII: Final = 1_000_000
_NUMBER: Final = re.compile(rb"(?<!\d)\d{6}-[1-8]\d{6}(?!\d)")
_WRITTEN: Final = re.compile(r"(?<!\d)\d{6}-[1-8]\d{6}(?!\d)")
_JOINED: Final = re.compile(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-[1-8]\d{6}(?!\d)")
"""Letters that were drawn one by one stand here beside their neighbours, so the day must exist."""
_SHOWN: Final = re.compile(
    rb"<(?P<hex>[0-9A-Fa-f\s]*+)>|\((?P<text>(?:[^()\\]|\\.)*+)\)|(?P<end>T[jJ]\b|['\"])", re.S
)
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_OCTAL: Final = b"01234567"
CONTENT: Final = 4_000_000
"""Bytes of opened parts in which pages and tables are looked for, all together."""
_LONGEST_TABLE: Final = 100_000
_CODES: Final = re.compile(rb"<([0-9A-Fa-f]{2,8})>")
_MOST_TABLES: Final = 40
_DASHES: Final = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
_PLAIN: Final = {ord(dash): "-" for dash in _DASHES} | {
    start + n: str(n) for start in (0x30, 0xFF10) for n in range(10)
}
"""Character -> digit or dash."""
Table = dict[int, str]


def shows_resident_number(data: bytes) -> bool:
    until = time.thread_time() + SECONDS
    if _NUMBER.search(data):
        return True
    tables: list[Table] = []
    pages: list[list[bytes]] = []
    left = CONTENT
    for part in _unpacked(data, until):
        if _NUMBER.search(part):
            return True
        is_table = b"beginbf" in part
        is_page = any(operator in part for operator in (b"Tf", b"Tj", b"TJ"))
        if is_table and len(tables) < _MOST_TABLES:
            tables.append(_table(part))
        elif is_page and not is_table:
            pages.append(list(_shown(part[: max(left, 0)])))
            left -= len(part)
    return any(_holds(text) for text in _texts(pages, tables, until))


def _holds(drawn: list[str]) -> bool:
    apart, joined = "\n".join(drawn), "".join(drawn)
    return bool(_WRITTEN.search(apart) or _JOINED.search(joined))


def _texts(pages: list[list[bytes]], tables: list[Table], until: float) -> Iterator[list[str]]:
    """Every page, read with every font in it and with all of them together."""
    useful = [table for table in tables if table]
    merged = {code: letter for table in useful for code, letter in table.items()}
    left = LETTERS
    for drawn in pages:
        yield [piece.decode("latin-1") for piece in drawn]
        for table in [*useful, *([merged] if len(useful) > 1 else [])]:
            left -= sum(map(len, drawn)) // 2
            if left < 0 or time.thread_time() > until:
                return
            yield [_read(piece, table) for piece in drawn]


def _read(piece: bytes, table: Table) -> str:
    codes = struct.unpack(f">{len(piece) // 2}H", piece[: len(piece) // 2 * 2])
    return "".join([table.get(code, " ") for code in codes])


def _shown(content: bytes) -> Iterator[bytes]:
    """What each operator of a page draws, its pieces put together."""
    held: list[bytes] = []
    for found in _SHOWN.finditer(content):
        if found["end"]:
            yield b"".join(held)
            held = []
        elif found["hex"] is not None:
            digits = b"".join(found["hex"].split())
            held.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")))
        else:
            held.append(_ESCAPE.sub(_unescaped, found["text"]))
    yield b"".join(held)


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8) & 255]) if found[1][:1] in _OCTAL else found[1]


def _table(part: bytes) -> Table:
    """Code of two bytes -> digit or dash, from the table a font brings for copying its text."""
    table: Table = {}
    for block in part[:_LONGEST_TABLE].split(b"beginbf")[1:]:
        rows = block.partition(b"endbf")[0]
        codes = [int(code, 16) for code in _CODES.findall(rows)]
        if rows.startswith(b"char"):
            pairs: Iterable[tuple[int, int]] = zip(codes[::2], codes[1::2], strict=False)
        else:
            pairs = _spread(rows, codes)
        table |= {code: _PLAIN[letter] for code, letter in pairs if letter in _PLAIN}
    return table


def _spread(rows: bytes, codes: list[int]) -> Iterator[tuple[int, int]]:
    """`<first> <last> <letter>`, or `<first> <last> [<letter> <letter> ...]`."""
    if b"[" in rows:
        for row in rows.split(b"]"):
            first, *letters = [int(code, 16) for code in _CODES.findall(row)] or [0]
            yield from ((first + n, letter) for n, letter in enumerate(letters[1:]))
        return
    for first, last, least in zip(codes[::3], codes[1::3], codes[2::3], strict=False):
        most = least + last - first
        yield from (
            (first + letter - least, letter) for letter in _PLAIN if least <= letter <= most
        )


def _unpacked(data: bytes, until: float) -> Iterator[bytes]:
    """Packed parts as far as they open."""
    left = UNPACKED
    for part in _streams(data):
        opened = _inflated(_from_ascii(part), left)
        left -= max(len(opened), _LEAST_COST)
        yield opened
        if left <= 0 or time.thread_time() > until:
            break


def _streams(data: bytes) -> Iterator[bytes]:
    """Every byte is passed once, whatever the file says: a start without an end ends the search."""
    found = _STREAM.search(data)
    while found is not None:
        end = data.find(b"endstream", found.end())
        if end < 0:
            return
        yield data[found.end() : end]
        found = _STREAM.search(data, end + len(b"endstream"))


def _from_ascii(part: bytes) -> bytes:
    """Some programs write packed bytes as letters."""
    if len(part) > _LONGEST_ASCII or not _ASCII_85.fullmatch(part):
        return part
    try:
        return base64.a85decode(part.strip().removesuffix(b"~>"))
    except ValueError:
        return part


def _inflated(part: bytes, most: int) -> bytes:
    """What comes out before the first fault: a reader of PDFs shows that too."""
    opener, pieces, size = zlib.decompressobj(), [], 0
    try:
        while part and size < most and not opener.eof:
            pieces.append(opener.decompress(part, min(_PIECE, most - size)))
            size, part = size + len(pieces[-1]), opener.unconsumed_tail
    except zlib.error:
        pass
    return b"".join(pieces)
