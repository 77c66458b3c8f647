"""A true record and a true badge, and everything somebody may try to make of them."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from matcher.credentials import badge, record, status_bits
from matcher.credentials.badge import Achieved, Issue
from matcher.credentials.record import CertificateLine, ProjectLine, Record, SkillLine
from matcher.credentials.signing_keys import (
    SigningKey,
    did_document,
    multibase,
    new_private,
    public_jwk,
    sign_jwt,
)
from matcher.credentials.types import AtHand

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SITE = "https://oreum.example"
DID = "did:web:oreum.example"
PRIVATE, OTHER = new_private(), new_private()
KEY = SigningKey(f"{DID}#one", PRIVATE)
LISTS = {
    status_bits.list_address(SITE, purpose): sign_jwt(
        badge.payload(status_bits.document(DID, SITE, purpose, indexes, NOW - timedelta(hours=3))),
        KEY,
    ).encode()
    for purpose, indexes in {"revocation": [7, 1_000_000], "suspension": [8]}.items()
}
HOSTED = "https://badges.example/issuer"
"""Trusted, and known by no key: its own host would have to be asked."""
AT_HAND = AtHand(
    frozenset({DID, HOSTED}), {DID: did_document(DID, {"one": public_jwk(PRIVATE)})}, LISTS
)
WHOLE = Record(
    name="김하늘",
    email="haneul@example.kr",
    salt="5a17",
    certificates=(
        CertificateLine("SAA", "AWS Solutions Architect", 4, date(2025, 3, 1), date(2028, 3, 1)),
    ),
    skills=tuple(SkillLine(slug, 3, 2) for slug in ("python", "sql", "git", "docker")),
    courses=4,
    projects=(ProjectLine("바람 지도", date(2026, 6, 1)),),
)
ACHIEVED = Achieved(
    f"{SITE}/courses/1", "위성 자료 처리", "위성 자료를 읽고 고친다", "끝까지 마친다", "Course",
    "haneul@example.kr",
)  # fmt: skip
ORDER = 2**252 + 27742317777372353535851937790883648493


def a_record(what: Record = WHOLE, key: SigningKey = KEY, now: datetime = NOW) -> str:
    return record.token(what, SITE, DID, key, now)


def a_badge(index: int = 5, since: datetime = NOW) -> dict[str, Any]:
    issue = Issue("5f9f3b0e-6f4e-4f0e-9f51-3a8a6f8c1d11", index, "ab12", since)
    return badge.payload(badge.document(ACHIEVED, issue, DID, "오름", SITE))


TRUE, BADGE = a_record(), sign_jwt(a_badge(), KEY)


def letters(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def packed(value: Any) -> str:
    return letters(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def unpacked(text: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def edited(token: str, change: Callable[[Any], Any], part: int = 1) -> str:
    """One part changed, the signature left as it was."""
    pieces = token.split(".")
    value = unpacked(pieces[part])
    changed = change(value)
    pieces[part] = packed(value if changed is None else changed)
    return ".".join(pieces)


def signed(change: Callable[[Any], Any], of: str = TRUE, key: SigningKey = KEY) -> str:
    """Changed and then signed: what only the holder of the key could make."""
    value = unpacked(of.split(".")[1])
    change(value)
    return sign_jwt(value, key)


def paths(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in pairs:
        if isinstance(each, dict | list):
            yield from paths(each, (*above, key))
        else:
            yield (*above, key)


def touched(path: tuple[Any, ...]) -> Callable[[Any], None]:
    def change(value: Any) -> None:
        for key in path[:-1]:
            value = value[key]
        held = value[path[-1]]
        value[path[-1]] = f"{held}!" if isinstance(held, str) else 1 - held

    return change


def hs256() -> str:
    head, body, _signature = TRUE.split(".")
    head = packed({"alg": "HS256", "kid": KEY.kid, "typ": "vc+jwt"})
    secret = base64.urlsafe_b64decode(public_jwk(PRIVATE)["x"] + "=")
    made = hmac.new(secret, f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{letters(made)}"


def same_again() -> str:
    """The second spelling of the signature: S + L solves the same equation."""
    head, body, signature = TRUE.split(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    s = int.from_bytes(raw[32:], "little") + ORDER
    return f"{head}.{body}.{letters(raw[:32] + s.to_bytes(32, 'little'))}"


def other_spelling() -> str:
    """The last letter's unused bits set: the bytes stay the same."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return TRUE[:-1] + alphabet[alphabet.index(TRUE[-1]) + 1]


def put(name: str, value: Any) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        document[name] = value

    return change


def stranger(issuer: str = "") -> str:
    """Signed by whoever they are, in their own name or another's."""
    did = f"did:key:{multibase(public_jwk(OTHER))}"
    key = SigningKey(f"{did}#{did.removeprefix('did:key:')}", OTHER)
    return record.token(WHOLE, SITE, issuer or did, key, NOW)


HALF = len(TRUE) // 2
SECOND = a_record(replace(WHOLE, name="이바다"))
FALSE: dict[str, tuple[str, str]] = {
    "signature of another record": (
        ".".join([*TRUE.split(".")[:2], SECOND.split(".")[2]]), "signature_wrong",
    ),
    "signature all zeros": (
        ".".join([*TRUE.split(".")[:2], letters(bytes(64))]), "signature_wrong",
    ),
    "no signature": (TRUE.rpartition(".")[0] + ".", "signature_wrong"),
    "alg none": (
        edited(TRUE, lambda head: {**head, "alg": "none"}, 0).rpartition(".")[0] + ".",
        "algorithm_refused",
    ),
    "alg HS256 under the public key": (hs256(), "algorithm_refused"),
    "alg ES256": (edited(TRUE, lambda head: {**head, "alg": "ES256"}, 0), "key_kind"),
    "another key under our name": (a_record(key=SigningKey(KEY.kid, OTHER)), "signature_wrong"),
    "a key of its own in the head": (
        edited(a_record(key=SigningKey(KEY.kid, OTHER)),
               lambda head: {**head, "jwk": public_jwk(OTHER)}, 0),
        "signature_wrong",
    ),
    "a key of somebody else": (
        edited(TRUE, lambda head: {**head, "kid": "did:web:else.example#one"}, 0), "key_of_another",
    ),
    "a key that was taken back": (
        edited(TRUE, lambda head: {**head, "kid": f"{DID}#two"}, 0), "key_not_found",
    ),
    "crit in the head": (edited(TRUE, lambda head: {**head, "crit": ["x"]}, 0), "header_refused"),
    "an access token": (edited(TRUE, lambda head: {**head, "typ": "at+jwt"}, 0), "header_refused"),
    "the second spelling of the signature": (same_again(), "signature_wrong"),
    "over": (a_record(now=NOW - record.LIFE), "expired"),
    "not begun": (a_record(now=NOW + timedelta(days=1)), "not_yet_valid"),
    "ends before it begins": (
        signed(lambda body: body.update(validFrom="2026-11-20T00:00:00Z", nbf=1795132800,
                                        validUntil="2026-11-19T00:00:00Z", exp=1795046400)),
        "dates_crossed",
    ),
    "an exp that differs": (signed(put("exp", 1999999999)), "claim_differs"),
    "an iss that differs": (signed(put("iss", "did:web:else.example")), "claim_differs"),
    "a sub that nobody is": (signed(put("sub", "did:web:else.example")), "claim_differs"),
    "a date that is none": (signed(put("validUntil", "tomorrow")), "date_unreadable"),
    "no type": (signed(put("type", ["OreumRecordCredential"])), "type_missing"),
    "no context": (signed(put("@context", ["https://else.example"])), "context_missing"),
    "two subjects": (
        signed(put("credentialSubject", [{"done": 1}, {"done": 2}])), "subject_unclear",
    ),
    "an old wrapper": (signed(put("vc", {})), "wrapper_old"),
    "revoked": (sign_jwt(a_badge(7), KEY), "revocation"),
    "revoked far down the list": (sign_jwt(a_badge(1_000_000), KEY), "revocation"),
    "suspended": (sign_jwt(a_badge(8), KEY), "suspension"),
    "a bit outside the list": (sign_jwt(a_badge(2**20), KEY), "status_index"),
    "a list that is not there": (
        signed(lambda body: body["credentialStatus"][0].update(
            statusListCredential=f"{SITE}/else"), BADGE), "status_list_not_at_hand",
    ),
    "more places on lists than anybody looks at": (
        signed(lambda body: body.update(credentialStatus=body["credentialStatus"] * 9), BADGE),
        "status_broken",
    ),
    "over, in the words of the first version": (
        signed(lambda body: body.update(
            {"@context": ["https://www.w3.org/2018/credentials/v1"]},
            expirationDate=body.pop("validUntil"), exp=None), a_record(now=NOW - record.LIFE)),
        "expired",
    ),
    "an unknown way to revoke": (
        signed(lambda body: body["credentialStatus"][0].update(type="Else"), BADGE),
        "status_unsupported",
    ),
    "a stranger": (stranger(), "issuer_unknown"),
    "a stranger in the name of one without a key": (stranger(HOSTED), "key_not_at_hand"),
    "a stranger in an address of their own": (stranger("https://else.example"), "issuer_unknown"),
    "a stranger in our name": (stranger(DID), "key_of_another"),
    "the end cut off": (TRUE[:-1], "token_broken"),
    "half of it": (TRUE[:HALF], ""),
    "the beginning cut off": (TRUE[1:], ""),
    "nothing of ours": ("hello", "not_a_credential"),
}  # fmt: skip
"""Name -> (token, a reason that has to be among those given; empty where several would do)."""
