"""A token in parts that fit one code each, and the token again from its parts.

A part is `{number}/{of}/{mark}/{letters}`; before it stands the address of the page that checks,
so that a phone's camera opens it. The address ends in `#`: what follows never leaves the phone.
The mark is the same in all parts of one token: parts of two tokens do not fit together.
"""

import re
from collections.abc import Iterable
from hashlib import sha512
from typing import Final

CHECK_PATH: Final = "/verify"
MOST_BYTES: Final = 900
"""Of the whole text of a code. Version 25 at level M holds 997; at 900 it is version 24."""
MOST_PARTS: Final = 4
"""More of them nobody scans: what is longer is shortened, and the whole goes out as a file."""
PART = re.compile(r"([1-9])/([1-9])/([0-9a-f]{8})/([A-Za-z0-9_.-]+)")


class PartsError(ValueError):
    """`code`: no_parts, mixed (of two tokens), missing (`numbers` of them), broken (the mark is
    not the token's)."""

    def __init__(self, code: str, numbers: tuple[int, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.numbers = numbers


def mark_of(token: str) -> str:
    return sha512(token.encode("ascii")).hexdigest()[:8]


def room(site: str) -> int:
    """Letters of a token that the most parts hold together."""
    return MOST_PARTS * _letters(site)


def split(token: str, site: str) -> tuple[str, ...]:
    """Parts of about the same length, as few as go. ValueError when they are more than nine."""
    count = -(-len(token) // _letters(site))
    if count > 9:
        raise ValueError("too long for codes")
    size = -(-len(token) // count)
    head, mark = f"{site}{CHECK_PATH}#", mark_of(token)
    pieces = [token[at : at + size] for at in range(0, len(token), size)]
    return tuple(
        f"{head}{number}/{len(pieces)}/{mark}/{piece}"
        for number, piece in enumerate(pieces, start=1)
    )


def join(texts: Iterable[str]) -> str:
    """The token of parts in any order, scanned twice or not. Raises PartsError."""
    found = [match.groups() for match in PART.finditer(" ".join(texts))]
    if not found:
        raise PartsError("no_parts")
    heads = {(of, mark) for _number, of, mark, _letters in found}
    pieces = {(int(number), letters) for number, _of, _mark, letters in found}
    if len(heads) > 1 or len(pieces) != len({number for number, _letters in pieces}):
        raise PartsError("mixed")
    ((of, mark),) = heads
    missing = set(range(1, int(of) + 1)) - {number for number, _letters in pieces}
    if missing:
        raise PartsError("missing", tuple(sorted(missing)))
    token = "".join(letters for _number, letters in sorted(pieces))
    if mark_of(token) != mark or len(pieces) != int(of):
        raise PartsError("broken")
    return token


def _letters(site: str) -> int:
    return MOST_BYTES - len(f"{site}{CHECK_PATH}#1/1/12345678/".encode())
