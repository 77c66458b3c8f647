"""Pages name signed credentials in the reader's language; files keep what was signed."""

from dataclasses import replace

import pytest

from matcher.flows import credential_desk, credential_public, issuer_keys, own_credentials
from matcher.i18n import use_language
from matcher.i18n.language import Language
from matcher.jobs import issuing as job
from matcher.matching.issuing import payload_of
from matcher.wiring import Services
from models.attendance import Credential
from models.credential import IssuedKind
from tests.flows.test_issuing import VAULT, rate, rows
from tests.flows.test_result_undo import confirmed
from tests.matching_desk import actor_of
from tests.partner_desk import actor, looking
from tests.people import People

COURSE, SKILL = IssuedKind.COURSE, IssuedKind.SKILL


@pytest.fixture
def signed(services: Services, people: People) -> Services:
    """A completed course and an assessed skill, both signed."""
    ready = replace(services, key_vault=VAULT)
    with ready.writing() as unit:
        issuer_keys.make(unit, VAULT)
    confirmed(ready, people)
    rate(ready, people.youth.youth_id, 5)
    job.run(ready)
    return ready


def on_pages(services: Services, people: People, language: Language) -> list[dict[str, str]]:
    """{number: name} on the owner's page, at the desk, and on the page anybody may open."""
    me = actor_of(people.youth)
    with use_language(language), looking(services, people.youth) as unit:
        own = own_credentials.every(unit, me, VAULT).rows
        public = [credential_public.show(unit, each.number) for each in own]
    with use_language(language), services.writing(actor(people.coordinator)) as unit:
        desk = credential_desk.view(unit, actor(people.coordinator), me.own_youth_id).lines
    return [{each.number: each.name.text for each in shown} for shown in (own, desk, public)]


def test_in_korean_a_page_says_what_was_signed(signed: Services, people: People) -> None:
    said = {row.number: payload_of(row.token)["name"] for row in rows(signed)}
    assert on_pages(signed, people, "ko") == [said] * 3


def test_in_english_courses_and_skills_have_their_english_names(
    signed: Services, people: People
) -> None:
    before = [row.token for row in rows(signed)]
    with signed.database.reading() as session:
        titles = {
            row.number: session.get_one(Credential, row.credential_id).title_en
            for row in rows(signed)
            if row.kind is COURSE
        }
    own, desk, public = on_pages(signed, people, "en")
    assert own == desk == public
    assert titles
    assert titles.items() <= own.items()
    assert "SQL level 5" in own.values()
    assert not any("수준" in name for name in own.values())
    assert [row.token for row in rows(signed)] == before


def test_a_course_without_an_english_title_keeps_the_signed_one_marked_as_korean(
    signed: Services, people: People
) -> None:
    with signed.database.writing() as session:
        for row in rows(signed):
            if row.kind is COURSE:
                session.get_one(Credential, row.credential_id).title_en = ""
    with use_language("en"), looking(signed, people.youth) as unit:
        shown = own_credentials.every(unit, actor_of(people.youth), VAULT).rows
    courses = [each.name for each in shown if each.kind is COURSE]
    assert [(each.text, each.language) for each in courses] == [
        (each.signed, "ko") for each in courses
    ]
    assert {each.name.language for each in shown if each.kind is SKILL} == {"en"}
