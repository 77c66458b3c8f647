"""Issuers with real keys, and the badges, lists and pictures that genuine and forged ones start as.

The signing here is the standard library's JSON, `cryptography` and, for Data Integrity proofs, the
public functions of openbadgeslib and openvc: nothing of what is tested makes what tests it.
"""

import gzip
import io
import json
import struct
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

import png
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from openbadgeslib.ob3.clr import bundled_clr_contexts
from openbadgeslib.ob3.contexts import bundled_contexts
from openbadgeslib.ob3.did import did_key_from_pem
from openbadgeslib.ob3.ldp import add_data_integrity_proof
from openvc.keys import signing_key_from_jwk
from openvc.proof.di_ecdsa_rdfc import EcdsaRdfcProofSuite

from matcher.credentials.types import AtHand

NOW: Final = datetime(2026, 11, 22, 3, tzinfo=UTC)
RECIPIENT: Final = "haneul@example.kr"
INSTITUTE_KEY: Final = "https://institute.example/key"
LIST: Final = "https://university.example/status/1"
BASE: Final = "https://www.w3.org/ns/credentials/v2"
BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
Private = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def said(token: str) -> Any:
    """What a token's payload says; its signature is not looked at."""
    part = token.split(".")[1]
    return json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def text_of(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _whole(number: int, size: int = 0) -> str:
    return base64url(number.to_bytes(size or (number.bit_length() + 7) // 8, "big"))


@dataclass(frozen=True)
class Issuer:
    """`did` empty: a did:key made from the key itself."""

    private: Private = field(repr=False)
    name: str = ""

    @property
    def did(self) -> str:
        return self.name or did_key_from_pem(self.pem.decode())

    @property
    def pem(self) -> bytes:
        return self.private.public_key().public_bytes(
            form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def private_pem(self) -> bytes:
        return self.private.private_bytes(
            form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
        )

    @property
    def kid(self) -> str:
        if self.name.startswith("did:jwk:"):
            return f"{self.name}#0"
        return f"{self.did}#{'key-1' if self.name else self.did.removeprefix('did:key:')}"

    @property
    def algorithm(self) -> str:
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return "EdDSA"
        return "RS256" if isinstance(self.private, rsa.RSAPrivateKey) else f"ES{self._curve}"

    @property
    def _curve(self) -> int:
        """256 or 384, of an elliptic curve's key."""
        assert isinstance(self.private, ec.EllipticCurvePrivateKey)
        return self.private.key_size

    @property
    def jwk(self) -> dict[str, str]:
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            raw = self.private.public_key().public_bytes_raw()
            return {"kty": "OKP", "crv": "Ed25519", "x": base64url(raw)}
        if isinstance(self.private, rsa.RSAPrivateKey):
            public = self.private.public_key().public_numbers()
            return {"kty": "RSA", "n": _whole(public.n), "e": _whole(public.e)}
        point, size = self.private.public_key().public_numbers(), self._curve // 8
        x, y = _whole(point.x, size), _whole(point.y, size)
        return {"kty": "EC", "crv": f"P-{self._curve}", "x": x, "y": y}

    def raw_signature(self, data: bytes) -> bytes:
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(data)
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        digest, size = hashes.SHA256() if self._curve == 256 else hashes.SHA384(), self._curve // 8
        r, s = decode_dss_signature(self.private.sign(data, ec.ECDSA(digest)))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    def token(self, payload: Mapping[str, Any] | bytes, **header: Any) -> bytes:
        """A header member given as None is left out."""
        said = {"alg": self.algorithm, "kid": self.kid, "typ": "vc+jwt", **header}
        head = text_of({name: value for name, value in said.items() if value is not None})
        body = payload if isinstance(payload, bytes) else text_of(payload)
        signed = f"{base64url(head)}.{base64url(body)}"
        return f"{signed}.{base64url(self.raw_signature(signed.encode()))}".encode()

    def proved(self, document: Mapping[str, Any], method: str = "", **more: Any) -> dict[str, Any]:
        """With a Data Integrity proof over exactly this document."""
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self._proved_by_curve(deepcopy(dict(document)), method or self.kid)
        return add_data_integrity_proof(
            deepcopy(dict(document)), self.private_pem, method or self.kid, **more
        )

    def _proved_by_curve(self, document: dict[str, Any], method: str) -> dict[str, Any]:
        assert isinstance(self.private, ec.EllipticCurvePrivateKey)
        secret = _whole(self.private.private_numbers().private_value, self._curve // 8)
        key = signing_key_from_jwk({**self.jwk, "d": secret}, method)
        return EcdsaRdfcProofSuite().add_proof(
            document,
            signing_key=key,
            verification_method=method,
            created=NOW - timedelta(days=1),
            extra_contexts={**bundled_contexts(), **bundled_clr_contexts()},
        )

    def document(self, *others: "Issuer") -> dict[str, Any]:
        """Its DID document; of several keys the first is key-1, the next key-2."""
        methods = [
            {"id": f"{self.did}#key-{n}", "type": "JsonWebKey", "controller": self.did,
             "publicKeyJwk": each.jwk}
            for n, each in enumerate((self, *others), start=1)
        ]  # fmt: skip
        return {
            "id": self.did,
            "verificationMethod": methods,
            "assertionMethod": [each["id"] for each in methods],
        }


UNIVERSITY: Final = Issuer(ed25519.Ed25519PrivateKey.generate(), "did:web:university.example")
ACADEMY: Final = Issuer(ec.generate_private_key(ec.SECP256R1()), "did:web:academy.example")
COLLEGE: Final = Issuer(ec.generate_private_key(ec.SECP384R1()), "did:web:college.example")
PERSON: Final = Issuer(ed25519.Ed25519PrivateKey.generate())
IMPOSTOR: Final = Issuer(ed25519.Ed25519PrivateKey.generate(), "did:web:university.example")


def named_by_jwk(private: Private, **members: Any) -> Issuer:
    """A did:jwk; `members` go into the key its name holds."""
    jwk = {**Issuer(private).jwk, **members}
    return Issuer(private, f"did:jwk:{base64url(text_of(jwk))}")


WORKSHOP: Final = named_by_jwk(ec.generate_private_key(ec.SECP256R1()))
"""Its key is its name (did:jwk)."""


@cache
def institute() -> Issuer:
    """RSA keys take a while to make."""
    return Issuer(rsa.generate_private_key(65537, 2048), "https://institute.example/issuer")


def at_hand(**changes: Any) -> AtHand:
    """University, academy and college are trusted and their keys pinned."""
    known = {each.did: each.document() for each in (UNIVERSITY, ACADEMY, COLLEGE)}
    return AtHand(**{"trusted": frozenset(known), "keys": known, **changes})


def badge(by: Issuer = UNIVERSITY, /, **changes: Any) -> dict[str, Any]:
    """An Open Badges 3.0 credential, valid in 2026 and 2027; a member given as None is left out."""
    made: dict[str, Any] = {
        "@context": [BASE, BADGES],
        "id": "urn:uuid:0e3b7f5c-6f5c-4c0f-9d5a-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": by.did, "type": ["Profile"], "name": "Demo University"},
        "validFrom": "2026-01-01T00:00:00Z",
        "validUntil": "2027-12-31T00:00:00Z",
        "name": "Cloud basics",
        "credentialSubject": {
            "id": f"mailto:{RECIPIENT}",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://university.example/achievements/cloud",
                "type": ["Achievement"],
                "name": "Cloud basics",
                "description": "A demo course.",
                "criteria": {"narrative": "Done."},
            },
        },
    }
    return _without_none({**made, **changes})


def claims(document: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """The payload of a token: the credential and its registered claims."""
    moments = {"nbf": document.get("validFrom"), "exp": document.get("validUntil")}
    seconds = {
        name: int(datetime.fromisoformat(text).timestamp())
        for name, text in moments.items()
        if text
    }
    named = {
        "iss": document["issuer"]["id"],
        "sub": document["credentialSubject"].get("id"),
        "jti": document.get("id"),
    }
    return _without_none({**document, **named, **seconds, **changes})


def _without_none(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def token(issuer: Issuer = UNIVERSITY, **changes: Any) -> bytes:
    return issuer.token(claims(badge(issuer, **changes)))


LEARNER_RECORD: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"


def record(by: Issuer = UNIVERSITY, /, *members: Any, **changes: Any) -> dict[str, Any]:
    """A learner record (CLR 2.0) of the same person, with these members."""
    about = {
        "id": f"mailto:{RECIPIENT}",
        "type": ["ClrSubject"],
        "verifiableCredential": list(members),
    }
    made: dict[str, Any] = {
        "@context": [BASE, BADGES, LEARNER_RECORD],
        "id": "urn:uuid:0e3b7f5c-6f5c-4c0f-9d5a-000000000002",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Record",
        "credentialSubject": about,
    }
    return badge(by, **{**made, **changes})


def enveloped(token: bytes) -> dict[str, Any]:
    """A token in the standard's JSON wrapper."""
    return {
        "@context": [BASE],
        "type": "EnvelopedVerifiableCredential",
        "id": "data:application/vc+jwt," + token.decode(),
    }


def subject(**changes: Any) -> dict[str, Any]:
    """The subject of `badge`, changed."""
    return _without_none({**badge()["credentialSubject"], **changes})


# Status lists


def entry(index: int = 7, purpose: str = "revocation", **changes: Any) -> dict[str, Any]:
    made = {
        "id": f"{LIST}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": LIST,
    }
    return _without_none({**made, **changes})


def encoded(raised: tuple[int, ...] = (), size: int = 131_072) -> str:
    bits = bytearray(size // 8)
    for index in raised:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64url(gzip.compress(bytes(bits), mtime=0))


def status_list(
    raised: tuple[int, ...] = (), issuer: Issuer = UNIVERSITY, age: int = 1, **changes: Any
) -> dict[str, Any]:
    """`age` in days; `changes` are of the list's subject."""
    told = {
        "id": f"{LIST}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": encoded(raised),
    }
    return {
        "@context": [BASE],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": (NOW - timedelta(days=age)).isoformat().replace("+00:00", "Z"),
        "credentialSubject": {**told, **changes},
    }


def named_entry(**changes: Any) -> dict[str, Any]:
    return _without_none({"id": LIST, "type": "1EdTechRevocationList", **changes})


def named_list(*revoked: Any, **changes: Any) -> bytes:
    """Of ids, or of entries as they stand."""
    rows = [each if isinstance(each, dict) else {"id": each} for each in revoked]
    made = {"id": LIST, "issuer": UNIVERSITY.did, "revokedCredentials": rows}
    return text_of(_without_none({**made, **changes}))


def with_list(data: Mapping[str, Any] | bytes, issuer: Issuer = UNIVERSITY) -> AtHand:
    """At hand with this list under its address."""
    signed = data if isinstance(data, bytes) else issuer.token(data)
    return at_hand(lists={LIST: signed})


# Pictures


def picture() -> bytes:
    made = io.BytesIO()
    png.Writer(1, 1, greyscale=True).write(made, [[0]])
    return made.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))


def baked(
    text: bytes,
    keyword: bytes = b"openbadgecredential",
    compressed: bool = False,
    into: bytes = b"",
) -> bytes:
    """A PNG with an iTXt chunk before its end (PNG specification, 11.3.4.5)."""
    body = zlib.compress(text) if compressed else text
    carried = chunk(b"iTXt", keyword + b"\0" + bytes([compressed, 0]) + b"\0\0" + body)
    start, end = (into or picture()).split(chunk(b"IEND", b""))
    return start + carried + chunk(b"IEND", b"") + end


def drawn(text: str, more: str = "", head: str = "", as_text: bool = False) -> bytes:
    """An SVG with an Open Badges 3.0 element."""
    space = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    inner = f"<![CDATA[{text}]]>" if as_text else ""
    said = "" if as_text else f' verify="{text}"'
    element = f"<openbadges:credential {space}{said}>{inner}</openbadges:credential>"
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg">{element}{more}</svg>'.encode()


# Open Badges 2.0


def assertion(issuer: str = "https://institute.example/issuer", **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://institute.example/assertions/1",
        "recipient": {"type": "email", "identity": RECIPIENT, "hashed": False},
        "badge": {
            "type": "BadgeClass",
            "id": "https://institute.example/badges/cloud",
            "name": "Cloud basics",
            "issuer": {"type": "Issuer", "id": issuer, "name": "Demo Institute"},
        },
        "verification": {"type": "SignedBadge", "creator": INSTITUTE_KEY},
        "issuedOn": "2026-01-01T00:00:00Z",
        "expires": "2027-12-31T00:00:00Z",
    }
    return _without_none({**made, **changes})


def institute_at_hand(**changes: Any) -> AtHand:
    key = {
        "type": "CryptographicKey",
        "id": INSTITUTE_KEY,
        "owner": institute().did,
        "publicKeyPem": institute().pem.decode(),
    }
    known = {"trusted": frozenset([institute().did]), "keys": {institute().did: key}}
    return AtHand(**{**known, **changes})
