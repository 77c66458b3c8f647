"""Bad values in the smaller forms of the partner's desk and the centre: named, nothing stored."""

import pytest
from sqlmodel import func, select

from matcher.policy.masking import candidate_number
from matcher.wiring import Services
from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    Introduction,
    ShortlistEntry,
)
from models.opening import Opening, OpeningState
from tests import factories
from tests.conftest import SignIn, post
from tests.partner_desk import Scene, employer_consent, set_scene
from tests.people import People


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


@pytest.fixture
def application_id(services: Services, people: People, scene: Scene) -> int:
    with services.database.writing() as session:
        employer_consent(session, people.youth.youth_id, people.partner.organisation_id)
        return factories.application(session, scene.opening_id, people.youth.youth_id).id


def candidate(services: Services, people: People, scene: Scene) -> str:
    number = candidate_number(
        services.settings.secret, scene.opening_id, people.youth.youth_id or 0
    )
    return f"/partner/openings/{scene.opening_id}/candidates/{number}"


def rows(services: Services, table: type) -> int:
    with services.database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


ASK = {"message": "이야기해 봅시다", "answer_by": "2026-11-28"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"message": ""}, "message"),
        ({"message": "   　"}, "message"),
        ({"message": "가" * 1001}, "message"),
        ({"message": "a\x00b"}, "message"),
        ({"message": "a\u202eb"}, "message"),
        ({"message": "900101-1234567"}, "message"),
        ({"message": "몇 살입니까? 나이를 알려 주십시오"}, "message"),
        ({"answer_by": ""}, "answer_by"),
        ({"answer_by": "2026-02-30"}, "answer_by"),
        ({"answer_by": "2026-11-22"}, "answer_by"),
        ({"answer_by": "9999-12-31"}, "answer_by"),
        ({"answer_by": "1795824000"}, "answer_by"),
        ({"youth_id": "1"}, "youth_id"),
    ],
)
def test_a_bad_request_for_an_introduction(
    services: Services, people: People, scene: Scene, sign_in: SignIn,
    change: dict[str, str], field: str,
) -> None:  # fmt: skip
    path = candidate(services, people, scene)
    answer = post(sign_in(people.partner), f"{path}/ask", ASK | change)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert rows(services, Introduction) == 0


@pytest.mark.parametrize(
    "data",
    [
        {"state": "set_aside"},
        {"state": "set_aside", "reason": "ugly"},
        {"state": "hired"},
        {"state": "shortlisted", "account_id": "1"},
    ],
)
def test_a_bad_mark(
    services: Services, people: People, scene: Scene, sign_in: SignIn, data: dict[str, str]
) -> None:
    path = candidate(services, people, scene)
    assert post(sign_in(people.partner), f"{path}/mark", data).status_code == 422
    assert rows(services, ShortlistEntry) == 0


@pytest.mark.parametrize(
    ("step", "data", "status"),
    [
        ("move", {"version": "1"}, 422),
        ("move", {"action": "review"}, 422),
        ("move", {"action": "promote", "version": "1"}, 422),
        ("move", {"action": "hire", "version": "1"}, 409),
        ("move", {"action": "withdraw", "version": "1"}, 409),
        ("move", {"action": "end_with_opening", "version": "1"}, 409),
        ("move", {"action": "refuse", "version": "1"}, 409),
        ("move", {"action": "review", "version": "9"}, 409),
        ("move", {"action": "review", "version": "9" * 30}, 422),
        ("refuse", {"version": "1"}, 422),
        ("refuse", {"version": "1", "reason": "none"}, 422),
        ("refuse", {"version": "1", "reason": "other", "state": "hired"}, 422),
        ("refuse", {"version": "7", "reason": "other"}, 409),
    ],
)
def test_a_bad_decision(
    services: Services, people: People, application_id: int, sign_in: SignIn,
    step: str, data: dict[str, str], status: int,
) -> None:  # fmt: skip
    browser = sign_in(people.partner)
    answer = post(browser, f"/partner/applications/{application_id}/{step}", data)
    assert answer.status_code == status
    assert rows(services, ApplicationEvent) == 0
    with services.database.reading() as session:
        assert session.get_one(Application, application_id).state is ApplicationState.SENT


@pytest.mark.parametrize(
    ("ids", "status"),
    [
        ([], 422),
        (["x"], 422),
        (["-1"], 422),
        (["１"], 422),
        ([str(n) for n in range(1, 22)], 422),
        ([str(n) for n in range(1, 10_002)], 400),
        (["2147483648"], 422),
        (["999999"], 404),
    ],
)
def test_a_bad_bulk_refusal(
    services: Services, people: People, scene: Scene, application_id: int, sign_in: SignIn,
    ids: list[str], status: int,
) -> None:  # fmt: skip
    path = f"/partner/openings/{scene.opening_id}/applications/refuse"
    data = {"applications": ids, "reason": "other"}
    answer = post(sign_in(people.partner), path, data)
    assert answer.status_code == status
    assert rows(services, ApplicationEvent) == 0


def test_a_bulk_refusal_under_another_opening_is_absent(
    services: Services, people: People, scene: Scene, application_id: int, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    browser.get(f"/partner/applications/{application_id}")
    data = {"applications": [str(application_id)], "reason": "other"}
    wrong = f"/partner/openings/{scene.foreign_opening_id}/applications/refuse"
    assert post(browser, wrong, data).status_code == 404
    assert rows(services, ApplicationEvent) == 0
    right = f"/partner/openings/{scene.opening_id}/applications/refuse"
    assert post(browser, right, data).status_code == 303


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 422),
        ({"decision": "burn", "version": "1"}, 422),
        ({"decision": "return", "version": "1"}, 422),
        ({"decision": "return", "version": "1", "reason": "other"}, 422),
        ({"decision": "return", "version": "1", "reason": "mood"}, 422),
        ({"decision": "return", "version": "1", "reason": "other", "words": "가" * 201}, 422),
        ({"decision": "approve"}, 422),
        ({"decision": "approve", "version": "2"}, 409),
        ({"decision": "approve", "version": "1", "is_trusted": "1"}, 422),
    ],
)
def test_a_bad_answer_of_the_centre(
    services: Services, people: People, sign_in: SignIn, data: dict[str, str], status: int
) -> None:
    with services.database.writing() as session:
        opening_id = factories.opening(
            session, people.partner.organisation_id, state=OpeningState.SUBMITTED
        ).id
    browser = sign_in(people.centre)
    answer = post(browser, f"/centre/approvals/openings/{opening_id}", data)
    assert answer.status_code == status
    if len(data.get("words", "")) == 201:
        assert "가" * 201 in answer.text
    with services.database.reading() as session:
        assert session.get_one(Opening, opening_id).state is OpeningState.SUBMITTED


def test_a_draft_is_not_the_centres_to_see(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        draft = factories.opening(
            session, people.partner.organisation_id, state=OpeningState.DRAFT
        ).id
    browser = sign_in(people.centre)
    data = {"decision": "approve", "version": "1"}
    found = post(browser, f"/centre/approvals/openings/{draft}", data)
    absent = post(browser, "/centre/approvals/openings/999999", data)
    assert (found.status_code, absent.status_code) == (404, 404)


@pytest.mark.parametrize("query", ["show=everything", "show=all&show=flagged", "page=1"])
def test_a_bad_query_of_the_centre(people: People, sign_in: SignIn, query: str) -> None:
    assert sign_in(people.centre).get(f"/centre/approvals?{query}").status_code == 422


def test_scripts_in_a_posting_stay_words(
    services: Services, people: People, sign_in: SignIn
) -> None:
    nasty = '<script>alert(1)</script>{{7*7}}"><img src=x onerror=1>'
    with services.database.writing() as session:
        row = factories.opening(
            session, people.partner.organisation_id, state=OpeningState.SUBMITTED,
            title_ko=nasty, title_en=nasty, description=nasty,
        )  # fmt: skip
        opening_id = row.id
    partner, centre = sign_in(people.partner), sign_in(people.centre)
    for page in (partner.get(f"/partner/openings/{opening_id}"), partner.get("/partner"),
                 centre.get("/centre"), centre.get("/centre/approvals")):  # fmt: skip
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "{{7*7}}" in page.text
