"""Facts shown one by one: a reader learns what was shown, and nothing can be added or edited."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matcher.credentials import selective, verifying, words
from matcher.credentials.selective import Binding, NotThere, check, facts_of, issue, narrowed
from matcher.credentials.signing_keys import SigningKey, did_document, public_jwk, sign_jwt
from matcher.credentials.types import AtHand, Checked, Verdict

DID = "did:web:oreum.example"
KEY = SigningKey(f"{DID}#one", bytes(range(32)))
OTHER = SigningKey(f"{DID}#one", bytes(range(1, 33)))
DOCUMENT = did_document(DID, {"one": public_jwk(KEY.private)})
AT_HAND = AtHand(trusted=frozenset({DID}), keys={DID: DOCUMENT})
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
UNTIL = NOW + timedelta(days=7)
FACTS: dict[str, Any] = {
    "aws_associate_active": True,
    "aws_associate_verification": 3,
    "aws_professional_active": True,
    "rise_courses_energy_at_least_3": True,
    "name": "canary-name",
    "school": "canary-school",
    "email": "canary@example.com",
}
SHOWN = ("aws_associate_active", "rise_courses_energy_at_least_3")
WHOLE = issue(FACTS, DID, KEY, NOW, UNTIL)
TOKEN = narrowed(WHOLE, SHOWN)


def judged(token: str, at_hand: AtHand = AT_HAND, now: datetime = NOW, **asked: Any) -> Checked:
    return check(token.encode(), at_hand, now, **asked)


def opened(token: str) -> str:
    """Everything a reader could decode of it, joined."""
    parts = [piece for part in token.split("~") for piece in part.split(".")]
    return " ".join(
        base64.urlsafe_b64decode(each + "=" * (-len(each) % 4)).decode("utf-8", "replace")
        for each in parts
    )


def packed(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_a_proof_of_two_facts_is_verified_and_says_these_two_and_nothing_else() -> None:
    found = judged(TOKEN)
    assert found.verdict is Verdict.VERIFIED
    assert found.claim is not None
    assert facts_of(found.claim) == dict.fromkeys(SHOWN, True)
    assert found.claim.valid_until == UNTIL


def test_no_byte_of_it_holds_a_name_a_school_or_a_hidden_fact() -> None:
    text = opened(TOKEN)
    hidden = [word for word in ("canary", "professional", "verification") if word in text]
    assert hidden == []
    assert all(word in opened(WHOLE) for word in ("canary-name", "professional"))


def test_the_number_of_hidden_facts_is_hidden() -> None:
    few = narrowed(issue({"aws_associate_active": True}, DID, KEY, NOW, UNTIL), SHOWN[:1])
    lengths = {len(token.split("~")[0]) for token in (few, TOKEN)}
    assert len(lengths) == 1


def test_a_fact_that_was_never_signed_cannot_be_added() -> None:
    for made_up in (
        packed(["c2FsdHNhbHRzYWx0c2FsdA", "aws_specialty_active", True]),
        packed(["c2FsdHNhbHRzYWx0c2FsdA", "aws_associate_active", True]),
        issue(FACTS | {"aws_specialty_active": True}, DID, OTHER, NOW, UNTIL).split("~")[-2],
    ):
        assert judged(f"{TOKEN}{made_up}~").verdict is Verdict.INVALID


@pytest.mark.parametrize("place", [1, 2])
def test_an_edited_fact_fails(place: int) -> None:
    parts = TOKEN.split("~")
    salt, name, _value = json.loads(base64.urlsafe_b64decode(parts[place] + "=="))
    parts[place] = packed([salt, name, 99])
    found = judged("~".join(parts))
    assert (found.verdict, found.reasons[0].code) == (Verdict.INVALID, "disclosure_wrong")


def test_every_single_changed_letter_fails() -> None:
    odd = []
    for place in range(0, len(TOKEN), 7):
        old = TOKEN[place]
        if old in "~.":
            continue
        changed = TOKEN[:place] + ("A" if old != "A" else "B") + TOKEN[place + 1 :]
        if judged(changed).verdict is Verdict.VERIFIED:
            odd.append(place)
    assert odd == []


def test_a_fact_asked_for_and_taken_away_fails() -> None:
    short = narrowed(TOKEN, SHOWN[:1])
    assert judged(short).verdict is Verdict.VERIFIED
    found = judged(short, required=SHOWN)
    assert (found.verdict, found.reasons[0].code) == (Verdict.INVALID, "fact_missing")
    assert judged(TOKEN, required=SHOWN).verdict is Verdict.VERIFIED


def test_nothing_can_be_shown_that_is_not_there() -> None:
    with pytest.raises(NotThere):
        narrowed(TOKEN, ["aws_professional_active"])


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        (UNTIL - timedelta(seconds=1), Verdict.VERIFIED),
        (UNTIL, Verdict.EXPIRED),
        (NOW - timedelta(days=1), Verdict.INVALID),
    ],
)
def test_it_holds_between_its_two_moments(now: datetime, verdict: Verdict) -> None:
    assert judged(TOKEN, now=now).verdict is verdict


def test_another_key_an_unknown_issuer_and_a_missing_key_are_told_apart() -> None:
    forged = narrowed(issue(FACTS, DID, OTHER, NOW, UNTIL), SHOWN)
    assert judged(forged).reasons[0].code == "signature_wrong"
    assert judged(TOKEN, AtHand(keys={DID: DOCUMENT})).verdict is Verdict.AUTHENTIC_UNKNOWN_ISSUER
    assert judged(TOKEN, AtHand(trusted=frozenset({DID}))).verdict is Verdict.UNVERIFIABLE
    renamed = replace(AT_HAND, keys={DID: did_document(DID, {"two": public_jwk(KEY.private)})})
    assert judged(TOKEN, renamed).verdict is Verdict.UNVERIFIABLE


@pytest.mark.parametrize("alg", ["none", "HS256", "RS256", "ES256", "", None, ["EdDSA"]])
def test_no_other_algorithm_is_taken(alg: object) -> None:
    head, rest = TOKEN.split(".", 1)
    header = json.loads(base64.urlsafe_b64decode(head + "==")) | {"alg": alg}
    assert judged(f"{packed(header)}.{rest}").verdict is Verdict.INVALID


def test_a_token_without_an_end_or_of_another_type_is_refused() -> None:
    body = {"iss": DID, "vct": selective.VCT, "a_fact": True}
    endless = sign_jwt(body, KEY, selective.TYP) + "~"
    other = sign_jwt(body | {"exp": int(UNTIL.timestamp())}, KEY, "vc+jwt") + "~"
    assert judged(endless).reasons[0].code == "without_end"
    assert judged(other).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    "text",
    ["", "~", "a~b~", "ey~", TOKEN.split("~")[0], TOKEN.split("~")[0] + "~", TOKEN[:-1],
     TOKEN + "~", TOKEN.replace("~", "~~"),
     TOKEN.replace("~", "~\u200b"), "[" * 50_000 + "~", f"{packed([1])}.{packed([2])}.x~",
     f"{packed({'kid': 3})}.{packed({'iss': 5})}.x~", "x" * 300_000],
)  # fmt: skip
def test_rubbish_is_invalid_and_breaks_nothing(text: str) -> None:
    assert judged(text).verdict is Verdict.INVALID


def test_a_bound_proof_needs_its_holder_for_this_reader() -> None:
    from openvc.keys import Ed25519SigningKey
    from openvc.proof.sd_jwt import SdJwtVcProofSuite

    holder = Ed25519SigningKey.generate("holder")
    now = datetime.now(UTC)
    bound = narrowed(
        issue(FACTS, DID, KEY, now, now + timedelta(hours=1), holder.public_jwk()), SHOWN
    )
    asked = Binding("https://firm.example", "nonce-1")
    shown = SdJwtVcProofSuite().create_presentation(
        bound, holder_key=holder, audience=asked.audience, nonce=asked.nonce
    )
    thief = SdJwtVcProofSuite().create_presentation(
        bound, holder_key=Ed25519SigningKey.generate("thief"), audience=asked.audience,
        nonce=asked.nonce,
    )  # fmt: skip
    assert judged(shown, now=now, binding=asked).verdict is Verdict.VERIFIED
    wrong = [
        judged(bound, now=now, binding=asked),
        judged(thief, now=now, binding=asked),
        judged(shown, now=now, binding=replace(asked, nonce="nonce-2")),
        judged(shown, now=now, binding=replace(asked, audience="https://other.example")),
    ]
    assert {each.verdict for each in wrong} == {Verdict.INVALID}


def test_what_every_reader_sees_cannot_be_a_fact() -> None:
    with pytest.raises(ValueError, match="exp"):
        issue({"exp": 1}, DID, KEY, NOW, UNTIL)


def test_the_checks_of_credentials_take_it_and_ask_whose_it_is() -> None:
    verdicts = {
        who: verifying.check(TOKEN.encode(), AT_HAND, recipient=who, now=NOW).verdict
        for who in (None, "haneul@example.kr")
    }
    assert verdicts == {None: Verdict.VERIFIED, "haneul@example.kr": Verdict.WRONG_RECIPIENT}


def test_every_reason_has_its_words() -> None:
    asked = Binding("https://firm.example", "nonce-1")
    found = [
        judged(TOKEN, required=["x"]), judged(TOKEN, binding=asked), judged(TOKEN + "~"),
        judged(TOKEN, now=UNTIL), judged(narrowed(TOKEN, [])), judged(TOKEN, AtHand()),
    ]  # fmt: skip
    codes = {reason.code for each in found for reason in each.reasons}
    assert codes >= {"fact_missing", "holder_not_proved", "token_broken", "nothing_shown"}
    assert codes <= set(words.REASON_WORDS)
