"""The centre's list of schemes, and the same list for those who plan."""

import pytest
from sqlmodel import select

from matcher.wiring import Services
from models.plan import Subsidy
from tests import factories
from tests.conftest import SignIn, post
from tests.people import People

DESK = "/centre/subsidies"
NEW = {
    "name_ko": "응시료 지원 (데모)",
    "name_en": "Exam fee help (demo)",
    "covers": "exam",
    "percent": "80",
    "cap_krw": "100,000",
    "remaining_krw": "5000000",
    "opens_on": "2026-11-01",
    "closes_on": "2027-02-28",
    "statuses": ["seeking", "graduated"],
    "source": "데모 공고 1호",
}


def test_the_centre_lists_changes_and_ends_a_scheme(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.centre)
    assert post(client, DESK, NEW).headers["location"] == DESK
    with services.database.reading() as session:
        row = session.exec(select(Subsidy)).one()
    assert (row.cap_krw, row.vendor_exams, row.statuses) == (
        100_000,
        False,
        ["seeking", "graduated"],
    )
    text = client.get(DESK).text
    for shown in (
        "응시료 지원 (데모)",
        "근거: 데모 공고 1호",
        "AWS 시험은 대상이 아님",
        "5,000,000원",
    ):
        assert shown in text
    left = f"{DESK}/{row.id}/remaining"
    assert post(client, left, {"remaining_krw": "", "version": "1"}).status_code == 303
    assert "남은 예산은 알려지지 않음" in client.get(DESK).text
    assert post(client, f"{DESK}/{row.id}/end", {"version": "2"}).status_code == 303
    assert "끝냄" in client.get(DESK).text


def test_youths_and_coordinators_read_what_is_in_force(
    services: Services, sign_in: SignIn, people: People
) -> None:
    with services.database.writing() as session:
        centre = people.centre.organisation_id or 0
        factories.subsidy(session, centre)
        factories.subsidy(session, centre, name_ko="끝난 제도", is_active=False)
    for person in (people.youth, people.coordinator, people.centre):
        text = sign_in(person).get("/subsidies").text
        assert "응시료 지원 (데모)" in text
        assert "데모 공고 1호" in text
        assert "끝난 제도" not in text
        assert "AWS 자격은 목록에 없었어요" in text


def test_without_schemes_the_page_says_that_nothing_is_taken_off(
    sign_in: SignIn, people: People
) -> None:
    assert "지금 올라온 지원 제도가 없어요." in sign_in(people.youth).get("/subsidies").text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_ko": ""}, "name_ko"),
        ({"name_en": "가" * 121}, "name_en"),
        ({"covers": "flights"}, "covers"),
        ({"percent": "0"}, "percent"),
        ({"percent": "101"}, "percent"),
        ({"cap_krw": "-1"}, "cap_krw"),
        ({"cap_krw": "0"}, "cap_krw"),
        ({"cap_krw": "9" * 12}, "cap_krw"),
        ({"remaining_krw": "-5"}, "remaining_krw"),
        ({"opens_on": "내일"}, "opens_on"),
        ({"closes_on": "2026-10-01"}, "closes_on"),
        ({"statuses": ["rich"]}, "statuses"),
        ({"source": " "}, "source"),
        ({"covers": "course", "vendor_exams": "1"}, "vendor_exams"),
        ({"organisation_id": "1"}, "organisation_id"),
    ],
)
def test_bad_schemes_are_refused_by_field_and_nothing_typed_is_lost(
    services: Services, sign_in: SignIn, people: People, change: dict[str, object], field: str
) -> None:
    answer = post(sign_in(people.centre), DESK, {**NEW, **change})
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    kept = {k: v for k, v in NEW.items() if k not in change and k not in ("covers", "statuses")}
    assert [key for key, value in kept.items() if f'value="{value}"' not in answer.text] == []
    with services.database.reading() as session:
        assert session.exec(select(Subsidy)).all() == []


def test_a_bad_budget_and_an_old_tab_say_so_beside_the_row(
    services: Services, sign_in: SignIn, people: People
) -> None:
    with services.database.writing() as session:
        number = factories.subsidy(session, people.centre.organisation_id or 0).id
    client, left = sign_in(people.centre), f"{DESK}/{number}/remaining"
    bad = post(client, left, {"remaining_krw": "-3", "version": "1"})
    assert (bad.status_code, 'value="-3" aria-invalid="true"' in bad.text) == (422, True)
    assert post(client, left, {"remaining_krw": "3", "version": "9"}).status_code == 409
    assert post(client, f"{DESK}/{number}/end", {"version": "9"}).status_code == 409
    assert post(client, f"{DESK}/{number}/end", {}).status_code == 422
    assert post(client, f"{DESK}/{2**31 - 1}/end", {"version": "1"}).status_code == 404
    with services.database.reading() as session:
        row = session.get_one(Subsidy, number)
    assert (row.remaining_krw, row.is_active, row.version) == (None, True, 1)
