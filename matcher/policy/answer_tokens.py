"""The secret part of an answer link: a random word and this service's signature under it.

The signature is bound to this one purpose: nothing else the service ever signed opens a link, and
a changed byte is refused before the database is asked.
"""

import base64
import hashlib
import hmac
import re

NONCE = re.compile(r"[A-Za-z0-9_-]{22}")
PURPOSE = "answer-link"


def signed(key: str, nonce: str) -> str:
    """`nonce`: 16 random bytes as 22 letters."""
    message = f"{PURPOSE}|{nonce}".encode()
    digest = hmac.new(key.encode(), message, hashlib.sha256).digest()
    return f"{nonce}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def is_signed(key: str, token: str) -> bool:
    """Compared as text: base64 has more than one spelling of its last letter."""
    nonce, _dot, _rest = token.partition(".")
    if not token.isascii() or not NONCE.fullmatch(nonce):
        return False
    return hmac.compare_digest(signed(key, nonce).encode(), token.encode())


def is_mailbox_of(address: str, known: tuple[str | None, ...]) -> bool:
    """Whether an address is at the same place as one the organisation is known by: a link shows a
    person's application, and must not be sent just anywhere."""
    place = address.rpartition("@")[2].lower()
    return any(place == each.rpartition("@")[2].lower() for each in known if each)
