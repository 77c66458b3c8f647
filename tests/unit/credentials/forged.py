"""Credentials somebody forged, altered or broke: what they are, and what must be said of each.

Every case is a function whose name says what was done; it gives the bytes, and what is at hand
where that is not the usual. Whoever adds a check adds the forgery it is for.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from matcher.credentials.types import AtHand, Verdict
from tests import credential_workshop as shop
from tests.credential_workshop import (
    ACADEMY,
    COLLEGE,
    IMPOSTOR,
    NOW,
    PERSON,
    RECIPIENT,
    UNIVERSITY,
    WORKSHOP,
)

Made = bytes | tuple[bytes, AtHand]


NAMED: Final = {
    "type": "IdentityObject",
    "hashed": False,
    "identityHash": RECIPIENT,
    "identityType": "emailAddress",
}


@dataclass(frozen=True)
class Case:
    make: Callable[[], Made]
    verdict: Verdict
    codes: tuple[str, ...]

    def made(self) -> tuple[bytes, AtHand]:
        made = self.make()
        return made if isinstance(made, tuple) else (made, shop.at_hand())


CASES: Final[dict[str, Case]] = {}


def forged(verdict: Verdict, *codes: str) -> Callable[[Callable[[], Made]], Callable[[], Made]]:
    def kept(make: Callable[[], Made]) -> Callable[[], Made]:
        CASES[make.__name__] = Case(make, verdict, codes)
        return make

    return kept


def altered(token: bytes, **members: Any) -> bytes:
    """Another payload under the old signature."""
    head, body, signature = token.split(b".")
    said = json.loads(urlsafe_b64decode(body + b"=" * (-len(body) % 4)))
    return b".".join((head, shop.base64url(shop.text_of({**said, **members})).encode(), signature))


# Tokens: algorithms and headers


@forged(Verdict.INVALID, "algorithm_refused")
def nobody_signed_it() -> Made:
    head = shop.base64url(shop.text_of({"alg": "none", "kid": UNIVERSITY.kid}))
    return f"{head}.{shop.base64url(shop.text_of(shop.claims(shop.badge())))}.".encode()


@forged(Verdict.INVALID, "algorithm_refused")
def public_key_used_as_a_shared_secret() -> Made:
    head = shop.base64url(shop.text_of({"alg": "HS256", "kid": UNIVERSITY.kid}))
    signed = f"{head}.{shop.base64url(shop.text_of(shop.claims(shop.badge())))}"
    digest = hmac.digest(UNIVERSITY.pem, signed.encode(), "sha256")
    return f"{signed}.{shop.base64url(digest)}".encode()


@forged(Verdict.INVALID, "key_kind")
def rsa_signature_under_an_es256_header() -> Made:
    badge = shop.badge(shop.institute())
    signed = shop.institute().token(shop.claims(badge), alg="ES256", kid=shop.INSTITUTE_KEY)
    return signed, shop.institute_at_hand()


@forged(Verdict.INVALID, "key_kind")
def es256_header_for_an_ed25519_key() -> Made:
    return ACADEMY.token(shop.claims(shop.badge()), kid=UNIVERSITY.kid)


@forged(Verdict.INVALID, "key_kind")
def es384_header_for_a_shorter_curve() -> Made:
    return ACADEMY.token(shop.claims(shop.badge(ACADEMY)), alg="ES384")


@forged(Verdict.INVALID, "signature_wrong")
def es384_badge_was_edited() -> Made:
    return altered(shop.token(COLLEGE), name="Cloud master")


@forged(Verdict.INVALID, "signature_wrong")
def es384_signature_by_another_key_of_the_curve() -> Made:
    other = shop.Issuer(ec.generate_private_key(ec.SECP384R1()), COLLEGE.did)
    return other.token(shop.claims(shop.badge(COLLEGE)))


@forged(Verdict.INVALID, "signature_wrong")
def es256_signature_of_the_length_of_es384() -> Made:
    """Zeros before both halves: the same two numbers, written another way."""
    head, _, signature = shop.token(ACADEMY).rpartition(b".")
    raw = urlsafe_b64decode(signature + b"=" * (-len(signature) % 4))
    longer = bytes(16) + raw[:32] + bytes(16) + raw[32:]
    return head + b"." + shop.base64url(longer).encode()


# Issuers whose name is their key


@forged(Verdict.AUTHENTIC_UNKNOWN_ISSUER, "issuer_unknown")
def person_awards_a_badge_to_themselves_by_jwk() -> Made:
    return shop.token(WORKSHOP)


@forged(Verdict.INVALID, "signature_wrong")
def did_jwk_whose_badge_somebody_else_signed() -> Made:
    other = shop.Issuer(ec.generate_private_key(ec.SECP256R1()), WORKSHOP.did)
    return shop.token(other), shop.at_hand(trusted=frozenset([WORKSHOP.did]))


@forged(Verdict.INVALID, "key_of_another")
def did_jwk_signs_in_the_name_of_the_university() -> Made:
    return WORKSHOP.token(shop.claims(shop.badge()))


@forged(Verdict.UNVERIFIABLE, "key_not_at_hand")
def did_jwk_that_gives_its_private_key_away() -> Made:
    """Trusted or not: anybody could have signed."""
    private = ed25519.Ed25519PrivateKey.generate()
    open_book = shop.named_by_jwk(private, d=shop.base64url(private.private_bytes_raw()))
    return shop.token(open_book), shop.at_hand(trusted=frozenset([open_book.did]))


@forged(Verdict.UNVERIFIABLE, "key_not_at_hand")
def did_jwk_of_a_key_for_encrypting() -> Made:
    sealer = shop.named_by_jwk(ed25519.Ed25519PrivateKey.generate(), use="enc")
    return shop.token(sealer), shop.at_hand(trusted=frozenset([sealer.did]))


@forged(Verdict.INVALID, "key_kind")
def did_jwk_of_a_shared_secret() -> Made:
    shared = shop.base64url(shop.text_of({"kty": "oct", "x": "c2VjcmV0"}))
    named = shop.Issuer(PERSON.private, f"did:jwk:{shared}")
    return shop.token(named), shop.at_hand(trusted=frozenset([named.did]))


@forged(Verdict.INVALID, "signature_wrong")
def brings_its_own_key_in_the_header() -> Made:
    return IMPOSTOR.token(shop.claims(shop.badge()), jwk=IMPOSTOR.jwk)


@forged(Verdict.UNVERIFIABLE, "key_not_at_hand")
def unknown_issuer_brings_its_key_in_the_header() -> Made:
    stranger = shop.Issuer(PERSON.private, "did:web:stranger.example")
    return stranger.token(shop.claims(shop.badge(stranger)), jwk=stranger.jwk)


@forged(Verdict.INVALID, "signature_wrong")
def names_an_address_for_its_key() -> Made:
    return IMPOSTOR.token(shop.claims(shop.badge()), jku="https://university.example/keys")


@forged(Verdict.INVALID, "header_refused")
def demands_an_extension() -> Made:
    return UNIVERSITY.token(shop.claims(shop.badge()), crit=["exp"], exp=1)


@forged(Verdict.INVALID, "header_refused")
def says_its_payload_is_elsewhere() -> Made:
    return UNIVERSITY.token(shop.claims(shop.badge()), b64=False)


@forged(Verdict.INVALID, "header_refused")
def was_signed_for_another_purpose() -> Made:
    return UNIVERSITY.token(shop.claims(shop.badge()), typ="kb+jwt")


@forged(Verdict.INVALID, "key_of_another")
def names_the_key_of_another_issuer() -> Made:
    return ACADEMY.token(shop.claims(shop.badge()))


@forged(Verdict.INVALID, "key_of_another")
def person_signs_in_the_name_of_the_university() -> Made:
    return PERSON.token(shop.claims(shop.badge()))


@forged(Verdict.INVALID, "signature_wrong")
def was_signed_with_another_key() -> Made:
    return IMPOSTOR.token(shop.claims(shop.badge()))


@forged(Verdict.UNVERIFIABLE, "key_not_found")
def was_signed_with_a_key_that_was_withdrawn() -> Made:
    return IMPOSTOR.token(shop.claims(shop.badge()), kid=f"{UNIVERSITY.did}#key-0")


@forged(Verdict.UNVERIFIABLE, "key_not_found")
def was_signed_with_a_key_for_logging_in() -> Made:
    document = UNIVERSITY.document(IMPOSTOR)
    document["assertionMethod"] = document["assertionMethod"][:1]
    signed = IMPOSTOR.token(shop.claims(shop.badge()), kid=f"{UNIVERSITY.did}#key-2")
    return signed, shop.at_hand(keys={UNIVERSITY.did: document})


@forged(Verdict.UNVERIFIABLE, "key_not_at_hand")
def trusted_issuer_whose_key_nobody_has() -> Made:
    return shop.token(), shop.at_hand(keys={})


@forged(Verdict.UNVERIFIABLE, "key_not_at_hand")
def trusted_address_signed_with_a_key_of_its_own_choice() -> Made:
    """An address has no key in its name: anybody's did:key would do."""
    institute = shop.Issuer(PERSON.private, "https://institute.example/issuer")
    signed = institute.token(shop.claims(shop.badge(institute)), kid=PERSON.kid)
    return signed, shop.institute_at_hand(keys={})


@forged(Verdict.INVALID, "key_of_another")
def pinned_address_signed_with_a_key_of_its_own_choice() -> Made:
    institute = shop.Issuer(PERSON.private, "https://institute.example/issuer")
    signed = institute.token(shop.claims(shop.badge(institute)), kid=PERSON.kid)
    return signed, shop.institute_at_hand(keys={institute.did: UNIVERSITY.jwk})


# Tokens: what they say


@forged(Verdict.INVALID, "signature_wrong")
def achievement_was_edited() -> Made:
    better = {**shop.badge()["credentialSubject"]["achievement"], "name": "Cloud master"}
    return altered(shop.token(), credentialSubject=shop.subject(achievement=better))


@forged(Verdict.INVALID, "signature_wrong")
def end_was_moved() -> Made:
    return altered(shop.token(), validUntil="2099-01-01T00:00:00Z", exp=4070908800)


@forged(Verdict.INVALID, "signature_wrong")
def holder_was_edited() -> Made:
    mine = "mailto:somebody@example.kr"
    token = shop.token(credentialSubject=shop.subject(id=mine))
    return altered(token, sub=f"mailto:{RECIPIENT}", credentialSubject=shop.subject())


@forged(Verdict.INVALID, "signature_wrong")
def type_was_edited() -> Made:
    return altered(shop.token(), type=["VerifiableCredential", "ClrCredential"])


@forged(Verdict.INVALID, "signature_wrong")
def revocation_was_edited_out() -> Made:
    return altered(shop.token(credentialStatus=shop.entry()), credentialStatus=[])


@forged(Verdict.INVALID, "key_of_another")
def issuer_was_edited() -> Made:
    return altered(shop.token(), issuer=ACADEMY.did, iss=ACADEMY.did)


@forged(Verdict.INVALID, "claim_differs")
def token_names_another_issuer_than_the_credential() -> Made:
    return UNIVERSITY.token(shop.claims(shop.badge(), iss=ACADEMY.did))


@forged(Verdict.INVALID, "claim_differs")
def token_names_another_holder_than_the_credential() -> Made:
    return UNIVERSITY.token(shop.claims(shop.badge(), sub="mailto:somebody@example.kr"))


@forged(Verdict.INVALID, "claim_differs")
def token_names_another_credential() -> Made:
    return UNIVERSITY.token(shop.claims(shop.badge(), jti="urn:uuid:another"))


@forged(Verdict.INVALID, "claim_differs")
def token_ends_later_than_the_credential() -> Made:
    return UNIVERSITY.token(shop.claims(shop.badge(), exp=4070908800))


@forged(Verdict.INVALID, "date_unreadable")
def token_begins_at_no_moment() -> Made:
    return UNIVERSITY.token(shop.claims(shop.badge(), nbf="tomorrow"))


@forged(Verdict.INVALID, "wrapper_old")
def credential_is_wrapped_the_old_way() -> Made:
    return UNIVERSITY.token({"iss": UNIVERSITY.did, "vc": shop.badge()})


@forged(Verdict.INVALID, "type_missing")
def signed_text_that_is_no_credential() -> Made:
    return UNIVERSITY.token(shop.claims(shop.badge(type=["OpenBadgeCredential"])))


@forged(Verdict.INVALID, "type_missing")
def presentation_handed_in_as_a_credential() -> Made:
    return UNIVERSITY.token(shop.claims(shop.badge(type=["VerifiablePresentation"])))


@forged(Verdict.INVALID, "subject_unclear")
def one_badge_for_two_people() -> Made:
    two = [shop.subject(), shop.subject(id="mailto:somebody@example.kr")]
    return UNIVERSITY.token({**shop.badge(), "credentialSubject": two})


@forged(Verdict.WRONG_RECIPIENT, "recipient_differs")
def belongs_to_somebody_else() -> Made:
    return shop.token(credentialSubject=shop.subject(id="mailto:somebody@example.kr"))


@forged(Verdict.WRONG_RECIPIENT, "recipient_differs")
def belongs_to_somebody_else_by_hash() -> Made:
    hashed = {"type": "IdentityObject", "hashed": True, "salt": "s", "identityType": "emailAddress",
              "identityHash": "sha256$" + "0" * 64}  # fmt: skip
    return shop.token(credentialSubject=shop.subject(id=None, identifier=[hashed]))


@forged(Verdict.WRONG_RECIPIENT, "recipient_differs")
def holder_is_hashed_so_that_anybody_can_find_a_twin() -> Made:
    digest = hashlib.md5((RECIPIENT + "s").encode(), usedforsecurity=False).hexdigest()
    hashed = {"type": "IdentityObject", "hashed": True, "salt": "s", "identityType": "emailAddress",
              "identityHash": f"md5${digest}"}  # fmt: skip
    return shop.token(credentialSubject=shop.subject(id=None, identifier=[hashed]))


@forged(Verdict.WRONG_RECIPIENT, "recipient_differs")
def hash_goes_by_another_name() -> Made:
    digest = hashlib.sha256((RECIPIENT + "s").encode()).hexdigest()
    hashed = {"type": "IdentityObject", "hashed": True, "salt": "s", "identityType": "emailAddress",
              "identityHash": f"sha1${digest}"}  # fmt: skip
    return shop.token(credentialSubject=shop.subject(id=None, identifier=[hashed]))


@forged(Verdict.WRONG_RECIPIENT, "names_nobody")
def names_nobody_and_could_be_anyones() -> Made:
    return shop.token(credentialSubject=shop.subject(id=None))


@forged(Verdict.WRONG_RECIPIENT, "recipient_other_kind")
def names_a_key_and_not_an_address() -> Made:
    return shop.token(credentialSubject=shop.subject(id=PERSON.did))


@forged(Verdict.INVALID, "not_yet_valid")
def begins_next_year() -> Made:
    return shop.token(validFrom="2027-01-01T00:00:00Z")


@forged(Verdict.INVALID, "not_yet_valid", "dates_crossed")
def ends_before_it_begins() -> Made:
    return shop.token(validFrom="2029-01-01T00:00:00Z")


@forged(Verdict.EXPIRED, "expired")
def ended_last_year() -> Made:
    return shop.token(validFrom="2024-01-01T00:00:00Z", validUntil="2025-01-01T00:00:00Z")


@forged(Verdict.EXPIRED, "expired")
def ends_this_very_second() -> Made:
    return shop.token(validUntil=NOW.isoformat())


@forged(Verdict.EXPIRED, "expired")
def only_the_token_says_that_it_ended() -> Made:
    return UNIVERSITY.token(shop.claims(shop.badge(validUntil=None), exp=1769904000))


@forged(Verdict.INVALID, "date_unreadable")
def end_has_no_zone() -> Made:
    return UNIVERSITY.token({**shop.badge(), "validUntil": "2027-12-31T00:00:00"})


@forged(Verdict.AUTHENTIC_UNKNOWN_ISSUER, "issuer_unknown")
def person_awards_a_badge_to_themselves() -> Made:
    return shop.token(PERSON)


@forged(Verdict.AUTHENTIC_UNKNOWN_ISSUER, "issuer_unknown")
def person_calls_themselves_university() -> Made:
    claimed = {"id": PERSON.did, "type": ["Profile"], "name": "Demo University"}
    return PERSON.token(shop.claims(shop.badge(PERSON, issuer=claimed)))


@forged(Verdict.WRONG_RECIPIENT, "expired", "recipient_differs", "key_not_at_hand")
def everything_is_wrong_at_once_and_all_of_it_is_said() -> Made:
    badge = shop.badge(
        validUntil="2026-02-01T00:00:00Z",
        credentialSubject=shop.subject(id="mailto:somebody@example.kr"),
    )
    return UNIVERSITY.token(shop.claims(badge)), shop.at_hand(keys={})


@forged(Verdict.INVALID, "recipient_differs", "signature_wrong")
def forged_badge_of_somebody_else_is_forged_before_all() -> Made:
    other = shop.badge(credentialSubject=shop.subject(id="mailto:somebody@example.kr"))
    return IMPOSTOR.token(shop.claims(other))


@forged(Verdict.EXPIRED, "expired", "issuer_unknown")
def ended_badge_of_a_stranger_is_ended_before_unknown() -> Made:
    return shop.token(PERSON, validUntil="2026-02-01T00:00:00Z")


# Status lists


def with_entry(held: AtHand, **changes: Any) -> Made:
    return shop.token(credentialStatus=shop.entry(**changes)), held


@forged(Verdict.REVOKED, "revocation")
def was_revoked() -> Made:
    return with_entry(shop.with_list(shop.status_list((7,))))


@forged(Verdict.SUSPENDED, "suspension")
def was_suspended() -> Made:
    held = shop.with_list(shop.status_list((7,), statusPurpose="suspension"))
    return with_entry(held, purpose="suspension")


@forged(Verdict.REVOKED, "revocation")
def revoked_and_the_list_is_a_proved_document() -> Made:
    held = shop.text_of(UNIVERSITY.proved(shop.status_list((7,))))
    return with_entry(shop.with_list(held))


@forged(Verdict.REVOKED, "expired", "revocation")
def was_revoked_and_then_ended() -> Made:
    token = shop.token(credentialStatus=shop.entry(), validUntil="2026-03-01T00:00:00Z")
    return token, shop.with_list(shop.status_list((7,)))


@forged(Verdict.UNVERIFIABLE, "status_list_not_at_hand")
def names_a_list_nobody_brought() -> Made:
    return with_entry(shop.at_hand())


@forged(Verdict.UNVERIFIABLE, "status_list_other_issuer")
def brings_a_list_of_another_issuer() -> Made:
    return with_entry(shop.with_list(shop.status_list(issuer=ACADEMY), ACADEMY))


@forged(Verdict.UNVERIFIABLE, "status_list_signature")
def brings_a_list_signed_by_another() -> Made:
    return with_entry(shop.with_list(shop.status_list(), IMPOSTOR))


@forged(Verdict.UNVERIFIABLE, "status_list_broken")
def brings_a_list_nobody_signed() -> Made:
    return with_entry(shop.with_list(shop.text_of(shop.status_list())))


@forged(Verdict.UNVERIFIABLE, "status_list_other_address")
def brings_another_list_of_its_issuer() -> Made:
    other = {**shop.status_list(), "id": "https://university.example/status/2"}
    return with_entry(shop.with_list(other))


@forged(Verdict.UNVERIFIABLE, "status_list_broken")
def brings_a_badge_in_place_of_a_list() -> Made:
    types = ["VerifiableCredential", "OpenBadgeCredential"]
    return with_entry(shop.with_list({**shop.status_list(), "type": types}))


@forged(Verdict.UNVERIFIABLE, "status_list_expired")
def brings_a_list_whose_token_has_ended() -> Made:
    return with_entry(shop.with_list({**shop.status_list(), "exp": 1767225600}))


@forged(Verdict.UNVERIFIABLE, "status_list_purpose")
def brings_a_list_for_something_else() -> Made:
    return with_entry(shop.with_list(shop.status_list(statusPurpose="message")))


@forged(Verdict.UNVERIFIABLE, "status_unsupported")
def is_taken_back_in_an_unknown_way() -> Made:
    return shop.token(credentialStatus={"id": "https://x.example/1", "type": "Registry"})


@forged(Verdict.UNVERIFIABLE, "status_list_expired")
def brings_a_list_that_has_ended() -> Made:
    ended = {**shop.status_list(age=9), "validUntil": (NOW - timedelta(days=1)).isoformat()}
    return with_entry(shop.with_list(ended))


@forged(Verdict.UNVERIFIABLE, "status_list_broken")
def brings_a_list_of_tomorrow() -> Made:
    return with_entry(shop.with_list(shop.status_list(age=-1)))


@forged(Verdict.UNVERIFIABLE, "status_list_broken")
def brings_a_list_that_bursts() -> Made:
    """Twenty megabytes of nothing in as many kilobytes."""
    held = shop.status_list(encodedList=shop.encoded(size=160_000_000))
    return with_entry(shop.with_list(held))


@forged(Verdict.UNVERIFIABLE, "status_list_broken")
def brings_a_list_that_is_noise() -> Made:
    return with_entry(shop.with_list(shop.status_list(encodedList="u" + "A" * 100)))


@forged(Verdict.INVALID, "status_index")
def has_no_place_on_its_list() -> Made:
    return with_entry(shop.with_list(shop.status_list()), index=131_072)


@forged(Verdict.INVALID, "status_broken")
def has_a_negative_place_on_its_list() -> Made:
    return with_entry(shop.with_list(shop.status_list()), statusListIndex="-1")


@forged(Verdict.INVALID, "status_broken")
def has_two_bits_where_one_is_read() -> Made:
    return with_entry(shop.with_list(shop.status_list()), statusSize=2)


@forged(Verdict.UNVERIFIABLE, "status_list_broken")
def brings_a_list_of_two_bits_each() -> Made:
    return with_entry(shop.with_list(shop.status_list(statusSize=2)))


@forged(Verdict.INVALID, "status_broken")
def points_to_a_list_more_often_than_anybody_looks() -> Made:
    """Each would be a list to unpack, whoever wrote the badge."""
    entries = [shop.entry(place) for place in range(100)]
    return shop.token(credentialStatus=entries), shop.with_list(shop.status_list())


@forged(Verdict.INVALID, "status_broken")
def hides_its_status_in_a_list_of_lists() -> Made:
    return shop.token(credentialStatus=[[shop.entry()]])


# Lists that name what was taken back


def named(*revoked: Any, **changes: Any) -> Made:
    token = shop.token(credentialStatus=shop.named_entry())
    return token, shop.with_list(shop.named_list(*revoked, **changes))


MINE: Final = shop.badge()["id"]


@forged(Verdict.REVOKED, "revocation", "status_list_undated")
def stands_among_the_names_of_the_revoked() -> Made:
    return named("urn:uuid:another", MINE)


@forged(Verdict.REVOKED, "revocation", "status_list_undated")
def is_said_to_be_revoked() -> Made:
    return named({"id": MINE, "revoked": True, "revocationReason": "by mistake"})


@forged(Verdict.REVOKED, "revocation", "status_list_undated")
def is_named_twice_and_once_as_taken_up_again() -> Made:
    return named({"id": MINE}, {"id": MINE, "revoked": False})


@forged(Verdict.UNVERIFIABLE, "status_list_not_at_hand")
def names_a_list_of_names_nobody_brought() -> Made:
    return shop.token(credentialStatus=shop.named_entry())


@forged(Verdict.UNVERIFIABLE, "status_list_other_issuer")
def brings_a_list_of_names_by_another() -> Made:
    return named(issuer=ACADEMY.did)


@forged(Verdict.UNVERIFIABLE, "status_list_other_address")
def brings_another_list_of_names() -> Made:
    return named(id="https://university.example/status/2")


@forged(Verdict.UNVERIFIABLE, "status_list_other_address")
def brings_a_list_of_names_without_its_address() -> Made:
    return named(id=None)


@forged(Verdict.UNVERIFIABLE, "status_list_broken")
def brings_a_list_of_names_without_names() -> Made:
    return named(revokedCredentials=None)


@forged(Verdict.UNVERIFIABLE, "status_list_broken")
def brings_a_list_of_names_that_says_maybe() -> Made:
    return named({"id": MINE, "revoked": "yes"})


@forged(Verdict.UNVERIFIABLE, "status_index")
def has_no_name_a_list_could_name() -> Made:
    token = shop.token(id=None, credentialStatus=shop.named_entry())
    return token, shop.with_list(shop.named_list())


@forged(Verdict.INVALID, "member_broken")
def does_not_say_which_list_of_names() -> Made:
    return shop.token(credentialStatus=shop.named_entry(id=None))


@forged(Verdict.UNVERIFIABLE, "status_list_broken")
def brings_a_signed_list_where_names_are_wanted() -> Made:
    return shop.token(credentialStatus=shop.named_entry()), shop.with_list(shop.status_list())


@forged(Verdict.UNVERIFIABLE, "status_list_broken")
def brings_names_where_a_signed_list_is_wanted() -> Made:
    return with_entry(shop.with_list(shop.named_list()))


# Credentials inside a record


def record(*members: Any, by: shop.Issuer = UNIVERSITY, **changes: Any) -> bytes:
    """A learner record as a token, truly signed."""
    return by.token(shop.claims(shop.record(by, *members, **changes)))


OTHER: Final = "urn:uuid:0e3b7f5c-6f5c-4c0f-9d5a-000000000003"


@forged(Verdict.INVALID, "inside", "signature_wrong")
def true_record_holds_an_edited_badge() -> Made:
    edited = {**UNIVERSITY.proved(shop.badge()), "name": "Cloud master"}
    return record(ACADEMY.proved(shop.badge(ACADEMY)), edited)


@forged(Verdict.INVALID, "inside", "signature_wrong")
def true_record_holds_an_edited_token() -> Made:
    return record(altered(shop.token(), name="Cloud master").decode())


@forged(Verdict.INVALID, "inside", "signature_wrong")
def true_record_holds_an_edited_token_in_an_envelope() -> Made:
    return record(shop.enveloped(altered(shop.token(), name="Cloud master")))


@forged(Verdict.INVALID, "inside", "key_of_another")
def record_by_a_person_holds_a_badge_in_the_universitys_name() -> Made:
    mine = PERSON.proved(shop.badge(), method=PERSON.kid)
    held = shop.at_hand(trusted=frozenset([PERSON.did, UNIVERSITY.did]))
    return record(mine, by=PERSON), held


@forged(Verdict.UNVERIFIABLE, "inside", "inside_unsigned")
def true_record_retells_the_badge_of_another() -> Made:
    return record(shop.badge(ACADEMY))


@forged(Verdict.AUTHENTIC_UNKNOWN_ISSUER, "inside", "issuer_unknown")
def true_record_holds_a_badge_of_a_stranger() -> Made:
    return record(shop.token().decode(), PERSON.proved(shop.badge(PERSON)))


@forged(Verdict.AUTHENTIC_UNKNOWN_ISSUER, "issuer_unknown")
def record_of_a_stranger_holds_true_badges() -> Made:
    """They do not make its signer known."""
    return record(UNIVERSITY.proved(shop.badge()), by=PERSON)


@forged(Verdict.WRONG_RECIPIENT, "inside", "recipient_differs")
def true_record_holds_somebody_elses_badge() -> Made:
    other = shop.subject(id="mailto:somebody@example.kr")
    return record(UNIVERSITY.proved(shop.badge(credentialSubject=other)))


@forged(Verdict.EXPIRED, "inside", "expired")
def true_record_holds_a_badge_that_ended() -> Made:
    return record(shop.badge(validUntil="2026-02-01T00:00:00Z"))


@forged(Verdict.REVOKED, "inside", "revocation")
def true_record_holds_a_badge_that_was_revoked() -> Made:
    revoked = UNIVERSITY.proved(shop.badge(credentialStatus=shop.entry()))
    return record(revoked), shop.with_list(shop.status_list((7,)))


@forged(Verdict.REVOKED, "inside", "revocation")
def true_record_retells_a_badge_that_was_revoked() -> Made:
    return record(shop.badge(credentialStatus=shop.entry())), shop.with_list(shop.status_list((7,)))


@forged(Verdict.UNVERIFIABLE, "inside", "status_list_not_at_hand")
def true_record_holds_a_badge_whose_list_nobody_brought() -> Made:
    return record(UNIVERSITY.proved(shop.badge(credentialStatus=shop.entry())))


@forged(Verdict.UNVERIFIABLE, "inside", "inside_deeper")
def true_record_holds_a_record() -> Made:
    inner = shop.record(UNIVERSITY, PERSON.proved(shop.badge()), id=OTHER)
    return record(UNIVERSITY.token(shop.claims(inner)).decode())


@forged(Verdict.UNVERIFIABLE, "inside_too_many")
def true_record_holds_more_than_anybody_looks_through() -> Made:
    return record(*[shop.badge() for _ in range(51)])


@forged(Verdict.INVALID, "inside", "member_broken")
def true_record_holds_a_number() -> Made:
    return record(7)


@forged(Verdict.INVALID, "inside", "type_missing")
def true_record_holds_something_else() -> Made:
    return record({"name": "Cloud master"})


@forged(Verdict.UNVERIFIABLE, "inside", "host_not_asked")
def true_record_holds_an_address() -> Made:
    return record("https://university.example/badges/1")


@forged(Verdict.UNVERIFIABLE, "inside", "host_not_asked")
def true_record_holds_an_old_badge_without_a_signature() -> Made:
    return record(shop.assertion())


@forged(Verdict.UNVERIFIABLE, "inside", "proof_unsupported")
def true_record_holds_an_envelope_of_another_form() -> Made:
    return record({**shop.enveloped(b"a~b~"), "id": "data:application/vc+sd-jwt,a~b~"})


@forged(Verdict.INVALID, "signature_wrong")
def record_was_edited_and_nobody_looks_inside() -> Made:
    return altered(record({"name": "Cloud master"}), name="My record")


# Proofs in the document


def proved(change: Callable[[dict[str, Any]], Any], **members: Any) -> bytes:
    """A genuine document changed after it was signed."""
    document = UNIVERSITY.proved(shop.badge(**members))
    change(document)
    return shop.text_of(document)


@forged(Verdict.INVALID, "signature_wrong")
def proved_name_was_edited() -> Made:
    return proved(lambda it: it.update(name="Cloud master"))


@forged(Verdict.INVALID, "signature_wrong")
def proved_end_was_moved() -> Made:
    return proved(lambda it: it.update(validUntil="2099-01-01T00:00:00Z"))


@forged(Verdict.INVALID, "signature_wrong")
def proved_end_was_taken_out() -> Made:
    return proved(lambda it: it.pop("validUntil"))


@forged(Verdict.INVALID, "signature_wrong")
def proved_by_another_key() -> Made:
    return shop.text_of(IMPOSTOR.proved(shop.badge()))


@forged(Verdict.INVALID, "key_of_another")
def proof_names_the_key_of_another() -> Made:
    return shop.text_of(PERSON.proved(shop.badge()))


@forged(Verdict.INVALID, "signature_wrong")
def proof_was_swapped_for_another_credentials() -> Made:
    other = UNIVERSITY.proved(shop.badge(id="urn:uuid:another"))["proof"]
    return proved(lambda it: it.update(proof=other))


@forged(Verdict.INVALID, "signature_wrong")
def proof_was_dated_back() -> Made:
    return proved(lambda it: it["proof"].update(created="2020-01-01T00:00:00Z"))


@forged(Verdict.INVALID, "signature_wrong")
def context_was_swapped_for_another_pinned_one() -> Made:
    return proved(lambda it: it["@context"].pop())


@forged(Verdict.UNVERIFIABLE, "context_unknown")
def context_was_swapped_for_an_unknown_one() -> Made:
    return proved(lambda it: it["@context"].append("https://stranger.example/context"))


@forged(Verdict.INVALID, "context_inline")
def context_was_written_into_it() -> Made:
    return proved(lambda it: it["@context"].append({"name": "https://stranger.example/name"}))


@forged(Verdict.INVALID, "context_inline")
def context_was_written_into_its_subject() -> Made:
    inner = {"@context": {"name": "https://stranger.example/name"}}
    return proved(lambda it: it["credentialSubject"].update(inner))


@forged(Verdict.INVALID, "not_as_signed")
def member_was_renamed_to_its_full_address() -> Made:
    """The same graph, and so the same signature; but who reads `validUntil` no longer finds it."""
    full = "https://www.w3.org/2018/credentials#validUntil"
    date = {"@type": "http://www.w3.org/2001/XMLSchema#dateTime", "@value": "2025-01-01T00:00:00Z"}

    def rename(document: dict[str, Any]) -> None:
        document[full] = date
        del document["validUntil"]

    return proved(rename, validFrom="2024-01-01T00:00:00Z", validUntil="2025-01-01T00:00:00Z")


@forged(Verdict.INVALID, "not_as_signed")
def member_was_added_that_no_signature_covers() -> Made:
    return proved(lambda it: it.update(honours="with distinction"))


@forged(Verdict.INVALID, "not_as_signed")
def holder_was_hidden_under_another_spelling() -> Made:
    """`@id` and `id` are one to the graph; a reader of `id` finds no holder and asks nobody."""

    def hide(document: dict[str, Any]) -> None:
        subject = document["credentialSubject"]
        subject["@id"] = subject.pop("id")

    return proved(hide, credentialSubject=shop.subject(identifier=NAMED))


@forged(Verdict.INVALID, "signature_wrong")
def evidence_was_cut_loose() -> Made:
    def wrap(document: dict[str, Any]) -> None:
        document["@included"] = [document.pop("evidence")]

    evidence = {"id": "https://x.example/1", "type": ["Evidence"], "name": "Report"}
    return proved(wrap, evidence=evidence)


@forged(Verdict.INVALID, "not_as_signed")
def achievement_was_put_into_a_list_of_lists() -> Made:
    def nest(document: dict[str, Any]) -> None:
        subject = document["credentialSubject"]
        subject["achievement"] = [[subject["achievement"]]]

    return proved(nest)


@forged(Verdict.INVALID, "member_unsigned")
def end_was_overwritten_by_an_old_name() -> Made:
    return proved(lambda it: it.update(expirationDate="2099-01-01T00:00:00Z"))


@forged(Verdict.INVALID, "proof_several")
def proof_was_added() -> Made:
    def add(document: dict[str, Any]) -> None:
        document["proof"] = [document["proof"], IMPOSTOR.proved(shop.badge())["proof"]]

    return proved(add)


@forged(Verdict.INVALID, "proof_missing")
def proof_was_taken_out() -> Made:
    return proved(lambda it: it.pop("proof"))


@forged(Verdict.UNVERIFIABLE, "proof_unsupported")
def proof_is_of_a_kind_not_checked() -> Made:
    return proved(lambda it: it["proof"].update(cryptosuite="ecdsa-sd-2023"))


@forged(Verdict.INVALID, "proof_purpose")
def proof_was_made_to_log_in() -> Made:
    document = UNIVERSITY.proved(shop.badge(), proof_purpose="authentication")
    return shop.text_of(document)


@forged(Verdict.INVALID, "proof_expired")
def proof_has_an_end_and_it_has_passed() -> Made:
    return proved(lambda it: it["proof"].update(expires="2026-01-02T00:00:00Z"))


@forged(Verdict.INVALID, "proof_broken")
def proof_value_is_a_megabyte_of_digits() -> Made:
    return proved(lambda it: it["proof"].update(proofValue="z" + "1" * 100_000))


@forged(Verdict.INVALID, "key_kind")
def proof_by_a_key_of_another_kind() -> Made:
    """The academy's key is of a kind this proof's suite does not know."""
    document = UNIVERSITY.proved(shop.badge(ACADEMY))
    document["proof"]["verificationMethod"] = ACADEMY.kid
    return shop.text_of(document)


@forged(Verdict.INVALID, "too_complex")
def graph_that_takes_for_ever_to_order() -> Made:
    return proved(lambda it: it.update(evidence=knots()))


def knots() -> list[dict[str, Any]]:
    """Nameless things that all know each other: the work doubles with every one."""
    names = [f"_:n{n}" for n in range(24)]
    return [
        {
            "id": name,
            "type": ["Profile"],
            "endorsement": [{"id": each} for each in names if each != name],
        }
        for name in names
    ]


# Proofs by elliptic curves


def proved_by(
    issuer: shop.Issuer, change: Callable[[dict[str, Any]], Any], **members: Any
) -> bytes:
    document = issuer.proved(shop.badge(issuer, **members))
    change(document)
    return shop.text_of(document)


@forged(Verdict.INVALID, "too_complex")
def curve_proof_over_a_graph_that_takes_for_ever_to_order() -> Made:
    return proved_by(ACADEMY, lambda it: it.update(evidence=knots()))


@forged(Verdict.INVALID, "signature_wrong")
def curve_proof_over_an_edited_name() -> Made:
    return proved_by(ACADEMY, lambda it: it.update(name="Cloud master"))


@forged(Verdict.INVALID, "signature_wrong")
def longer_curve_proof_over_a_moved_end() -> Made:
    return proved_by(COLLEGE, lambda it: it.update(validUntil="2099-01-01T00:00:00Z"))


@forged(Verdict.INVALID, "not_as_signed")
def curve_proof_beside_a_member_no_signature_covers() -> Made:
    return proved_by(COLLEGE, lambda it: it.update(honours="with distinction"))


@forged(Verdict.INVALID, "not_as_signed")
def curve_proof_over_a_holder_hidden_under_another_spelling() -> Made:
    def hide(document: dict[str, Any]) -> None:
        subject = document["credentialSubject"]
        subject["@id"] = subject.pop("id")

    return proved_by(ACADEMY, hide, credentialSubject=shop.subject(identifier=NAMED))


@forged(Verdict.INVALID, "signature_wrong")
def curve_proof_by_another_key() -> Made:
    other = shop.Issuer(ec.generate_private_key(ec.SECP256R1()), ACADEMY.did)
    return proved_by(other, lambda it: None)


@forged(Verdict.INVALID, "key_kind")
def curve_proof_named_as_the_other_suite() -> Made:
    return proved_by(ACADEMY, lambda it: it["proof"].update(cryptosuite="eddsa-rdfc-2022"))


@forged(Verdict.INVALID, "key_kind")
def proof_named_as_one_by_a_curve() -> Made:
    return proved(lambda it: it["proof"].update(cryptosuite="ecdsa-rdfc-2019"))


@forged(Verdict.INVALID, "signature_wrong")
def curve_proof_of_the_wrong_length() -> Made:
    return proved_by(COLLEGE, lambda it: it["proof"].update(proofValue="z" + "2" * 88))


@forged(Verdict.INVALID, "signature_wrong")
def curve_proof_in_other_letters() -> Made:
    return proved_by(ACADEMY, lambda it: it["proof"].update(proofValue="u" + "A" * 86))


@forged(Verdict.INVALID, "signature_wrong")
def curve_proof_that_dates_itself_back() -> Made:
    return proved_by(ACADEMY, lambda it: it["proof"].update(created="2020-01-01T00:00:00Z"))


@forged(Verdict.INVALID, "too_complex")
def more_things_than_anybody_reads() -> Made:
    """Each costs two libraries as much as a whole page of text."""
    many = [{"id": f"urn:x:{n}", "type": ["Evidence"], "name": "seen"} for n in range(300)]
    return proved(lambda it: it.update(evidence=many))


@forged(Verdict.INVALID, "too_complex")
def more_tags_than_anybody_reads() -> Made:
    """Each is compared with every other."""
    tags = [f"tag {n}" for n in range(450)]
    return proved(lambda it: it["credentialSubject"]["achievement"].update(tag=tags))


# Open Badges 2.0


@forged(Verdict.INVALID, "signature_wrong")
def old_badge_was_edited() -> Made:
    signed = shop.institute().token(shop.assertion(), kid=None, typ=None)
    return altered(signed, expires="2099-01-01T00:00:00Z"), shop.institute_at_hand()


@forged(Verdict.INVALID, "key_kind")
def old_badge_signed_by_another() -> Made:
    return IMPOSTOR.token(shop.assertion(), kid=None, typ=None), shop.institute_at_hand()


@forged(Verdict.WRONG_RECIPIENT, "recipient_differs")
def old_badge_of_somebody_else() -> Made:
    other = {"type": "email", "identity": "sha256$" + "1" * 64, "hashed": True, "salt": "s"}
    signed = shop.institute().token(shop.assertion(recipient=other), kid=None, typ=None)
    return signed, shop.institute_at_hand()


@forged(Verdict.REVOKED, "revocation")
def old_badge_on_the_list_of_revoked_ones() -> Made:
    address = "https://institute.example/revoked"
    badge = shop.assertion()["badge"]
    badge["issuer"]["revocationList"] = address
    named = {"type": "RevocationList", "issuer": badge["issuer"]["id"],
             "revokedAssertions": [{"id": "https://institute.example/assertions/1"}]}  # fmt: skip
    signed = shop.institute().token(shop.assertion(badge=badge), kid=None, typ=None)
    return signed, shop.institute_at_hand(lists={address: shop.text_of(named)})


@forged(Verdict.UNVERIFIABLE, "host_not_asked")
def hosted_badge_nobody_asked_about() -> Made:
    return shop.text_of(shop.assertion()), shop.institute_at_hand()


@forged(Verdict.REVOKED, "revocation")
def hosted_badge_its_host_calls_revoked() -> Made:
    return hosted(shop.assertion(revoked=True))


@forged(Verdict.EXPIRED, "expired")
def hosted_badge_that_ended() -> Made:
    return hosted(shop.assertion(expires="2026-02-01"))


@forged(Verdict.INVALID, "host_of_another")
def hosted_by_somebody_who_names_the_institute() -> Made:
    return hosted(shop.assertion(id="https://stranger.example/assertions/1"))


@forged(Verdict.UNVERIFIABLE, "badge_class_missing")
def hosted_badge_that_does_not_say_whose_it_is() -> Made:
    return hosted(shop.assertion(badge="https://institute.example/badges/cloud"))


def hosted(assertion: Mapping[str, Any]) -> Made:
    held = shop.institute_at_hand(hosted=frozenset([assertion["id"]]))
    return shop.text_of(assertion), held


# What carries them


@forged(Verdict.INVALID, "too_large")
def ten_megabytes_of_json() -> Made:
    return b'{"a":"' + b"x" * 10_000_000 + b'"}'


@forged(Verdict.INVALID, "too_large")
def badge_with_a_very_long_description() -> Made:
    return shop.token(description="x" * 300_000)


@forged(Verdict.INVALID, "too_deep")
def a_hundred_thousand_levels() -> Made:
    return b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@forged(Verdict.INVALID, "too_deep")
def deep_inside_a_token() -> Made:
    return UNIVERSITY.token(b'{"a":' + b"[" * 5_000 + b"]" * 5_000 + b"}")


@forged(Verdict.INVALID, "json_broken")
def text_that_never_closes() -> Made:
    return b'{"a":"' + b'\\"' * 100_000


@forged(Verdict.INVALID, "json_broken")
def half_a_letter() -> Made:
    return UNIVERSITY.token(b'{"name":"\\ud800"}')


@forged(Verdict.INVALID, "json_broken")
def end_that_is_no_number() -> Made:
    return UNIVERSITY.token(b'{"exp":NaN}')


@forged(Verdict.INVALID, "json_broken")
def end_beyond_all_numbers() -> Made:
    return UNIVERSITY.token(b'{"exp":1e999}')


@forged(Verdict.INVALID, "json_doubled")
def end_written_twice() -> Made:
    said = shop.text_of(shop.claims(shop.badge()))
    return UNIVERSITY.token(said[:-1] + b',"validUntil":"2099-01-01T00:00:00Z"}')


@forged(Verdict.INVALID, "json_broken")
def document_cut_off() -> Made:
    return shop.text_of(UNIVERSITY.proved(shop.badge()))[:-40]


@forged(Verdict.INVALID, "signature_wrong")
def token_cut_off() -> Made:
    return shop.token()[:-4]


@forged(Verdict.INVALID, "not_a_credential")
def two_tokens_in_one_text() -> Made:
    return shop.token() + b"\n" + shop.token()


@forged(Verdict.INVALID, "empty")
def nothing_at_all() -> Made:
    return b" \n"


@forged(Verdict.INVALID, "not_a_credential")
def some_other_file() -> Made:
    return b"%PDF-1.7\nhello"


@forged(Verdict.INVALID, "proof_missing")
def json_of_something_else() -> Made:
    return b'{"hello":"world"}'


@forged(Verdict.INVALID, "too_large")
def picture_whose_badge_bursts() -> Made:
    return shop.baked(b"A" * 5_000_000, compressed=True)


@forged(Verdict.INVALID, "picture_doubled")
def picture_with_two_badges() -> Made:
    return shop.baked(shop.token(), into=shop.baked(shop.token(PERSON)))


@forged(Verdict.INVALID, "picture_doubled")
def picture_with_an_old_and_a_new_badge() -> Made:
    return shop.baked(shop.token(), keyword=b"openbadges", into=shop.baked(shop.token()))


@forged(Verdict.INVALID, "picture_empty")
def screenshot_of_a_badge() -> Made:
    return shop.picture()


@forged(Verdict.UNVERIFIABLE, "host_not_asked")
def picture_with_nothing_but_a_link() -> Made:
    return shop.baked(b"https://institute.example/assertions/1", keyword=b"openbadges")


@forged(Verdict.INVALID, "picture_broken")
def picture_cut_off() -> Made:
    return shop.baked(shop.token())[:-30]


@forged(Verdict.INVALID, "signature_wrong")
def picture_with_an_edited_badge() -> Made:
    return shop.baked(altered(shop.token(), name="Cloud master"))


@forged(Verdict.INVALID, "picture_broken")
def drawing_with_a_bomb_of_entities() -> Made:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE svg [<!ENTITY e0 "lol">{inner}]>'
    return shop.drawn("a.b.c", more="<text>&e9;</text>", head=head)


@forged(Verdict.INVALID, "picture_broken")
def drawing_that_reads_a_file() -> Made:
    head = '<!DOCTYPE svg [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
    return shop.drawn("a.b.c", more="<text>&secret;</text>", head=head)


@forged(Verdict.INVALID, "picture_doubled")
def drawing_with_two_badges() -> Made:
    other = 'xmlns:o="http://openbadges.org"'
    return shop.drawn(shop.token().decode(), more=f'<o:assertion {other} verify="a.b.c"/>')


@forged(Verdict.INVALID, "picture_empty")
def drawing_a_hundred_thousand_levels_deep() -> Made:
    return b"<svg>" + b"<g>" * 100_000 + b"</g>" * 100_000 + b"</svg>"
