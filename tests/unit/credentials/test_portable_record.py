"""The signed record: what it says, that the checks take it, and that its parts carry it whole."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.credentials import parts, record, verifying
from matcher.credentials.parts import PartsError
from matcher.credentials.record import CertificateLine, ProjectLine, Record, SkillLine
from matcher.credentials.signing_keys import SigningKey, did_document, new_private, public_jwk
from matcher.credentials.types import AtHand, Checked, Verdict
from tests.credential_workshop import said

SITE = "https://oreum.example"
DID = "did:web:oreum.example"
NOW = datetime(2026, 11, 21, 3, 4, 5, 678, tzinfo=UTC)
PRIVATE = new_private()
KEY = SigningKey(f"{DID}#one", PRIVATE)
AT_HAND = AtHand(frozenset({DID}), {DID: did_document(DID, {"one": public_jwk(PRIVATE)})})
WHOLE = Record(
    name="김하늘",
    email="haneul@example.kr",
    salt="5a17",
    certificates=(
        CertificateLine("SAA", "AWS Solutions Architect", 4, date(2025, 3, 1), date(2028, 3, 1)),
        CertificateLine("CLF", "AWS Cloud Practitioner", 2, None, None),
    ),
    skills=(SkillLine("python", 3, 2), SkillLine("sql", 2, 1)),
    courses=4,
    projects=(ProjectLine("바람 지도", date(2026, 6, 1)),),
    is_demo=True,
)


def signed(what: Record) -> str:
    return record.token(what, SITE, DID, KEY, NOW)


def checked(token: str, now: datetime = NOW, recipient: str | None = None) -> Checked:
    return verifying.check(token.encode(), AT_HAND, recipient=recipient, now=now)


def codes(found: Checked) -> list[str]:
    return [each.code for each in found.reasons]


def test_the_record_says_what_was_put_in_and_nothing_else() -> None:
    subject = said(signed(WHOLE))["credentialSubject"]
    identity = subject.pop("identifier")[0]
    assert subject == {
        "name": "김하늘",
        "cert": [
            {"c": "SAA", "n": "AWS Solutions Architect", "v": 4,
             "on": "2025-03-01", "to": "2028-03-01"},
            {"c": "CLF", "n": "AWS Cloud Practitioner", "v": 2},
        ],
        "skill": [{"s": "python", "l": 3, "v": 2}, {"s": "sql", "l": 2, "v": 1}],
        "done": 4,
        "shown": [{"t": "바람 지도", "on": "2026-06-01"}],
        "demo": True,
    }  # fmt: skip
    assert (identity["hashed"], identity["salt"]) == (True, "5a17")
    assert "haneul" not in json.dumps(identity)


def test_name_and_address_stay_out_unless_wanted() -> None:
    subject = said(signed(replace(WHOLE, name="", email="")))["credentialSubject"]
    assert set(subject) == {"cert", "skill", "done", "shown", "demo"}
    assert said(signed(Record()))["credentialSubject"] == {"done": 0}


def test_the_checks_take_it_for_thirty_days_and_for_its_own_person() -> None:
    token = signed(WHOLE)
    assert (checked(token).verdict, codes(checked(token))) == (Verdict.VERIFIED, [])
    assert checked(token, recipient="Haneul@example.kr").verdict is Verdict.VERIFIED
    assert checked(token, recipient="boram@example.kr").verdict is Verdict.WRONG_RECIPIENT
    last = NOW.replace(microsecond=0) + record.LIFE
    assert checked(token, last - timedelta(seconds=1)).verdict is Verdict.VERIFIED
    assert checked(token, last).verdict is Verdict.EXPIRED
    assert checked(token, NOW - timedelta(hours=1)).verdict is Verdict.INVALID


def test_a_record_that_names_nobody_is_taken_with_a_remark() -> None:
    found = checked(signed(replace(WHOLE, name="", email="")))
    assert (found.verdict, codes(found)) == (Verdict.VERIFIED, ["names_nobody"])


def test_another_key_and_another_issuer_are_not_taken() -> None:
    other = SigningKey(KEY.kid, new_private())
    forged = record.token(WHOLE, SITE, DID, other, NOW)
    assert (checked(forged).verdict, codes(checked(forged))) == (
        Verdict.INVALID,
        ["signature_wrong"],
    )
    elsewhere = SigningKey("did:web:elsewhere.example#one", PRIVATE)
    foreign = record.token(WHOLE, SITE, "did:web:elsewhere.example", elsewhere, NOW)
    assert checked(foreign).verdict is Verdict.UNVERIFIABLE


def test_every_short_key_has_a_meaning_in_the_published_context() -> None:
    """Read as linked data, nothing of the record falls away."""
    from pyld import jsonld

    payload = said(signed(replace(WHOLE, left=1)))
    assert payload["@context"] == [BASE, SITE + record.CONTEXT_PATH]
    body = {name: value for name, value in payload.items() if name not in ("nbf", "exp", "iss")}
    (read,) = jsonld.expand(body, {"documentLoader": published})
    assert f"{SITE}{record.CONTEXT_PATH}#{record.TYPE}" in read["@type"]
    (subject,) = read["https://www.w3.org/2018/credentials#credentialSubject"]
    assert len(subject) == len(body["credentialSubject"]) == 8
    assert sorted(map(len, rows(subject))) == sorted(map(len, rows(body["credentialSubject"])))


BASE = "https://www.w3.org/ns/credentials/v2"


def published(address: str, _options: Any = None) -> dict[str, Any]:
    found: Any = record.context(SITE)
    if address == BASE:
        files = resources.files("openvc.proof") / "contexts"
        found = json.loads((files / "credentials-v2.json").read_text("utf-8"))
    return {"contextUrl": None, "documentUrl": address, "document": found}


def rows(subject: Any) -> list[dict[str, Any]]:
    lists = [value for value in subject.values() if isinstance(value, list)]
    return [row for value in lists for row in value if "@value" not in row]


def test_what_does_not_fit_goes_own_word_first_and_certificates_last() -> None:
    many = tuple(SkillLine(f"skill-{n}", 1 + n % 5, 1 + n % 4) for n in range(40))
    whole = replace(WHOLE, skills=many)
    room = len(signed(replace(whole, skills=many[:1]))) + 400
    told, token = record.fitting(whole, signed, room)
    assert len(token) <= room < len(signed(whole))
    assert told.left == len(many) - len(told.skills) > 0
    assert said(token)["credentialSubject"]["left"] == told.left
    kept = {(row.verification, row.level) for row in told.skills}
    gone = {(row.verification, row.level) for row in set(many) - set(told.skills)}
    assert max(gone) <= min(kept)
    assert told.certificates == whole.certificates
    bare, _token = record.fitting(whole, signed, 10)
    assert (bare.skills, bare.projects, bare.certificates) == ((), (), ())


def test_a_record_that_fits_stays_whole() -> None:
    assert record.fitting(WHOLE, signed, 100_000) == (WHOLE, signed(WHOLE))


TOKENS = st.text("abcXYZ019_-.", min_size=1, max_size=6_000)


@given(TOKENS, st.randoms(use_true_random=False))
def test_parts_in_any_order_give_the_token_back(token: str, chance: Any) -> None:
    found = list(parts.split(token, SITE))
    assert all(len(each) <= parts.MOST_BYTES for each in found)
    chance.shuffle(found)
    assert parts.join([*found, found[0]]) == token
    assert parts.join([each.partition("#")[2] for each in found]) == token


def test_what_the_room_says_fits_is_what_the_most_parts_hold() -> None:
    assert len(parts.split("a" * parts.room(SITE), SITE)) == parts.MOST_PARTS
    assert len(parts.split("a" * (parts.room(SITE) + 1), SITE)) == parts.MOST_PARTS + 1
    with pytest.raises(ValueError, match="too long"):
        parts.split("a" * 20_000, SITE)


def broken(texts: list[str]) -> tuple[str, tuple[int, ...]]:
    with pytest.raises(PartsError) as refused:
        parts.join(texts)
    return refused.value.code, refused.value.numbers


def test_parts_that_are_missing_mixed_or_changed_are_refused() -> None:
    one, two = parts.split("a" * 1_500, SITE), parts.split("b" * 1_500, SITE)
    assert broken([one[1]]) == ("missing", (1,))
    assert broken([one[0], two[1]]) == ("mixed", ())
    assert broken([one[0], one[1].replace("/aaa", "/baa")]) == ("broken", ())
    assert broken([one[0], one[0].replace("/aaa", "/baa"), one[1]]) == ("mixed", ())
    assert broken(["nothing of ours"]) == ("no_parts", ())
