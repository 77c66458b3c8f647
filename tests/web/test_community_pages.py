"""Pages of events and projects: both languages, bad input, and what a visitor may do."""

import re

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.i18n import use_language
from matcher.rendering import render, render_block
from matcher.wiring import Services
from models.community import CommunityEvent, Project
from tests import factories
from tests.conftest import SignIn, post
from tests.people import People

EVENT = {
    "title_ko": "클라우드 밤", "title_en": "", "content": "첫 줄\r\n둘째 줄", "mode": "offline",
    "place": "데모 강의실", "join_link": "", "held_on": "2026-12-10", "starts": "19:00",
    "ends": "21:00", "sign_up_until": "2026-12-09", "seats": "20",
}  # fmt: skip
PROJECT = {"title": "바람 예보", "idea": "발전량 어림", "skills": "python", "places": "4"}


def visit(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_opens_in_both_languages(
    services: Services, people: People, sign_in: SignIn, client: TestClient, language: str
) -> None:
    with services.database.writing() as session:
        host = people.coordinator.organisation_id or 0
        event = factories.event(session, host)
        factories.event_sign_up(session, event.id or 0, people.youth.youth_id or 0)
        factories.event(session, host, state="cancelled")
        project = factories.project(session, host, shown_on=factories.TODAY)
        factories.project_member(session, project.id or 0, people.youth.youth_id or 0)
        factories.project_member(
            session, project.id or 0, people.far_youth.youth_id or 0, role="member", state="asked"
        )
        event_id, project_id = event.id, project.id
    youth, far = sign_in(people.youth), sign_in(people.far_youth)
    pages = [
        (client, "/events"), (client, f"/events/{event_id}"), (youth, f"/events/{event_id}"),
        (far, f"/events/{event_id}"), (youth, "/youth/events"), (youth, "/youth/projects"),
        (youth, f"/youth/projects/{project_id}"), (far, f"/youth/projects/{project_id}"),
    ]  # fmt: skip
    for person, base in ((people.coordinator, "/coordinator"), (people.centre, "/centre")):
        desk = sign_in(person)
        for path in ("events", f"events/{event_id}", "projects", f"projects/{project_id}"):
            pages.append((desk, f"{base}/{path}"))
    for who, path in pages:
        text = visit(who, f"{path}?lang={language}")
        assert f'<html lang="{language}"' in text
        assert len(re.findall("<h1", text)) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title_ko": ""}, "title_ko"),
        ({"title_ko": "가" * 121}, "title_ko"),
        ({"mode": "moon"}, "mode"),
        ({"place": ""}, "place"),
        ({"join_link": "http://a.example"}, "join_link"),
        ({"join_link": "javascript:alert(1)"}, "join_link"),
        ({"held_on": "2026-11-20", "sign_up_until": "2026-11-19"}, "held_on"),
        ({"held_on": "2026-02-30"}, "held_on"),
        ({"starts": "25:00"}, "starts"),
        ({"starts": "7"}, "starts"),
        ({"ends": "18:00"}, "ends"),
        ({"seats": "0"}, "seats"),
        ({"seats": "1e3"}, "seats"),
        ({"content": "\u0000"}, "content"),
        ({"state": "cancelled"}, "state"),
    ],
)
def test_a_bad_event_is_refused_by_its_field_and_kept(
    services: Services, people: People, sign_in: SignIn, changed: dict[str, str], field: str
) -> None:
    answer = post(sign_in(people.coordinator), "/coordinator/events", EVENT | changed)
    assert answer.status_code == 422
    if field != "state":
        assert f'href="#f-{field}"' in answer.text
    assert 'value="2026-12-09"' in answer.text or "sign_up_until" in changed
    with services.database.reading() as session:
        assert session.exec(select(CommunityEvent)).all() == []


def test_an_event_is_made_signed_up_for_and_cancelled_through_the_pages(
    services: Services, people: People, sign_in: SignIn, client: TestClient
) -> None:
    desk, me = sign_in(people.coordinator), sign_in(people.youth)
    made = post(desk, "/coordinator/events", EVENT)
    assert made.status_code == 303
    path = made.headers["location"]
    public = path.removeprefix("/coordinator")
    assert "클라우드 밤" in visit(client, "/events")
    assert "/login?next=/events/" in visit(client, public)
    assert post(me, f"/youth{public}/sign-up").status_code == 303
    assert post(me, f"/youth{public}/sign-up").status_code == 409
    assert "haneul" in visit(desk, path)
    assert "haneul" not in visit(client, public)
    assert post(desk, f"{path}/cancel", {"version": "1"}).status_code == 303
    assert post(desk, f"{path}/cancel", {"version": "1"}).status_code == 409
    assert "취소된 행사예요" in visit(client, public)
    assert post(me, f"/youth{public}/leave").status_code == 303


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"idea": " "}, "idea"),
        ({"skills": "없는기술임"}, "skills"),
        ({"places": "21"}, "places"),
        ({"places": "많이"}, "places"),
    ],
)
def test_a_bad_project_is_refused_by_its_field_and_kept(
    services: Services, people: People, sign_in: SignIn, changed: dict[str, str], field: str
) -> None:
    answer = post(sign_in(people.youth), "/youth/projects", PROJECT | changed)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    with services.database.reading() as session:
        assert session.exec(select(Project)).all() == []


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("template", "leads_to"),
    [
        ("event_seat", "/events/7"),
        ("event_changed", "/events/7"),
        ("event_cancelled", "/events/7"),
        ("project_invited", "/youth/projects/9"),
        ("project_asked", "/youth/projects/9"),
        ("project_joined", "/youth/projects/9"),
    ],
)
def test_the_mails_lead_to_the_page(template: str, leads_to: str, language: str) -> None:
    context = {
        "name": "하늘", "site_url": "https://oreum.example", "event_id": 7, "project_id": 9,
        "title_ko": "밤", "title_en": "Night", "title": "바람", "held_on": "2026-12-10",
        "starts": "19:00", "place": "강의실",
    }  # fmt: skip
    with use_language("ko" if language == "ko" else "en"):
        subject = render_block(f"mail/{template}.txt", "subject", context).strip()
        body = render(f"mail/{template}.txt", context)
    assert subject
    assert "\n" not in subject
    assert f"https://oreum.example{leads_to}" in body
