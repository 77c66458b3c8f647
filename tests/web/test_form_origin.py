"""No unsafe request counts but from our own page with this browser's own token."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from matcher.wiring import Services
from tests.account_desk import SIGN_UP, dump
from tests.conftest import SignIn, browser, token_of
from tests.people import People

OWN = {"Sec-Fetch-Site": "same-origin"}
CASES: dict[str, tuple[dict[str, str], str]] = {
    # name: (headers, which token)
    "no token": (OWN, ""),
    "wrong token": (OWN, "0" * 64),
    "other person's token": (OWN, "theirs"),
    "cross-site": ({"Sec-Fetch-Site": "cross-site"}, "own"),
    "same-site": ({"Sec-Fetch-Site": "same-site"}, "own"),
    "origin null": ({"Origin": "null"}, "own"),
    "wrong origin": ({"Origin": "http://evil.example"}, "own"),
    "wrong port": ({"Origin": "http://localhost:81"}, "own"),
    "wrong scheme": ({"Origin": "https://localhost"}, "own"),
    "half an address": ({"Origin": "http://[::1"}, "own"),
    "text/plain": ({**OWN, "Content-Type": "text/plain"}, "own"),
    "json": ({**OWN, "Content-Type": "application/json"}, "own"),
    "no type": ({**OWN, "Content-Type": ""}, "own"),
}
ACTIONS: dict[str, dict[str, Any]] = {
    "/account/profile": {"name": "다른 이름", "language": "en"},
    "/account/password": {"current": "correct horse", "password": "a new and long password"},
    "/account/sessions/end-others": {},
    "/account/tokens": {"name": "x", "expires_on": "2027-01-01"},
    "/account/consents/pool": {"sectors": "space"},
    "/account/consents/learning": {},
    "/account/export": {},
    "/account/export/archive": {},
    "/account/erase": {"current": "correct horse"},
    "/youth/notice": {},
    "/logout": {},
}
PUBLIC = {
    "/signup": SIGN_UP,
    "/reset": {"email": "haneul@example.com"},
    "/confirm": {"token": "x"},
    "/reset/new": {"token": "x", "password": "a new and long password"},
    "/login": {"email": "haneul@example.com", "password": "correct horse"},
}


def send(client: TestClient, path: str, data: dict[str, Any], case: str, theirs: str) -> int:
    headers, which = CASES[case]
    token = {"own": token_of(client), "theirs": theirs}.get(which, which)
    body = {**data, "csrf": token} if token else data
    if headers.get("Content-Type") == "application/json":
        return client.post(path, json=body, headers=headers).status_code
    return client.post(path, data=body, headers=headers).status_code


@pytest.mark.parametrize("case", CASES)
def test_nothing_happens_from_elsewhere(
    services: Services, sign_in: SignIn, people: People, case: str
) -> None:
    own, theirs = sign_in(people.youth), token_of(sign_in(people.other_youth))
    stranger, other_stranger = browser(services), token_of(browser(services))
    before = dump(services)
    asked = {path: send(own, path, data, case, theirs) for path, data in ACTIONS.items()}
    asked |= {
        path: send(stranger, path, data, case, other_stranger) for path, data in PUBLIC.items()
    }
    assert asked == dict.fromkeys(asked, 403)
    assert dump(services) == before


def test_the_admins_actions_need_the_token_too(
    services: Services, sign_in: SignIn, people: People
) -> None:
    admin = sign_in(people.admin)
    target = f"/admin/accounts/{people.youth.account_id}"
    before = dump(services)
    statuses = [
        admin.post(path, data=data, headers=OWN).status_code
        for path, data in (
            (f"{target}/disable", {}),
            (f"{target}/enable", {}),
            (f"{target}/role", {"role": "admin"}),
            ("/admin/accounts/new", {"email": "x@example.com", "name": "x", "role": "admin"}),
            ("/admin/organisations", {"slug": "x", "name_ko": "x", "name_en": "x"}),
        )
    ]
    assert (statuses, dump(services) == before) == ([403] * 5, True)


def test_a_token_dies_with_its_session(sign_in: SignIn, people: People) -> None:
    first, second = sign_in(people.youth), sign_in(people.youth)
    body = {"csrf": token_of(first), "name": "새 이름", "language": "ko"}
    assert second.post("/account/profile", data=body, headers=OWN).status_code == 403
