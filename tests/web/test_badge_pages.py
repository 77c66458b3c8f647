"""The pages of handed-in badges: what each side sees, and bad input."""

import html
import re
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.flows import same_person
from matcher.jobs import badges
from matcher.wiring import Services
from models.account import Account
from models.credential import PresentedCredential, PresentedState
from models.outbox import OutboxMail
from tests import factories
from tests.badge_desk import certificate_badge, handed, records, stored, trust
from tests.conftest import SignIn, post
from tests.partner_desk import working
from tests.people import People, Person

HERE = "/youth/badges"
LINK = "https://www.credly.com/badges/0e3b7f5c-6f5c-4c0f-9d5a-000000000001"
H1 = re.compile(r"<h1>(.*?)</h1>", re.S)
ERRORS = re.compile(r'id="f-(\w+)-error"')


def h1(text: str) -> str:
    (found,) = H1.findall(text)
    return html.unescape(re.sub(r"<[^>]+>", "", found)).strip()


def upload(client: TestClient, data: bytes, body: dict[str, object] | None = None) -> Any:
    return post(client, HERE, body, files={"file": ("badge.png", data, "image/png")})


def doubted(services: Services, person: Person) -> PresentedCredential:
    """A genuine badge of another address; the account has a name of its own."""
    trust(services)
    with services.database.writing() as session:
        session.get_one(Account, person.account_id).name = "김하늘"
    return handed(services, person, certificate_badge("work@example.com", holder="Park Bada"))


@pytest.mark.parametrize(
    ("given", "fields", "status"),
    [
        ({}, ["file"], 422),
        ({"link": "http://www.credly.com/badges/1"}, ["link"], 422),
        ({"link": "javascript:alert(1)"}, ["link"], 422),
        ({"text": "배지가 <아니다>"}, ["text"], 422),
        ({"text": "https://" + "x" * 600}, ["text"], 422),
        ({"text": "{}", "link": LINK}, ["file"], 422),
        ({"link": "https://" + "x" * 600}, ["link"], 422),
        ({"text": "x" * 150_001}, ["text"], 422),
        ({"link": LINK, "verdict": "verified"}, [], 422),
    ],
)
def test_what_was_typed_stays_and_each_mistake_stands_at_its_field(
    services: Services, people: People, sign_in: SignIn,
    given: dict[str, object], fields: list[str], status: int,
) -> None:  # fmt: skip
    answer = post(sign_in(people.youth), HERE, given)
    assert (answer.status_code, ERRORS.findall(answer.text)) == (status, fields)
    shown = html.unescape(answer.text)
    assert all(str(given[key]) in shown for key in ("link", "text") if key in given)
    assert "<아니다>" not in answer.text
    with services.database.reading() as session:
        assert session.exec(select(PresentedCredential)).all() == []


@pytest.mark.parametrize(("letters", "is_kept"), [(200_000, True), (10_000_000, False)])
def test_a_text_that_is_too_long_is_told_at_its_field_and_not_as_a_broken_request(
    people: People, sign_in: SignIn, letters: int, is_kept: bool
) -> None:
    text, none = "{" + "a" * letters, ("", b"", "application/octet-stream")
    answer = post(sign_in(people.youth), HERE, {"text": text}, files={"file": none})
    assert (answer.status_code, ERRORS.findall(answer.text)) == (422, ["text"])
    assert "150,000자보다 길어요" in answer.text
    assert (text in html.unescape(answer.text)) is is_kept
    assert ("너무 길어서 지웠어요" in answer.text) is not is_kept


def test_a_bad_copy_of_a_badge_that_counts_is_not_answered_with_the_page_of_the_good_one(
    services: Services, people: People, sign_in: SignIn
) -> None:
    trust(services)
    badge = certificate_badge(people.youth.email).decode()
    young = sign_in(people.youth)
    assert post(young, HERE, {"text": badge}).status_code == 303
    head, body, signature = badge.split(".")
    answer = post(young, HERE, {"text": f"{head}.{body}.{signature[:-9]}AAAAAAAAA"})
    assert (answer.status_code, ERRORS.findall(answer.text)) == (422, ["text"])
    assert "전에 낸 같은 배지는 그대로" in answer.text
    assert [each.verification for each in records(services, people.youth)] == [4]


def test_files_that_are_none_or_too_large(
    services: Services, people: People, sign_in: SignIn
) -> None:
    me = sign_in(people.youth)
    for data, status in ((b"", 422), (factories.PICTURE, 422), (b"x" * 2_097_153, 413)):
        answer = upload(me, data)
        assert (answer.status_code, ERRORS.findall(answer.text)) == (status, ["file"])
    answer = upload(me, factories.PICTURE, {"link": LINK})
    assert (answer.status_code, LINK in answer.text) == (422, True)


def test_from_upload_to_taking_it_back(services: Services, people: People, sign_in: SignIn) -> None:
    trust(services)
    me = sign_in(people.youth)
    assert h1(me.get(HERE).text) == "배지를 내면 자격이 바로 확인돼요"
    there = upload(me, certificate_badge(people.youth.email)).headers["location"]
    page = me.get(there).text
    assert h1(page) == "배지가 확인되어 기록에 반영됐어요"
    assert "/youth/certifications/SAA" in page
    assert h1(me.get(HERE).text) == "배지 1개가 기록을 뒷받침해요"
    version = int(re.findall(r'name="version" value="(\d+)"', page)[0])
    again = post(me, f"{there}/check", {"version": version})
    assert (again.status_code, again.headers["location"]) == (303, there)
    for step in ("check", "withdraw"):
        stale = post(me, f"{there}/{step}", {"version": version})
        assert (stale.status_code, "그 사이에 바뀌었어요" in stale.text) == (409, True)
    body: dict[str, object] = {"version": version + 1}
    assert post(me, f"{there}/withdraw", body).headers["location"] == HERE
    assert [me.get(there).status_code, post(me, f"{there}/check", body).status_code] == [404, 404]
    assert [each.verification for each in records(services, people.youth)] == [1]


def test_the_thirty_first_in_an_hour_waits_and_keeps_what_was_typed(
    services: Services, people: People, sign_in: SignIn
) -> None:
    me = sign_in(people.youth)
    for _each in range(30):
        assert post(me, HERE, {"text": "none"}).status_code == 422
    answer = post(me, HERE, {"text": "the last one"})
    assert (answer.status_code, "the last one" in answer.text) == (429, True)
    assert int(answer.headers["Retry-After"]) > 0


def test_other_peoples_badges_are_not_there(
    services: Services, people: People, sign_in: SignIn
) -> None:
    number = doubted(services, people.youth).id
    other = sign_in(people.other_youth)
    assert f"{HERE}/{number}" not in other.get(HERE).text
    assert other.get(f"{HERE}/{number}").status_code == 404
    for step in ("check", "withdraw"):
        assert post(other, f"{HERE}/{number}/{step}", {"version": 2}).status_code == 404
    for desk, base in ((people.other_coordinator, "/coordinator"), (people.centre, "/centre")):
        client = sign_in(desk)
        assert "Park Bada" not in client.get(f"{base}/badges").text
        there = f"{base}/badges/{number}"
        assert client.get(there).status_code == 404
        assert post(client, f"{there}/accept", {"version": 2}).status_code == 404
    assert sign_in(people.partner).get(f"/coordinator/badges/{number}").status_code == 404
    assert stored(services, number or 0).state is PresentedState.IN_REVIEW


def test_the_desk_reads_both_names_says_no_and_later_yes(
    services: Services, people: People, sign_in: SignIn
) -> None:
    row = doubted(services, people.youth)
    desk = sign_in(people.coordinator)
    queue = desk.get("/coordinator/badges").text
    assert "Park Bada" in queue
    assert "김하늘" in queue
    there = f"/coordinator/badges/{row.id}"
    body: dict[str, object] = {"version": row.version}
    bare = post(desk, f"{there}/refuse", body)
    assert (bare.status_code, ERRORS.findall(bare.text)) == (422, ["comment"])
    assert post(desk, f"{there}/refuse", body | {"comment": "이름이 달라요"}).status_code == 303
    late = post(desk, f"{there}/refuse", body | {"comment": "두 번째 <이유>"})
    assert late.status_code == 409
    assert "이미 답한 배지" in late.text
    assert h1(sign_in(people.youth).get(f"{HERE}/{row.id}").text).startswith("다른 사람의 배지")
    assert "Park Bada" in desk.get("/coordinator/badges?show=not_theirs").text
    body = {"version": stored(services, row.id or 0).version}
    assert post(desk, f"{there}/accept", body).headers["location"] == "/coordinator/badges"
    assert [each.verification for each in records(services, people.youth)] == [4]
    with services.database.reading() as session:
        told = [each.context["state"] for each in session.exec(select(OutboxMail))]
    assert told == ["not_theirs", "counted"]


def test_why_it_is_not_theirs_stands_on_the_badges_page_until_the_desk_says_yes(
    services: Services, people: People, sign_in: SignIn
) -> None:
    row = doubted(services, people.youth)
    desk, young = sign_in(people.coordinator), sign_in(people.youth)
    there, here = f"/coordinator/badges/{row.id}", f"{HERE}/{row.id}"
    why = "이름이 <b>달라요</b>"
    shown = "이름이 &lt;b&gt;달라요&lt;/b&gt;"
    post(desk, f"{there}/refuse", {"version": row.version, "comment": why})
    page = young.get(here).text
    assert f"담당자가 적은 이유: {shown}" in page
    assert f'href="{HERE}#hand-in"' in page
    post(young, HERE, {"text": certificate_badge(holder="Park Bada").decode()})
    assert stored(services, row.id or 0).state is PresentedState.IN_REVIEW
    assert f"전에 담당자가 본인에게 적은 이유: {shown}" in desk.get(there).text
    assert shown in young.get(here).text
    post(desk, f"{there}/accept", {"version": stored(services, row.id or 0).version})
    assert shown not in young.get(here).text


def test_for_a_link_opened_by_hand_the_desk_says_what_it_read(
    services: Services, people: People, sign_in: SignIn
) -> None:
    there = post(sign_in(people.youth), HERE, {"link": LINK}).headers["location"]
    badges.run(services)
    number = int(there.rsplit("/", 1)[1])
    desk, here = sign_in(people.coordinator), f"/coordinator/badges/{number}"
    body: dict[str, object] = {"version": stored(services, number).version}
    for given, field in (
        ({"on": "2026-05-04"}, "certification"),
        ({"certification": "XXX", "on": "2026-05-04"}, "certification"),
        ({"certification": "SAA", "on": ""}, "on"),
        ({"certification": "SAA", "on": "2099-05-04"}, "on"),
        ({"certification": "SAA", "on": "2026-02-30"}, "on"),
    ):
        answer = post(desk, f"{here}/accept", body | given)
        assert (answer.status_code, ERRORS.findall(answer.text)) == (422, [field]), given
        assert str(given["on"]) in answer.text
    good = body | {"certification": "SAA", "on": "2026-05-04"}
    assert post(desk, f"{here}/accept", good).status_code == 303
    assert [each.verification for each in records(services, people.youth)] == [2]


def test_who_also_works_for_an_employer_of_the_person_does_not_answer(
    services: Services, people: People, sign_in: SignIn
) -> None:
    row = doubted(services, people.youth)
    with services.database.writing() as session:
        opening = factories.opening(session, people.partner.organisation_id or 0)
        factories.application(session, opening.id or 0, people.youth.youth_id or 0)
    with working(services, people.admin) as unit:
        same_person.note(unit, people.coordinator.email, people.partner.email)
    answer = post(
        sign_in(people.coordinator),
        f"/coordinator/badges/{row.id}/accept",
        {"version": row.version},
    )
    assert (answer.status_code, "다른 담당자가" in answer.text) == (403, True)
    assert stored(services, row.id or 0).state is PresentedState.IN_REVIEW
