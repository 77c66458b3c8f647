"""What visitors see: openings and courses with their structured data, and how scores are made."""

import json
import re
from datetime import date
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.ranking.weights import COURSE_MODEL, OPENING_MODEL
from matcher.web import gates
from matcher.web.forms import course_list
from matcher.wiring import Services
from models.course import CourseMode, CourseSession, CourseState
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


def test_course_data_say_all_that_readers_of_courses_ask_for(
    services: Services, client: TestClient, course_id: int
) -> None:
    data = data_of(client.get(f"/courses/{course_id}").text)
    assert {"name", "description", "provider", "offers", "hasCourseInstance"} <= set(data)
    assert data["provider"] == {"@type": "Organization", "name": "jejunu 데모"}
    assert data["offers"]["category"] == "Free"
    awarded = data["educationalCredentialAwarded"]
    assert awarded["@type"] == "EducationalOccupationalCredential"
    assert awarded["recognizedBy"] == data["provider"]
    run = data["hasCourseInstance"][0]
    assert run["courseMode"] == "Onsite"
    assert run["courseWorkload"] == "PT24H"
    schedule = run["courseSchedule"]
    assert (schedule["repeatFrequency"], schedule["repeatCount"]) == ("Weekly", 3)
    assert (run["maximumAttendeeCapacity"], run["remainingAttendeeCapacity"]) == (2, 2)


def test_a_session_held_online_says_so_where_the_course_says_otherwise(
    services: Services, client: TestClient, course_id: int
) -> None:
    assert "이 차수는" not in client.get(f"/courses/{course_id}").text
    with services.database.writing() as session:
        for run in session.exec(select(CourseSession)):
            run.mode = CourseMode.ONLINE
    assert "이 차수는 온라인 수업이에요." in client.get(f"/courses/{course_id}").text


def test_a_course_that_is_over_or_closed_is_announced_no_more(
    services: Services, client: TestClient, people: People
) -> None:
    with services.database.writing() as session:
        assert people.coordinator.organisation_id is not None
        row = matching_desk.course(session, people.coordinator.organisation_id)
        matching_desk.run(
            session, row.id or 0, starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 1)
        )
        number = row.id
    page = client.get(f"/courses/{number}")
    assert page.status_code == 200
    assert BLOCK.findall(page.text) == []
    with services.database.writing() as session:
        found = session.get_one(type(row), number)
        found.state = CourseState.CLOSED
        session.add(found)
    assert client.get(f"/courses/{number}").status_code == 404
    assert f"/courses/{number}" not in client.get("/courses").text


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("q=ㅋㅌㅇㄴ", True),
        ("q=컨테이너를&sector=space&sector=bio&time=night&seats=1", True),
        ("fee=paid", False),
        ("university=jejunu&university=halla&skill=sql", True),
        ("term=2026-winter&state=open", True),
        ("q=(a%2B)%2B$", False),
    ],
)
def test_a_visitor_narrows_the_courses(
    client: TestClient, course_id: int, query: str, is_there: bool
) -> None:
    answer = client.get(f"/courses?{query}")
    assert answer.status_code == 200
    assert (f'href="/courses/{course_id}"' in answer.text) is is_there


@pytest.mark.parametrize(
    "query",
    [
        *("sector=mars", "state=soon", "time=noon", "term=2026-3", "fee=0", "mode=moon"),
        *("level=%3Cb%3E", "skill=a b", "certification=clf", "seats=1&seats=1", "limit=5"),
        *("page=0", "university=" + "a" * 61, "&".join(["field=a"] * 21)),
    ],
)
def test_what_no_facet_has_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/courses?{query}").status_code == 422


def test_the_gates_let_every_facet_come_more_than_once() -> None:
    assert gates.FACETS == course_list.MANY


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
