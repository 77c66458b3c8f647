"""Files people hand in as proof: what they are by their bytes, and without what a camera wrote.

A picture is rebuilt from the parts a viewer needs, so that places, devices and comments in it are
gone; a PDF stays as it is and is never shown, only handed out. Nothing here decodes a pixel.
"""

import re
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from typing import Final

from matcher.exchange.pdf_text import shows_resident_number
from matcher.text import holds_resident_number

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
ENDINGS: Final = {PDF: ("pdf",), PNG: ("png",), JPEG: ("jpg", "jpeg")}
MOST_PIXELS: Final = 60_000_000
LONGEST_SIDE: Final = 20_000
LONGEST_STEM: Final = 80

_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD"}
)
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_KEPT: Final = _FRAMES | {0xC4, 0xCC, 0xDA, 0xDB, 0xDD, 0xE0, 0xEE}
"""Frames, tables, scans, restarts, and the two headers that say how colours are meant."""
_SCAN_END: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.S)
_ZIP_END: Final = b"PK\x05\x06"
_UNSAFE: Final = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.I)


class BadFile(ValueError):
    """`code`: empty, kind, ending, broken, pixels or resident_number."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Checked:
    media_type: str
    name: str
    """Safe to show and to save under."""
    data: bytes


def checked(data: bytes, name: str) -> Checked:
    """The file as it may be kept. Raises BadFile."""
    if not data:
        raise BadFile("empty")
    media_type = kind_of(data)
    stem, ending = _split(name)
    if ending and ending not in ENDINGS[media_type]:
        raise BadFile("ending")
    cleaned = {PDF: _pdf, PNG: _png, JPEG: _jpeg}[media_type](data)
    return Checked(media_type, f"{stem}.{ENDINGS[media_type][0]}", cleaned)


def kind_of(data: bytes) -> str:
    """By the bytes alone. Raises BadFile for everything else."""
    for start, media_type in ((b"%PDF-", PDF), (_PNG_HEAD, PNG), (b"\xff\xd8\xff", JPEG)):
        if data.startswith(start):
            return media_type
    raise BadFile("kind")


def _split(name: str) -> tuple[str, str]:
    """What is left of a name after the last slash, without anything that could mislead."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode()))
    shown = "".join(each for each in last[-1] if unicodedata.category(each)[0] not in "CM")
    shown = _UNSAFE.sub("", shown).strip(" .")
    if holds_resident_number(shown):
        raise BadFile("resident_number")
    stem, dot, ending = shown.rpartition(".")
    if not dot:
        stem, ending = shown, ""
    stem = stem[:LONGEST_STEM].strip(" .") or "file"
    return f"_{stem}" if _DEVICES.fullmatch(stem) else stem, ending.lower()


def _pdf(data: bytes) -> bytes:
    """Unchanged. An archive behind it would make it two files in one."""
    if b"%%EOF" not in data[-2048:] or _ZIP_END in data[-66_000:]:
        raise BadFile("broken" if _ZIP_END not in data[-66_000:] else "kind")
    if shows_resident_number(data):
        raise BadFile("resident_number")
    return data


def _png(data: bytes) -> bytes:
    kept, at, has_picture = [_PNG_HEAD], len(_PNG_HEAD), False
    while True:
        if at + 12 > len(data):
            raise BadFile("broken")
        length, name = struct.unpack(">I4s", data[at : at + 8])
        chunk = data[at : at + 12 + length]
        if len(chunk) < 12 + length or not _is_sound(chunk):
            raise BadFile("broken")
        if at == len(_PNG_HEAD):
            if name != b"IHDR" or length != 13:
                raise BadFile("broken")
            _fits(*struct.unpack(">II", chunk[8:16]))
        has_picture |= name == b"IDAT"
        kept += [chunk] if name in _PNG_KEPT else []
        at += len(chunk)
        if name == b"IEND":
            break
    if not has_picture:
        raise BadFile("broken")
    return b"".join(kept)


def _is_sound(chunk: bytes) -> bool:
    return zlib.crc32(chunk[4:-4]) == int.from_bytes(chunk[-4:], "big")


def _jpeg(data: bytes) -> bytes:
    kept, at, has_frame, turned = [b"\xff\xd8"], 2, False, 1
    while True:
        marker, body, after = _segment(data, at)
        if marker == 0xD9:
            break
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", body[1:5]) if len(body) >= 5 else (0, 0)
            _fits(width, height)
            has_frame = True
        if marker == 0xE1:
            turned = _orientation(body) or turned
        if marker == 0xDA:
            after = _scan_end(data, after)
        if marker in _JPEG_KEPT:
            kept.append(data[at:after])
        at = after
    if not has_frame:
        raise BadFile("broken")
    head = [_turned(turned)] if turned != 1 else []
    return b"".join([kept[0], *head, *kept[1:], b"\xff\xd9"])


def _segment(data: bytes, at: int) -> tuple[int, bytes, int]:
    """(marker, body, where the next one begins)."""
    if data[at : at + 1] != b"\xff" or at + 2 > len(data):
        raise BadFile("broken")
    marker = data[at + 1]
    if marker == 0xD9:
        return marker, b"", at + 2
    length = int.from_bytes(data[at + 2 : at + 4], "big")
    if length < 2 or at + 2 + length > len(data):
        raise BadFile("broken")
    return marker, data[at + 4 : at + 2 + length], at + 2 + length


def _scan_end(data: bytes, at: int) -> int:
    found = _SCAN_END.search(data, at)
    if found is None:
        raise BadFile("broken")
    return found.end() - 2


def _orientation(body: bytes) -> int:
    """How the camera was held, 1..8; 0 when the picture does not say."""
    tiff = body[6:]
    if not body.startswith(b"Exif\0\0") or len(tiff) < 8:
        return 0
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    start = struct.unpack(order + "I", tiff[4:8])[0]
    count = struct.unpack(order + "H", tiff[start : start + 2])[0] if start + 2 <= len(tiff) else 0
    for n in range(min(count, 100)):
        entry = tiff[start + 2 + 12 * n : start + 14 + 12 * n]
        if len(entry) == 12 and struct.unpack(order + "H", entry[:2])[0] == 0x0112:
            value = struct.unpack(order + "H", entry[8:10])[0]
            return int(value) if 1 <= value <= 8 else 0
    return 0


def _turned(orientation: int) -> bytes:
    """The one note a viewer needs to show a phone's picture upright."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    body = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _fits(width: int, height: int) -> None:
    if not width or not height:
        raise BadFile("broken")
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise BadFile("pixels")
