"""From what a person hands in to the credential's text: a picture, a file, pasted text.

Baking Specification (Open Badges 2.0 and 3.0): a PNG carries its credential in an iTXt chunk,
an SVG in an element's `verify` attribute or text. Nothing of a picture but that is kept.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from matcher.credentials.findings import Refused
from matcher.credentials.json_door import MOST_BYTES
from matcher.credentials.types import Verdict

MOST_PICTURE_BYTES: Final = 2 * 1024 * 1024
MOST_CHUNKS: Final = 10_000
"""A picture of that size has some hundreds; a chunk may be empty, and is read all the same."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_BOM: Final = b"\xef\xbb\xbf"
_KEYWORDS: Final = (b"openbadgecredential", b"openbadges")
_ELEMENTS: Final = (
    "{https://purl.imsglobal.org/ob/v3p0}credential",
    "{http://openbadges.org}assertion",
)
_LINK: Final = re.compile(rb"https?://[!-~]{1,500}")
"""What Open Badges 1.x and hosted ones of 2.0 bake: only where the badge is."""
_TOKEN: Final = re.compile(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*")


def unwrap(data: bytes) -> bytes:
    """The credential alone: JSON text or a compact token. Raises `Refused`."""
    if len(data) > MOST_PICTURE_BYTES:
        raise Refused("too_large", limit=f"{MOST_PICTURE_BYTES // 1024} KB")
    if data.startswith(_PNG):
        return _known(_from_png(data))
    text = _bare(data)
    return _known(_from_svg(text) if text.startswith(b"<") else text)


def is_token(text: bytes) -> bool:
    """Three parts parted by dots; the last is empty where nobody signed."""
    return _TOKEN.fullmatch(text) is not None


def _bare(data: bytes) -> bytes:
    return data.strip().removeprefix(_BOM).strip()


def _known(data: bytes) -> bytes:
    text = _bare(data)
    if len(text) > MOST_BYTES:
        raise Refused("too_large", limit=f"{MOST_BYTES // 1024} KB")
    if not text:
        raise Refused("empty")
    if _LINK.fullmatch(text):
        raise Refused("host_not_asked", Verdict.UNVERIFIABLE)
    if not text.startswith(b"{") and not is_token(text):
        raise Refused("not_a_credential")
    return text


def _from_png(data: bytes) -> bytes:
    """Whatever is wrong with the picture, its credential cannot be read."""
    import zlib

    import png
    from openbadgeslib.baking import extract_png
    from openbadgeslib.errors import DecompressionLimitExceeded

    try:
        carried = [each for each in _texts(data) if each in _KEYWORDS]
        _one(len(carried))
        text = extract_png(data, MOST_BYTES, keyword=carried[0])
    except DecompressionLimitExceeded:
        raise Refused("too_large", limit=f"{MOST_BYTES // 1024} KB") from None
    except (png.Error, zlib.error, ValueError, EOFError):
        raise Refused("picture_broken") from None
    return (text or "").encode()


def _texts(data: bytes) -> Iterator[bytes]:
    """The keyword of every text in the picture."""
    import png

    for number, (kind, body) in enumerate(png.Reader(bytes=data).chunks()):
        if number == MOST_CHUNKS:
            raise Refused("picture_broken")
        if bytes(kind) == b"iTXt":
            yield bytes(body).partition(b"\0")[0]


def _one(count: int) -> None:
    """Two credentials in one picture: readers would differ about which one it shows."""
    if count == 0:
        raise Refused("picture_empty")
    if count > 1:
        raise Refused("picture_doubled")


def _from_svg(data: bytes) -> bytes:
    """Read as XML without entities; scripts in it are neither run nor kept."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Refused("picture_broken") from None
    nodes = [each for each in root.iter() if each.tag in _ELEMENTS]
    _one(len(nodes))
    return _carried(nodes[0]).encode("utf-8", "replace")


def _carried(node: Any) -> str:
    return str(node.get("verify") or node.text or "")
