"""Compact tokens (RFC 7515): which header is let through, and whose signature is on one.

PyJWT checks the signature and nothing else. Its rules for claims read the machine's clock and end
at the first fault; ours take the moment from outside and gather every fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from matcher.credentials import base64url
from matcher.credentials.findings import Refused
from matcher.credentials.json_door import read_object

if TYPE_CHECKING:
    from jwt import PyJWK

ALGORITHMS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("OKP", "Ed25519"): ("EdDSA",),
    ("EC", "P-256"): ("ES256",),
    ("EC", "P-384"): ("ES384",),
    ("RSA", ""): ("RS256", "PS256"),
}
"""Kind of key -> algorithms it may check. The header never chooses: the key does."""
_KNOWN: Final = frozenset(name for names in ALGORITHMS.values() for name in names)
_TYPES: Final = frozenset(
    ("", "jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt", "vc-ld+jwt", "vc+ld+json", "vc")
)
PUBLIC: Final = ("kty", "crv", "x", "y", "n", "e")
"""Members of a JWK that make its public key."""
_LEAST_RSA_BITS: Final = 2048


@dataclass(frozen=True)
class Token:
    """`payload` is what the second part says, signed or not."""

    text: str
    header: Mapping[str, Any]
    payload: Mapping[str, Any]

    @property
    def hint(self) -> str:
        """The name of the key; it only chooses among the issuer's own keys."""
        return str(self.header.get("kid", ""))


def read_token(text: str) -> Token:
    """Raises `Refused` for headers nobody may send. Keys inside a header (jwk, jku, x5u, x5c) are
    left unread: whoever signs could bring any."""
    head, body, _ = text.split(".")
    header = read_object(_decoded(head))
    _check_header(header)
    return Token(text, header, read_object(_decoded(body)))


def _check_header(header: Mapping[str, Any]) -> None:
    algorithm, kind = header.get("alg"), header.get("typ", "")
    if not isinstance(algorithm, str) or algorithm not in _KNOWN:
        raise Refused("algorithm_refused", algorithm=_brief(algorithm))
    if "crit" in header or "b64" in header:
        raise Refused("header_refused", name="crit" if "crit" in header else "b64")
    if not isinstance(header.get("kid", ""), str):
        raise Refused("header_refused", name="kid")
    if not isinstance(kind, str) or kind.lower().removeprefix("application/") not in _TYPES:
        raise Refused("header_refused", name="typ")


def _brief(value: object) -> str:
    return value[:20] if isinstance(value, str) and value.isprintable() else "–"


def _decoded(part: str) -> bytes:
    try:
        return base64url.decoded(part)
    except ValueError:
        raise Refused("token_broken") from None


def fits(algorithm: str, jwk: Mapping[str, Any]) -> bool:
    """Whether this kind of key may check this algorithm at all."""
    return algorithm in _algorithms(jwk)


def is_usable(jwk: Mapping[str, Any]) -> bool:
    """Whether any signature can be checked with it: a kind of key known here, whole, and of RSA no
    short one."""
    import jwt
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    known = _algorithms(jwk)
    if not known:
        return False
    try:
        key = _public(jwk, known[0]).key
    except (jwt.PyJWTError, ValueError, TypeError):
        return False
    return not isinstance(key, RSAPublicKey) or key.key_size >= _LEAST_RSA_BITS


def _algorithms(jwk: Mapping[str, Any]) -> tuple[str, ...]:
    return ALGORITHMS.get((str(jwk.get("kty")), str(jwk.get("crv") or "")), ())


def _public(jwk: Mapping[str, Any], algorithm: str) -> "PyJWK":
    from jwt import PyJWK

    return PyJWK({name: jwk[name] for name in PUBLIC if name in jwk}, algorithm=algorithm)


def is_signed_by(token: Token, jwk: Mapping[str, Any]) -> bool:
    """False also for a key that is none, or an RSA key under 2048 bits."""
    import jwt

    algorithm = str(token.header["alg"])
    if not fits(algorithm, jwk):
        return False
    try:
        key = _public(jwk, algorithm)
        options = {"verify_signature": True, "enforce_minimum_key_length": True}
        jwt.PyJWS().decode(token.text, key, algorithms=[algorithm], options=options)  # type: ignore[arg-type]
    except (jwt.PyJWTError, ValueError, TypeError):
        return False
    return True
