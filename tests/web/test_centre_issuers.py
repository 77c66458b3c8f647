"""The centre's page of badge issuers: what it shows, and that nothing typed is lost."""

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from matcher.catalogue.badge_issuers import known_issuers
from matcher.clock import start_of
from matcher.matching import demo_badge_issuer as demo
from matcher.wiring import Services
from tests.conftest import SignIn, post
from tests.factories import TODAY
from tests.people import People

HERE = "/centre/issuers"
GIVEN: Mapping[str, object] = {
    "name": "데모 발급 기관",
    "issuer": demo.DID,
    "means": "signed",
    "key_document": json.dumps(demo.key_document()),
    "note": "시험이 만든 것",
    "backs_certificates": "1",
}


@pytest.fixture
def centre(people: People, sign_in: SignIn) -> TestClient:
    return sign_in(people.centre)


def upload(centre: TestClient, data: bytes, name: str = "list.jwt") -> int:
    answer = post(centre, f"{HERE}/lists", files={"list": (name, data)})
    return int(answer.status_code)


def test_the_page_begins_empty_and_says_so(centre: TestClient) -> None:
    page = centre.get(HERE).text
    assert "배지를 인정하는 발급 기관이 없습니다" in page
    assert known_issuers()[0].name in page
    assert 'href="/centre/issuers"' in centre.get("/centre").text


def test_an_issuer_named_in_public_sources_starts_the_form_and_counts_for_nothing_yet(
    centre: TestClient,
) -> None:
    aws = known_issuers()[0]
    page = centre.get(f"{HERE}?known={aws.key}").text
    assert f'value="{aws.issuer}"' in page
    assert f'value="{aws.origin.source}"' in page
    assert "배지를 인정하는 발급 기관이 없습니다" in page
    assert centre.get(f"{HERE}?known=nobody").status_code == 200


def test_adding_switching_off_and_bringing_a_list(services: Services, centre: TestClient) -> None:
    assert post(centre, HERE, dict(GIVEN)).headers["location"] == HERE
    page = centre.get(HERE).text
    assert "배지를 인정하는 발급 기관이 1곳입니다" in page
    assert "열쇠: demo-1" in page
    data = demo.status_list(start_of(TODAY) - timedelta(days=8))
    assert upload(centre, data) == 303
    assert "8일 전 것" in centre.get(HERE).text or "9일 전 것" in centre.get(HERE).text
    changed = {"state": "off", "version": 1}
    assert post(centre, f"{HERE}/1/state", changed).status_code == 303
    assert "배지를 인정하는 발급 기관이 없습니다" in centre.get(HERE).text
    again = post(centre, f"{HERE}/1/state", {"state": "off", "version": 1})
    assert again.status_code == 409
    assert "그 사이에 이 발급 기관이 바뀌었습니다" in again.text


def test_a_refused_form_comes_back_as_it_was_typed(centre: TestClient) -> None:
    keys = '{"kty": "OKP", "crv": "Ed25519", "x": "짧음"}'
    answer = post(centre, HERE, {**GIVEN, "name": "<b>새</b>", "key_document": keys})
    assert answer.status_code == 422
    assert 'href="#f-key_document"' in answer.text
    assert "&lt;b&gt;새&lt;/b&gt;" in answer.text
    assert "짧음" in answer.text
    assert post(centre, HERE, {**GIVEN, "means": "magic"}).status_code == 422
    assert post(centre, HERE, {**GIVEN, "extra": "1"}).status_code == 422
    assert post(centre, HERE).status_code == 422


def test_a_refused_key_of_a_row_stays_beside_it(centre: TestClient) -> None:
    post(centre, HERE, dict(GIVEN))
    answer = post(centre, f"{HERE}/1/keys", {"key_document": "not json", "version": 1})
    assert answer.status_code == 422
    assert "not json" in answer.text
    assert 'id="keys-1-error"' in answer.text
    good = {"key_document": json.dumps(demo.key_document()), "version": 1}
    assert post(centre, f"{HERE}/1/keys", good).status_code == 303


@pytest.mark.parametrize("data", [b"", b"x", b"{}", b"\xff" * 100, b"x" * (1024 * 1024 + 5)])
def test_a_file_that_is_no_list_is_refused_in_words(centre: TestClient, data: bytes) -> None:
    assert upload(centre, data) in (413, 422)
    assert post(centre, f"{HERE}/lists").status_code == 422


def test_the_page_speaks_english(centre: TestClient) -> None:
    post(centre, HERE, dict(GIVEN))
    page = centre.get(f"{HERE}?lang=en").text
    assert "Badges of 1 issuer count" in page
    assert "New key document" in page
