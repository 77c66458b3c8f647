"""Mistakes of the centre with issuers: told by the field, and no private key is shown again."""

import json
from collections.abc import Mapping

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from starlette.testclient import TestClient

from matcher.matching import demo_badge_issuer as demo
from tests.conftest import SignIn, post
from tests.people import People

HERE = "/centre/issuers"
SECRET = "c2VjcmV0LXBhcnQtb2YtYS1rZXk"
PRIVATE = json.dumps({"kty": "OKP", "crv": "Ed25519", "x": "AAAA", "d": SECRET})
PEM = f"-----BEGIN PRIVATE KEY-----\n{SECRET}\n-----END PRIVATE KEY-----"
NEW: Mapping[str, object] = {
    "name": "데모 대학",
    "issuer": "did:web:university.example",
    "means": "signed",
    "note": "전화로 확인",
}


@pytest.fixture
def centre(people: People, sign_in: SignIn) -> TestClient:
    return sign_in(people.centre)


@pytest.mark.parametrize("pasted", [PRIVATE, PEM, json.dumps({"keys": [json.loads(PRIVATE)]})])
def test_a_private_key_is_not_on_the_page_that_refuses_it(centre: TestClient, pasted: str) -> None:
    answer = post(centre, HERE, {**NEW, "key_document": pasted})
    assert answer.status_code == 422
    assert "비밀 열쇠가 들어 있습니다" in answer.text
    assert SECRET not in answer.text
    assert "데모 대학" in answer.text, "the rest stays as it was typed"


def test_a_private_key_pasted_for_a_change_is_not_shown_again_either(centre: TestClient) -> None:
    keys = json.dumps(demo.key_document())
    post(centre, HERE, {**NEW, "issuer": demo.DID, "key_document": keys})
    answer = post(centre, f"{HERE}/1/keys", {"key_document": PRIVATE, "version": 1})
    assert (answer.status_code, SECRET in answer.text) == (422, False)


def test_an_issuer_whose_name_is_its_key_takes_no_other_one(centre: TestClient) -> None:
    stranger = demo.stranger().did
    key = RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 2048).public_key())
    answer = post(centre, HERE, {**NEW, "issuer": stranger, "key_document": key})
    assert (answer.status_code, "열쇠를 스스로 담고" in answer.text) == (422, True)
    assert post(centre, HERE, {**NEW, "issuer": stranger, "key_document": ""}).status_code == 303
    assert "열쇠 바꾸기" not in centre.get(HERE).text
    changed = post(centre, f"{HERE}/1/keys", {"key_document": key, "version": 1})
    assert changed.status_code == 422


@pytest.mark.parametrize("data", [b"", b"a" * 1_048_577])
def test_an_empty_or_too_large_status_list_is_told_as_such(centre: TestClient, data: bytes) -> None:
    answer = post(centre, f"{HERE}/lists", files={"list": ("list.jwt", data)})
    assert (answer.status_code, "빈 파일이거나 1MB보다 큽니다" in answer.text) == (422, True)
