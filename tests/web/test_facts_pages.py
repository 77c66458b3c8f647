"""Facts proved without a name: what others confirmed, what was chosen, and not for long."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.clock import Clock
from matcher.flows import facts
from matcher.gateways.key_vault import NullKeyVault
from matcher.wiring import Services
from models.certification import CertificationRecord
from models.trail import AuditEntry
from tests.conftest import browser, make_services, post
from tests.databases import Databases
from tests.factories import TODAY
from tests.partner_desk import actor
from tests.people import People, settle
from tests.sharing_desk import certificate, finished, plant, signing
from tests.web.test_sharing_pages import signed_in

ASSOCIATE, COURSES = "aws_associate_active", "rise_courses_energy_at_least_3"
Scene = tuple[Services, People, TestClient]


@pytest.fixture(scope="module")
def scene(databases: Databases, empty_url: str) -> Iterator[Scene]:
    services = signing(make_services(databases.copy(empty_url)))
    people = settle(services)
    owner = signed_in(services, people.youth)
    with services.database.writing() as session:
        plant(session, people)
        youth_id = people.youth.youth_id or 0
        for number in ("OR-2026-AAAAAAAAAAAA", "OR-2026-BBBBBBBBBBBB"):
            finished(session, people, youth_id, number)
        certificate(session, youth_id, "CLF", 1)
    yield services, people, owner
    services.close()


def proof(owner: TestClient, chosen: list[str], days: str = "7") -> str:
    form = {"facts": chosen, "days": days, "way": "file"}
    answer = post(owner, "/youth/facts", form)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/dc+sd-jwt"
    return str(answer.text)


def checked(services: Services, token: str) -> str:
    answer = post(browser(services), "/facts?lang=en", {"token_text": token})
    assert answer.status_code == 200
    return str(answer.text)


def test_only_what_somebody_else_confirmed_can_be_proved(scene: Scene) -> None:
    services, people, _owner = scene
    with services.reading(actor(people.youth)) as unit:
        found = facts.view(unit, actor(people.youth), services.key_vault)
    names = [fact.name for fact in found.facts]
    assert names == [
        ASSOCIATE, "rise_courses_energy_at_least_1", "rise_courses_energy_at_least_2", COURSES,
        "rise_courses_at_least_1", "rise_courses_at_least_2", "rise_courses_at_least_3",
    ]  # fmt: skip


def test_a_stranger_reads_the_chosen_facts_and_nothing_else_of_the_person(scene: Scene) -> None:
    services, _people, owner = scene
    token = proof(owner, [ASSOCIATE, COURSES])
    page = checked(services, token)
    assert "Holds an active AWS Associate-level certificate" in page
    assert "Completed at least 3 RISE courses in Energy" in page
    plain = b" ".join(
        base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        for piece in token.split("~")
        for part in piece.split(".")
    ).decode("utf-8", "replace")
    assert [word for word in ("canary", "foundational", "at_least_1", "SAA") if word in plain] == []


def test_a_changed_proof_is_not_believed(scene: Scene) -> None:
    services, _people, owner = scene
    token = proof(owner, [ASSOCIATE])
    swapped = "~".join([proof(owner, [COURSES]).split("~")[0], *token.split("~")[1:]])
    for wrong in (token[:40] + ("A" if token[40] != "A" else "B") + token[41:], swapped, "x~y"):
        page = checked(services, wrong)
        assert "This cannot be trusted" in page
        assert "Associate" not in page


def test_where_the_key_is_not_at_hand_it_is_not_called_untrue(scene: Scene) -> None:
    services, _people, owner = scene
    token = proof(owner, [ASSOCIATE])
    page = checked(replace(services, key_vault=NullKeyVault()), token)
    assert "<h1>Who signed this could not be checked</h1>" in page
    assert "cannot be trusted" not in page


def test_it_ends_after_its_days_and_with_the_certificate(scene: Scene) -> None:
    services, people, owner = scene
    token = proof(owner, [ASSOCIATE], "1")
    later = replace(services, clock=Clock(TODAY + timedelta(days=2)))
    page = checked(later, token)
    assert "This proof has expired" in page
    assert "<h1>This proof has ended</h1>" in page
    assert "cannot be trusted" not in page
    with services.database.writing() as session:
        row = session.exec(
            select(CertificationRecord).where(CertificationRecord.certification == "SAA")
        ).one()
        before, row.expires_on = row.expires_on, TODAY
    with services.writing(actor(people.youth)) as unit:
        made = facts.prove(unit, actor(people.youth), services.key_vault, [ASSOCIATE], 30)
        assert made.until <= unit.now + timedelta(days=1)
    with services.database.writing() as session:
        session.get_one(CertificationRecord, row.id).expires_on = before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"facts": []}, "facts"),
        ({"facts": ["aws_professional_active"]}, "facts"),
        ({"facts": [ASSOCIATE, "aws_foundational_active"]}, "facts"),
        ({"days": "14"}, "days"),
        ({"days": "x"}, "days"),
    ],
)
def test_what_is_not_true_is_not_signed(scene: Scene, changed: dict[str, Any], field: str) -> None:
    _services, _people, owner = scene
    answer = post(owner, "/youth/facts", {"facts": [ASSOCIATE], "days": "7"} | changed)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text


def test_without_a_key_nothing_is_signed_and_the_page_says_so(people: People, sign_in: Any) -> None:
    client = sign_in(people.youth)
    assert client.get("/youth/facts").status_code == 200
    assert post(client, "/youth/facts", {"facts": [ASSOCIATE], "days": "7"}).status_code == 422


def test_a_proof_is_written_down_by_its_facts_and_kept_nowhere(scene: Scene) -> None:
    services, _people, owner = scene
    token = proof(owner, [COURSES])
    with services.database.reading() as session:
        last = session.exec(select(AuditEntry).where(AuditEntry.action == "facts:proved")).all()[-1]
    assert last.change == {"facts": [COURSES]}
    assert token.split(".")[2][:40] not in owner.get("/youth/facts").text
