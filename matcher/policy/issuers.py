"""What the list of trusted issuers takes: addresses as credentials name them, and public keys."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from matcher.credentials.findings import Refused
from matcher.credentials.json_door import read_object
from matcher.credentials.verification_keys import keys_of, owner_of

LONGEST_ADDRESS: Final = 500
LONGEST_KEYS: Final = 20_000
"""Letters of a key document; one with ten keys has about 3,000."""
_DID: Final = re.compile(r"did:[a-z0-9]+:[A-Za-z0-9._%-]+(?::[A-Za-z0-9._%-]+)*")
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k", "privateKeyMultibase"})
_PUBLIC: Final = ("kty", "crv", "x", "y", "n", "e")
_ALGORITHMS: Final = {("OKP", "Ed25519"): "EdDSA", ("EC", "P-256"): "ES256", ("RSA", ""): "RS256"}
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
    return address.startswith("did:key:") and bool(keys_of(_as_document(address)))


def read_keys(text: str, issuer: str) -> dict[str, Any]:
    """A DID document, a JWK or a set of JWKs. Raises KeysRefused for what is no public key of this
    issuer: a private one above all, which nobody may keep for another."""
    if len(text) > LONGEST_KEYS:
        raise KeysRefused("unreadable")
    try:
        document = read_object(text.strip().encode("utf-8", "replace"))
    except Refused:
        raise KeysRefused("unreadable") from None
    if _holds_private(document):
        raise KeysRefused("private")
    keys = keys_of(document)
    if not keys:
        raise KeysRefused("no_key")
    if owner_of(document) not in ("", issuer):
        raise KeysRefused("of_another")
    if not all(_is_strong(key.jwk) for key in keys):
        raise KeysRefused("weak")
    return document


def _as_document(did: str) -> dict[str, Any]:
    part = did.removeprefix("did:key:")
    method = {"id": f"{did}#{part}", "controller": did, "publicKeyMultibase": part}
    return {"id": did, "verificationMethod": [method], "assertionMethod": [method["id"]]}


def _holds_private(value: Any) -> bool:
    """Bounded by the reader's depth."""
    if isinstance(value, Mapping):
        if value.get("kty") and _PRIVATE & set(value):
            return True
        return any(_PRIVATE_WORD.search(str(name)) or _holds_private(each)
                   for name, each in value.items())  # fmt: skip
    if isinstance(value, list):
        return any(map(_holds_private, value))
    return isinstance(value, str) and "PRIVATE KEY" in value


def _is_strong(jwk: Mapping[str, Any]) -> bool:
    """Only what the checks can use: Ed25519, P-256, or RSA of 2,048 bits and more."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from jwt import PyJWK, PyJWTError

    algorithm = _ALGORITHMS.get((str(jwk.get("kty")), str(jwk.get("crv") or "")))
    if algorithm is None:
        return False
    try:
        key = PyJWK({name: jwk[name] for name in _PUBLIC if name in jwk}, algorithm).key
    except (PyJWTError, ValueError, TypeError):
        return False
    return not isinstance(key, RSAPublicKey) or key.key_size >= 2048
