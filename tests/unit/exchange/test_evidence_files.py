"""Files as proof: told by their bytes, rebuilt without what a camera wrote, or refused."""

import struct
import time
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.exchange.evidence_files import BadFile, checked
from tests.factories import PICTURE

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
CANARY = b"33.4996N 126.5312E Jeju"


def chunk(name: bytes, body: bytes) -> bytes:
    sum_ = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", sum_)


def png(width: int = 1, height: int = 1, *extra: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    picture = zlib.compress(b"\0\x80")
    parts = [chunk(b"IHDR", head), *extra, chunk(b"IDAT", picture), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int, order: str = "<") -> bytes:
    mark = {"<": b"II*\0", ">": b"MM\0*"}[order]
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    head = mark + struct.pack(order + "IH", 8, 1) + entry + b"\0\0\0\0"
    return b"Exif\0\0" + head + CANARY


def jpeg(
    *extra: bytes, width: int = 1, height: int = 1, scan: bytes = b"\x12\xff\x00\x34"
) -> bytes:
    frame = b"\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            *extra,
            segment(0xDB, bytes(65)),
            segment(0xC0, frame),
            segment(0xC4, bytes(20)),
            segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            b"\x12\xff\x00\x34",
            b"\xff\xd9",
        ]
    )


def code(data: bytes, name: str = "") -> str:
    with pytest.raises(BadFile) as refused:
        checked(data, name)
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("..\\..\\x.png", "x.png"),
        ("/abs", "abs.png"),
        ("C:\\x.PNG", "x.png"),
        ("CON", "_CON.png"),
        ("con.png", "_con.png"),
        ("가" * 300 + ".png", "가" * 80 + ".png"),
        ("자격증.png".encode().decode(), "자격증.png"),
        ("\u110c\u1161격.png", "자격.png"),
        ("gpj\u202egnp.png", "gpjgnp.png"),
        ("", "file.png"),
        (".htaccess", "htaccess.png"),
        ("a\r\nb\x00.png", "ab.png"),
        ('a"<b>.png', "ab.png"),
        ("\ud800x.png", "x.png"),
        ("...", "file.png"),
    ],
)
def test_a_name_keeps_nothing_that_could_mislead(name: str, shown: str) -> None:
    assert checked(PICTURE, name).name == shown


@pytest.mark.parametrize(
    ("data", "name", "fault"),
    [
        (PICTURE, "a.pdf", "ending"),
        (PICTURE, "a.xlsx", "ending"),
        (PICTURE, "a.csv", "ending"),
        (PICTURE, "photo\u202egpj.exe", "ending"),
        (b"<html><script>alert(1)</script>", "a.png", "kind"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.png", "kind"),
        (b"PK\x03\x04" + bytes(50), "a.pdf", "kind"),
        (PDF[:-6] + b"PK\x05\x06" + bytes(18) + b"%%EOF", "a.pdf", "kind"),
        (b"GIF89a" + bytes(20), "a.png", "kind"),
        (b"\x00" + PDF, "a.pdf", "kind"),
        (b"", "a.png", "empty"),
        (b"%PDF-1.7 and nothing more", "a.pdf", "broken"),
        (PICTURE[:-20], "a.png", "broken"),
        (PICTURE[:40] + b"\xff" + PICTURE[41:], "a.png", "broken"),
        (jpeg()[:-2], "a.jpg", "broken"),
        (jpeg()[:60], "a.jpg", "broken"),
        (png(50_000, 50_000), "a.png", "pixels"),
        (png(20_001, 1), "a.png", "pixels"),
        (png(0, 1), "a.png", "broken"),
        (jpeg(width=50_000, height=50_000), "a.jpg", "pixels"),
        (PICTURE, "900101-1234567.png", "resident_number"),
        (PDF + b"900101-1234567\n%%EOF", "a.pdf", "resident_number"),
        (
            b"%PDF-1.7\nstream\r\n" + zlib.compress(b"(900101-2234567)Tj") + b"endstream\n%%EOF",
            "a.pdf",
            "resident_number",
        ),
    ],
)
def test_what_is_not_what_it_says_is_refused(data: bytes, name: str, fault: str) -> None:
    assert code(data, name) == fault


def test_a_pdf_with_a_launch_action_is_kept_as_it_is() -> None:
    data = PDF.replace(b"<<>>endobj", b"<</S/Launch/F(cmd.exe)>>endobj")
    found = checked(data, "자격.pdf")
    assert (found.data, found.media_type, found.name) == (data, "application/pdf", "자격.pdf")


def test_notes_places_and_what_hangs_behind_leave_a_png() -> None:
    data = png(1, 1, chunk(b"tEXt", CANARY), chunk(b"eXIf", CANARY), chunk(b"gAMA", bytes(4)))
    found = checked(data + CANARY, "a.png").data
    assert CANARY not in found
    assert b"gAMA" in found
    assert checked(found, "a.png").data == found


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_loses_its_place_and_stays_upright(order: str) -> None:
    noisy = jpeg(
        segment(0xE1, exif(6, order)), segment(0xED, CANARY), segment(0xFE, CANARY),
        segment(0xE2, CANARY),
    )  # fmt: skip
    found = checked(noisy + CANARY, "photo.jpeg")
    assert CANARY not in found.data
    assert found.name == "photo.jpg"
    assert found.data.count(b"Exif\0\0") == 1
    assert checked(found.data, "a.jpg").data == found.data
    assert struct.pack("<HHIH", 0x0112, 3, 1, 6) in found.data


def test_a_photo_that_stands_upright_carries_no_note_at_all() -> None:
    found = checked(jpeg(segment(0xE1, exif(1))), "a.jpg").data
    assert b"Exif" not in found
    assert found == jpeg()


def test_a_real_photo_still_opens() -> None:
    image = pytest.importorskip("PIL.Image")
    from io import BytesIO

    made = image.new("RGB", (64, 48), (200, 90, 10))
    exif_ = made.getexif()
    exif_[0x0112], exif_[0x010F] = 8, CANARY.decode()
    for kind in ("JPEG", "PNG"):
        for more in ({}, {"progressive": True}) if kind == "JPEG" else ({},):
            held = BytesIO()
            made.save(held, kind, exif=exif_, **more)
            again = image.open(BytesIO(checked(held.getvalue(), "").data))
            again.load()
            assert again.size == (64, 48)
            assert 0x010F not in again.getexif()


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([PICTURE, jpeg(segment(0xE1, exif(3))), PDF]),
    st.integers(0, 200),
    st.binary(max_size=8),
    st.text(max_size=20),
)
def test_any_bytes_are_taken_or_refused_and_never_a_crash(
    base: bytes, at: int, put: bytes, name: str
) -> None:
    data = base[:at] + put + base[at + len(put) :]
    try:
        found = checked(data, name)
    except BadFile:
        return
    assert found.name
    assert "/" not in found.name


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n" + b"stream\n" * 140_000 + b"%%EOF",
        b"%PDF-1.4\n" + b"stream\nendstream\n" * 60_000 + b"%%EOF",
        jpeg().removesuffix(b"\xff\xd9") + b"\xff" * 1_000_000,
    ],
    ids=["starts without an end", "very many parts", "a scan of filling bytes"],
)
def test_a_file_made_to_be_slow_is_read_once_from_front_to_back(data: bytes) -> None:
    began = time.process_time()
    with suppress(BadFile):
        checked(data, "")
    assert time.process_time() - began < 2


def test_a_resident_number_before_a_fault_in_a_packed_part_is_found() -> None:
    packed = zlib.compress(b"(900101-1234567) Tj" + bytes(range(256)) * 400)
    broken = packed[:-8] + b"\xff" * 8
    assert code(PDF[:9] + b"stream\n" + broken + b"endstream\n%%EOF") == "resident_number"
