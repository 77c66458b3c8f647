"""The centre's list of issuers: what it takes, what it refuses, and what follows for badges."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from matcher.clock import start_of
from matcher.flows import trusted_issuers
from matcher.flows.trusted_issuers import NewIssuer
from matcher.jobs import badges as job
from matcher.matching import at_hand, demo_badge_issuer
from matcher.matching.signing import own_did
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.wiring import Services
from models.credential import IssuerMeans, StatusListCopy, TrustedIssuer
from models.trail import AuditEntry
from tests import credential_workshop as shop
from tests.badge_desk import SAA, certificate_badge, handed, records, stored, trust
from tests.credential_workshop import (
    ACADEMY,
    COLLEGE,
    IMPOSTOR,
    PERSON,
    UNIVERSITY,
    WORKSHOP,
    Issuer,
    institute,
)
from tests.factories import TODAY
from tests.partner_desk import looking, working
from tests.people import People

HTTPS = "https://issuer.example/about"


def new(by: Issuer = UNIVERSITY, /, **values: Any) -> NewIssuer:
    given = {
        "issuer": by.did, "name": "Demo University", "means": IssuerMeans.SIGNED,
        "key_document": json.dumps(by.document()), "note": "demo: made by a test",
        "backs_certificates": True,
    }  # fmt: skip
    return NewIssuer(**{**given, **values})


def add(services: Services, people: People, what: NewIssuer) -> int:
    with working(services, people.centre) as unit:
        number = trusted_issuers.add(unit, what, services.key_vault)
    job.run(services)
    return number


def switch(services: Services, people: People, number: int, is_active: bool, version: int) -> None:
    with working(services, people.centre) as unit:
        trusted_issuers.switch(unit, number, is_active, version)
    job.run(services)


def bring(services: Services, people: People, data: bytes) -> int:
    with looking(services, people.centre) as unit:
        known = trusted_issuers.at_hand_now(unit, services.key_vault)
    looked = trusted_issuers.look_at_list(data, known, services.clock.now())
    with working(services, people.centre) as unit:
        again = trusted_issuers.bring_list(unit, looked)
    assert job.run(services) == again
    return again


def rows(services: Services, table: type[Any]) -> list[Any]:
    with services.database.reading() as session:
        return list(session.exec(select(table)))


def audited(services: Services) -> list[str]:
    with services.database.reading() as session:
        found = session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))
        return [each.action for each in found if each.action.startswith("issuer:")]


def refused(services: Services, people: People, what: NewIssuer, field: str) -> str:
    with pytest.raises(Invalid) as found:
        add(services, people, what)
    assert set(found.value.fields) == {field}
    assert rows(services, TrustedIssuer) == []
    return found.value.fields[field]


def test_a_badge_counts_from_the_day_its_issuer_is_on_the_list_and_no_longer(
    services: Services, people: People
) -> None:
    badge = handed(services, people.youth, certificate_badge(people.youth.email))
    assert (badge.verdict, records(services, people.youth)) == ("unverifiable", [])
    number = add(services, people, new())
    assert stored(services, badge.id or 0).state == "counted"
    assert [each.verification for each in records(services, people.youth)] == [4]
    switch(services, people, number, False, 1)
    assert stored(services, badge.id or 0).verdict == "unverifiable"
    assert [each.verification for each in records(services, people.youth)] == [1]
    switch(services, people, number, True, 2)
    assert [each.verification for each in records(services, people.youth)] == [4]
    assert audited(services) == ["issuer:added", "issuer:off", "issuer:on"]


def test_a_key_that_was_changed_ends_what_only_the_old_one_signed(
    services: Services, people: People
) -> None:
    number = add(services, people, new())
    badge = handed(services, people.youth, certificate_badge(people.youth.email))
    assert badge.state == "counted"
    keys = json.dumps(IMPOSTOR.document())
    with working(services, people.centre) as unit:
        trusted_issuers.renew_keys(unit, number, keys, 1)
    assert job.run(services) == 1
    assert stored(services, badge.id or 0).verdict == "invalid"
    assert [each.verification for each in records(services, people.youth)] == [1]


def test_who_looked_away_meanwhile_changes_nothing(services: Services, people: People) -> None:
    number = add(services, people, new())
    with pytest.raises(Conflict):
        switch(services, people, number, False, 7)
    with pytest.raises(Conflict):
        switch(services, people, number, True, 1)
    with pytest.raises(NotFound):
        switch(services, people, 999_999, False, 1)
    assert rows(services, TrustedIssuer)[0].is_active


ADDRESSES = [
    "", "university.example", "http://university.example", "did:", "did:web:", "did:web:a#key-1",
    "did:web:a b", "DID:web:a", "did:web:a/b", "https://", "https://user@issuer.example/",
    "https://issuer.example/#x", "https://issuer.example:8443/", "https://i.example\\@evil",
    "https://발급.example/", "javascript:alert(1)", "did:web:" + "a" * 500,
]  # fmt: skip


def test_an_address_no_credential_can_name_is_refused(services: Services, people: People) -> None:
    for address in ADDRESSES:
        refused(services, people, new(issuer=address, key_document=""), "issuer")


def _jwk(**changes: Any) -> str:
    return json.dumps({**UNIVERSITY.jwk, **changes})


def _weak() -> str:
    return json.dumps({"kty": "RSA", "n": "AQAB" * 20, "e": "AQAB"})


HOSTILE = {
    "nothing": "",
    "words": "the key",
    "no object": "[]",
    "empty": "{}",
    "half": '{"kty": "OKP"',
    "twice": '{"kty": "OKP", "kty": "RSA"}',
    "deep": '{"a":' * 100 + "1" + "}" * 100,
    "private jwk": _jwk(d="AAAA"),
    "shared secret": json.dumps({"kty": "oct", "k": "AAAA"}),
    "private inside": json.dumps({**UNIVERSITY.document(), "x": {"privateKeyJwk": {"kty": "OKP"}}}),
    "private pem": json.dumps({"id": "x", "publicKeyPem": "-----BEGIN PRIVATE KEY-----"}),
    "private multibase": json.dumps({**UNIVERSITY.document(), "privateKeyMultibase": "z6M"}),
    "of another": json.dumps(ACADEMY.document()),
    "no point of the curve": json.dumps({"kty": "OKP", "crv": "Ed25519", "x": "AA"}),
    "another curve": json.dumps({"kty": "OKP", "crv": "X25519", "x": UNIVERSITY.jwk["x"]}),
    "weak": _weak(),
    "a number": json.dumps({"kty": "OKP", "crv": "Ed25519", "x": 7}),
    "no method": json.dumps({"id": UNIVERSITY.did, "verificationMethod": []}),
    "may not sign": json.dumps({**UNIVERSITY.document(), "assertionMethod": []}),
    "long": json.dumps({**UNIVERSITY.document(), "more": "a" * 20_000}),
    "surrogate": '{"kty": "\\ud800"}',
}


def test_a_hostile_key_document_is_refused_by_its_field(services: Services, people: People) -> None:
    for keys in HOSTILE.values():
        refused(services, people, new(key_document=keys), "key_document")


def test_a_private_key_is_named_and_kept_nowhere(services: Services, people: People) -> None:
    words = refused(services, people, new(key_document=_jwk(d="c2VjcmV0")), "key_document")
    assert "비밀 열쇠" in words
    assert "c2VjcmV0" not in words


def test_every_good_kind_of_key_is_taken(services: Services, people: People) -> None:
    add(services, people, new())
    add(services, people, new(ACADEMY, key_document=json.dumps(ACADEMY.jwk)))
    add(services, people, new(COLLEGE, key_document=json.dumps(COLLEGE.jwk)))
    add(services, people, new(PERSON, key_document=""))
    add(services, people, new(WORKSHOP, key_document=""))
    add(services, people, new(institute(), key_document=json.dumps(institute().jwk)))
    hosted = {"means": IssuerMeans.HOSTED, "key_document": ""}
    add(services, people, new(issuer=HTTPS, **hosted))
    with looking(services, people.centre) as unit:
        known = at_hand.build(unit, services.key_vault)
        assert trusted_issuers.desk(unit).active == 7
    assert len(known.trusted) == 7
    assert set(known.keys) == {UNIVERSITY.did, ACADEMY.did, COLLEGE.did, institute().did}


def test_what_cannot_work_is_refused_by_its_field(services: Services, people: People) -> None:
    hosted = {"means": IssuerMeans.HOSTED, "key_document": ""}
    refused(services, people, new(**hosted), "means")
    refused(services, people, new(issuer=HTTPS, means=IssuerMeans.HOSTED), "key_document")
    refused(services, people, new(issuer=own_did(services.key_vault)), "issuer")
    refused(services, people, new(issuer="did:key:z6Mkbroken", key_document=""), "key_document")
    private = shop.named_by_jwk(PERSON.private, d="c2VjcmV0")
    other_curve = shop.named_by_jwk(PERSON.private, crv="X25519")
    for unusable in (private, other_curve):
        refused(services, people, new(issuer=unusable.did, key_document=""), "key_document")
    add(services, people, new())
    with pytest.raises(Invalid) as found:
        add(services, people, new())
    assert set(found.value.fields) == {"issuer"}


def signed_list(*raised: int, issuer: Issuer = UNIVERSITY, days: int = 1, **changes: Any) -> bytes:
    made_at = (start_of(TODAY) - timedelta(days=days)).isoformat()
    document = {**shop.status_list(raised, issuer), "validFrom": made_at, **changes}
    return issuer.token({key: value for key, value in document.items() if value is not None})


def test_a_newer_list_takes_back_what_it_names(services: Services, people: People) -> None:
    trust(services)
    bring(services, people, signed_list(days=9))
    token = certificate_badge(people.youth.email, credentialStatus=shop.entry(7))
    badge = handed(services, people.youth, token)
    assert (badge.state, [each["code"] for each in badge.reasons]) == (
        "counted",
        ["status_list_old"],
    )
    assert bring(services, people, signed_list(7, days=1)) == 1
    assert stored(services, badge.id or 0).verdict == "revoked"
    assert [each.verification for each in records(services, people.youth)] == [1]
    with looking(services, people.centre) as unit:
        (kept,) = trusted_issuers.desk(unit).lists
    assert (kept.address, kept.is_old) == (shop.LIST, False)
    assert audited(services) == ["issuer:list", "issuer:list"]


BAD_LISTS = {
    "empty": lambda: b"",
    "words": lambda: b"nobody was revoked",
    "a badge": lambda: certificate_badge("a@example.com"),
    "of the impostor": lambda: signed_list(issuer=IMPOSTOR),
    "of a stranger": lambda: signed_list(issuer=PERSON),
    "edited": lambda: signed_list()[:-8] + b"AAAAAAAA",
    "unsigned": lambda: shop.text_of(shop.status_list()),
    "tomorrow's": lambda: signed_list(days=-3),
    "without a date": lambda: signed_list(validFrom=None),
    "ended": lambda: signed_list(validUntil="2026-11-20T00:00:00Z"),
    "for nothing we know": lambda: signed_list(
        credentialSubject={**shop.status_list()["credentialSubject"], "statusPurpose": "message"}
    ),
    "a bomb": lambda: signed_list(
        credentialSubject={
            **shop.status_list()["credentialSubject"],
            "encodedList": shop.encoded(size=2**30),
        }
    ),
    "no bits": lambda: signed_list(credentialSubject={"type": "BitstringStatusList"}),
    "of names, and so unsigned": lambda: shop.named_list("urn:uuid:another"),
    "at no address": lambda: signed_list(id="urn:uuid:1"),
}


def test_a_list_that_does_not_hold_is_refused(services: Services, people: People) -> None:
    trust(services)
    for name, make in BAD_LISTS.items():
        with pytest.raises(Invalid) as found:
            bring(services, people, make())
        assert set(found.value.fields) == {"list"}, name
    assert rows(services, StatusListCopy) == []


def test_an_older_list_and_another_issuers_never_replace_the_one_at_hand(
    services: Services, people: People
) -> None:
    trust(services)
    trust(services, ACADEMY)
    bring(services, people, signed_list(7, days=2))
    for data in (signed_list(days=3), signed_list(issuer=ACADEMY, days=1)):
        with pytest.raises(Invalid):
            bring(services, people, data)
    (kept,) = rows(services, StatusListCopy)
    assert kept.data == signed_list(7, days=2)
    bring(services, people, signed_list(7, days=2))
    assert len(rows(services, StatusListCopy)) == 1


def test_of_two_lists_of_one_date_a_revocation_stays_and_a_suspension_may_be_lifted(
    services: Services, people: People
) -> None:
    trust(services)
    bring(services, people, signed_list(7))
    with pytest.raises(Invalid):
        bring(services, people, signed_list())
    bring(services, people, signed_list(7, 9))
    assert [each.data for each in rows(services, StatusListCopy)] == [signed_list(7, 9)]
    stopped = {"statusPurpose": "suspension", "id": f"{shop.LIST}#list"}
    for bits in ((7,), ()):
        subject = shop.status_list(bits)["credentialSubject"] | stopped
        other = signed_list(id=f"{shop.LIST}-2", credentialSubject=subject)
        bring(services, people, other)
    with pytest.raises(Invalid):
        bring(services, people, signed_list(id=f"{shop.LIST}-2", credentialSubject=subject, days=2))


def test_an_issuer_that_changed_while_its_list_was_checked_has_it_checked_anew(
    services: Services, people: People
) -> None:
    number = add(services, people, new())
    with looking(services, people.centre) as unit:
        known = trusted_issuers.at_hand_now(unit, services.key_vault)
    looked = trusted_issuers.look_at_list(signed_list(), known, services.clock.now())
    switch(services, people, number, False, 1)
    switch(services, people, number, True, 2)
    with pytest.raises(Conflict), working(services, people.centre) as unit:
        trusted_issuers.bring_list(unit, looked)
    assert rows(services, StatusListCopy) == []


def test_the_demo_issuer_is_checked_as_any_other(services: Services, people: People) -> None:
    keys = json.dumps(demo_badge_issuer.key_document())
    add(services, people, new(issuer=demo_badge_issuer.DID, key_document=keys))
    data = demo_badge_issuer.status_list(start_of(TODAY) - timedelta(days=1), [3])
    assert bring(services, people, data) == 0
    since, until = start_of(TODAY) - timedelta(days=9), start_of(TODAY) + timedelta(days=900)
    for index, verdict in ((2, "verified"), (3, "revoked")):
        token = demo_badge_issuer.badge(people.youth.email, SAA, since, until, index)
        assert handed(services, people.youth, token).verdict == verdict
    assert [each.verification for each in records(services, people.youth)] == [4]
