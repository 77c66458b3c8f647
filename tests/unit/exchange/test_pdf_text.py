"""Resident registration numbers in PDFs as programs write them, and files made to be slow."""

import base64
import time
import tracemalloc
import zlib
from functools import cache

import pytest

from matcher.exchange.evidence_files import BadFile, checked
from matcher.exchange.pdf_text import SECONDS, UNPACKED, shows_resident_number

NUMBER = "900101-1234567"


@cache
def printed(text: str, style: str = "") -> bytes:
    """A real PDF: packed parts, fonts whose letters have numbers of their own."""
    import weasyprint

    page = f'<h1>이수증</h1><p style="{style}">{text}</p><p>교육 시간 40</p>'
    made: bytes = weasyprint.HTML(string=page).write_pdf()
    return made


@pytest.mark.parametrize(
    ("text", "style"),
    [
        (f"주민등록번호 {NUMBER}", ""),
        (f"2026 {NUMBER} 귀하", "letter-spacing: 3px"),
        (f"<b>900101</b>-{NUMBER[7:]}", ""),
        ("<span>900101</span><i>-1</i><b>234567</b>", ""),
        (NUMBER, "font-family: monospace; font-weight: bold"),
    ],
)
def test_a_number_on_a_real_page_is_found(text: str, style: str) -> None:
    made = printed(text, style)
    assert NUMBER.encode() not in made
    with pytest.raises(BadFile) as refused:
        checked(made, "이수증.pdf")
    assert refused.value.code == "resident_number"


@pytest.mark.parametrize(
    "text",
    [
        "발급 2026-11-21, 제2026-0123호, 전화 064-710-1234",
        "900101-1******",
        "1234567-1234567 123456-9123456",
    ],
)
def test_other_numbers_on_a_real_page_are_no_finding(text: str) -> None:
    made = printed(text)
    assert checked(made, "이수증.pdf").data == made


def pdf(*parts: bytes) -> bytes:
    body = b"".join(b"1 0 obj<<>>stream\n" + part + b"\nendstream endobj\n" for part in parts)
    return b"%PDF-1.7\n" + body + b"%%EOF\n"


@pytest.mark.parametrize(
    "content",
    [
        b"[(900101) -20 (-1) 3 (234567)] TJ",
        b"(9) Tj (0) Tj (0) Tj (1) Tj (0) Tj (1) Tj (-) Tj (1) Tj (234567) Tj",
        rb"(900101\0551234567) Tj",
        rb"(\8) Tj (900101-1234567) Tj",
        b"<3930303130312d31323334353637> Tj",
        b"<39303031 30312d31\n323334353637> '",
    ],
)
def test_a_number_in_pieces_is_found(content: bytes) -> None:
    packed = zlib.compress(b"BT /F1 12 Tf " + content + b" ET")
    assert shows_resident_number(pdf(packed))
    letters = base64.a85encode(packed) + b"~>"
    assert shows_resident_number(pdf(letters))


@pytest.mark.parametrize(
    "table",
    [
        b"2 beginbfrange\n<0013> <001c> <0030>\n<0010> <0010> <002d>\nendbfrange",
        b"1 beginbfrange\n<0013> <001c> ["
        + b"".join(b"<%04x> " % (0x30 + n) for n in range(10))
        + b"]\nendbfrange 1 beginbfchar <0010> <2013> endbfchar",
    ],
)
def test_a_fonts_table_may_be_written_as_ranges(table: bytes) -> None:
    codes = "".join("0010" if c == "-" else f"{0x13 + int(c):04x}" for c in NUMBER)
    page = f"<{codes}> Tj".encode()
    assert shows_resident_number(pdf(zlib.compress(page), zlib.compress(table)))
    assert not shows_resident_number(pdf(zlib.compress(page)))


ZEROS = cache(lambda: zlib.compress(bytes(200_000_000), 9))
TABLE = b"1 beginbfrange <0000> <ffff> <0000> endbfrange "
BOMBS = {
    "one of 200 MB": lambda: pdf(ZEROS()),
    "fifty of 200 MB": lambda: pdf(*[ZEROS()] * 50),
    "very many parts": lambda: pdf(*[zlib.compress(b"x")] * 60_000),
    "open brackets": lambda: pdf(zlib.compress(b"Tj" + b"(<" * 8_000_000)),
    "escapes": lambda: pdf(zlib.compress(b"Tj(" + b"\\" * 15_000_000)),
    "many fonts and much text": lambda: pdf(
        *[zlib.compress(TABLE * 2_000)] * 100, zlib.compress(b"<" + b"13" * 4_000_000 + b">Tj")
    ),
    "tables without an end": lambda: pdf(zlib.compress(b"beginbfchar " * 1_000_000)),
    "nothing but blanks": lambda: pdf(b" " * 300_000),
    "letters for bytes": lambda: pdf(*[base64.a85encode(bytes(700_000)) + b"~>"] * 15),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_file_made_to_be_slow_costs_little(kind: str) -> None:
    data = BOMBS[kind]()
    assert len(data) < 10 * 1_048_576
    began = time.thread_time()
    assert not shows_resident_number(data)
    assert time.thread_time() - began < 2 * SECONDS


def test_what_is_unpacked_stays_within_its_bound() -> None:
    data = BOMBS["fifty of 200 MB"]()
    tracemalloc.start()
    try:
        shows_resident_number(data)
        assert tracemalloc.get_traced_memory()[1] < 3 * UNPACKED
    finally:
        tracemalloc.stop()
