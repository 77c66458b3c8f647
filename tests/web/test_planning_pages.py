"""The pages of the planning desk: what a desk sees, clicks to the answer, and bad input."""

import re
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.wiring import Services
from models.planning_desk import PlanningScenario, ProgrammeTarget
from tests import factories
from tests.conftest import SignIn, post
from tests.flows.test_course_impact import asks, seeking, teaches
from tests.people import People

PAGES = ("planning", "planning/compare", "targets", "skills", "forecast")
TARGET = {"year": "2026", "project": "core-talent", "version": "0", "people": "40"}


def visit(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


def scene(services: Services, people: People) -> None:
    with services.database.writing() as session:
        asks(session, people, 1, 2)
        seeking(session, "a", people.coordinator.organisation_id, 0)
        teaches(session, people.coordinator, 0, 1)
        teaches(session, people.coordinator, 0, 2, title_ko="다음 과정", title_en="The next one")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_opens_for_both_desks_in_both_languages(
    services: Services, people: People, sign_in: SignIn, language: str
) -> None:
    scene(services, people)
    for person, base in ((people.coordinator, "/coordinator"), (people.centre, "/centre")):
        client = sign_in(person)
        for page in PAGES:
            text = visit(client, f"{base}/{page}?lang={language}")
            assert f'<html lang="{language}"' in text
            assert len(re.findall("<h1", text)) == 1


def test_the_answer_stands_in_the_heading_without_a_click(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene(services, people)
    client = sign_in(people.coordinator)
    text = visit(client, "/coordinator/planning")
    heading = re.search(r"<h1>(.*?)</h1>", text)
    assert heading is not None
    assert "30자리로" in heading[1]
    why = "다음 학기로 열었습니다."
    assert why in text
    assert '<option value="2027-03" selected>' in text
    text = visit(client, "/coordinator/planning?term=2027-03&seats=1&size=2&against=dated")
    assert "묶음" in text
    assert why not in text


def test_a_bundle_is_saved_listed_compared_and_removed(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene(services, people)
    client = sign_in(people.coordinator)
    text = visit(client, "/coordinator/planning")
    ids = re.findall(r'name="course" value="(\d+)"', text)
    chosen = "&".join(f"course={each}" for each in ids[:2])
    assert "고른 묶음은" in visit(client, f"/coordinator/planning?{chosen}")
    for name in ("봄 계획", "가을 계획"):
        body: dict[str, Any] = {
            "term": "2026-09", "seats": "20", "against": "today", "size": "1",
            "course": ids[:2], "name": name,
        }  # fmt: skip
        assert post(client, "/coordinator/planning", body).status_code == 303
    text = visit(client, "/coordinator/planning")
    saved = re.findall(r'name="scenario" value="(\d+)"', text)
    assert len(saved) == 2
    both = "&".join(f"scenario={each}" for each in saved)
    text = visit(client, f"/coordinator/planning/compare?{both}")
    assert "봄 계획" in text
    assert "가을 계획" in text
    assert "20" in visit(client, f"/coordinator/planning/{saved[0]}")
    answer = post(client, f"/coordinator/planning/{saved[0]}/remove")
    assert answer.status_code == 303
    visit(client, f"/coordinator/planning/{saved[0]}", 404)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("seats=0", "seats"),
        ("seats=501", "seats"),
        ("seats=viele", "seats"),
        ("term=2031-03", "term"),
        ("term=<b>", "term"),
        ("size=4", "size"),
        ("against=never", "against"),
        ("course=a", "course"),
        ("course=1&course=2&course=3&course=4", "course"),
        ("course=999998&course=999999", "course"),
        ("colour=red", "colour"),
    ],
)
def test_a_bad_question_is_told_by_its_field_and_answered_with_the_usual_one(
    people: People, sign_in: SignIn, query: str, field: str
) -> None:
    text = visit(sign_in(people.coordinator), f"/coordinator/planning?{query}", 422)
    assert f'href="#f-{field}"' in text
    assert "<b>" not in re.sub(r"<b>[0-9+−]", "", text)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "가" * 81}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"seats": "0"}, "seats"),
        ({"term": "2031-03"}, "term"),
    ],
)
def test_a_bad_scenario_is_refused_kept_and_stores_nothing(
    services: Services, people: People, sign_in: SignIn, changed: dict[str, str], field: str
) -> None:
    body = {"term": "2026-09", "seats": "20", "against": "today", "size": "1", "name": "봄"}
    answer = post(sign_in(people.coordinator), "/coordinator/planning", body | changed)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    with services.database.reading() as session:
        assert session.exec(select(PlanningScenario)).all() == []


def test_comparing_one_scenario_or_anothers_is_refused(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        own = factories.scenario(session, people.coordinator.organisation_id).id
        far = factories.scenario(session, people.other_coordinator.organisation_id).id
    client = sign_in(people.coordinator)
    path = "/coordinator/planning/compare?scenario="
    visit(client, f"{path}{own}", 422)
    visit(client, f"{path}{own}&scenario={far}", 404)
    visit(client, f"{path}{own}&scenario=999999", 404)
    visit(client, f"/coordinator/planning/{far}", 404)


def test_targets_are_typed_and_shown_against_what_came(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    text = visit(client, "/coordinator/targets?year=2026&project=core-talent")
    assert 'id="f-people"' in text
    body = TARGET | {"budget_krw": "120,000,000", "spent_krw": "1", "note": "계획서 12쪽"}
    assert post(client, "/coordinator/targets", body).status_code == 303
    text = visit(client, "/coordinator/targets?year=2026")
    assert "목표까지 40" in text
    assert "119,999,999원 남음" in text
    assert post(client, "/coordinator/targets", body).status_code == 409


@pytest.mark.parametrize(
    ("changed", "field", "status"),
    [
        ({"people": "-1"}, "people", 422),
        ({"people": "many"}, "people", 422),
        ({"budget_krw": "100000000001"}, "budget_krw", 422),
        ({"year": "2031"}, "year", 422),
        ({"year": "x"}, "year", 422),
        ({"year": "９"}, "year", 422),
        ({"note": "가" * 301}, "note", 422),
        ({"version": "9"}, "", 409),
    ],
)
def test_bad_targets_are_refused_by_field_and_kept(
    services: Services,
    people: People,
    sign_in: SignIn,
    changed: dict[str, str],
    field: str,
    status: int,
) -> None:
    body = TARGET | {"completions": "17"} | changed
    answer = post(sign_in(people.coordinator), "/coordinator/targets", body)
    assert answer.status_code == status
    if field:
        assert f'href="#f-{field}"' in answer.text
    assert 'value="17"' in answer.text
    with services.database.reading() as session:
        assert session.exec(select(ProgrammeTarget)).all() == []


def test_a_target_for_no_project_is_not_there(people: People, sign_in: SignIn) -> None:
    answer = post(sign_in(people.coordinator), "/coordinator/targets", TARGET | {"project": "moon"})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "query", ["seats=-1", "seats=201", "openings=24", "openings=301", "openings=x"]
)
def test_a_bad_knob_is_refused_and_kept(people: People, sign_in: SignIn, query: str) -> None:
    text = visit(sign_in(people.coordinator), f"/coordinator/forecast?{query}", 422)
    assert f'value="{query.split("=")[1]}"' in text


def test_an_unknown_sector_or_year_is_refused(people: People, sign_in: SignIn) -> None:
    client = sign_in(people.coordinator)
    visit(client, "/coordinator/skills?sector=fishing", 422)
    visit(client, "/coordinator/targets?year=2031", 422)
    visit(client, "/coordinator/skills?sector=space")


def test_each_desk_keeps_to_its_own_address(people: People, sign_in: SignIn) -> None:
    for page in PAGES:
        visit(sign_in(people.coordinator), f"/centre/{page}", 404)
        visit(sign_in(people.centre), f"/coordinator/{page}", 404)
