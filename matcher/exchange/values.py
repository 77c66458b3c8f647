"""Single values, apart from rows: days, addresses, whole numbers, folded words."""

import math
import re
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from .tables import Cell

_DAY: Final = re.compile(r"(\d{4})([-./])\s?(\d{1,2})\2\s?(\d{1,2})\.?")
_LAST_SERIAL: Final = 73_050  # 2099-12-31


def fold(word: str) -> str:
    return "".join(word.split()).casefold()


def parse_day(text: str) -> date | None:
    """2026-12-01, 2026.12.1, 2026/12/01 and 2026. 12. 1."""
    found = _DAY.fullmatch(text.strip()) if text.isascii() else None
    try:
        return date(int(found[1]), int(found[3]), int(found[4])) if found else None
    except ValueError:
        return None


def serial_day(serial: float, *, epoch_1904: bool) -> date | None:
    if (
        isinstance(serial, bool)
        or not float(serial).is_integer()
        or not 61 <= serial <= _LAST_SERIAL
    ):
        return None
    # 1899-12-30 already makes up for the 29 February 1900 that spreadsheets believe in.
    return (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)) + timedelta(days=int(serial))


def whole(value: Cell) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value.is_integer() else ""
    return str(value)


def narrow(letter: str) -> str:
    """Full-width ASCII, as Korean keyboards make it, is the same address."""
    return chr(ord(letter) - 0xFEE0) if "\uff01" <= letter <= "\uff5e" else letter


def is_https(value: str) -> bool:
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    clean = not any(character.isspace() or character in "\\<>\"'" for character in value)
    return (
        clean
        and parts.scheme == "https"
        and "." in host
        and not parts.username
        and port in {None, 443}
    )
