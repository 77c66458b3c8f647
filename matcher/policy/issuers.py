"""What the list of trusted issuers takes: addresses as credentials name them, and public keys."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from matcher.credentials.findings import Refused
from matcher.credentials.json_door import read_object
from matcher.credentials.tokens import is_usable
from matcher.credentials.verification_keys import PRIVATE, keys_of, own_keys, owner_of

LONGEST_ADDRESS: Final = 500
LONGEST_KEYS: Final = 20_000
"""Letters of a key document; one with ten keys has about 3,000."""
_DID: Final = re.compile(r"did:[a-z0-9]+:[A-Za-z0-9._%-]+(?::[A-Za-z0-9._%-]+)*")
_PRIVATE_WORD: Final = re.compile(r"private|secret", re.IGNORECASE)


class KeysRefused(ValueError):
    """`code`: unreadable, private, no_key, of_another or weak."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_did(address: str) -> bool:
    return _DID.fullmatch(address) is not None and len(address) <= LONGEST_ADDRESS


def is_page(address: str) -> bool:
    """An https address without a name, a password or a fragment in it."""
    if not 0 < len(address) <= LONGEST_ADDRESS or not address.isascii():
        return False
    if any(each in address for each in ' \\@#<>"') or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port in (None, 443)
    except ValueError:
        return False


def carries_its_key(address: str) -> bool:
    """A did:key or a did:jwk whose key can be used."""
    own = own_keys(address)
    return bool(own) and all(is_usable(each.jwk) for each in own)


def read_keys(text: str, issuer: str) -> dict[str, Any]:
    """A DID document, a JWK or a set of JWKs. Raises KeysRefused for what is no public key of this
    issuer: a private one above all, which nobody may keep for another."""
    if len(text) > LONGEST_KEYS:
        raise KeysRefused("unreadable")
    try:
        document = read_object(text.strip().encode("utf-8", "replace"))
    except Refused:
        raise KeysRefused("private" if is_private(text) else "unreadable") from None
    if _holds_private(document):
        raise KeysRefused("private")
    keys = keys_of(document)
    if not keys:
        raise KeysRefused("no_key")
    if owner_of(document) not in ("", issuer):
        raise KeysRefused("of_another")
    if not all(is_usable(key.jwk) for key in keys):
        raise KeysRefused("weak")
    return document


def is_private(text: str) -> bool:
    """Whether a text somebody pasted is a private key or holds one: it is not even shown again."""
    try:
        return _holds_private(read_object(text.strip().encode("utf-8", "replace")))
    except Refused:
        return "PRIVATE KEY" in text


def _holds_private(value: Any) -> bool:
    """Bounded by the reader's depth."""
    if isinstance(value, Mapping):
        if value.get("kty") and PRIVATE & set(value):
            return True
        return any(_PRIVATE_WORD.search(str(name)) or _holds_private(each)
                   for name, each in value.items())  # fmt: skip
    if isinstance(value, list):
        return any(map(_holds_private, value))
    return isinstance(value, str) and "PRIVATE KEY" in value
