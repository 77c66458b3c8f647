"""Whoever was given a credential, a record or a proof finds the page that checks it; and the person
who shares is told what ending a link cannot do."""

from collections.abc import Iterator

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.jobs import issuing
from matcher.wiring import Services
from models.credential import IssuedCredential
from tests.conftest import browser, make_services, post
from tests.databases import Databases
from tests.people import settle
from tests.sharing_desk import plant, share, signing
from tests.web.test_sharing_pages import signed_in

CHECK = '<a href="/verify">'
KEPT = "still verifies after you end the link"
Scene = tuple[Services, TestClient]


@pytest.fixture(scope="module")
def scene(databases: Databases, empty_url: str) -> Iterator[Scene]:
    services = signing(make_services(databases.copy(empty_url)))
    people = settle(services)
    owner = signed_in(services, people.youth)
    with services.database.writing() as session:
        plant(session, people)
    post(owner, "/youth/credentials/sign")
    issuing.run(services)
    yield services, owner
    services.close()


def test_a_signed_credentials_page_leads_to_the_check_of_its_file(scene: Scene) -> None:
    services, _owner = scene
    with services.database.reading() as session:
        number = session.exec(select(IssuedCredential.number)).first()
    assert CHECK in browser(services).get(f"/credentials/{number}?lang=en").text


def test_a_shared_record_and_a_proof_of_facts_lead_there_too(scene: Scene) -> None:
    services, owner = scene
    token = share(owner, ["certificates"])
    assert CHECK in browser(services).get(f"/shared/{token}?lang=en").text
    assert CHECK in browser(services).get("/facts?lang=en").text


def test_the_owner_reads_that_a_saved_file_outlives_the_link(scene: Scene) -> None:
    services, owner = scene
    page = owner.get("/youth/sharing?lang=en").text
    assert KEPT in page
    token = share(owner, ["name"])
    here = "/youth/sharing/" + newest_of(owner)
    assert KEPT not in owner.get(f"{here}?lang=en").text
    browser(services).get(f"/shared/{token}")
    opened = owner.get(f"{here}?lang=en").text
    assert KEPT in opened
    assert "Link opened 1 time<" in opened


def newest_of(owner: TestClient) -> str:
    """The number of the newest link."""
    found = owner.get("/youth/sharing").text.split('href="/youth/sharing/')[1:]
    return max((each.split('"')[0] for each in found), key=int)
