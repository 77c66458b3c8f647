"""Traps 7 and 8: sizes, hosts, closed documents, HEAD; and odd paths."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from matcher.wiring import Services
from tests.conftest import SignIn, post, token_of
from tests.people import People

MEGABYTE = 1_048_576


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "보낸 것이 너무 커요."), ("en", "What you sent is too large.")]
)
def test_a_body_that_says_it_is_too_large_is_refused_in_the_readers_language(
    client: TestClient, language: str, words: str
) -> None:
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(12 * MEGABYTE),
        "Sec-Fetch-Site": "same-origin",
        "Accept-Language": language,
    }
    answer = client.post("/login", content=b"", headers=headers)
    assert (answer.status_code, words in answer.text) == (413, True)


def test_a_body_that_streams_on_without_a_length_is_cut_off(client: TestClient) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b"email="
        while sent < 64 * MEGABYTE:
            sent += MEGABYTE
            yield b"a" * MEGABYTE

    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
    }
    answer = client.post("/login", content=endless(), headers=headers)
    assert answer.status_code == 413
    assert "Content-Security-Policy" in answer.headers


def test_a_name_of_ten_megabytes_is_not_stored(client: TestClient, services: Services) -> None:
    answer = post(client, "/login", {"email": "a" * 10 * MEGABYTE, "password": "x"})
    assert answer.status_code in {400, 413, 422}


def test_too_many_fields_are_refused(client: TestClient) -> None:
    answer = post(client, "/login", {f"f{number}": "1" for number in range(700)})
    assert answer.status_code in {400, 413}


@pytest.mark.parametrize("length", ["-1", "+5", "1_0", "5, 5", "x", "１"])
def test_an_odd_content_length_is_refused(client: TestClient, length: str) -> None:
    headers = {"Content-Length": length.encode()}
    answer = client.request("POST", "/login", headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize("size", [40_000, 2_000_000])
def test_a_long_header_is_refused(client: TestClient, size: int) -> None:
    assert client.get("/healthz", headers={"X-Long": "a" * size}).status_code == 431


def test_five_thousand_cookies_are_refused(client: TestClient) -> None:
    cookies = "; ".join(f"c{number}=1" for number in range(5_000))
    assert client.get("/healthz", headers={"Cookie": cookies}).status_code == 431


def test_a_long_address_is_refused(client: TestClient) -> None:
    assert client.get("/login?next=" + "a" * 20_000).status_code == 414


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "a/../localhost", "", "localhost:80:80"]
)
def test_an_unknown_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/login", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/docs", "/redoc", "/openapi.json", "/.git/config", "/.env", "/static/../app.py",
     "/static/%2e%2e/app.py", "/static/..%2fapp.py", "//admin", "/admin;/", "/admin%2f",
     "/%c0%af", "/admin/", "/login/"],
)  # fmt: skip
def test_visitors_find_nothing_behind_odd_paths(client: TestClient, path: str) -> None:
    answer = client.get("http://localhost" + path)
    assert answer.status_code in {400, 404}


def test_a_nul_in_path_or_query_is_refused(client: TestClient) -> None:
    found = [client.get(path).status_code for path in ("/%00", "/login?next=%00", "/login?%00=1")]
    assert found == [400, 400, 400]


@pytest.mark.parametrize(
    "path", ["/login", "/healthz", "/readyz", "/signup", "/static/css/base.css"]
)
def test_head_answers_like_get_without_a_body(client: TestClient, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.parametrize("method", ["TRACE", "FOO", "PROPFIND", "PUT", "DELETE", "PATCH"])
def test_methods_nobody_asked_for_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/login").status_code in {403, 404, 405}


def test_a_compressed_body_is_refused(client: TestClient) -> None:
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/login", content=b"\x1f\x8b", headers=headers).status_code == 415


def test_no_other_origin_is_ever_allowed_to_read(client: TestClient) -> None:
    for origin in ("https://evil.example", "null"):
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        for answer in (client.options("/login", headers=headers), client.get("/", headers=headers)):
            assert [key for key in answer.headers if key.startswith("access-control-")] == []


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Original-URL",
        "X-HTTP-Method-Override",
        "X-User-ID",
    ],
)
def test_headers_that_pretend_change_nothing(client: TestClient, header: str) -> None:
    plain, dressed = client.get("/admin"), client.get("/admin", headers={header: "127.0.0.1"})
    assert (dressed.status_code, dressed.headers["location"]) == (303, plain.headers["location"])


def test_a_forged_session_cookie_is_nobody(client: TestClient) -> None:
    for value in ("x", "a.1.b", "a" * 10_000, "a.9" * 60, "..", "é.1.2"):
        answer = client.get("/account", headers={"Cookie": f"session={value}".encode()})
        assert answer.status_code in {303, 431}


def test_a_query_key_that_comes_twice_is_refused(people: People, sign_in: SignIn) -> None:
    browser = sign_in(people.admin)
    assert browser.get("/admin/accounts?q=a&q=b").status_code == 422


def test_the_form_token_of_a_page_is_the_one_that_works(client: TestClient) -> None:
    assert len(token_of(client)) == 64


@pytest.mark.parametrize(
    "host",
    [
        "localhost:80@evil.example",
        "localhost:80/api/",
        "localhost:evil",
        "localhost:80?x",
        "[::1]x",
    ],
)
def test_nothing_but_a_port_follows_a_host(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 400


def test_half_an_address_in_the_referer_is_no_crash(client: TestClient) -> None:
    headers = {"Referer": "http://[::1", "Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post("/youth/profile", content="", headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2F")
