"""Headers of every answer: every page as every role, and every kind of refusal."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from matcher.gateways.passwords import PlainPasswords
from matcher.web.app import create_app
from matcher.wiring import Services
from tests.conftest import browser, post, token_of
from tests.demo_data import DemoAccounts
from tests.people import People
from tests.walk import Route, Visitor, account_id_of, who_is
from tests.web.observatory import score

HTML_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)
SNAPSHOT = {
    "content-security-policy": HTML_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "vary": "Cookie, HX-Request",
}
HSTS = "max-age=31536000; includeSubDomains"
LEAST = 155
PUBLISHED = {
    "/.well-known/did.json": "public, max-age=300",
    "/credentials/status/": "public, max-age=300",
    "/contexts/": "public, max-age=86400",
}
"""What anybody may copy and keep for a while: keys, status lists and the words of our records.
Pages of other sites may read them, and nothing else of ours."""
EVERYBODYS = {
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
}


def problems(answer: Any, is_https: bool) -> list[str]:
    """What is wrong with the headers of an answer, one line each."""
    found, headers = [], answer.headers
    kind = headers.get("content-type", "text/html")
    is_html = kind.startswith("text/html")
    wanted = (
        dict(SNAPSHOT)
        if is_html
        else {
            **{key: value for key, value in SNAPSHOT.items() if key != "vary"},
            "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        }
    )
    if kind in ("application/pdf", "image/png", "image/jpeg"):
        wanted["content-security-policy"] += "; sandbox"
    if is_https:
        wanted["strict-transport-security"] = HSTS
        if is_html:
            wanted["content-security-policy"] += "; upgrade-insecure-requests"
    path = answer.request.url.path
    if path.startswith(tuple(PUBLISHED)) and answer.status_code == 200:
        wanted["cache-control"] = next(v for k, v in PUBLISHED.items() if path.startswith(k))
        wanted |= EVERYBODYS
    elif open_to := [name for name in headers if name.startswith("access-control-")]:
        found.append(f"open to other sites: {open_to}")
    if path.startswith(("/answer/", "/shared/")):  # the address itself is the key
        wanted["referrer-policy"] = "no-referrer"
    for name, value in wanted.items():
        sent = headers.get_list(name)
        if sent != [value]:
            found.append(f"{name}: {sent}")
    if not is_https and "strict-transport-security" in headers:
        found.append("HSTS over http")
    found += [name for name in ("server", "x-powered-by") if name in headers]
    if "x-request-id" not in headers:
        found.append("no request id")
    scored = dict(headers)
    if wanted.items() >= EVERYBODYS.items():  # open on purpose: everything else still counts
        scored = {k: v for k, v in scored.items() if k not in EVERYBODYS}
        scored["cross-origin-resource-policy"] = "same-origin"
    points = score(scored, headers.get_list("set-cookie"), is_https)
    if is_https and points < LEAST:
        found.append(f"score {points}")
    return found


@pytest.fixture(scope="module")
def secure_visitors(demo_services: Services, demo_accounts: DemoAccounts) -> Mapping[str, Visitor]:
    """The roles again, over https."""
    found = {"anon": Visitor("anon", _secure(demo_services), None)}
    for role, accounts in sorted(demo_accounts.items()):
        client = _secure(demo_services)
        answer = post(
            client, "/login", {"email": accounts[0].email, "password": accounts[0].password}
        )
        assert answer.status_code == 303
        who = who_is(demo_services, account_id_of(demo_services, accounts[0].email))
        found[role] = Visitor(role, client, who)
    return found


def _secure(services: Services) -> TestClient:
    return TestClient(create_app(services), "https://localhost", follow_redirects=False)


def _wrong(
    services: Services, visitors: Mapping[str, Visitor], known: list[Route], is_https: bool
) -> Iterator[str | None]:
    """For every page as every role: what is wrong with its headers, or None."""
    for visitor in visitors.values():
        for path in visitor.pages(services, known, 1):
            answer = visitor.client.get(path)
            wrong = problems(answer, is_https)
            yield f"{visitor.name} {path} {answer.status_code}: {wrong}" if wrong else None


def test_every_page_of_every_role_scores_over_https(
    demo_services: Services, secure_visitors: Mapping[str, Visitor], known_routes: list[Route]
) -> None:
    found = list(_wrong(demo_services, secure_visitors, known_routes, is_https=True))
    assert [each for each in found if each] == []
    assert len(found) >= 200


def test_pages_over_http_promise_nothing_about_https(
    demo_services: Services, visitors: Mapping[str, Visitor], known_routes: list[Route]
) -> None:
    chosen = {name: visitors[name] for name in ("anon", "youth")}
    found = list(_wrong(demo_services, chosen, known_routes, is_https=False))
    assert [each for each in found if each] == []
    assert len(found) >= 60


@pytest.fixture(params=["http", "https"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def plain(services: Services, people: People, scheme: str) -> TestClient:
    return TestClient(create_app(services), f"{scheme}://localhost", follow_redirects=False)


def _refusals(client: TestClient, email: str) -> Iterator[tuple[int, Any]]:
    """One answer of each refusing status, with the status it should have."""
    form = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    yield 303, client.get("/account")
    yield 400, client.get("/login", headers={"Host": "evil.example"})
    yield 400, client.get("/%00")
    yield 403, client.post("/login", data={"email": "a"})
    yield 404, client.get("/no-such-page")
    yield 404, client.get("/static/no-such-file.css")
    yield 405, client.request("PUT", "/login")
    yield 413, client.post("/login", headers={**form, "Content-Length": "99000000"})
    yield 414, client.get("/login?next=" + "a" * 9_000)
    yield 415, client.post("/login", headers={**form, "Content-Encoding": "gzip"})
    yield 422, post(client, "/login", {"email": email, "password": ""})
    yield 431, client.get("/login", headers={"X-Long": "a" * 40_000})
    for _try in range(12):
        last = post(client, "/login", {"email": email, "password": "wrong"})
    yield 429, last


def test_every_refusal_carries_the_same_headers(
    plain: TestClient, people: People, scheme: str
) -> None:
    seen = list(_refusals(plain, people.youth.email))
    assert [(answer.status_code, str(answer.url)) for wanted, answer in seen
            if answer.status_code != wanted] == []  # fmt: skip
    wrong = [
        (answer.status_code, found)
        for _wanted, answer in seen
        if (found := problems(answer, scheme == "https"))
    ]
    assert wrong == []


def test_a_throttled_sign_in_says_when_to_come_back(plain: TestClient, people: People) -> None:
    answers = dict(_refusals(plain, people.youth.email))
    assert 1 <= int(answers[429].headers["retry-after"]) <= 300


class _Broken(PlainPasswords):
    def verify(self, password: str, stored: str | None) -> bool:
        raise RuntimeError("a secret inside")


def test_a_crash_is_a_page_with_headers_and_without_its_cause(services: Services) -> None:
    broken = replace(services, passwords=_Broken())
    answer = post(browser(broken), "/login", {"email": "a@example.com", "password": "x"})
    assert answer.status_code == 500
    assert problems(answer, False) == []
    assert "a secret inside" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-request-id"] in answer.text


def test_cookies_over_http_on_loopback_go_without_secure(
    services: Services, people: People
) -> None:
    client = browser(services)
    client.get("/login")
    answer = post(
        client, "/login", {"email": people.youth.email, "password": people.youth.password}
    )
    cookies = {each.split("=")[0]: each for each in answer.headers.get_list("set-cookie")}
    assert "session" in cookies
    assert [each for each in cookies.values() if "Secure" in each] == []
    assert [each for each in cookies.values() if not _is_guarded(each)] == []


def test_cookies_over_https_are_secure_and_bound_to_the_host(
    services: Services, people: People
) -> None:
    client = _secure(services)
    assert len(token_of(client)) == 64
    answer = post(
        client, "/login", {"email": people.youth.email, "password": people.youth.password}
    )
    cookies = {each.split("=")[0]: each for each in answer.headers.get_list("set-cookie")}
    assert "__Host-session" in cookies
    assert [each for each in cookies.values() if "Secure" not in each] == []
    assert [each for each in cookies.values() if not _is_guarded(each)] == []


def _is_guarded(cookie: str) -> bool:
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    return {"httponly", "samesite=lax", "path=/"} <= parts and not any(
        part.startswith("domain=") for part in parts
    )


def test_signing_out_clears_what_the_browser_kept(services: Services, people: People) -> None:
    client = browser(services)
    post(client, "/login", {"email": people.youth.email, "password": people.youth.password})
    answer = post(client, "/logout")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert client.get("/account").status_code == 303


def test_static_files_may_be_kept_and_pages_may_not(client: TestClient) -> None:
    page = client.get("/login")
    sheet = client.get("/static/css/base.css?v=0")
    assert page.headers["cache-control"] == "no-store"
    assert sheet.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert sheet.headers["x-content-type-options"] == "nosniff"


def test_what_is_published_may_be_read_by_other_sites_and_nothing_else(
    demo_services: Services, visitors: Mapping[str, Visitor]
) -> None:
    anybody = visitors["anon"].client
    addresses = (
        "/.well-known/did.json", "/credentials/status/revocation",
        "/credentials/status/suspension", "/contexts/record-v1.jsonld",
    )  # fmt: skip
    for address in addresses:
        answer = anybody.get(address, headers={"Origin": "https://verifier.example"})
        assert answer.status_code == 200, address
        assert EVERYBODYS.items() <= dict(answer.headers).items(), address
        assert "access-control-allow-credentials" not in answer.headers
    tag = anybody.get(addresses[1]).headers["etag"]
    unchanged = anybody.get(addresses[1], headers={"If-None-Match": tag})
    assert unchanged.status_code == 304
    assert EVERYBODYS.items() <= dict(unchanged.headers).items()
    for address in ("/", "/login", "/verify", "/verify.html", "/credentials/status/other"):
        kept = anybody.get(address).headers
        assert kept["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in kept
