"""The made-up issuer of the demo. Its private key is open to everybody who reads this file: its
badges show how checking works and prove nothing about anybody."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from matcher.credentials import base64url, dates, status_bits
from matcher.credentials.badge import CONTEXT, identity, payload, profile
from matcher.credentials.signing_keys import (
    SigningKey,
    did_document,
    multibase,
    public_jwk,
    sign_jwt,
)

DID: Final = "did:web:badges.demo.example"
"""Under .example nobody can ever own the name (RFC 2606)."""
SITE: Final = "https://badges.demo.example"
NAME: Final = "데모 자격 발급 기관"
STRANGER: Final = "데모 동아리 (목록에 없는 곳)"
_KEY_NAME: Final = "demo-1"


def key() -> SigningKey:
    seed = hashlib.sha256(b"oreum demo badge issuer: open to everybody").digest()
    return SigningKey(f"{DID}#{_KEY_NAME}", seed)


def key_document() -> dict[str, Any]:
    """What the centre pins."""
    return did_document(DID, {_KEY_NAME: public_jwk(key().private)})


def list_address(purpose: str = "revocation") -> str:
    """Badges of the demo point to it."""
    return status_bits.list_address(SITE, purpose)


def status_list(
    made_at: datetime, raised: Iterable[int] = (), purpose: str = "revocation"
) -> bytes:
    """Signed, as the issuer would publish it; `raised` are the bits of what it took back. It says
    no end: a demo database may stand for months, and only its age is told."""
    document = status_bits.document(DID, SITE, purpose, raised, made_at)
    del document["validUntil"]
    return sign_jwt(payload(document), key()).encode("ascii")


@dataclass(frozen=True)
class Signs:
    """Whoever signs a badge of the demo."""

    did: str
    name: str
    key: SigningKey


def own() -> Signs:
    return Signs(DID, NAME, key())


def other_key() -> Signs:
    """A key of the issuer that the centre has not been given: nobody here can check it."""
    seed = hashlib.sha256(b"oreum demo badge issuer: the key nobody pinned").digest()
    return Signs(DID, NAME, SigningKey(f"{DID}#demo-2", seed))


def altered(token: bytes, title: str) -> bytes:
    """The badge with another title under the old signature, as a forger would have it."""
    head, body, signature = token.decode("ascii").split(".")
    said = json.loads(base64url.decoded(body))
    said["name"] = said["credentialSubject"]["achievement"]["name"] = title
    forged = base64url.encoded(json.dumps(said, ensure_ascii=False).encode())
    return f"{head}.{forged}.{signature}".encode("ascii")


def stranger() -> Signs:
    """A key that vouches for itself alone (did:key): nobody put it on a list."""
    seed = hashlib.sha256(b"oreum demo stranger: open to everybody").digest()
    name = multibase(public_jwk(seed))
    return Signs(f"did:key:{name}", STRANGER, SigningKey(f"did:key:{name}#{name}", seed))


def badge(
    email: str,
    title: str,
    since: datetime,
    until: datetime,
    index: int,
    by: Signs | None = None,
    purposes: Sequence[str] = ("revocation",),
) -> bytes:
    """A badge of the certification called `title`, signed, for whoever has the address; `index` is
    its bit in the status lists of these purposes, which the stranger has none of."""
    by = by or own()
    said: dict[str, Any] = {
        "@context": list(CONTEXT),
        "id": f"{SITE}/badges/{index}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{title} (demo)",
        "issuer": profile(by.did, by.name, SITE),
        "validFrom": dates.written(since),
        "validUntil": dates.written(until),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [identity(email, f"demo-{index}")],
            "achievement": {
                "id": f"{SITE}/achievements/{index}",
                "type": ["Achievement"],
                "name": title,
                "description": "데모 자료입니다. 아무것도 증명하지 않습니다.",
                "criteria": {"narrative": "데모"},
            },
        },
    }
    if by.did == DID:
        said["credentialStatus"] = [_entry(index, purpose) for purpose in purposes]
    claims = {"exp": int(until.timestamp())}
    return sign_jwt({**payload(said), **claims}, by.key).encode("ascii")


def _entry(index: int, purpose: str) -> dict[str, Any]:
    address = list_address(purpose)
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def issuer_row() -> dict[str, Any]:
    """Values of its row on the list of trusted issuers, but for the moments."""
    keys: dict[str, Any] = json.loads(json.dumps(key_document()))
    return {
        "issuer": DID,
        "name": NAME,
        "means": "signed",
        "backs_certificates": True,
        "keys": keys,
        "note": "데모 자료입니다. 비밀 열쇠까지 공개되어 있어 아무것도 증명하지 않습니다.",
        "is_demo": True,
    }
