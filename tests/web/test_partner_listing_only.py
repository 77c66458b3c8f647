"""A listing-only operator: partners get no ranked people, and the pages say so."""

from dataclasses import replace

import pytest

from matcher.flows import candidates
from matcher.policy.masking import candidate_number
from matcher.settings import OperatorType
from matcher.wiring import Services
from tests.conftest import browser, post
from tests.partner_desk import OPERATION, Scene, actor, looking, set_scene
from tests.people import People


@pytest.fixture
def listing(services: Services) -> Services:
    settings = services.settings.model_copy(update={"operator_type": OperatorType.INFORMATION_ONLY})
    return replace(services, settings=settings)


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def test_the_leakable_list_exists_for_other_operators(
    services: Services, people: People, scene: Scene
) -> None:
    with looking(services, people.partner) as unit:
        shown = candidates.queue(unit, actor(people.partner), OPERATION, scene.opening_id)
    assert len(shown.rows) == 1


def test_the_pages_say_there_is_no_list_and_rank_nobody(
    listing: Services, people: People, scene: Scene
) -> None:
    client = browser(listing)
    signed = post(
        client, "/login", {"email": people.partner.email, "password": people.partner.password}
    )
    assert signed.status_code == 303
    base = f"/partner/openings/{scene.opening_id}"
    page = client.get(f"{base}/candidates")
    assert page.status_code == 200
    assert "후보 목록이 없습니다" in page.text
    assert "맞음 점수" not in page.text
    for path in ("/partner", base):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "구인 정보만 싣습니다" in answer.text
        assert f"{base}/candidates" not in answer.text
    number = candidate_number(listing.settings.secret, scene.opening_id, people.youth.youth_id or 0)
    assert client.get(f"{base}/candidates/{number}").status_code == 404
    ask = {"message": "안녕하십니까", "answer_by": "2026-11-28"}
    assert post(client, f"{base}/candidates/{number}/ask", ask).status_code == 404
    assert post(client, f"{base}/candidates/{number}/mark", {"state": ""}).status_code == 404
