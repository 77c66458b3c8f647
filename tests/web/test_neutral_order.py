"""Ranking switched off: every list by day, no scores, no reasons, nothing breaks."""

import re
from datetime import date

import pytest
from sqlmodel import select

from matcher.wiring import Services
from models.account import Role
from models.consent import ConsentPurpose
from models.trail import Exposure
from tests import factories
from tests.api_client import program
from tests.conftest import SignIn, post
from tests.matching_desk import course, gained, run, stock
from tests.model_shelf import switch
from tests.people import People

FIT = re.compile(r'class="fit[ "]')
OFF = "지금은 순위를 매기지 않아요."
OFF_FORMAL = "지금은 순위를 매기지 않습니다."


@pytest.fixture
def market(services: Services, people: People) -> list[int]:
    """Three openings that close on different days, a course, and people who agreed to be seen."""
    ids = stock(services, people.partner.organisation_id or 0, people.youth.youth_id or 0)
    with services.database.writing() as session:
        from models.opening import Opening

        for place, each in enumerate(ids):
            row = session.get_one(Opening, each)
            row.closes_on = date(2026, 12, 20 - place)
            row.sector = "space"
            session.add(row)
        own = course(session, people.coordinator.organisation_id or 0)
        gained(session, own.id or 0, "sql", 1, 3)
        run(session, own.id or 0)
        for person in (people.youth, people.other_youth, people.far_youth):
            factories.consent(
                session, person.youth_id, ConsentPurpose.POOL, sectors=["space", "energy", "bio"]
            )
            if person is not people.youth:
                factories.skill_record(session, person.youth_id, "python", level=4)
    return ids


def turn(services: Services, is_on: bool) -> None:
    with services.database.writing() as session:
        switch(session, is_on)


def shown_order(text: str, ids: list[int]) -> list[int]:
    found = [int(each) for each in re.findall(r'<h3><a href="/youth/openings/(\d+)"', text)]
    return [each for each in found if each in ids]


def test_openings_stand_by_closing_day_without_scores(
    services: Services, people: People, sign_in: SignIn, market: list[int]
) -> None:
    youth = sign_in(people.youth)
    ranked = youth.get("/youth/openings").text
    assert (FIT.search(ranked) is not None, OFF in ranked) == (True, False)
    turn(services, False)
    neutral = youth.get("/youth/openings").text
    assert (FIT.search(neutral), OFF in neutral) == (None, True)
    assert shown_order(neutral, market) == market[::-1]
    turn(services, True)
    assert shown_order(youth.get("/youth/openings").text, market) == shown_order(ranked, market)


def test_every_page_of_a_youth_stands_and_says_so_in_both_languages(
    services: Services, people: People, sign_in: SignIn, market: list[int]
) -> None:
    turn(services, False)
    youth = sign_in(people.youth)
    pages = ["/youth", "/youth/openings", f"/youth/openings/{market[0]}", "/youth/courses"]
    pages.append("/youth/courses/1")
    for path in pages:
        for language, words in (("ko", OFF), ("en", "Nothing is ranked right now.")):
            answer = youth.get(path, params={"lang": language})
            assert (path, answer.status_code) == (path, 200)
            assert (path, words in answer.text) == (path, True)
            assert (path, FIT.search(answer.text)) == (path, None)
            assert (path, 'class="reasons"' in answer.text) == (path, False)


def test_partners_see_masked_people_without_scores_and_are_told(
    services: Services, people: People, sign_in: SignIn, market: list[int]
) -> None:
    partner, path = sign_in(people.partner), f"/partner/openings/{market[0]}/candidates"
    assert FIT.search(partner.get(path).text) is not None
    turn(services, False)
    listed = partner.get(path)
    assert (listed.status_code, OFF_FORMAL in listed.text) == (200, True)
    assert FIT.search(listed.text) is None
    number = re.findall(rf"{path}/([0-9A-Z-]+)", listed.text)[0]
    chosen = partner.get(f"{path}/{number}")
    assert (chosen.status_code, FIT.search(chosen.text)) == (200, None)
    assert 'class="reasons"' not in chosen.text


def test_the_api_gives_null_for_a_score_that_is_not_there(
    services: Services, people: People, market: list[int]
) -> None:
    turn(services, False)
    client = program(services, people.youth.account_id)
    for path in ("/recommendations/openings", "/recommendations/courses"):
        answer = client("GET", path)
        assert answer.status_code == 200
        body = answer.json()
        assert body["model_version"] == "neutral"
        seen = {(each["score"], each["base"], len(each["reasons"])) for each in body["items"]}
        assert seen == {(None, None, 0)}
    tried = client("POST", "/what-if", json={"skills": [{"skill": "sql", "level": 4}]})
    assert tried.status_code == 200
    assert {(e["score_before"], e["score_after"]) for e in tried.json()["items"]} == {(None, None)}


def test_what_is_shown_in_neutral_order_is_recorded_as_such(
    services: Services, people: People, sign_in: SignIn, market: list[int]
) -> None:
    turn(services, False)
    sign_in(people.youth).get("/youth/openings")
    with services.database.reading() as session:
        (row,) = session.exec(select(Exposure)).all()
    assert row.model_version == "neutral"
    assert [each[:2] for each in row.items] == [
        [opening, place] for place, opening in enumerate(market[::-1], start=1)
    ]


def test_a_blank_profile_sees_the_openings_too(
    services: Services, people: People, sign_in: SignIn, market: list[int]
) -> None:
    blank = sign_in(people.other_youth)
    turn(services, False)
    assert shown_order(blank.get("/youth/openings").text, market) == market[::-1]


def test_filters_and_applying_go_on_working(
    services: Services, people: People, sign_in: SignIn, market: list[int]
) -> None:
    turn(services, False)
    youth = sign_in(people.youth)
    assert youth.get("/youth/openings?q=nothing-of-this-name").status_code == 200
    assert youth.get("/youth/courses?seats=1").status_code == 200
    answer = post(youth, f"/youth/openings/{market[0]}/apply", {"message": "", "consent": "1"})
    assert answer.status_code == 303
    applied = sign_in(people.partner).get("/partner/applications/1")
    assert (applied.status_code, OFF_FORMAL in applied.text) == (200, True)
    assert FIT.search(applied.text) is None
    assert people.partner.role is Role.PARTNER
