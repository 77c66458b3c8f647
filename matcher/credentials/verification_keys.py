"""Which public keys may speak for an issuer.

A did:key and a did:jwk carry their own key; every other issuer has the key somebody pinned, as a
DID document, a JWK or a set of JWKs. Nothing is resolved over the network and no key is taken from
a credential.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from matcher.credentials import base64url
from matcher.credentials.findings import Refused
from matcher.credentials.json_door import read_object
from matcher.credentials.tokens import PUBLIC
from matcher.credentials.types import AtHand, Verdict

SELF_CONTAINED: Final = ("did:key:", "did:jwk:")
"""Names that are a key: whoever trusts the name has pinned the key."""
_LONGEST_DID_KEY: Final = 200
"""Base58 costs the square of its length; an Ed25519, P-256 or P-384 did:key has at most 80
letters."""
_LONGEST_DID_JWK: Final = 2_000
PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""Members of a JWK that nobody but its owner may hold."""


@dataclass(frozen=True)
class Key:
    """`id` as the issuer's document names it, empty for a key without a name."""

    id: str
    jwk: Mapping[str, Any]


@dataclass(frozen=True)
class Candidates:
    """Any of `keys` may have signed. `are_issuers` is False where only the proof itself names the
    key: then a true signature shows that nothing was changed, and not who signed."""

    keys: tuple[Key, ...]
    are_issuers: bool = True


def candidates(issuer: str, hint: str, at_hand: AtHand) -> Candidates:
    """`hint` is the token's kid or the proof's verificationMethod. Raises `Refused`: the key of
    somebody else (invalid), or none at hand (unverifiable)."""
    named = hint.partition("#")[0]
    own = own_keys(issuer)
    pinned = own or keys_of(at_hand.keys.get(issuer) or {})
    if _is_anothers(issuer, named, pinned):
        raise Refused("key_of_another", issuer=issuer, key=hint)
    if pinned:
        return Candidates(own or _matching(pinned, issuer, hint))
    if brought := own_keys(named):
        return Candidates(brought, are_issuers=False)
    raise Refused("key_not_at_hand", Verdict.UNVERIFIABLE, issuer=issuer)


def _is_anothers(issuer: str, named: str, pinned: tuple[Key, ...]) -> bool:
    """An issuer known by an address may be pinned under a did:key or a did:jwk; a DID speaks for
    itself only."""
    if not named.startswith("did:") or named == issuer:
        return False
    if issuer.startswith("did:"):
        return True
    return bool(pinned) and not any(_same(key, named) for key in pinned)


def _same(key: Key, named: str) -> bool:
    if key.id.partition("#")[0] == named:
        return True
    other = own_keys(named)
    return bool(other) and all(key.jwk.get(each) == other[0].jwk.get(each) for each in PUBLIC)


def _matching(pinned: tuple[Key, ...], issuer: str, hint: str) -> tuple[Key, ...]:
    """The key the hint names. Keys that were pinned without an id of their own in a DID document
    (bare JWKs, whose kid is anybody's label) are tried when nothing answers to that name."""
    if not hint:
        return pinned
    if hint.startswith(SELF_CONTAINED):
        return tuple(each for each in pinned if _same(each, hint.partition("#")[0]))
    chosen = tuple(each for each in pinned if each.id and _end(each.id) == _end(hint))
    if chosen := chosen or tuple(each for each in pinned if "#" not in each.id):
        return chosen
    raise Refused("key_not_found", Verdict.UNVERIFIABLE, issuer=issuer, key=hint)


def _end(name: str) -> str:
    return name.rpartition("#")[2]


def own_keys(did: str) -> tuple[Key, ...]:
    """The key a did:key or a did:jwk is; nothing for any other name, and nothing for one that
    cannot be read."""
    method, letters = did[: len("did:key:")], did[len("did:key:") :]
    if method == "did:key:":
        name, jwk = letters, _from_multibase(letters)
    elif method == "did:jwk:":
        name, jwk = "0", _from_letters(letters)
    else:
        return ()
    return (Key(f"{did}#{name}", jwk),) if jwk else ()


def _from_letters(letters: str) -> Mapping[str, Any]:
    """did:jwk: a public JWK as base64url. One that holds a private key is anybody's, and one that
    says it is for encrypting signs nothing."""
    if len(letters) > _LONGEST_DID_JWK:
        return {}
    try:
        jwk = read_object(base64url.decoded(letters))
    except (Refused, ValueError):
        return {}
    is_public = isinstance(jwk.get("kty"), str) and not PRIVATE & set(jwk)
    return jwk if is_public and jwk.get("use", "sig") == "sig" else {}


def keys_of(pinned: Mapping[str, Any]) -> tuple[Key, ...]:
    """Of a DID document those that may sign credentials (`assertionMethod`) and are not revoked; a
    JWK, a set of JWKs or a single method counts whole. Empty for anything else."""
    if "verificationMethod" in pinned or "assertionMethod" in pinned:
        return tuple(_of_document(pinned))
    if isinstance(pinned.get("keys"), list):
        return tuple(key for each in pinned["keys"] for key in keys_of(_mapping(each)))
    method = _method(pinned)
    return (method,) if method else ()


def owner_of(pinned: Mapping[str, Any]) -> str:
    """The issuer a key document names itself: of a DID document its id, of a key its controller or
    the DID in its name. Empty for a key that does not say whose it is."""
    if "verificationMethod" in pinned or "assertionMethod" in pinned:
        return str(pinned.get("id", ""))
    stated = pinned.get("controller") or pinned.get("owner")
    name = str(pinned.get("id") or pinned.get("kid") or "")
    return str(stated or (name.partition("#")[0] if "#" in name else ""))


def is_key_document(pinned: Mapping[str, Any]) -> bool:
    """A DID document counts also when no key of it may sign any more."""
    return bool(keys_of(pinned)) or isinstance(pinned.get("verificationMethod"), list)


def _of_document(document: Mapping[str, Any]) -> Iterator[Key]:
    owner = str(document.get("id", ""))
    listed = _listed(document.get("verificationMethod"))
    methods = {_full(each, owner): each for each in listed if isinstance(each, Mapping)}
    for each in _listed(document.get("assertionMethod")):
        entry = methods.get(_full(each, owner)) if isinstance(each, str) else each
        method = _method(_mapping(entry))
        if method and _mapping(entry).get("controller", owner) == owner:
            yield Key(_full(_mapping(entry), owner), method.jwk)


def _full(entry: Any, owner: str) -> str:
    name = str(entry.get("id", "") if isinstance(entry, Mapping) else entry)
    return f"{owner}{name}" if name.startswith("#") else name


def _method(entry: Mapping[str, Any]) -> Key | None:
    if entry.get("revoked"):
        return None
    name = str(entry.get("id") or entry.get("kid") or "")
    jwk = _jwk(entry)
    return Key(name, jwk) if jwk else None


def _jwk(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(entry.get("kty"), str):
        return entry
    if isinstance(entry.get("publicKeyJwk"), Mapping):
        return _mapping(entry["publicKeyJwk"])
    if isinstance(entry.get("publicKeyMultibase"), str):
        return _from_multibase(entry["publicKeyMultibase"])
    return _from_pem(entry.get("publicKeyPem"))


def _from_multibase(text: str) -> Mapping[str, Any]:
    from openvc.did.base import DidResolutionError
    from openvc.did.did_key import DidKeyResolver

    if not text.startswith("z") or len(text) > _LONGEST_DID_KEY:
        return {}
    try:
        methods = DidKeyResolver().resolve(f"did:key:{text}").verification_methods
    except (DidResolutionError, ValueError):
        return {}
    return methods[0].public_key_jwk or {}


def _from_pem(pem: Any) -> Mapping[str, Any]:
    """Open Badges 2.0 publishes RSA keys so."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    from jwt.algorithms import RSAAlgorithm

    if not isinstance(pem, str):
        return {}
    try:
        key = load_pem_public_key(pem.encode())
    except ValueError:
        return {}
    return RSAAlgorithm.to_jwk(key, as_dict=True) if isinstance(key, RSAPublicKey) else {}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
