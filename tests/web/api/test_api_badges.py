"""Badges through the API: handed in and listed by the rules of the page."""

from datetime import timedelta

import pytest
from sqlmodel import select, update

from matcher.wiring import Services
from models.credential import PresentedCredential
from models.idempotency import KeptAnswer
from tests.api_client import Program, program, told
from tests.badge_desk import certificate_badge, records, trust
from tests.factories import NOW
from tests.people import People

LINK = "https://www.credly.com/badges/0e3b7f5c-6f5c-4c0f-9d5a-000000000001"


@pytest.fixture
def ask(services: Services, people: People) -> Program:
    return program(services, people.youth.account_id)


def test_a_badge_counts_at_once_and_the_same_one_again_is_the_same(
    services: Services, people: People, ask: Program
) -> None:
    trust(services)
    body = {"text": certificate_badge(people.youth.email).decode()}
    answer = ask("POST", "/badges", json=body)
    found = answer.json()
    assert answer.status_code == 201
    assert (found["verdict"], found["state"], found["certification"], found["level"]) == (
        "verified", "counted", "SAA", 4,
    )  # fmt: skip
    assert ask("POST", "/badges", json=body).json()["id"] == found["id"]
    listed = ask("GET", "/badges").json()
    assert (listed["total"], [each["id"] for each in listed["items"]]) == (1, [found["id"]])
    assert len(records(services, people.youth)) == 1
    others = program(services, people.other_youth.account_id)
    assert others("GET", "/badges").json()["items"] == []


def test_a_doubt_is_told_with_its_code_in_the_readers_language(
    services: Services, people: People, ask: Program
) -> None:
    trust(services)
    body = {"text": certificate_badge("work@example.com").decode()}
    found = ask("POST", "/badges?lang=en", json=body).json()
    assert (found["state"], found["level"]) == ("in_review", None)
    assert [each["code"] for each in found["reasons"]] == ["other_address"]
    (korean,) = ask("GET", "/badges").json()["items"][0]["reasons"]
    assert "이메일" in korean["text"]
    assert records(services, people.youth) == []


def test_a_link_waits_and_one_key_hands_in_once(services: Services, ask: Program) -> None:
    key = {"Idempotency-Key": "one"}
    first = ask("POST", "/badges", json={"text": LINK}, headers=key)
    again = ask("POST", "/badges", json={"text": LINK}, headers=key)
    assert (first.status_code, first.json()["state"]) == (201, "fetching")
    assert first.json() == again.json()
    assert ask("POST", "/badges", json={"text": LINK + "/2"}, headers=key).status_code == 422


def test_what_is_no_badge_is_refused_by_its_field_kept_nowhere_and_counted(
    services: Services, ask: Program
) -> None:
    for text in ("no badge", " ", "{}", "https://", "", "x" * 150_001):
        answer = ask("POST", "/badges", json={"text": text})
        assert (answer.status_code, list(told(answer))) == (422, ["text"]), text
    for body in ({}, {"text": 1}, {"text": LINK, "verdict": "verified"}):
        assert ask("POST", "/badges", json=body).status_code == 422
    with services.database.reading() as session:
        assert session.exec(select(PresentedCredential)).all() == []
    statuses = [ask("POST", "/badges", json={"text": "no"}).status_code for _each in range(28)]
    assert statuses == [422] * 27 + [429]
    assert int(ask("POST", "/badges", json={"text": "no"}).headers["Retry-After"]) > 0


def test_an_answered_request_is_answered_again_when_the_hour_is_used_up(
    services: Services, ask: Program
) -> None:
    key, other = {"Idempotency-Key": "one"}, {"Idempotency-Key": "two"}
    first = ask("POST", "/badges", json={"text": LINK}, headers=key)
    for _each in range(29):
        ask("POST", "/badges", json={"text": "no"})
    assert ask("POST", "/badges", json={"text": LINK}, headers=other).status_code == 429
    again = ask("POST", "/badges", json={"text": LINK}, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert ask("POST", "/badges", json={"text": LINK + "/2"}, headers=key).status_code == 422


def test_a_key_is_forgotten_after_a_day_and_is_nobody_elses(
    services: Services, people: People, ask: Program
) -> None:
    key = {"Idempotency-Key": "one"}
    first = ask("POST", "/badges", json={"text": LINK}, headers=key).json()
    others = program(services, people.other_youth.account_id)
    assert others("POST", "/badges", json={"text": LINK}, headers=key).json()["id"] != first["id"]
    with services.database.writing() as session:
        session.execute(update(KeptAnswer).values(created_at=NOW - timedelta(days=2)))
    assert ask("POST", "/badges", json={"text": LINK + "/2"}, headers=key).status_code == 201
