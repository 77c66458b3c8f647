"""Whoever is told to wait is told for how long: on a page, on a form shown again, in a program."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from matcher.store import throttle
from matcher.web import pace
from matcher.wiring import Services
from tests.api_client import program
from tests.badge_desk import certificate_badge, handed, trust
from tests.conftest import SignIn, post
from tests.people import People

SECONDS = 77


@pytest.fixture
def used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every limit there is."""
    monkeypatch.setattr(throttle, "wait", lambda *_: SECONDS)
    monkeypatch.setattr(pace, "wait", lambda *_: SECONDS)


def says_when(answer: Any) -> bool:
    return (answer.status_code, answer.headers.get("Retry-After")) == (429, str(SECONDS))


@pytest.mark.usefixtures("people", "used_up")
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/login", {"email": "haneul@example.com", "password": "wrong"}),
        ("/reset", {"email": "haneul@example.com"}),
    ],
)
def test_a_form_anybody_may_send(client: TestClient, path: str, body: dict[str, object]) -> None:
    assert says_when(post(client, path, body))


@pytest.mark.usefixtures("used_up")
def test_a_page_anybody_may_read(client: TestClient) -> None:
    assert says_when(client.get("/credentials/0e3b7f5c-6f5c-4c0f-9d5a-000000000001"))


def test_a_badge_handed_in_and_one_checked_again(
    services: Services, people: People, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(services)
    row = handed(services, people.youth, certificate_badge(people.youth.email))
    me = sign_in(people.youth)
    monkeypatch.setattr(throttle, "wait", lambda *_: SECONDS)
    assert says_when(post(me, "/youth/badges", {"text": "a badge"}))
    assert says_when(post(me, f"/youth/badges/{row.id}/check", {"version": row.version}))
    ask = program(services, people.youth.account_id)
    assert says_when(ask("POST", "/badges", json={"text": "a badge"}))


def test_an_answer_that_asks_nobody_to_wait_names_no_time(client: TestClient) -> None:
    assert "Retry-After" not in client.get("/login").headers
