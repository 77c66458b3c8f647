"""Whatever a signed text, a status list or a key file holds: a verdict, and never an accident."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.credentials.types import Checked, Verdict
from matcher.credentials.verification_keys import keys_of, owner_of
from matcher.credentials.verifying import check, claim_in
from matcher.credentials.words import sentence
from tests import credential_workshop as shop
from tests.credential_workshop import NOW, RECIPIENT, UNIVERSITY

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "type", "name", "issuer", "identityHash", "identity", "kty", "x"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
BADGE = shop.claims(shop.badge(credentialStatus=shop.entry()))
ASSERTION = shop.assertion()
LIST = shop.status_list((7,))
quick = settings(max_examples=60, deadline=None)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    below = [each for k, v in inner if isinstance(v, dict | list) for each in places(v, (*path, k))]
    keys = value if isinstance(value, dict) else range(len(value))
    return [*((*path, key) for key in keys), *below]


def replaced(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(document) if isinstance(document, dict) else list(document)
    copy[path[0]] = replaced(document[path[0]], path[1:], value)
    return copy


def judged(data: bytes, **known: Any) -> Checked:
    found = check(data, shop.at_hand(**known), recipient=RECIPIENT, now=NOW)
    claim_in(data)
    assert all(sentence(each) for each in found.reasons)
    return found


@quick
@given(path=st.sampled_from(places(BADGE)), value=VALUES)
def test_signed_badge_may_hold_anything_anywhere(path: tuple[Any, ...], value: Any) -> None:
    held = {shop.LIST: UNIVERSITY.token(shop.status_list())}
    judged(UNIVERSITY.token(replaced(BADGE, path, value)), lists=held)


@quick
@given(path=st.sampled_from(places(ASSERTION)), value=VALUES)
def test_old_badge_may_hold_anything_anywhere(path: tuple[Any, ...], value: Any) -> None:
    document = replaced(ASSERTION, path, value)
    judged(shop.text_of(document), hosted=frozenset([shop.assertion()["id"]]))
    judged(UNIVERSITY.token(document, kid=None, typ=None))


@quick
@given(path=st.sampled_from(places(LIST)), value=VALUES)
def test_status_list_may_hold_anything_and_never_frees_a_revoked_badge(
    path: tuple[Any, ...], value: Any
) -> None:
    held = {shop.LIST: UNIVERSITY.token(replaced(LIST, path, value))}
    assert judged(UNIVERSITY.token(BADGE), lists=held).verdict != Verdict.VERIFIED


@quick
@given(path=st.sampled_from(places(UNIVERSITY.document())), value=VALUES)
def test_key_document_may_hold_anything_anywhere(path: tuple[Any, ...], value: Any) -> None:
    document = replaced(UNIVERSITY.document(), path, value)
    owner_of(document)
    keys_of(document)
    judged(shop.token(), keys={UNIVERSITY.did: document})


@settings(max_examples=25, deadline=None)
@given(path=st.sampled_from(places(UNIVERSITY.proved(shop.badge()))), value=VALUES)
def test_proved_document_may_hold_anything_anywhere(path: tuple[Any, ...], value: Any) -> None:
    document = UNIVERSITY.proved(shop.badge())
    found = judged(shop.text_of(replaced(document, path, value)))
    assert (found.verdict == Verdict.VERIFIED) == (replaced(document, path, value) == document)


TOKEN = shop.token()
PICTURES = [shop.baked(TOKEN), shop.baked(TOKEN, compressed=True), shop.drawn(TOKEN.decode())]


@quick
@given(picture=st.sampled_from(PICTURES), place=st.integers(0, 4_000), noise=st.binary(max_size=4))
def test_picture_may_be_damaged_anywhere(picture: bytes, place: int, noise: bytes) -> None:
    place %= len(picture)
    found = judged(picture[:place] + noise + picture[place + len(noise) + 1 :])
    assert found.verdict != Verdict.VERIFIED or found.content == TOKEN


@quick
@given(
    data=st.binary(max_size=60), start=st.sampled_from([b"", b"{", b"<svg>", b"\x89PNG\r\n\x1a\n"])
)
def test_file_may_be_anything(data: bytes, start: bytes) -> None:
    assert judged(start + data).verdict in (Verdict.INVALID, Verdict.UNVERIFIABLE)
