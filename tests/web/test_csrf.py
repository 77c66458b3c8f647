"""No unsafe page route does anything for another site, or without its own form's token."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from matcher.policy.permissions import GRANTED
from matcher.wiring import Services
from models.account import Role
from tests.conftest import token_of
from tests.walk import Route, Visitor, Who, Writes, checksum, fillings

FORM = "application/x-www-form-urlencoded"
SAME = {"Sec-Fetch-Site": "same-origin", "Content-Type": FORM}
CASES = (
    "no token",
    "token of another person",
    "token of nobody",
    "cross-site",
    "same-site",
    "origin null",
    "wrong origin",
    "wrong port",
    "text/plain",
    "json",
    "no type",
)


def _attempt(kind: str, own: str, foreign: str) -> tuple[dict[str, str], str]:
    """Headers and body of one forged request."""
    good = f"csrf={own}"
    return {
        "no token": (SAME, "x=1"),
        "token of another person": (SAME, f"csrf={foreign}"),
        "token of nobody": (SAME, "csrf=" + "0" * 64),
        "cross-site": (SAME | {"Sec-Fetch-Site": "cross-site"}, good),
        "same-site": (SAME | {"Sec-Fetch-Site": "same-site"}, good),
        "origin null": ({"Origin": "null", "Content-Type": FORM}, good),
        "wrong origin": ({"Origin": "https://evil.example", "Content-Type": FORM}, good),
        "wrong port": ({"Origin": "http://localhost:81", "Content-Type": FORM}, good),
        "text/plain": (SAME | {"Content-Type": "text/plain"}, good),
        "json": (SAME | {"Content-Type": "application/json"}, f'{{"csrf": "{own}"}}'),
        "no type": ({"Sec-Fetch-Site": "same-origin"}, good),
    }[kind]


@pytest.fixture(scope="module")
def tokens(visitors: Mapping[str, Visitor]) -> Mapping[str, str]:
    return {name: token_of(visitor.client) for name, visitor in visitors.items()}


def _targets(
    services: Services, visitors: Mapping[str, Visitor], known: list[Route]
) -> Iterator[tuple[Route, Visitor, str]]:
    """Every unsafe page route as somebody who may use it, with an existing row in its path."""
    for route in known:
        if route.method == "GET" or route.is_api:
            continue
        permission = route.gate.permission
        visitor = visitors[max(GRANTED[permission]) if permission else "anon"]
        who = visitor.who or Who(0, Role.YOUTH, None, None)
        with services.database.reading() as session:
            values = next(iter(fillings(session, route, who, 1)), None)
        if values is None:
            values = dict.fromkeys(route.parameters, 1)
        yield route, visitor, route.fill(values)


@pytest.mark.parametrize("kind", CASES)
def test_no_forged_request_gets_in_or_changes_a_row(
    demo_services: Services,
    visitors: Mapping[str, Visitor],
    known_routes: list[Route],
    tokens: Mapping[str, str],
    kind: str,
) -> None:
    odd, tried = [], 0
    before = checksum(demo_services) if kind == CASES[0] else None
    with Writes(demo_services) as writes:
        for route, visitor, path in _targets(demo_services, visitors, known_routes):
            other = "admin" if visitor.name != "admin" else "youth"
            headers, body = _attempt(kind, tokens[visitor.name], tokens[other])
            answer = _send(visitor.client, route.method, path, headers, body)
            written, tried = writes.take(), tried + 1
            if answer.status_code != 403 or written:
                odd.append(f"{visitor.name} {route.key}: {answer.status_code} {sorted(written)}")
    assert odd == []
    assert tried > 30
    assert before is None or checksum(demo_services) == before


def _send(client: TestClient, method: str, path: str, headers: dict[str, str], body: str) -> Any:
    return client.request(method, path, headers=headers, content=body.encode())


def test_a_request_of_our_own_page_does_get_in(
    visitors: Mapping[str, Visitor], tokens: Mapping[str, str]
) -> None:
    """Without this the tests above could pass on a site that refuses everything."""
    for headers in (SAME, {"Origin": "http://localhost", "Content-Type": FORM}):
        body = f"csrf={tokens['youth']}"
        answer = visitors["youth"].client.post("/youth/notice", headers=headers, content=body)
        assert answer.status_code == 303


def test_the_token_may_come_in_a_header(
    visitors: Mapping[str, Visitor], tokens: Mapping[str, str]
) -> None:
    headers = SAME | {"X-CSRF-Token": tokens["youth"]}
    assert visitors["youth"].client.post("/youth/notice", headers=headers).status_code == 303


def test_no_page_route_changes_things_by_an_overridden_method(
    visitors: Mapping[str, Visitor],
) -> None:
    answer = visitors["youth"].client.get(
        "/youth/notice?_method=POST", headers={"X-HTTP-Method-Override": "POST"}
    )
    assert answer.status_code == 200
