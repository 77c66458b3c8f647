"""Drawn places for partners over the API: said openly, and nothing told of how they were drawn."""

from typing import Any

from matcher.policy.masking import is_number
from matcher.wiring import Services
from models.consent import ConsentPurpose
from tests import factories
from tests.api_client import program
from tests.partner_desk import pool_consent, set_scene
from tests.people import People

CROWD, PAGE, SLOTS = 24, 20, 2
RECORDED_ONLY = ("propensity", "position", "youth", "account", "email", '"id"')


def _crowd(services: Services, people: People) -> int:
    scene = set_scene(services, people)
    with services.database.writing() as session:
        for number in range(CROWD - 1):
            account = factories.account(session, f"crowd{number}@example.com")
            profile = factories.youth(session, account.id)
            factories.consent(session, profile.id, ConsentPurpose.SERVICE)
            pool_consent(session, profile.id)
            factories.skill_record(session, profile.id, "python", level=1 + number % 5)
    return scene.opening_id


def _drawing(services: Services) -> Services:
    settings = services.settings.model_copy(update={"explore_slots_partner": SLOTS})
    return Services(
        settings, services.clock, services.database, services.mailer, services.passwords
    )


def test_a_partner_sees_who_was_drawn_and_nothing_of_the_record(
    services: Services, people: People
) -> None:
    path = f"/openings/{_crowd(services, people)}/candidates"
    partner = program(_drawing(services), people.partner.account_id)
    answers = [partner("GET", f"{path}?limit=10&offset={offset}") for offset in (0, 10, 20)]
    assert [each.status_code for each in answers] == [200, 200, 200]
    items: list[dict[str, Any]] = [item for each in answers for item in each.json()["items"]]
    drawn = [place for place, item in enumerate(items) if item["is_drawn"]]
    assert drawn == list(range(PAGE - SLOTS, PAGE))
    assert sorted(item["rank"] for item in items) == list(range(1, CROWD + 1))
    assert all(is_number(item["number"]) for item in items)
    assert len({item["number"] for item in items}) == CROWD
    told = "".join(each.text for each in answers)
    assert [word for word in RECORDED_ONLY if word in told] == []


def test_another_partner_s_drawn_list_stays_absent(services: Services, people: People) -> None:
    path = f"/openings/{_crowd(services, people)}/candidates"
    other = program(_drawing(services), people.other_partner.account_id)
    assert other("GET", path).status_code == 404
