"""What visitors see: openings and courses with their structured data, and how scores are made."""

import json
import re
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from matcher.ranking.weights import COURSE_MODEL, OPENING_MODEL
from matcher.wiring import Services
from tests import factories, matching_desk
from tests.conftest import SignIn
from tests.people import People

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
BREAKOUT = "</script><script>alert(1)</script>\u2028"


def data_of(text: str) -> Any:
    found = BLOCK.findall(text)
    assert len(found) == 1
    return json.loads(found[0])


@pytest.fixture
def opening_id(services: Services, people: People) -> int:
    assert people.partner.organisation_id is not None
    assert people.youth.youth_id is not None
    return matching_desk.stock(services, people.partner.organisation_id, people.youth.youth_id, 1)[
        0
    ]


@pytest.fixture
def course_id(services: Services, people: People) -> int:
    with services.database.writing() as session:
        university = people.coordinator.organisation_id
        assert university is not None
        course = matching_desk.course(session, university, content=BREAKOUT)
        matching_desk.gained(session, course.id or 0, "sql", 0, 2)
        matching_desk.run(session, course.id or 0)
        return course.id or 0


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_public_page_opens_in_both_languages(
    client: TestClient, opening_id: int, course_id: int, language: str
) -> None:
    client.get(f"/?lang={language}")
    for path in (
        "/",
        "/openings",
        f"/openings/{opening_id}",
        "/courses",
        f"/courses/{course_id}",
        "/model",
        "/accessibility",
        "/help",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.text.count("<h1") == 1, path


def test_a_posting_tells_machines_until_when_it_stands(client: TestClient, opening_id: int) -> None:
    data = data_of(client.get(f"/openings/{opening_id}").text)
    assert data["@type"] == "JobPosting"
    assert data["validThrough"] == "2026-12-31T23:59:59+09:00"
    assert data["jobLocation"]["address"]["addressLocality"] == "Jeju-si"


def test_a_posting_past_its_last_day_drops_out_of_list_and_data(
    services: Services, client: TestClient, people: People
) -> None:
    with services.database.writing() as session:
        assert people.partner.organisation_id is not None
        past = factories.opening(
            session, people.partner.organisation_id, closes_on=date(2026, 11, 20)
        )
        number = past.id
    page = client.get(f"/openings/{number}")
    assert page.status_code == 200
    assert BLOCK.findall(page.text) == []
    assert f"/openings/{number}" not in client.get("/openings").text


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "closed", "filled"])
def test_only_published_openings_are_there(
    services: Services, client: TestClient, people: People, state: str
) -> None:
    with services.database.writing() as session:
        assert people.partner.organisation_id is not None
        row = factories.opening(session, people.partner.organisation_id, state=state)
        number = row.id
    assert client.get(f"/openings/{number}").status_code == 404
    assert f"/openings/{number}" not in client.get("/openings").text


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_only_published_courses_are_there(
    services: Services, client: TestClient, people: People, state: str
) -> None:
    with services.database.writing() as session:
        assert people.coordinator.organisation_id is not None
        row = matching_desk.course(session, people.coordinator.organisation_id, state=state)
        number = row.id
    assert client.get(f"/courses/{number}").status_code == 404


def test_course_data_cannot_be_broken_out_of(client: TestClient, course_id: int) -> None:
    text = client.get(f"/courses/{course_id}").text
    data = data_of(text)
    assert data["@type"] == "Course"
    assert data["description"] == BREAKOUT
    assert data["hasCourseInstance"][0]["startDate"] == "2026-12-21"
    assert "<script>alert" not in text


def test_a_visitor_sees_no_score_and_a_youth_is_shown_the_way_to_it(
    client: TestClient, sign_in: SignIn, people: People, opening_id: int
) -> None:
    visitor = client.get(f"/openings/{opening_id}").text
    assert 'class="fit' not in visitor
    assert f"/youth/openings/{opening_id}" not in visitor
    assert (
        f"/youth/openings/{opening_id}" in sign_in(people.youth).get(f"/openings/{opening_id}").text
    )


def test_the_model_page_says_every_weight_in_use(client: TestClient) -> None:
    text = client.get("/model").text
    for model in (OPENING_MODEL, COURSE_MODEL):
        for weight in model.weights.values():
            assert weight.why_ko in text
            assert f"{weight.points:.1f}점" in text
        assert model.version in text


def test_the_landing_page_counts_open_openings(client: TestClient, opening_id: int) -> None:
    text = client.get("/").text
    assert "1건" in text
    assert text.count("0건") == 3


def test_reading_public_pages_writes_nothing(
    services: Services, client: TestClient, opening_id: int, course_id: int
) -> None:
    before = matching_desk.dump(services)
    for path in ("/", "/openings", f"/openings/{opening_id}", "/courses", f"/courses/{course_id}"):
        client.get(path)
    assert matching_desk.dump(services) == before
