"""Base64url without padding (RFC 7515, section 2), as tokens, keys and lists write bytes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

_LETTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decoded(text: str) -> bytes:
    """Raises ValueError for any other letter, which Python's own reader passes over, and for a
    length no bytes have. Bits left over in the last letter are not looked at."""
    if not _LETTERS.issuperset(text):
        raise ValueError("not base64url")
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
