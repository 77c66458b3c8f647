"""Ed25519 keys: making them, signing compact tokens, and the DID document that publishes them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from matcher.credentials import base64url

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MULTIKEY_ENDING: Final = "-multikey"
CONTEXT: Final = (
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/jwk/v1",
    "https://w3id.org/security/multikey/v1",
)


@dataclass(frozen=True)
class SigningKey:
    """`kid` is the id of the key in the DID document (`did:web:...#name`), `private` its 32 bytes
    (RFC 8032)."""

    kid: str
    private: bytes = field(repr=False)

    @property
    def method(self) -> str:
        """The id under which Data Integrity proofs name the same key."""
        return self.kid + MULTIKEY_ENDING


def new_private() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_jwk(private: bytes) -> dict[str, str]:
    public = _loaded(private).public_key().public_bytes_raw()
    return {"kty": "OKP", "crv": "Ed25519", "x": base64url.encoded(public)}


def private_pem(key: SigningKey) -> bytes:
    """PKCS 8, as the library of Data Integrity proofs wants it."""
    from cryptography.hazmat.primitives import serialization as form

    return _loaded(key.private).private_bytes(
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    )


def sign_jwt(payload: Mapping[str, Any], key: SigningKey, typ: str = "vc+jwt") -> str:
    """Compact JWS over exactly this payload. The same payload gives the same token: Ed25519 has no
    chance in it."""
    header = {"alg": "EdDSA", "kid": key.kid, "typ": typ}
    signed = f"{_part(header)}.{_part(payload)}"
    return f"{signed}.{base64url.encoded(_loaded(key.private).sign(signed.encode('ascii')))}"


def did_of(address: str) -> str:
    """did:web of a site: https://oreum.example -> did:web:oreum.example. A port is kept, its colon
    written as %3A (did:web method, section 3.2); a path is not part of it."""
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode("ascii").replace(":", "%3A")
    return f"did:web:{host}%3A{parts.port}" if parts.port else f"did:web:{host}"


def did_document(did: str, keys: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """`keys`: name -> public JWK. Each is listed twice, as JWK for tokens and as Multikey for Data
    Integrity proofs: one method must not hold both forms (DID Core 5.2.1)."""
    methods = [each for name, jwk in keys.items() for each in _methods(did, name, jwk)]
    return {
        "@context": list(CONTEXT),
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
    }


def _methods(did: str, name: str, jwk: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    kid = f"{did}#{name}"
    yield {"id": kid, "type": "JsonWebKey", "controller": did, "publicKeyJwk": dict(jwk)}
    yield {
        "id": kid + MULTIKEY_ENDING,
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": multibase(jwk),
    }


def multibase(jwk: Mapping[str, Any]) -> str:
    """Base58 of 0xed01 and the key, after a z (Controlled Identifiers 1.0, Multikey)."""
    return "z" + _base58(b"\xed\x01" + base64url.decoded(str(jwk["x"])))


def _base58(data: bytes) -> str:
    letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, place = divmod(number, 58)
        text = letters[place] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def _loaded(private: bytes) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private)


def _part(value: Mapping[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64url.encoded(text.encode("utf-8"))
