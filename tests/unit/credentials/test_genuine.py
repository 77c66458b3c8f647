"""What is genuine is accepted, in every form and from every carrier; with published vectors."""

import hashlib
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from openbadgeslib import baking

from matcher.credentials.integrity_proofs import pinned_contexts
from matcher.credentials.types import Checked, Proof, Verdict
from matcher.credentials.verifying import check
from matcher.credentials.words import sentence
from matcher.i18n import use_language
from tests import credential_workshop as shop
from tests.credential_workshop import (
    ACADEMY,
    COLLEGE,
    NOW,
    PERSON,
    RECIPIENT,
    UNIVERSITY,
    WORKSHOP,
)

DATA = Path(__file__).parents[2] / "data"
W3C = json.loads((DATA / "w3c_eddsa_rdfc_2022.json").read_text())
W3C_CURVES = json.loads((DATA / "w3c_ecdsa_rdfc_2019.json").read_text())
FINAL = (DATA / "open_badge_3_shape.json").read_bytes()


def checked(data: bytes, recipient: str | None = RECIPIENT, **known: Any) -> Checked:
    return check(data, shop.at_hand(**known), recipient=recipient, now=NOW)


def holds(
    data: bytes, recipient: str | None = RECIPIENT, **known: Any
) -> tuple[Verdict, list[str]]:
    found = checked(data, recipient, **known)
    return found.verdict, [each.code for each in found.reasons]


GENUINE = (Verdict.VERIFIED, [])


def test_published_vector_of_the_w3c_holds_and_its_edited_twin_does_not() -> None:
    document, key = W3C["credential"], W3C["publicJwk"]
    issuer = document["issuer"]
    known = {"trusted": frozenset([issuer]), "keys": {issuer: key}}
    assert holds(shop.text_of(document), None, **known) == GENUINE
    edited = {**document, "name": "Another Credential"}
    verdict = checked(shop.text_of(edited), None, **known).verdict
    assert verdict == Verdict.INVALID


def test_published_vector_without_its_issuers_key_is_authentic_and_no_more() -> None:
    """Its proof names a did:key, which shows that nothing was changed; not who `issuer` is."""
    assert holds(shop.text_of(W3C["credential"]), None)[0] == Verdict.AUTHENTIC_UNKNOWN_ISSUER
    edited = {**W3C["credential"], "name": "Another Credential"}
    assert holds(shop.text_of(edited), None)[0] == Verdict.INVALID


@pytest.mark.parametrize("curve", ["P-256", "P-384"])
def test_published_vector_of_elliptic_curves_holds_and_its_edited_twin_does_not(curve: str) -> None:
    document = {**W3C["credential"], "proof": W3C_CURVES["proofs"][curve]}
    issuer, key = document["issuer"], document["proof"]["verificationMethod"].partition("#")[2]
    known = {"trusted": frozenset([issuer]), "keys": {issuer: {"publicKeyMultibase": key}}}
    assert holds(shop.text_of(document), None, **known) == GENUINE
    assert holds(shop.text_of(document), None)[0] == Verdict.AUTHENTIC_UNKNOWN_ISSUER
    edited = {**document, "name": "Another Credential"}
    assert holds(shop.text_of(edited), None, **known) == (Verdict.INVALID, ["signature_wrong"])


KINDS = {"Ed25519": UNIVERSITY, "P-256": ACADEMY, "P-384": COLLEGE}


@pytest.mark.parametrize("issuer", KINDS.values(), ids=KINDS)
def test_token_of_a_trusted_issuer_holds(issuer: shop.Issuer) -> None:
    found = checked(shop.token(issuer))
    assert (found.verdict, found.proof) == (Verdict.VERIFIED, Proof.VC_JWT)
    assert found.claim
    assert found.claim.achievement_name == "Cloud basics"


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
def test_rsa_token_holds(algorithm: str) -> None:
    import jwt

    payload = shop.claims(shop.badge(shop.institute()))
    headers = {"kid": shop.INSTITUTE_KEY}
    signed = jwt.encode(payload, shop.institute().private, algorithm=algorithm, headers=headers)
    at_hand = shop.institute_at_hand()
    found = check(signed.encode(), at_hand, recipient=RECIPIENT, now=NOW)
    assert (found.verdict, found.reasons) == (Verdict.VERIFIED, ())


def test_did_key_needs_no_pinned_key_once_it_is_trusted() -> None:
    known = {"trusted": frozenset([PERSON.did]), "keys": {}}
    assert holds(shop.token(PERSON), **known) == GENUINE
    assert holds(shop.text_of(PERSON.proved(shop.badge(PERSON))), **known) == GENUINE


def test_did_jwk_is_its_own_key_under_the_same_rule() -> None:
    """Trusted it counts; otherwise it shows that nothing was altered, and no more."""
    known = {"trusted": frozenset([WORKSHOP.did]), "keys": {}}
    for data in (shop.token(WORKSHOP), shop.text_of(WORKSHOP.proved(shop.badge(WORKSHOP)))):
        assert holds(data, **known) == GENUINE
        assert holds(data) == (Verdict.AUTHENTIC_UNKNOWN_ISSUER, ["issuer_unknown"])


def test_an_address_may_be_pinned_under_a_did_jwk() -> None:
    school = shop.Issuer(WORKSHOP.private, "https://school.example/issuer")
    signed = school.token(shop.claims(shop.badge(school)), kid=WORKSHOP.kid)
    known = {"trusted": frozenset([school.did]), "keys": {school.did: WORKSHOP.jwk}}
    assert holds(signed, **known) == GENUINE


@pytest.mark.parametrize("issuer", KINDS.values(), ids=KINDS)
def test_proved_document_holds(issuer: shop.Issuer) -> None:
    found = checked(shop.text_of(issuer.proved(shop.badge(issuer))))
    assert (found.verdict, found.proof) == (Verdict.VERIFIED, Proof.DATA_INTEGRITY)


def test_a_list_of_one_proof_is_that_proof() -> None:
    document = UNIVERSITY.proved(shop.badge())
    assert holds(shop.text_of({**document, "proof": [document["proof"]]})) == GENUINE


def test_enveloped_token_is_read_as_the_token_it_is() -> None:
    assert holds(shop.text_of(shop.enveloped(shop.token()))) == GENUINE


def test_example_in_the_standards_shape_holds_when_its_issuer_signs_it() -> None:
    """Every member of the standard's own kind of example survives both ways of signing."""
    document = {**json.loads(FINAL)["credential"], "issuer": shop.badge()["issuer"]}
    assert holds(shop.text_of(UNIVERSITY.proved(document)), None) == GENUINE
    assert holds(UNIVERSITY.token(shop.claims(document)), None) == GENUINE


def test_learner_record_holds_too() -> None:
    record = shop.badge(
        **{"@context": [shop.BASE, "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"]},
        type=["VerifiableCredential", "ClrCredential"],
        credentialSubject={"id": f"mailto:{RECIPIENT}", "type": ["ClrSubject"],
                           "verifiableCredential": []},
    )  # fmt: skip
    found = checked(UNIVERSITY.token(shop.claims(record)))
    assert found.verdict == Verdict.VERIFIED
    assert found.claim
    assert found.claim.types == ("VerifiableCredential", "ClrCredential")


def learner_record() -> dict[str, Any]:
    contexts = [
        shop.BASE,
        shop.BADGES,
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    ]
    named = {"type": "IdentityObject", "hashed": False, "identityHash": RECIPIENT,
             "identityType": "emailAddress"}  # fmt: skip
    record = shop.badge(
        **{"@context": contexts},
        id="urn:uuid:0e3b7f5c-6f5c-4c0f-9d5a-000000000002",
        type=["VerifiableCredential", "ClrCredential"],
        credentialSubject={"type": ["ClrSubject"], "identifier": [named],
                           "verifiableCredential": [UNIVERSITY.proved(shop.badge())]},
    )  # fmt: skip
    return UNIVERSITY.proved(record, extra_contexts=dict(pinned_contexts()))


def test_learner_record_with_badges_inside_holds_and_an_edited_one_does_not() -> None:
    record = learner_record()
    assert holds(shop.text_of(record)) == GENUINE
    inside = record["credentialSubject"]["verifiableCredential"][0]
    for place in (record, record["credentialSubject"], inside, inside["credentialSubject"]):
        place["honours"] = "with distinction"
        assert holds(shop.text_of(record)) == (Verdict.INVALID, ["not_as_signed"])
        del place["honours"]
    record["credentialSubject"]["identifier"][0]["identityHash"] = "x@example.kr"
    assert checked(shop.text_of(record)).verdict == Verdict.INVALID


def test_every_credential_in_a_record_is_checked_by_itself() -> None:
    """Whatever form it has, and whoever of the known issuers gave it; one without a signature may
    only be by the signer of the record."""
    members = [
        UNIVERSITY.proved(shop.badge()),
        ACADEMY.proved(shop.badge(ACADEMY)),
        shop.token(COLLEGE).decode(),
        shop.enveloped(shop.token()),
        shop.badge(),
    ]
    record = UNIVERSITY.token(shop.claims(shop.record(UNIVERSITY, *members)))
    found = checked(record)
    assert (found.verdict, found.reasons) == (Verdict.VERIFIED, ())
    assert [each.verdict for each in found.inside] == [Verdict.VERIFIED] * 5
    assert [each.proof for each in found.inside] == [
        Proof.DATA_INTEGRITY, Proof.DATA_INTEGRITY, Proof.VC_JWT, Proof.VC_JWT, None
    ]  # fmt: skip


def test_a_record_tells_of_each_bad_member_which_one_it_is_and_why() -> None:
    ended = shop.token(validUntil="2026-02-01T00:00:00Z").decode()
    members = [shop.token().decode(), ended, PERSON.proved(shop.badge(PERSON))]
    found = checked(UNIVERSITY.token(shop.claims(shop.record(UNIVERSITY, *members))))
    assert found.verdict == Verdict.EXPIRED
    told = [
        (each.code, each.details.get("number", each.details.get("inside")))
        for each in found.reasons
    ]
    assert told == [("inside", "2"), ("expired", "2"), ("inside", "3"), ("issuer_unknown", "3")]
    with use_language("en"):
        first, second, *_rest = map(sentence, found.reasons)
    assert first == "Credential number 2 inside (Cloud basics): Lapsed"
    assert second == "Number 2: It ended on Feb 1, 2026."


def test_a_badge_of_another_in_a_record_is_seen_even_when_nobody_asks() -> None:
    other = shop.badge(credentialSubject=shop.subject(id="mailto:somebody@example.kr"))
    record = UNIVERSITY.token(shop.claims(shop.record(UNIVERSITY, UNIVERSITY.proved(other))))
    assert holds(record, None) == (Verdict.WRONG_RECIPIENT, ["inside", "recipient_differs"])


def test_the_age_of_a_list_inside_is_the_records_too() -> None:
    member = UNIVERSITY.proved(shop.badge(credentialStatus=shop.entry()))
    record = UNIVERSITY.token(shop.claims(shop.record(UNIVERSITY, member, member)))
    found = check(record, shop.with_list(shop.status_list(age=9)), recipient=None, now=NOW)
    assert [each.code for each in found.reasons] == ["status_list_old"]
    assert found.verdict == Verdict.VERIFIED
    assert found.status_list_at
    assert (NOW - found.status_list_at).days == 9


# Carriers

BAKED = {
    "plain chunk": lambda text: shop.baked(text),
    "squeezed chunk": lambda text: shop.baked(text, compressed=True),
    "by the library": lambda text: baking.bake_png(
        shop.picture(), text.decode(), keyword=baking.ITXT_KEYWORD_OB3
    ),
    "drawing": lambda text: shop.drawn(text.decode()),
    "drawing by the library": lambda text: baking.bake_svg(
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        text.decode(),
        element=baking.SVG_ELEMENT_OB3,
        namespace=baking.SVG_NS_OB3,
    ),
    "drawing with a script": lambda text: shop.drawn(text.decode(), more="<script>x()</script>"),
    "drawing with a doctype": lambda text: shop.drawn(
        text.decode(), head='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://w3.example/d">'
    ),
    "text with a mark": lambda text: b"\xef\xbb\xbf" + text,
    "pasted with blanks": lambda text: b"\r\n  " + text + b"\n\n",
}


@pytest.mark.parametrize("carrier", BAKED)
def test_carrier_gives_the_badge_and_nothing_else(carrier: str) -> None:
    token = shop.token()
    found = checked(BAKED[carrier](token))
    assert (found.verdict, found.content) == (Verdict.VERIFIED, token)


def test_proved_document_travels_in_pictures_as_text() -> None:
    text = shop.text_of(UNIVERSITY.proved(shop.badge()))
    for data in (shop.baked(text), shop.drawn(text.decode(), as_text=True)):
        assert holds(data) == GENUINE


# Whose it is


def hashed(address: str, salt: str = "salt") -> dict[str, Any]:
    digest = hashlib.sha256((address + salt).encode()).hexdigest()
    return {"type": "IdentityObject", "hashed": True, "salt": salt,
            "identityType": "emailAddress", "identityHash": f"sha256${digest}"}  # fmt: skip


@pytest.mark.parametrize(
    ("members", "recipient"),
    [
        ({"id": f"mailto:{RECIPIENT}"}, RECIPIENT.upper()),
        ({"id": "MAILTO:Haneul@Example.kr"}, RECIPIENT),
        ({"id": "mailto:하늘@example.kr"}, "\u1112\u1161\u1102\u1173\u11af@example.kr"),
        ({"id": None, "identifier": [hashed(RECIPIENT)]}, RECIPIENT),
        ({"id": None, "identifier": [hashed("Haneul@example.kr")]}, "Haneul@example.kr"),
        ({"id": None, "identifier": [hashed(RECIPIENT)]}, "Haneul@Example.KR"),
        ({"id": None, "identifier": hashed(RECIPIENT, "")}, RECIPIENT),
        ({"id": None, "identifier": {**hashed(RECIPIENT, ""), "salt": None}}, RECIPIENT),
        ({"id": PERSON.did, "identifier": [hashed("x@y.kr"), hashed(RECIPIENT)]}, RECIPIENT),
        pytest.param({"id": PERSON.did}, PERSON.did, id="did"),
    ],
)
def test_the_holder_is_known_however_the_badge_writes_them(
    members: dict[str, Any], recipient: str
) -> None:
    token = shop.token(credentialSubject=shop.subject(**members))
    assert holds(token, recipient) == GENUINE


def test_a_did_is_compared_letter_by_letter() -> None:
    token = shop.token(credentialSubject=shop.subject(id=PERSON.did))
    assert holds(token, PERSON.did.swapcase())[0] == Verdict.WRONG_RECIPIENT


def test_a_badge_that_names_nobody_says_so_when_nobody_asks() -> None:
    token = shop.token(credentialSubject=shop.subject(id=None))
    assert holds(token, None) == (Verdict.VERIFIED, ["names_nobody"])


# Status


def test_a_fresh_list_without_the_bit_leaves_the_badge_alone() -> None:
    held = shop.with_list(shop.status_list((6, 8)))
    token = shop.token(credentialStatus=[shop.entry()])
    found = check(token, held, recipient=RECIPIENT, now=NOW)
    assert (found.verdict, found.reasons) == (Verdict.VERIFIED, ())
    assert found.status_list_at
    assert (NOW - found.status_list_at).days == 1


def test_an_old_list_still_answers_and_its_age_is_told() -> None:
    held = shop.with_list(shop.status_list(age=8))
    found = check(shop.token(credentialStatus=shop.entry()), held, recipient=None, now=NOW)
    assert found.verdict == Verdict.VERIFIED
    assert [(each.code, each.details["days"]) for each in found.reasons] == [
        ("status_list_old", "8")
    ]


def test_an_entry_that_only_announces_something_takes_nothing_away() -> None:
    assert holds(shop.token(credentialStatus=shop.entry(purpose="message"))) == GENUINE


@pytest.mark.parametrize("raised", [0, 7, 8, 131_071])
def test_every_place_is_read_from_its_own_bit(raised: int) -> None:
    held = shop.with_list(shop.status_list((raised,)))
    for index, verdict in ((raised, Verdict.REVOKED), ((raised + 1) % 131_072, Verdict.VERIFIED)):
        token = shop.token(credentialStatus=shop.entry(index))
        assert check(token, held, recipient=None, now=NOW).verdict == verdict


@pytest.mark.parametrize("rows", [(), ("urn:uuid:another",), ({"id": "mine", "revoked": False},)])
def test_a_list_of_names_without_the_badge_leaves_it_alone_and_has_no_date(
    rows: tuple[Any, ...],
) -> None:
    mine = shop.badge()["id"]
    named = [{**each, "id": mine} if isinstance(each, dict) else each for each in rows]
    held = shop.with_list(shop.named_list(*named))
    for data in (
        shop.token(credentialStatus=shop.named_entry()),
        shop.text_of(UNIVERSITY.proved(badge_with_names())),
    ):
        found = check(data, held, recipient=RECIPIENT, now=NOW)
        assert found.verdict == Verdict.VERIFIED
        assert [each.code for each in found.reasons] == ["status_list_undated"]
        assert found.status_list_at is None


def badge_with_names() -> dict[str, Any]:
    """In a document the word of the list's kind needs its own context."""
    extensions = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
    context = [shop.BASE, shop.BADGES, extensions]
    return shop.badge(**{"@context": context}, credentialStatus=shop.named_entry())


# Keys


def test_any_key_in_force_may_have_signed() -> None:
    """Rotation: the older key stays in the document, and the token names which one it is."""
    second = shop.Issuer(PERSON.private, UNIVERSITY.did)
    keys = {UNIVERSITY.did: UNIVERSITY.document(second)}
    token = second.token(shop.claims(shop.badge()), kid=f"{UNIVERSITY.did}#key-2")
    assert holds(token, keys=keys) == GENUINE
    assert holds(shop.token(), keys=keys) == GENUINE
    wrong = second.token(shop.claims(shop.badge()), kid=f"{UNIVERSITY.did}#key-1")
    assert holds(wrong, keys=keys) == (Verdict.INVALID, ["signature_wrong"])


def test_key_marked_as_revoked_signs_no_more() -> None:
    document = UNIVERSITY.document()
    document["verificationMethod"][0]["revoked"] = "2026-02-01T00:00:00Z"
    keys = {UNIVERSITY.did: document}
    assert holds(shop.token(), keys=keys) == (Verdict.UNVERIFIABLE, ["key_not_at_hand"])


def test_key_that_another_controls_does_not_sign_for_the_issuer() -> None:
    document = UNIVERSITY.document()
    document["verificationMethod"][0]["controller"] = ACADEMY.did
    keys = {UNIVERSITY.did: document}
    assert holds(shop.token(), keys=keys) == (Verdict.UNVERIFIABLE, ["key_not_at_hand"])


@pytest.mark.parametrize("kid", ["thumbprint", None])
def test_one_pinned_jwk_is_tried_whatever_it_is_called(kid: str | None) -> None:
    jwk = {**UNIVERSITY.jwk, **({"kid": kid} if kid else {})}
    assert holds(shop.token(), keys={UNIVERSITY.did: jwk}) == GENUINE
    wrong = {**PERSON.jwk, **({"kid": kid} if kid else {})}
    assert holds(shop.token(), keys={UNIVERSITY.did: wrong})[1] == ["signature_wrong"]


def test_did_key_has_one_key_whatever_the_token_calls_it() -> None:
    token = PERSON.token(shop.claims(shop.badge(PERSON)), kid="key-1")
    assert holds(token, trusted=frozenset([PERSON.did])) == GENUINE


@pytest.mark.parametrize("form", ["jwk", "set", "multibase", "embedded"])
def test_key_is_read_in_every_form_it_is_published_in(form: str) -> None:
    method = UNIVERSITY.document()["verificationMethod"][0]
    letters = shop.Issuer(UNIVERSITY.private).did.removeprefix("did:key:")
    multikey = {"id": UNIVERSITY.kid, "type": "Multikey", "controller": UNIVERSITY.did,
                "publicKeyMultibase": letters}  # fmt: skip
    forms: dict[str, Any] = {
        "jwk": UNIVERSITY.jwk,
        "set": {"keys": [ACADEMY.jwk, {**UNIVERSITY.jwk, "kid": "key-1"}]},
        "multibase": {**UNIVERSITY.document(), "verificationMethod": [multikey]},
        "embedded": {"id": UNIVERSITY.did, "assertionMethod": [method]},
    }
    assert holds(shop.token(), keys={UNIVERSITY.did: forms[form]}) == GENUINE


# Open Badges 2.0


def test_signed_open_badge_2_holds_with_its_class_inside_or_as_an_address() -> None:
    for badge in (shop.assertion()["badge"], "https://institute.example/badges/cloud"):
        signed = shop.institute().token(shop.assertion(badge=badge), kid=None, typ=None)
        found = check(signed, shop.institute_at_hand(), recipient=RECIPIENT, now=NOW)
        assert (found.verdict, found.proof) == (Verdict.VERIFIED, Proof.OB2_SIGNED)


def test_hosted_badge_is_confirmed_by_its_host_and_not_by_a_signature() -> None:
    assertion = shop.assertion(recipient={"type": "email", "identity": hashed(RECIPIENT)
                               ["identityHash"], "hashed": True, "salt": "salt"})  # fmt: skip
    held = shop.institute_at_hand(hosted=frozenset([assertion["id"]]))
    for carrier in (shop.text_of(assertion), shop.baked(shop.text_of(assertion), b"openbadges")):
        found = check(carrier, held, recipient=RECIPIENT, now=NOW)
        assert (found.verdict, found.proof) == (Verdict.VERIFIED, Proof.OB2_HOSTED)


def test_hosted_badge_of_an_unlisted_host_is_authentic_and_no_more() -> None:
    assertion = shop.assertion()
    held = shop.institute_at_hand(hosted=frozenset([assertion["id"]]), trusted=frozenset())
    verdict = check(shop.text_of(assertion), held, recipient=RECIPIENT, now=NOW).verdict
    assert verdict == Verdict.AUTHENTIC_UNKNOWN_ISSUER


def test_nothing_is_fetched_whatever_a_badge_names(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def refuse(*target: Any, **_options: Any) -> None:
        asked.append(target)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    unknown = shop.badge(**{"@context": [shop.BASE, "https://stranger.example/context"]})
    elsewhere = shop.Issuer(PERSON.private, "did:web:stranger.example")
    drawing = shop.drawn("a.b.c", head='<!DOCTYPE svg SYSTEM "http://stranger.example/dtd">')
    handed_in = [
        shop.text_of({**UNIVERSITY.proved(shop.badge()), "@context": unknown["@context"]}),
        shop.token(elsewhere, credentialStatus=shop.entry()),
        elsewhere.token(shop.claims(shop.badge(elsewhere)), jku="https://stranger.example/keys"),
        shop.text_of(shop.assertion(badge="https://stranger.example/badge")),
        drawing,
    ]
    verdicts = [checked(data).verdict for data in handed_in]
    assert (set(verdicts), asked) == ({Verdict.UNVERIFIABLE, Verdict.INVALID}, [])
