"""A program with a personal access token, as opposed to a browser with a cookie."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlmodel import select
from starlette.testclient import TestClient

from matcher.flows import own_keys
from matcher.store import accounts, links
from matcher.wiring import Services
from models.account import AccessToken

API = "/api/v1"


@dataclass
class Program:
    client: TestClient
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, method: str, path: str, **options: Any) -> Any:
        headers = {**self.headers, **options.pop("headers", {})}
        return self.client.request(method, API + path, headers=headers, **options)

    def raw(self, method: str, path: str, body: bytes, kind: str = "application/json") -> Any:
        return self(method, path, content=body, headers={"Content-Type": kind})


def token(services: Services, account_id: int) -> str:
    """Made by the flow of the account page."""
    with services.reading() as unit:
        actor = accounts.actor_of(unit.session, account_id)
    with services.writing(actor) as unit:
        return own_keys.create_token(unit, "test", unit.today + timedelta(days=30))


def expire(services: Services, text: str, on: date) -> None:
    """As time would."""
    with services.database.writing() as session:
        row = session.exec(
            select(AccessToken).where(AccessToken.token_hash == links.hashed(text))
        ).one()
        row.expires_on = on
        session.add(row)


def program(services: Services, account_id: int | None) -> Program:
    """None: a program without a token."""
    from tests.conftest import browser

    if account_id is None:
        return Program(browser(services))
    bearer = f"Bearer {token(services, account_id)}"
    return Program(browser(services), {"Authorization": bearer})


def told(answer: Any) -> dict[str, str]:
    """The messages of a problem by field."""
    return {each["field"]: each["message"] for each in answer.json().get("errors", [])}
