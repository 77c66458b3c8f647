"""The calendar's page, its secret address, and the forms about reminders and busy periods."""

import re
from datetime import date, timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.wiring import Services
from models.calendar import CalendarFeed, DigestChoice
from models.plan import BusyPeriod
from models.youth import SavedKind
from tests import calendar_desk as desk
from tests import factories
from tests.conftest import SignIn, browser, post
from tests.factories import TODAY
from tests.ical_rules import broken_rules, events
from tests.people import People

PAGE = "/youth/calendar"
ADDRESS = re.compile(r'value="http://localhost(/calendar/[A-Za-z0-9_-]{43}\.ics)"')
BUSY = {
    "name": "중간고사",
    "starts_on": "2026-12-07",
    "ends_on": "2026-12-18",
    "weekly_hours": "2",
}


def address(client: TestClient) -> str:
    answer = post(client, f"{PAGE}/feed")
    found = ADDRESS.search(answer.text)
    assert answer.status_code == 200
    assert found is not None
    return found[1]


def test_the_page_lists_what_is_coming_up(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.youth)
    empty = client.get(PAGE).text
    assert "<h1>달력과 알림</h1>" in empty
    assert "가까운 날에 챙길 일은 없어요." in empty
    with services.database.writing() as session:
        opening = factories.opening(
            session, people.partner.organisation_id or 0, closes_on=TODAY + timedelta(days=3)
        )
        desk.saved(session, people.youth, SavedKind.OPENING, opening.id)
    korean, english = client.get(PAGE).text, client.get(f"{PAGE}?lang=en").text
    assert "<h1>달력과 알림: 다가오는 일 1가지</h1>" in korean
    assert "가까운 날에 챙길 일은 없어요." not in korean
    assert f'<a href="/youth/openings/{opening.id}">담아 둔 공고' in korean
    assert "<h1>Calendar and reminders: 1 thing coming up</h1>" in english


def test_the_address_is_shown_once_and_opens_the_calendar_for_anybody(
    services: Services, sign_in: SignIn, people: People
) -> None:
    with services.database.writing() as session:
        row = desk.attempt(session, people.youth, "CLF", "CLF-C02", planned_on=date(2027, 1, 5))
        number = row.id
    client = sign_in(people.youth)
    path = address(client)
    assert ADDRESS.search(client.get(PAGE).text) is None
    stranger = browser(services)
    answer = stranger.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in answer.headers
    assert not stranger.cookies
    assert broken_rules(answer.content) == []
    assert list(events(answer.content)) == [f"exam-{number}@oreum"]


def test_a_reader_that_has_the_file_is_told_so_until_it_changes(
    services: Services, sign_in: SignIn, people: People
) -> None:
    path, reader = address(sign_in(people.youth)), browser(services)
    tag = reader.get(path).headers["etag"]
    for known in (tag, f"W/{tag}"):
        same = reader.get(path, headers={"If-None-Match": known})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    with services.database.writing() as session:
        desk.attempt(session, people.youth, "CLF", "CLF-C02", planned_on=date(2027, 1, 5))
    changed = reader.get(path, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


def test_wrong_ended_and_erased_addresses_are_the_same_404(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.youth)
    replaced, ended = address(client), address(client)
    assert post(client, f"{PAGE}/feed/end").headers["location"] == PAGE
    gone = sign_in(people.other_youth)
    erased = address(gone)
    assert post(gone, "/account/erase", {"current": "correct horse"}).status_code == 303
    reader = browser(services)
    wrong = f"/calendar/{'A' * 43}.ics"
    answers = [reader.get(path) for path in (wrong, replaced, ended, erased)]
    assert [each.status_code for each in answers] == [404] * 4
    bare = {
        re.sub(r"[0-9a-f]{16,64}", "ID", each.text.replace(path, "PATH"))
        for each, path in zip(answers, (wrong, replaced, ended, erased), strict=True)
    }
    assert len(bare) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/.ics",
        "/calendar/" + "x" * 500 + ".ics",
        "/calendar/%0d%0aSet-Cookie:a=b.ics",
        "/calendar/..%2f..%2fetc.ics",
        "/calendar/%F0%9F%8D%8A.ics",
        "/calendar/token",
        "/calendar/a.ics/b.ics",
    ],
)
def test_odd_addresses_are_absent(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_ending_an_address_that_is_not_there_is_absent(sign_in: SignIn, people: People) -> None:
    assert post(sign_in(people.youth), f"{PAGE}/feed/end").status_code == 404


def test_the_export_tells_of_the_calendar_without_its_secret(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.youth)
    address(client)
    post(client, f"{PAGE}/digest", {"rhythm": "daily", "weekday": "3", "topics": ["step"]})
    post(client, f"{PAGE}/busy", BUSY)
    data = post(client, "/account/export", {}).json()["data"]
    with services.database.reading() as session:
        secret = session.exec(select(CalendarFeed.token_hash)).one()
    assert len(data["calendar_feed"]) == 1
    assert (data["digest_choice"][0]["rhythm"], data["digest_choice"][0]["weekday"]) == ("daily", 3)
    assert data["busy_period"][0]["name"] == "중간고사"
    assert secret not in str(data)


def test_erasing_takes_choices_and_periods_along(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.youth)
    address(client)
    post(client, f"{PAGE}/digest", {"rhythm": "daily", "weekday": "3"})
    post(client, f"{PAGE}/busy", BUSY)
    assert post(client, "/account/erase", {"current": "correct horse"}).status_code == 303
    with services.database.reading() as session:
        left = [
            session.exec(select(each)).all() for each in (CalendarFeed, DigestChoice, BusyPeriod)
        ]
    assert left == [[], [], []]


def test_reminders_are_chosen_and_stay_chosen(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.youth)
    sent = {"rhythm": "weekly", "weekday": "4", "topics": ["renewal", "voucher"]}
    assert post(client, f"{PAGE}/digest", sent).headers["location"] == f"{PAGE}#digest"
    with services.database.reading() as session:
        row = session.exec(select(DigestChoice)).one()
    assert (row.weekday, row.muted) == (4, ["course", "korean", "opening", "step", "version"])
    text = client.get(PAGE).text
    assert '<option value="4" selected>' in text
    assert re.search(r'value="renewal" checked', text)
    assert not re.search(r'value="step" checked', text)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"rhythm": "hourly", "weekday": "1"}, "rhythm"),
        ({"weekday": "1"}, "rhythm"),
        ({"rhythm": "weekly", "weekday": "8"}, "weekday"),
        ({"rhythm": "weekly", "weekday": "월"}, "weekday"),
        ({"rhythm": "weekly", "weekday": "1", "topics": ["nonsense"]}, "topics"),
        ({"rhythm": "weekly", "weekday": "1", "topics": ["step"] * 40}, "topics"),
        ({"rhythm": "weekly", "weekday": "1", "account_id": "9"}, "account_id"),
    ],
)
def test_bad_choices_are_refused_by_field_and_kept_on_the_page(
    services: Services, sign_in: SignIn, people: People, sent: dict[str, object], field: str
) -> None:
    answer = post(sign_in(people.youth), f"{PAGE}/digest", sent)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    with services.database.reading() as session:
        assert session.exec(select(DigestChoice)).all() == []


def test_a_busy_period_is_added_and_removed(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.youth)
    assert post(client, f"{PAGE}/busy", BUSY).headers["location"] == f"{PAGE}#busy"
    text = client.get(PAGE).text
    assert "중간고사" in text
    assert "일주일에 2시간" in text
    with services.database.reading() as session:
        number = session.exec(select(BusyPeriod.id)).one()
    assert post(client, f"{PAGE}/busy/{number}/remove").status_code == 303
    assert "일주일에 2시간" not in client.get(PAGE).text
    assert post(client, f"{PAGE}/busy/{number}/remove").status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weekly_hours": "-1"}, "weekly_hours"),
        ({"weekly_hours": "81"}, "weekly_hours"),
        ({"weekly_hours": "두 시간"}, "weekly_hours"),
        ({"weekly_hours": "1e3"}, "weekly_hours"),
        ({"weekly_hours": ""}, "weekly_hours"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"starts_on": ""}, "starts_on"),
        ({"ends_on": "2026-12-01"}, "ends_on"),
        ({"ends_on": "9999-12-31"}, "ends_on"),
        ({"ends_on": "２０２６-12-18"}, "ends_on"),
        ({"name": "가" * 61}, "name"),
        ({"name": "010101-3123456"}, "name"),
        ({"name": "줄\n바꿈"}, "name"),
        ({"youth_id": "2"}, "youth_id"),
    ],
)
def test_bad_periods_are_refused_by_field_and_nothing_typed_is_lost(
    services: Services, sign_in: SignIn, people: People, change: dict[str, str], field: str
) -> None:
    answer = post(sign_in(people.youth), f"{PAGE}/busy", {**BUSY, **change})
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    kept = {key: value for key, value in BUSY.items() if key not in change}
    assert [key for key, value in kept.items() if f'value="{value}"' not in answer.text] == []
    with services.database.reading() as session:
        assert session.exec(select(BusyPeriod)).all() == []


def test_names_from_people_are_escaped(sign_in: SignIn, people: People) -> None:
    client = sign_in(people.youth)
    post(client, f"{PAGE}/busy", {**BUSY, "name": "<script>alert(1)</script>"})
    text = client.get(PAGE).text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text
