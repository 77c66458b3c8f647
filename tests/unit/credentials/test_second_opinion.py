"""A verifier of forty lines, pyld and cryptography alone, is asked about every credential too."""

import hashlib
import json
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st
from openvc.multibase import MultibaseError, decode_multibase
from pyld import jsonld

from matcher.credentials import signing_keys
from matcher.credentials.integrity_proofs import pinned_contexts
from matcher.credentials.types import Checked, Verdict
from matcher.credentials.verifying import check
from tests import credential_workshop as shop
from tests.credential_workshop import ACADEMY, COLLEGE, NOW, RECIPIENT, UNIVERSITY
from tests.unit.credentials.forged import CASES

REFUSALS = (
    InvalidSignature,
    MultibaseError,
    ValueError,
    KeyError,
    TypeError,
    RecursionError,
    jsonld.JsonLdError,
)
ISSUERS = {each.did: each for each in (UNIVERSITY, ACADEMY, COLLEGE)}
SUITES = {"EdDSA": "eddsa-rdfc-2022", "ES256": "ecdsa-rdfc-2019", "ES384": "ecdsa-rdfc-2019"}


def is_signed(text: bytes, by: shop.Issuer = UNIVERSITY) -> bool:
    """Whether this issuer's key signed this token or this document."""
    try:
        if not text.startswith(b"{"):
            signed, _, signature = text.rpartition(b".")
            _verify(by, _plain(signature), signed)
            return bool(json.loads(_plain(signed.split(b".")[0]))["alg"] == by.algorithm)
        document = json.loads(text)
        proof = document.pop("proof")
        value = decode_multibase(proof.pop("proofValue"))
        parts = ({**proof, "@context": document["@context"]}, document)
        digest = hashlib.sha384 if by.algorithm == "ES384" else hashlib.sha256
        _verify(by, value, b"".join(digest(_canonical(each)).digest() for each in parts))
    except REFUSALS:
        return False
    return bool(proof["cryptosuite"] == SUITES[by.algorithm])


def _verify(by: shop.Issuer, signature: bytes, data: bytes) -> None:
    key: Any = by.private.public_key()
    if by.algorithm == "EdDSA":
        return key.verify(signature, data)
    half = key.key_size // 8
    if len(signature) != 2 * half:
        raise ValueError
    r, s = (int.from_bytes(each, "big") for each in (signature[:half], signature[half:]))
    digest = hashes.SHA384() if by.algorithm == "ES384" else hashes.SHA256()
    return key.verify(encode_dss_signature(r, s), data, ec.ECDSA(digest))


def _plain(part: bytes) -> bytes:
    return urlsafe_b64decode(part + b"=" * (-len(part) % 4))


def _canonical(document: dict[str, Any]) -> bytes:
    def load(address: str, _options: Any) -> dict[str, Any]:
        known = pinned_contexts()[address]
        return {"contextUrl": None, "documentUrl": address, "document": known}

    said = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    return str(jsonld.normalize(document, said)).encode()


def genuine() -> list[tuple[bytes, shop.Issuer]]:
    assert isinstance(UNIVERSITY.private, Ed25519PrivateKey)
    mine = signing_keys.SigningKey(UNIVERSITY.kid, UNIVERSITY.private.private_bytes_raw())
    own = signing_keys.sign_jwt(shop.claims(shop.badge()), mine).encode()
    tokens = [(shop.token(each), each) for each in ISSUERS.values()]
    documents = [(shop.text_of(each.proved(shop.badge(each))), each) for each in ISSUERS.values()]
    return [*tokens, *documents, (own, UNIVERSITY)]


def test_both_say_yes_to_the_genuine_and_so_to_our_own_signer() -> None:
    for text, issuer in genuine():
        verdict = check(text, shop.at_hand(), recipient=RECIPIENT, now=NOW).verdict
        assert (is_signed(text, issuer), verdict) == (True, Verdict.VERIFIED)


UNBOUNDED = {
    "graph_that_takes_for_ever_to_order",
    "curve_proof_over_a_graph_that_takes_for_ever_to_order",
}
"""The forty lines have no budget: they would still be at it."""


@pytest.mark.parametrize("name", sorted(set(CASES) - UNBOUNDED))
def test_what_the_second_opinion_refuses_we_never_call_anything_but_refused(name: str) -> None:
    """And where it finds the issuer's signature whole, the signature is not our reason."""
    data, at_hand = CASES[name].made()
    found = check(data, at_hand, recipient=RECIPIENT, now=NOW)
    assert found.verdict != Verdict.VERIFIED
    for each in (found, *found.inside):
        issuer = ISSUERS.get(each.claim.issuer) if each.claim and each.content else None
        if issuer and at_hand.keys == shop.at_hand().keys:
            agrees(each, issuer)


def agrees(found: Checked, issuer: shop.Issuer) -> None:
    own = {each.code for each in found.reasons if "inside" not in each.details}
    blames_the_signature = bool(own & {"signature_wrong", "key_kind"})
    assert not (blames_the_signature and is_signed(found.content, issuer))
    if not is_signed(found.content, issuer):
        assert found.verdict in (Verdict.INVALID, Verdict.UNVERIFIABLE)


TOKEN = shop.token()
DOCUMENT = shop.text_of(UNIVERSITY.proved(shop.badge()))
BY_CURVE = shop.text_of(COLLEGE.proved(shop.badge(COLLEGE)))


@settings(max_examples=300, deadline=None)
@given(place=st.integers(0, len(TOKEN) - 1), byte=st.integers(0, 255))
def test_a_token_with_one_edited_byte_never_holds(place: int, byte: int) -> None:
    edited = TOKEN[:place] + bytes([byte]) + TOKEN[place + 1 :]
    found = check(edited, shop.at_hand(), recipient=None, now=NOW)
    assert (found.verdict == Verdict.VERIFIED) == (edited == TOKEN)


@settings(max_examples=40, deadline=None)
@given(place=st.integers(0, len(DOCUMENT) - 1), byte=st.integers(0, 255))
def test_a_document_with_one_edited_byte_says_the_same_or_does_not_hold(
    place: int, byte: int
) -> None:
    """Blanks between members may differ: the document then still says what was signed."""
    for document in (DOCUMENT, BY_CURVE):
        edited = document[:place] + bytes([byte]) + document[place + 1 :]
        found = check(edited, shop.at_hand(), recipient=None, now=NOW)
        if found.verdict == Verdict.VERIFIED:
            assert json.loads(edited) == json.loads(document)
