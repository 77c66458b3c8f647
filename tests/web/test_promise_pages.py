"""Promised interviews as pages: offering, taking up, claiming, and what each side reads."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from matcher.wiring import Services
from models.application import Application
from models.promise import InterviewPromise, PromiseSubject, PromiseTaking, TakingState
from models.skill import SkillRecord
from tests import factories
from tests.conftest import SignIn, post
from tests.factories import TODAY
from tests.partner_desk import Scene, set_scene
from tests.people import People
from tests.promise_desk import EARN_BY, put_pass, put_promise, put_taking

ASKED = {
    "what": "certification:SAA", "level": "", "earn_by": EARN_BY.isoformat(),
    "interview_days": "14", "places": "2",
}  # fmt: skip
HASH = re.compile(r'name="text_hash" value="([0-9a-f]{64})"')


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def desk_path(scene: Scene) -> str:
    return f"/partner/openings/{scene.opening_id}/promises"


def test_a_partner_reads_the_terms_and_then_promises_them(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    client = sign_in(people.partner)
    shown = client.get(desk_path(scene), params=ASKED)
    assert shown.status_code == 200
    seen = HASH.search(shown.text)
    assert seen is not None
    assert "SHA-256" in shown.text
    assert post(client, desk_path(scene), {**ASKED, "text_hash": seen[1]}).status_code == 303
    with services.database.reading() as session:
        assert session.exec(select(InterviewPromise)).one().text_hash == seen[1]


def test_a_day_too_near_is_refused_beside_its_field_and_nothing_typed_is_lost(
    people: People, scene: Scene, sign_in: SignIn
) -> None:
    client = sign_in(people.partner)
    near = {**ASKED, "earn_by": (TODAY + timedelta(days=3)).isoformat(), "places": "7"}
    answer = client.get(desk_path(scene), params=near)
    assert answer.status_code == 422
    assert 'href="#f-earn_by"' in answer.text
    assert f'value="{near["earn_by"]}"' in answer.text
    assert 'value="7"' in answer.text
    assert HASH.search(answer.text) is None


def test_an_empty_form_is_answered_where_its_address_leads(
    people: People, scene: Scene, sign_in: SignIn
) -> None:
    empty = {**ASKED, "what": "", "earn_by": ""}
    page = sign_in(people.partner).get(desk_path(scene), params=empty).text
    form = page.partition('promises#preview" class="card stack" id="preview"')[2]
    links = re.findall(r'<a href="#f-([a-z_]+)">([^<]+)</a>', form)
    assert links == [
        ("what", "갖출 것: 꼭 적어 주십시오."), ("earn_by", "갖출 날: 꼭 적어 주십시오."),
    ]  # fmt: skip


def test_terms_nobody_read_are_answered_with_the_terms_of_now(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    answer = post(sign_in(people.partner), desk_path(scene), {**ASKED, "text_hash": "0" * 64})
    assert answer.status_code == 409
    assert HASH.search(answer.text)
    with services.database.reading() as session:
        assert session.exec(select(InterviewPromise)).all() == []


def test_a_promise_is_tagged_in_lists_and_taken_up_with_one_press(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        row = put_promise(session, scene.opening_id)
    client = sign_in(people.youth)
    assert client.get("/youth/openings").text.count("면접 약속") == 1
    page = client.get(f"/youth/openings/{scene.opening_id}").text
    assert f'action="/youth/promises/{row.id}/take"' in page
    assert f"target=promise:{row.id}" in page
    assert row.text_hash in page
    answer = post(client, f"/youth/promises/{row.id}/take")
    assert answer.headers["location"] == f"/youth/promises#promise-{row.id}"
    assert f'id="promise-{row.id}"' in client.get("/youth/promises").text
    taken = client.get(f"/youth/openings/{scene.opening_id}").text
    assert f'action="/youth/promises/{row.id}/drop"' in taken


def test_the_claim_appears_once_it_is_proved_and_asks_for_consent(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    youth_id = people.youth.youth_id or 0
    with services.database.writing() as session:
        row = put_promise(session, scene.opening_id)
        put_taking(session, row.id or 0, youth_id)
        record = put_pass(session, youth_id, verification=1)
    client, path = sign_in(people.youth), f"/youth/promises/{row.id}/claim"
    before = client.get("/youth/promises").text
    assert path not in before
    assert 'href="/youth/evidence"' in before
    assert post(client, path, {"version": "1", "consent": "1"}).status_code == 409
    with services.database.writing() as session:
        session.merge(record).verification = 2
    assert path in client.get("/youth/promises").text
    refused = post(client, path, {"version": "1"})
    assert refused.status_code == 422
    assert f'aria-describedby="f-consent-{row.id}-error"' in refused.text
    assert post(client, path, {"version": "1", "consent": "1"}).status_code == 303
    with services.database.reading() as session:
        assert session.exec(select(Application)).one().youth_id == youth_id


def test_the_opening_says_what_earning_the_promise_would_change(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        record = session.exec(
            select(SkillRecord).where(SkillRecord.youth_id == people.youth.youth_id)
        ).one()
        record.level = 1
        put_promise(session, scene.opening_id, subject=PromiseSubject.SKILL, ref="python", level=3)
    page = sign_in(people.youth).get(f"/youth/openings/{scene.opening_id}")
    assert page.status_code == 200
    assert f'href="/youth/openings/{scene.opening_id}?skill=python:3#what"' in page.text


def test_the_partners_page_names_nobody(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        row = put_promise(session, scene.opening_id)
        put_taking(session, row.id or 0, people.youth.youth_id or 0)
    page = sign_in(people.partner).get(desk_path(scene)).text
    assert "haneul" not in page
    assert "자리 2개 가운데 1개 받음" in page


def test_the_centre_notes_that_it_spoke_with_the_partner(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        row = put_promise(session, scene.opening_id)
        made = factories.application(session, scene.opening_id, people.youth.youth_id)
        put_taking(
            session, row.id or 0, people.youth.youth_id or 0, state=TakingState.BROKEN,
            application_id=made.id, interview_by=TODAY - timedelta(days=1),
        )  # fmt: skip
    partner, centre = sign_in(people.partner), sign_in(people.centre)
    assert "새 약속" not in partner.get(desk_path(scene)).text
    path = f"/centre/promises/{people.partner.organisation_id}/spoken"
    home = centre.get("/centre").text
    assert re.search(r'href="/centre/promises"><b>1<', home)
    assert re.search(r'href="/centre/answer-links"><b>0<', home)
    page = centre.get("/centre/promises").text
    assert f'action="{path}"' in page
    assert "haneul" not in page
    assert post(centre, path).status_code == 303
    assert post(centre, path).status_code == 404
    assert "새 약속" in partner.get(desk_path(scene)).text
    with services.database.reading() as session:
        assert session.exec(select(PromiseTaking)).one().spoken_by_account_id == (
            people.centre.account_id
        )


def test_the_planner_leads_to_a_promise_and_says_what_proof_it_needs(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        row = put_promise(session, scene.opening_id)
    page = sign_in(people.youth).get(f"/youth/path?target=promise:{row.id}&hours=20").text
    assert f'value="promise:{row.id}" selected' in page
    assert "확인을 받아야 면접을 청할 수 있어요" in page
