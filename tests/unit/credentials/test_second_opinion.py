"""A verifier of thirty lines, pyld and cryptography alone, is asked about every credential too."""

import hashlib
import json
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from hypothesis import given, settings
from hypothesis import strategies as st
from openvc.multibase import MultibaseError, decode_multibase
from pyld import jsonld

from matcher.credentials import signing_keys
from matcher.credentials.integrity_proofs import pinned_contexts
from matcher.credentials.types import Verdict
from matcher.credentials.verifying import check
from tests import credential_workshop as shop
from tests.credential_workshop import NOW, RECIPIENT, UNIVERSITY
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
KEY = UNIVERSITY.private.public_key()


def is_signed(text: bytes, key: Any = KEY) -> bool:
    """Whether the university's key signed this token or this document."""
    try:
        if not text.startswith(b"{"):
            signed, _, signature = text.rpartition(b".")
            key.verify(_plain(signature), signed)
            return json.loads(_plain(signed.split(b".")[0]))["alg"] == "EdDSA"
        document = json.loads(text)
        proof = document.pop("proof")
        value = decode_multibase(proof.pop("proofValue"))
        parts = ({**proof, "@context": document["@context"]}, document)
        key.verify(value, b"".join(hashlib.sha256(_canonical(each)).digest() for each in parts))
    except REFUSALS:
        return False
    return True


def _plain(part: bytes) -> bytes:
    return urlsafe_b64decode(part + b"=" * (-len(part) % 4))


def _canonical(document: dict[str, Any]) -> bytes:
    def load(address: str, _options: Any) -> dict[str, Any]:
        known = pinned_contexts()[address]
        return {"contextUrl": None, "documentUrl": address, "document": known}

    said = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    return str(jsonld.normalize(document, said)).encode()


def genuine() -> list[bytes]:
    mine = signing_keys.SigningKey(UNIVERSITY.kid, UNIVERSITY.private.private_bytes_raw())
    return [
        shop.token(),
        shop.text_of(UNIVERSITY.proved(shop.badge())),
        signing_keys.sign_jwt(shop.claims(shop.badge()), mine).encode(),
    ]


def test_both_say_yes_to_the_genuine_and_so_to_our_own_signer() -> None:
    for text in genuine():
        verdict = check(text, shop.at_hand(), recipient=RECIPIENT, now=NOW).verdict
        assert (is_signed(text), verdict) == (True, Verdict.VERIFIED)


UNBOUNDED = {"graph_that_takes_for_ever_to_order"}
"""The thirty lines have no budget: they would still be at it."""


@pytest.mark.parametrize("name", sorted(set(CASES) - UNBOUNDED))
def test_what_the_second_opinion_refuses_we_never_call_anything_but_refused(name: str) -> None:
    """And where it finds the university's signature whole, the signature is not our reason."""
    data, at_hand = CASES[name].made()
    found = check(data, at_hand, recipient=RECIPIENT, now=NOW)
    if at_hand.keys != shop.at_hand().keys or found.claim is None:
        assert found.verdict != Verdict.VERIFIED
    elif found.claim.issuer == UNIVERSITY.did:
        codes = {each.code for each in found.reasons}
        blames_the_signature = bool(codes & {"signature_wrong", "key_kind"})
        assert not (blames_the_signature and is_signed(found.content))
        if not is_signed(found.content):
            assert found.verdict in (Verdict.INVALID, Verdict.UNVERIFIABLE)


TOKEN = shop.token()
DOCUMENT = shop.text_of(UNIVERSITY.proved(shop.badge()))


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
    edited = DOCUMENT[:place] + bytes([byte]) + DOCUMENT[place + 1 :]
    found = check(edited, shop.at_hand(), recipient=None, now=NOW)
    if found.verdict == Verdict.VERIFIED:
        assert json.loads(edited) == json.loads(DOCUMENT)
