"""What this service signs, against the checks of its own and against the libraries of others."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from matcher.credentials import badge, clr, integrity, pictures, status_bits, verifying
from matcher.credentials.badge import Achieved, Alignment, Issue
from matcher.credentials.signing_keys import (
    SigningKey,
    did_document,
    did_of,
    new_private,
    public_jwk,
    sign_jwt,
)
from matcher.credentials.types import AtHand, Checked, Verdict
from matcher.gateways.key_vault import NullKeyVault, SealedKeyVault, VaultClosed

SITE = "https://oreum.example"
DID = "did:web:oreum.example"
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
KEY = SigningKey(f"{DID}#one", new_private())
EMAIL = "haneul@example.kr"
ACHIEVED = Achieved(
    id=f"{SITE}/courses/7", name="위성영상 자료 다루기", description="Satellite data. 30 hours.",
    criteria="출석 80% 이상", kind="Course", email=EMAIL,
    alignments=(Alignment("Python", f"{SITE}/credentials/skills/python", "Oreum", "python"),),
)  # fmt: skip
ISSUE = Issue("8a3f8c1e-5d1b-4f3e-9a57-2b1b0f7c9d10", 4711, "salt", NOW - timedelta(days=2))
W3C = json.loads((Path(__file__).parents[2] / "data" / "w3c_eddsa_rdfc_2022.json").read_text())
W3C_PRIVATE = bytes.fromhex("c96ef9ea10c5e414c471723aff9de72c35fa5b70fae97e8832ecac7d2e2b8ed6")
"""The specification's own private key, z3u2en7t5LR2WtQH5PfFqMqwVHgeXouLzo6haApm8XHqvjxq."""


def said(achieved: Achieved = ACHIEVED) -> dict[str, Any]:
    return badge.document(achieved, ISSUE, DID, "오름", SITE)


def token(achieved: Achieved = ACHIEVED) -> str:
    return sign_jwt(badge.payload(said(achieved)), KEY)


def lists(**indexes: list[int]) -> dict[str, bytes]:
    return {
        status_bits.list_address(SITE, purpose): sign_jwt(
            badge.payload(status_bits.document(DID, SITE, purpose, indexes.get(purpose, []), NOW)),
            KEY,
        ).encode()
        for purpose in status_bits.PURPOSES
    }


def check(data: bytes, recipient: str | None = EMAIL, **indexes: list[int]) -> Checked:
    keys = {DID: did_document(DID, {"one": public_jwk(KEY.private)})}
    at_hand = AtHand(frozenset([DID]), keys, lists(**indexes))
    return verifying.check(data, at_hand, recipient=recipient, now=NOW + timedelta(hours=1))


def test_a_signed_badge_is_verified_for_the_one_it_was_given_to() -> None:
    found = check(token().encode())
    assert (found.verdict, found.reasons) == (Verdict.VERIFIED, ())
    assert check(token().encode(), "bada@example.kr").verdict is Verdict.WRONG_RECIPIENT


def test_the_bits_of_both_lists_are_told_apart() -> None:
    data = token().encode()
    assert check(data, revocation=[4711]).verdict is Verdict.REVOKED
    assert check(data, suspension=[4711]).verdict is Verdict.SUSPENDED
    assert check(data, revocation=[4710, 4712], suspension=[0]).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("form", ["png", "svg"])
def test_a_baked_picture_carries_the_badge(form: str) -> None:
    baked = {"png": pictures.baked_png, "svg": pictures.baked_svg}[form](token())
    found = check(baked)
    assert (found.verdict, found.content) == (Verdict.VERIFIED, token().encode())


def test_a_picture_is_a_picture_to_others() -> None:
    import png

    width, height, rows, info = png.Reader(bytes=pictures.baked_png(token())).asRGBA8()
    pixels = [bytes(row) for row in rows]
    assert (width, height, info["alpha"]) == (256, 256, True)
    sun, corner, hill = pixels[82][134 * 4 :][:4], pixels[0][:4], pixels[220][128 * 4 :][:4]
    assert (tuple(sun), corner[3]) == ((*pictures.SUN, 255), 0)
    assert tuple(hill) == (*pictures.SEA, 255)


def test_the_same_badge_with_its_proof_inside_is_verified() -> None:
    signed = integrity.with_proof(said(), KEY, NOW)
    text = json.dumps(signed, ensure_ascii=False).encode()
    assert (check(text).verdict, check(text).reasons) == (Verdict.VERIFIED, ())
    edited = text.replace("출석 80%".encode(), "출석 10%".encode())
    assert edited != text
    assert check(edited).verdict is Verdict.INVALID


def test_signing_the_published_vector_gives_the_published_signature() -> None:
    vector = dict(W3C["credential"])
    proof = vector.pop("proof")
    assert public_jwk(W3C_PRIVATE) == W3C["publicJwk"]
    method = proof["verificationMethod"]
    key = SigningKey(method.removesuffix("-multikey"), W3C_PRIVATE)
    signed = integrity.with_proof(vector, key, datetime.fromisoformat(proof["created"]))
    # Our keys' methods end otherwise, and the method is signed along.
    assert signed["proof"]["verificationMethod"] == key.method
    again = integrity.with_proof(
        vector, Named(method, W3C_PRIVATE), badge.since({"validFrom": proof["created"]})
    )
    assert again["proof"] == proof


class Named(SigningKey):
    """A key whose method is the id itself, as in the specification."""

    @property
    def method(self) -> str:
        return self.kid


def test_a_whole_record_holds_its_credentials_and_is_verified() -> None:
    members = [integrity.with_proof(said(), KEY, NOW)]
    record = clr.record(members, EMAIL, KEY, DID, "오름", SITE, NOW)
    found = check(record.encode())
    assert (found.verdict, found.reasons) == (Verdict.VERIFIED, ())
    assert found.claim
    inside = found.claim.document["credentialSubject"]["verifiableCredential"][0]
    assert check(json.dumps(inside).encode()).verdict is Verdict.VERIFIED
    head, _body, signature = record.split(".")
    _head, other, _signature = token().split(".")
    assert check(f"{head}.{other}.{signature}".encode()).verdict is Verdict.INVALID


def test_a_long_record_is_split_and_every_piece_is_verified() -> None:
    long = replace(ACHIEVED, description="가" * 1900)
    pieces = list(clr.pieces([said(long) for _ in range(80)]))
    assert sum(map(len, pieces)) == 80
    assert [len(each) for each in pieces] == [23, 23, 23, 11]
    signed = [integrity.with_proof(each, KEY, NOW) for each in pieces[0]]
    record = clr.record(signed, EMAIL, KEY, DID, "오름", SITE, NOW)
    assert check(record.encode()).verdict is Verdict.VERIFIED


def test_a_list_says_to_another_library_what_was_put_in() -> None:
    from openbadgeslib.ob3 import decode_encoded_list

    bits = decode_encoded_list(status_bits.encoded([0, 9, 4711, status_bits.SIZE - 1]))
    found = [8 * place + bit for place, byte in enumerate(bits) for bit in range(8)
             if byte & (0x80 >> bit)]  # fmt: skip
    assert (len(bits) * 8, found) == (status_bits.SIZE, [0, 9, 4711, status_bits.SIZE - 1])


def test_the_same_state_and_day_give_the_same_list() -> None:
    assert lists(revocation=[5]) == lists(revocation=[5])
    assert lists(revocation=[5]) != lists(revocation=[6])


def test_a_token_holds_no_address_and_no_name() -> None:
    text = json.dumps(badge.payload(said()), ensure_ascii=False)
    assert EMAIL not in text
    assert "haneul" not in text
    assert '"hashed": true' in text


@pytest.mark.parametrize(
    ("site", "did"),
    [
        ("https://oreum.example/", "did:web:oreum.example"),
        ("http://127.0.0.1:8714", "did:web:127.0.0.1%3A8714"),
        ("https://오름.kr", "did:web:xn--jx2bx4u.kr"),
        ("http://[::1]:80", "did:web:%3A%3A1%3A80"),
    ],
)
def test_the_did_of_a_site(site: str, did: str) -> None:
    assert did_of(site) == did


def test_a_vault_opens_only_its_own_keys() -> None:
    vault = SealedKeyVault("a secret of more than thirty-two letters", SITE)
    sealed = vault.seal("one", KEY.private)
    assert vault.open("one", sealed) == KEY.private
    assert KEY.private not in sealed
    assert sealed != vault.seal("one", KEY.private)
    other = SealedKeyVault("another secret, as long as the first was", SITE)
    refused = [(vault, "two", sealed), (vault, "one", sealed[:-1]), (vault, "one", b""),
               (other, "one", sealed), (NullKeyVault(SITE), "one", sealed)]  # fmt: skip
    for which, name, data in refused:
        with pytest.raises(VaultClosed):
            which.open(name, data)


def test_a_key_never_shows_itself() -> None:
    vault = SealedKeyVault("a secret of more than thirty-two letters", SITE)
    assert "secret" not in repr(vault)
    assert repr(KEY.private)[2:-1] not in repr(KEY)
