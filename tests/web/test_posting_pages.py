"""The pages of a posting's life: history, still hiring, the firm, files, and the public data."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from matcher.flows.importing import tasks
from matcher.wiring import Services
from models.opening import Opening, OpeningState
from models.organisation import Organisation, OrganisationState
from tests.conftest import SignIn, post
from tests.factories import TODAY
from tests.flows.test_posting_life import apply, edit, publish
from tests.partner_desk import Scene, set_scene
from tests.people import People

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def blocks(text: str) -> list[dict[str, Any]]:
    return [json.loads(found) for found in BLOCK.findall(text)]


def change(services: Services, opening_id: int, **values: object) -> None:
    with services.database.writing() as session:
        row = session.get_one(Opening, opening_id)
        for name, value in values.items():
            setattr(row, name, value)


def test_a_posting_that_takes_people_says_so_in_data(
    services: Services, scene: Scene, client: TestClient
) -> None:
    change(services, scene.opening_id, pay_min_krw=36_000_000, pay_max_krw=48_000_000)
    page = client.get(f"/openings/{scene.opening_id}").text
    (job,) = blocks(page)
    assert (job["@context"], job["@type"]) == ("https://schema.org", "JobPosting")
    assert job["validThrough"] == "2026-12-31T23:59:59+09:00"
    assert job["hiringOrganization"]["name"]
    assert job["jobLocation"]["address"]["addressLocality"] == "Jeju-si"
    assert job["employmentType"] == "FULL_TIME"
    assert job["baseSalary"]["value"] == {
        "@type": "QuantitativeValue", "minValue": 36_000_000, "maxValue": 48_000_000,
        "unitText": "YEAR",
    }  # fmt: skip
    assert job["identifier"]["value"] == f"oreum-opening-{scene.opening_id}"
    skills = [(each["@type"], each["name"], each["description"]) for each in job["skills"]]
    assert skills == [("DefinedTerm", "파이썬", "3수준"), ("DefinedTerm", "리눅스", "2수준")]
    assert "noindex" not in page


def test_remote_work_is_told_as_such(services: Services, scene: Scene, client: TestClient) -> None:
    change(services, scene.opening_id, region="remote")
    (job,) = blocks(client.get(f"/openings/{scene.opening_id}").text)
    assert job["jobLocationType"] == "TELECOMMUTE"
    assert "jobLocation" not in job


GONE = {
    "closed": {"state": OpeningState.CLOSED},
    "filled": {"state": OpeningState.FILLED},
    "past": {"closes_on": TODAY - timedelta(days=1)},
    "hidden": {"paused_on": TODAY},
}


@pytest.mark.parametrize("way", GONE)
def test_a_posting_that_takes_nobody_is_out_of_data_and_lists(
    services: Services, scene: Scene, client: TestClient, way: str
) -> None:
    change(services, scene.opening_id, **GONE[way])
    answer = client.get(f"/openings/{scene.opening_id}")
    assert blocks(answer.text) == []
    if way in ("closed", "filled"):
        assert answer.status_code == 404
    else:
        assert (answer.status_code, "noindex" in answer.text) == (200, True)
        wanted = "지원을 받지 않는 공고예요." if way == "past" else "답하지 않은 공고예요."
        assert wanted in answer.text
    path = f'href="/openings/{scene.opening_id}"'
    assert path not in client.get("/openings").text
    listed = client.get("/api/v1/openings").json()
    assert scene.opening_id not in [each["id"] for each in listed["items"]]


def test_the_answer_promise_is_on_page_and_api(
    services: Services, scene: Scene, client: TestClient
) -> None:
    change(services, scene.opening_id, answer_days=9)
    assert "9일 안에 답하겠다고 약속했어요." in client.get(f"/openings/{scene.opening_id}").text
    answer = client.get(f"/api/v1/openings/{scene.opening_id}").json()
    assert answer["answer_days"] == 9


def test_history_shows_before_and_after_to_the_partner_and_to_who_applied(
    services: Services, people: People, sign_in: SignIn
) -> None:
    opening_id = publish(services, people)
    apply(services, people, opening_id)
    edit(services, people, opening_id, 2, headcount=3)
    page = sign_in(people.partner).get(f"/partner/openings/{opening_id}/history").text
    assert "공개한 뒤 1번 바뀐 공고입니다" in page
    change_shown = re.compile(r"모집 인원</dt>.*?<del>1</del>.*?<ins>3</ins>", re.S)
    assert change_shown.search(page)
    youth = sign_in(people.youth)
    for path in ("/youth/applications", f"/youth/openings/{opening_id}", f"/openings/{opening_id}"):
        text = youth.get(path).text
        assert change_shown.search(text), path
        assert people.partner.email.split("@")[0] not in text


def test_a_change_before_the_application_is_not_told_as_one_after_it(
    services: Services, people: People, sign_in: SignIn
) -> None:
    opening_id = publish(services, people)
    edit(services, people, opening_id, 2, headcount=3)
    apply(services, people, opening_id)
    assert "<ins>3</ins>" not in sign_in(people.youth).get("/youth/applications").text


def test_a_stale_form_shows_both_texts_of_the_newer_fields(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    edit(services, people, scene.opening_id, 1, answer_days=5, region="remote")
    typed = {
        "title_ko": "지상국 데이터 엔지니어", "sector": "space", "description": "글",
        "employment_type": "permanent", "region": "jeju-si", "headcount": "1",
        "opens_on": "2026-11-01", "closes_on": "2026-12-31", "answer_days": "9", "version": "1",
    }  # fmt: skip
    answer = post(sign_in(people.partner), f"/partner/openings/{scene.opening_id}/edit", typed)
    assert answer.status_code == 409
    line = r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>'
    rows = re.findall(line, answer.text)
    assert ("답하기까지의 날수", "5", "9") in rows
    assert ("근무 지역", "원격", "제주시") in rows


@pytest.mark.parametrize("days", ["0", "61", "", "many", "7.5", "9" * 30])
def test_a_wrong_promise_is_told_beside_its_field(
    people: People, scene: Scene, sign_in: SignIn, days: str
) -> None:
    client = sign_in(people.partner)
    answer = post(client, f"/partner/openings/{scene.opening_id}/edit", {"answer_days": days})
    assert answer.status_code == 422
    assert 'id="f-answer_days-error"' in answer.text


def test_one_press_from_the_mail_lists_a_hidden_posting_again(
    services: Services, people: People, scene: Scene, sign_in: SignIn, client: TestClient
) -> None:
    change(services, scene.opening_id, paused_on=TODAY)
    path = f"/partner/openings/{scene.opening_id}/still"
    assert client.get(path).headers["location"] == f"/login?next={path.replace('/', '%2F')}"
    partner = sign_in(people.partner)
    assert "목록에서 감춘 공고입니다." in partner.get(f"/partner/openings/{scene.opening_id}").text
    for desk in ("/partner", "/partner/openings"):
        assert f'<a href="{path}">' in partner.get(desk).text
    page = partner.get(path).text
    assert re.findall(r'<form method="post" action="([^"]+)"', page)[-3:] == [
        path,
        f"/partner/openings/{scene.opening_id}/fill",
        f"/partner/openings/{scene.opening_id}/close",
    ]
    assert post(partner, path).status_code == 303
    assert f'href="/openings/{scene.opening_id}"' in client.get("/openings").text


def test_a_draft_has_nothing_to_answer(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    change(services, scene.opening_id, state=OpeningState.DRAFT)
    partner = sign_in(people.partner)
    path = f"/partner/openings/{scene.opening_id}/still"
    assert "답하실 것이 없습니다" in partner.get(path).text
    assert post(partner, path).status_code == 409


def firm_form(page: str) -> dict[str, object]:
    names = ("name_ko", "name_en", "business_number", "contact_email", "papers_kept_days", "seen")
    found = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) for name in names}
    return {name: each[1] if each else "" for name, each in found.items()}


def test_the_firms_page_saves_shows_who_and_keeps_what_was_typed(
    services: Services, people: People, sign_in: SignIn
) -> None:
    partner = sign_in(people.partner)
    form = firm_form(partner.get("/partner/organisation").text)
    wrong = post(partner, "/partner/organisation", {**form, "business_number": "123-45-67890"})
    assert wrong.status_code == 422
    assert 'value="123-45-67890"' in wrong.text
    assert 'href="#f-business_number"' in wrong.text
    good = post(partner, "/partner/organisation", {**form, "business_number": "124-81-00998"})
    assert good.status_code == 303
    page = partner.get("/partner/organisation").text
    assert "사업자등록번호 124-81-00998" in page
    assert "다음 공고는 센터가 먼저 읽습니다" in page
    stale = post(partner, "/partner/organisation", {**form, "papers_kept_days": "60"})
    assert stale.status_code == 409
    assert re.search(r"<td>180</td><td>60</td>", stale.text)
    again = post(partner, "/partner/organisation", firm_form(stale.text))
    assert again.status_code == 303
    with services.database.reading() as session:
        kept = session.get_one(Organisation, people.partner.organisation_id).papers_kept_days
    assert kept == 60


def test_the_centre_sees_the_number_and_what_its_check_said(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    change(services, scene.opening_id, state=OpeningState.SUBMITTED)
    centre = sign_in(people.centre)
    assert "적지 않음" in centre.get("/centre/approvals").text
    with services.database.writing() as session:
        row = session.get_one(Organisation, people.partner.organisation_id)
        row.business_number = "1248100998"
    page = centre.get("/centre/approvals").text
    assert ("124-81-00998" in page, "검증 번호가 맞음" in page) == (True, True)


@pytest.mark.parametrize(
    ("form", "status", "kind"),
    [
        ({"kind": "openings", "format": "csv"}, 200, "text/csv; charset=utf-8"),
        ({"kind": "job_feed", "format": "xml"}, 200, "application/xml"),
        ({"kind": "openings", "format": "xml"}, 422, "text/html; charset=utf-8"),
        ({"kind": "people", "format": "csv"}, 422, "text/html; charset=utf-8"),
    ],
)
def test_files_leave_as_what_they_are(
    people: People, scene: Scene, sign_in: SignIn, form: dict[str, object], status: int, kind: str
) -> None:
    answer = post(sign_in(people.partner), "/partner/exchange/file", form)
    assert (answer.status_code, answer.headers["content-type"]) == (status, kind)
    if status == 200:
        assert "attachment" in answer.headers["content-disposition"]


def test_a_file_is_looked_at_stored_and_taken_back(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    partner = sign_in(people.partner)
    data = post(partner, "/partner/exchange/file", {"kind": "openings", "format": "csv"}).content

    def put_in(data: bytes) -> str:
        files = {"file": ("ours.csv", data)}
        sent = post(partner, "/partner/exchange", {"kind": "openings"}, files=files)
        assert sent.status_code == 303
        assert tasks.work_next(services)
        return sent.headers["location"]

    same = partner.get(put_in(data)).text
    assert "이 파일로 바뀌는 것이 없습니다" in same
    assert "/store" not in same
    task = put_in(data.replace("위성 영상".encode(), "드론 영상".encode()))
    assert "1줄 모두 넣을 수 있습니다" in partner.get(task).text
    assert post(partner, f"{task}/store").status_code == 303
    assert tasks.work_next(services)
    batch = re.search(r'href="(/partner/exchange/batches/\d+)"', partner.get(task).text)
    assert batch is not None
    assert "1번으로 1줄이 들어와 있습니다" in partner.get(batch[1]).text
    assert post(partner, f"{batch[1]}/revert").status_code == 303
    assert batch[1] in partner.get("/partner/exchange").text
    with services.database.reading() as session:
        assert "위성" in session.get_one(Opening, scene.opening_id).description


@pytest.mark.parametrize("name", ["ours.exe", "ours.xml", ""])
def test_what_is_no_table_is_refused_beside_the_file(
    people: People, scene: Scene, sign_in: SignIn, name: str
) -> None:
    files = {"file": (name, b"MZ\x00\x01")} if name else None
    answer = post(sign_in(people.partner), "/partner/exchange", {"kind": "openings"}, files=files)
    assert answer.status_code in (415, 422)
    assert 'id="f-file-error"' in answer.text


def test_a_partner_of_a_closed_firm_finds_none_of_it(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    partner = sign_in(people.partner)
    with services.database.writing() as session:
        row = session.get_one(Organisation, people.partner.organisation_id)
        row.state = OrganisationState.CLOSED
    assert partner.get("/partner/organisation").status_code == 404


def test_papers_show_their_day_to_both_sides(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    number = apply(services, people, scene.opening_id)
    partner = sign_in(people.partner)
    page = partner.get(f"/partner/applications/{number}").text
    assert "결정한 날부터 180일 뒤에 없앱니다." in page
    assert "180일 뒤에 없애요." in sign_in(people.youth).get("/youth/applications").text
