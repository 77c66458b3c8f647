"""The young person's matching pages over HTTP."""

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import delete
from sqlmodel import SQLModel, select
from starlette.testclient import TestClient

from matcher.wiring import Services
from models.application import Application, Introduction
from models.consent import Consent, NoticeReading
from models.course import Enrolment
from models.youth import SavedItem
from tests import factories, matching_desk
from tests.conftest import SignIn, post
from tests.people import People

HANGUL = re.compile(r"[가-힣]")
ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><svg onload=alert(1)>",
    "{{7*7}}",
    '<div data-hx-get="/account" data-hx-trigger="load">',
]
BAD_TEXT = ["\x00", "\u202e", "a" + "\u0301" * 500, "가" * 1001]


@dataclass(frozen=True)
class Market:
    openings: list[int]
    course: int
    run: int
    introduction: int


@pytest.fixture
def market(services: Services, people: People) -> Market:
    partner, university = people.partner.organisation_id, people.coordinator.organisation_id
    assert partner is not None
    assert university is not None
    assert people.youth.youth_id is not None
    openings = matching_desk.stock(services, partner, people.youth.youth_id)
    with services.database.writing() as session:
        course = matching_desk.course(session, university)
        matching_desk.gained(session, course.id or 0, "sql", 0, 2)
        run = matching_desk.run(session, course.id or 0)
        row = factories.introduction(
            session,
            openings[0],
            people.youth.youth_id,
            asked_by_account_id=people.partner.account_id,
            message="한번 만나고 싶습니다.",
        )
        return Market(openings, course.id or 0, run.id or 0, row.id or 0)


def pages_of(market: Market) -> list[str]:
    return [
        "/youth",
        "/youth/openings",
        "/youth/openings?q=지상국&sector=space&sector=bio&region=jeju-si&employment=permanent",
        f"/youth/openings/{market.openings[0]}",
        f"/youth/openings/{market.openings[0]}?cert=SAA&skill=sql:2&course={market.course}",
        "/youth/courses",
        f"/youth/courses?target={market.openings[1]}&mode=offline&seats=1",
        f"/youth/courses/{market.course}",
        "/youth/applications",
        f"/youth/introductions/{market.introduction}",
    ]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_opens_for_its_owner_in_both_languages(
    people: People, market: Market, sign_in: SignIn, language: str
) -> None:
    client = sign_in(people.youth)
    client.get(f"/?lang={language}")
    for path in pages_of(market):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert f'<html lang="{language}"' in answer.text
        assert answer.text.count("<h1") == 1, path


def test_no_korean_sentence_is_left_in_the_english_page(
    people: People, market: Market, sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    client.get("/?lang=en")
    said = {"한국어", "한번 만나고 싶습니다.", "위성 영상을 모으고 다듬는 일입니다."}
    for path in pages_of(market):
        text = re.sub(r"<[^>]+>", "\n", client.get(path).text)
        left = {line.strip() for line in text.splitlines() if HANGUL.search(line)}
        assert left <= said, path


def test_pages_and_buttons_are_not_there_for_other_roles(
    people: People, market: Market, sign_in: SignIn, client: TestClient
) -> None:
    for path in pages_of(market):
        assert client.get(path).status_code == 303
        for person in (people.partner, people.coordinator, people.centre, people.admin):
            assert sign_in(person).get(path).status_code == 404, (path, person.role)
    for person in (people.partner, people.coordinator, people.centre, people.admin):
        answer = post(sign_in(person), f"/youth/openings/{market.openings[0]}/apply")
        assert answer.status_code == 403


def test_reading_writes_only_what_was_shown(
    services: Services, people: People, market: Market, sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    before = matching_desk.dump(services)
    for path in pages_of(market):
        client.get(path)
    assert matching_desk.dump(services) == before


def test_somebody_elses_rows_answer_like_absent_ones(
    services: Services, people: People, market: Market, sign_in: SignIn
) -> None:
    owner, other = sign_in(people.youth), sign_in(people.other_youth)
    opening = market.openings[0]
    form = {"message": "안녕하세요.", "consent": "1"}
    assert post(owner, f"/youth/openings/{opening}/apply", form).status_code == 303
    enrol = f"/youth/courses/{market.course}/sessions/{market.run}/enrol"
    assert post(owner, enrol).status_code == 303
    with services.database.reading() as session:
        application = session.exec(select(Application.id)).one()
        enrolment = session.exec(select(Enrolment.id)).one()
    version = {"version": "1"}
    for template, number, data in (
        ("/youth/applications/{}/withdraw", application, version),
        ("/youth/introductions/{}/accept", market.introduction, version),
        ("/youth/introductions/{}/refuse", market.introduction, version),
        ("/youth/enrolments/{}/cancel", enrolment, {}),
    ):
        foreign, absent = (post(other, template.format(n), data) for n in (number, 987_654))
        assert foreign.status_code == absent.status_code == 404, template
        assert bare(foreign.text) == bare(absent.text)
    foreign = other.get(f"/youth/introductions/{market.introduction}")
    absent = other.get("/youth/introductions/987654")
    assert foreign.status_code == absent.status_code == 404


def bare(text: str) -> str:
    """Without what differs between any two answers: tokens, the request's id and its address."""
    text = re.sub(r'value="[0-9a-f]{32,}"', "", text)
    return re.sub(r"\b[0-9a-f]{16}\b|/youth/\w+/\d+(/\w+)?|%2F[^\"']*", "", text)


@pytest.mark.parametrize(
    "query",
    [
        *("page=0", "page=-1", "page=1_0", "page=１", "page=1.0", "page=99999999999999999999"),
        *("page=1&page=2", "q=a&q=b", "sector=mars", "region=jeju", "limit=5", "sort=name;DROP"),
    ],
)
def test_bad_list_queries_are_refused(
    people: People, market: Market, sign_in: SignIn, query: str
) -> None:
    client = sign_in(people.youth)
    assert client.get(f"/youth/openings?{query}").status_code == 422
    public = client.get(f"/openings?{query}")
    assert public.status_code == 422


@pytest.mark.parametrize(
    "query", ["cert=saa", "skill=python", "skill=python:6", "skill=a:1:9:x", "course=0", "course=x"]
)
def test_bad_what_ifs_are_refused(
    people: People, market: Market, sign_in: SignIn, query: str
) -> None:
    answer = sign_in(people.youth).get(f"/youth/openings/{market.openings[0]}?{query}")
    assert answer.status_code == 422


def test_a_what_if_that_is_not_offered_changes_nothing(
    people: People, market: Market, sign_in: SignIn
) -> None:
    path = f"/youth/openings/{market.openings[0]}"
    answer = sign_in(people.youth).get(f"{path}?cert=ZZZ&skill=juggling:5&course=999999")
    assert answer.status_code == 200
    assert 'id="together"' not in answer.text


@pytest.mark.parametrize("page", ["2", "999999"])
def test_a_page_past_the_end_is_empty_and_says_how_many_there_are(
    people: People, market: Market, sign_in: SignIn, page: str
) -> None:
    answer = sign_in(people.youth).get(f"/youth/openings?page={page}")
    assert answer.status_code == 200
    assert "이 쪽에는 공고가 없어요." in answer.text


@pytest.mark.parametrize("number", ["0", "-1", "9223372036854775808", "2147483648", "9" * 400])
def test_a_number_no_row_has_is_absent(
    people: People, market: Market, sign_in: SignIn, number: str
) -> None:
    client = sign_in(people.youth)
    for path in ("/youth/openings", "/youth/courses", "/youth/introductions"):
        assert client.get(f"{path}/{number}").status_code == 404
    for path in ("/openings", "/courses"):
        assert client.get(f"{path}/{number}").status_code == 404


@pytest.mark.parametrize("number", ["07", "7.0", "+7", "７", "1_0", "x"])
def test_only_the_canonical_spelling_is_a_number(
    people: People, market: Market, sign_in: SignIn, number: str
) -> None:
    assert sign_in(people.youth).get(f"/youth/openings/{number}").status_code == 422


def test_what_was_typed_survives_a_refused_application(
    services: Services, people: People, market: Market, sign_in: SignIn
) -> None:
    path = f"/youth/openings/{market.openings[0]}/apply"
    answer = post(sign_in(people.youth), path, {"message": "꼭 해 보고 싶어요."})
    assert answer.status_code == 422
    assert "꼭 해 보고 싶어요." in answer.text
    assert "동의해야 보낼 수 있어요" in answer.text
    assert rows(services, Application) == 0


@pytest.mark.parametrize("text", BAD_TEXT)
def test_text_that_cannot_be_kept_is_refused_and_nothing_is_stored(
    services: Services, people: People, market: Market, sign_in: SignIn, text: str
) -> None:
    path = f"/youth/openings/{market.openings[0]}/apply"
    answer = post(sign_in(people.youth), path, {"message": text, "consent": "1"})
    assert answer.status_code in (400, 422)
    assert rows(services, Application) == 0


@pytest.mark.parametrize("name", ["role", "state", "youth_id", "score", "__proto__", "a.b"])
def test_a_field_the_form_does_not_have_is_refused(
    services: Services, people: People, market: Market, sign_in: SignIn, name: str
) -> None:
    client = sign_in(people.youth)
    path = f"/youth/openings/{market.openings[0]}"
    assert post(client, f"{path}/apply", {"consent": "1", name: "1"}).status_code == 422
    assert post(client, f"{path}/save", {name: "1"}).status_code == 422
    assert rows(services, Application) == rows(services, SavedItem) == 0


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_people_wrote_is_shown_as_text(
    services: Services, people: People, market: Market, sign_in: SignIn, attack: str
) -> None:
    with services.database.writing() as session:
        row = session.get_one(Introduction, market.introduction)
        row.message = attack
        assert people.partner.organisation_id is not None
        opening = factories.opening(
            session,
            people.partner.organisation_id,
            title_ko=attack[:120],
            description=attack,
            sector="space",
        )
        number = opening.id
    client = sign_in(people.youth)
    for path in (
        f"/youth/openings/{number}",
        f"/openings/{number}",
        "/youth/openings",
        f"/youth/introductions/{market.introduction}",
        "/youth/openings?q=" + attack.replace("&", "%26").replace("#", "%23"),
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert attack not in answer.text or "<" not in attack, path


def test_without_the_notice_every_scored_page_leads_to_it(
    services: Services, people: People, market: Market, sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    with services.database.writing() as session:
        session.execute(delete(NoticeReading))
    for path in ("/youth", "/youth/openings", "/youth/courses"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/youth/notice")


def test_without_the_consent_every_scored_page_leads_to_the_consents(
    services: Services, people: People, market: Market, sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    with services.database.writing() as session:
        session.execute(delete(Consent))
    answer = client.get("/youth")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account/consents")


def test_applying_enrolling_saving_and_answering_from_the_pages(
    services: Services, people: People, market: Market, sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    opening, course = market.openings[0], market.course
    steps: list[tuple[str, dict[str, object]]] = [
        (f"/youth/openings/{opening}/save", {}),
        (f"/youth/openings/{opening}/apply", {"message": "", "consent": "1"}),
        (f"/youth/courses/{course}/save", {}),
        (f"/youth/courses/{course}/sessions/{market.run}/enrol", {}),
        (f"/youth/introductions/{market.introduction}/accept", {"version": "1"}),
    ]
    for path, data in steps:
        assert post(client, path, data).status_code == 303, path
    for path, data in (steps[1], steps[3], steps[4]):
        assert post(client, path, data).status_code == 409, path
    tracker = client.get("/youth/applications").text
    assert "보냈어요" in tracker
    assert "받아들였어요" in tracker
    assert "신청 거두기" in client.get(f"/youth/courses/{course}").text


def test_a_list_part_is_given_alone_to_htmx(
    people: People, market: Market, sign_in: SignIn
) -> None:
    answer = sign_in(people.youth).get("/youth/openings", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'id="results"' in answer.text


def test_no_page_speaks_of_recommending(people: People, market: Market, sign_in: SignIn) -> None:
    """An operator that only informs must not; so no page does."""
    client = sign_in(people.youth)
    for language, word in (("ko", "추천"), ("en", "recommend")):
        client.get(f"/?lang={language}")
        for path in [*pages_of(market), "/", "/openings", "/courses", "/model", "/help"]:
            assert word not in client.get(path).text.lower(), path


def rows(services: Services, table: type[SQLModel]) -> int:
    with services.database.reading() as session:
        return len(session.exec(select(table)).all())
