"""Whose words a learner record's own signature covers, and what an expired badge proves."""

from typing import Any

import pytest

from matcher.credentials import integrity_proofs
from matcher.credentials.types import AtHand, Checked, Verdict
from matcher.credentials.verifying import check
from tests import credential_workshop as shop
from tests.credential_workshop import ACADEMY, NOW, PERSON, RECIPIENT, UNIVERSITY
from tests.unit.credentials.forged import altered


def checked(data: bytes, at_hand: AtHand | None = None) -> Checked:
    return check(data, at_hand or shop.at_hand(), recipient=RECIPIENT, now=NOW)


def record(*members: Any, by: shop.Issuer = UNIVERSITY) -> bytes:
    return by.token(shop.claims(shop.record(by, *members)))


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Issuers whose documents were looked at word by word: what takes the time."""
    seen, look = [], integrity_proofs._check_words

    def counted(document: dict[str, Any], jwk: Any) -> None:
        seen.append(document["issuer"]["id"])
        look(document, jwk)

    monkeypatch.setattr(integrity_proofs, "_check_words", counted)
    return seen


def test_the_signers_own_badges_in_a_record_need_no_second_look(looks: list[str]) -> None:
    own = [UNIVERSITY.proved(shop.badge()) for _each in range(18)]
    assert checked(record(*own)).verdict == Verdict.VERIFIED
    assert looks == []
    assert checked(record(own[0], ACADEMY.proved(shop.badge(ACADEMY)))).verdict == "verified"
    assert looks == [ACADEMY.did]


def test_words_nobody_signed_on_anothers_badge_are_found_in_a_true_record() -> None:
    more = {**ACADEMY.proved(shop.badge(ACADEMY)), "honours": "with distinction"}
    found = checked(record(more))
    assert found.verdict == Verdict.INVALID
    assert "not_as_signed" in [each.code for each in found.reasons]


def test_a_record_that_was_altered_or_cannot_be_checked_covers_no_words(looks: list[str]) -> None:
    """Else a made-up record around a true badge would save the look at its words."""
    more = {**UNIVERSITY.proved(shop.badge()), "honours": "with distinction"}
    assert checked(altered(record(more), name="Other")).verdict == Verdict.INVALID
    assert checked(record(more, by=PERSON)).verdict == Verdict.INVALID
    assert looks == [UNIVERSITY.did]
    unknown = shop.at_hand(trusted=frozenset([ACADEMY.did]))
    found = checked(record(more), unknown)
    assert found.verdict == Verdict.INVALID


PAST = {"validUntil": "2026-02-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("data", "at_hand", "is_proved"),
    [
        (lambda: shop.token(**PAST), None, True),
        (lambda: shop.token(**PAST), AtHand(), False),
        (lambda: shop.token(PERSON, **PAST), None, False),
        (lambda: shop.token(**PAST, credentialStatus=shop.entry()), None, False),
        (lambda: record(shop.badge(**PAST)), None, True),
        (lambda: record(shop.token(PERSON, **PAST).decode()), None, False),
    ],
    ids=["checked", "key missing", "stranger", "list missing", "inside", "stranger inside"],
)
def test_expired_says_nothing_of_who_signed(data: Any, at_hand: Any, is_proved: bool) -> None:
    found = checked(data(), at_hand)
    assert (found.verdict, found.is_proved) == (Verdict.EXPIRED, is_proved)
