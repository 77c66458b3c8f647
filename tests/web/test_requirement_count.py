"""The live count and the page of easings in the browser."""

import re
from collections.abc import Mapping

import pytest
from sqlmodel import select

from matcher.wiring import Services
from models.account import ThrottleHit
from models.opening import Opening, OpeningRequirement
from tests import factories
from tests.conftest import SignIn, post, token_of
from tests.partner_desk import Scene, set_scene
from tests.people import People

ROWS: dict[str, object] = {
    "sector": "space",
    "starts_on": "",
    "req_kind": ["must", "nice"],
    "req_text": ["python", ""],
    "req_level": ["3", ""],
    "req_pick": ["", ""],
}
WHOLE: dict[str, object] = {
    **ROWS, "title_ko": "위성 데이터 엔지니어", "title_en": "", "description": "영상을 다듬습니다.",
    "employment_type": "permanent", "region": "jeju-si", "headcount": "2", "pay_min_krw": "",
    "pay_max_krw": "", "opens_on": "2026-11-21", "closes_on": "2026-12-31", "version": "1",
}  # fmt: skip


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def part(browser, path: str, data: Mapping[str, object]):  # type: ignore[no-untyped-def]
    headers = {"Sec-Fetch-Site": "same-origin", "HX-Request": "true"}
    return browser.post(path, data={"csrf": token_of(browser), **data}, headers=headers)


def test_the_count_comes_as_a_part_for_htmx_and_as_a_page_without(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    for path in ("/partner/openings/count", f"/partner/openings/{scene.opening_id}/count"):
        piece = part(browser, path, ROWS)
        assert (piece.status_code, "<html" in piece.text) == (200, False)
        assert "모두 갖춤" in piece.text
        assert re.search(r">5명 미만</b>\s*모두 갖춤", piece.text)
        whole = post(browser, path, ROWS)
        assert (whole.status_code, whole.text.count("<h1")) == (200, 1)
        assert 'name="take"' not in whole.text
    with services.database.reading() as session:
        assert len(session.exec(select(Opening)).all()) == 2
        assert len(session.exec(select(OpeningRequirement)).all()) == 4


def test_a_form_asks_its_own_address_and_sends_only_what_is_counted(
    people: People, scene: Scene, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    own = f"/partner/openings/{scene.opening_id}"
    for path, address in (
        ("/partner/openings/new", "/partner/openings/count"),
        (f"{own}/edit", f"{own}/count"),
    ):
        page = browser.get(path).text
        found = re.search(r'data-hx-post="([^"]+)"[^>]*data-hx-params="([^"]+)"', page)
        assert found is not None
        assert found[1] == address
        sent = {name: ROWS[name] for name in found[2].split(",") if name != "csrf"}
        assert part(browser, found[1], sent).status_code == 200
        assert set(sent) == set(ROWS)


def test_the_check_button_counts_without_script_and_loses_nothing(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    for path in ("/partner/openings/new", f"/partner/openings/{scene.opening_id}/edit"):
        shown = post(browser, path, {**WHOLE, "check": "1"})
        assert shown.status_code == 200
        assert "모두 갖춤" in shown.text
        assert "영상을 다듬습니다." in shown.text


def test_an_easing_is_taken_over_by_press_and_by_link_and_nothing_is_saved(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    edit = f"/partner/openings/{scene.opening_id}/edit"
    pressed = post(browser, edit, {**WHOLE, "take": "skill:python=level:2|start=2027-02-12"})
    linked = browser.get(edit, params={"take": "skill:python=level:2|start=2027-02-12"})
    for page in (pressed, linked):
        assert page.status_code == 200
        assert "아직 저장하지 않았습니다" in page.text
        assert re.search(r'name="starts_on" type="date" value="2027-02-12"', page.text)
        levels = re.findall(r'<option value="(\d)" selected>', page.text)
        assert levels[0] == "2"
    with services.database.reading() as session:
        rows = session.exec(select(OpeningRequirement).order_by("id")).all()
        assert [each.level for each in rows] == [3, 2, 3, 2]


def test_a_locked_start_is_not_moved(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        factories.application(session, scene.opening_id, people.youth.youth_id or 0)
    edit = f"/partner/openings/{scene.opening_id}/edit"
    page = sign_in(people.partner).get(edit, params={"take": "start=2027-02-12"})
    assert page.status_code == 200
    assert 'value="2027-02-12"' not in page.text


def test_too_many_questions_stop_the_count_and_not_the_form(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    account, firm = people.partner.account_id, people.partner.organisation_id
    with services.writing() as unit:
        for _each in range(60):
            unit.session.add(ThrottleHit(bucket=f"count:{account}", at=unit.now))
    browser = sign_in(people.partner)
    stopped = part(browser, "/partner/openings/count", ROWS)
    assert stopped.status_code == 429
    assert 1 <= int(stopped.headers["retry-after"]) <= 60
    shown = post(browser, "/partner/openings/new", {**WHOLE, "check": "1"})
    assert shown.status_code == 200
    assert "적으신 것은 그대로 있습니다" in shown.text
    saved = post(browser, "/partner/openings/new", {**WHOLE, "save": "1"})
    assert saved.status_code == 303
    with services.database.reading() as session:
        hits = session.exec(select(ThrottleHit)).all()
    assert sum(each.bucket == f"count-organisation:{firm}" for each in hits) == 1


@pytest.mark.parametrize("change", [
    {"req_kind": ["must"]}, {"starts_on": "2027-13-01"}, {"sector": "x" * 50}, {"more": "1"},
])  # fmt: skip
def test_a_part_that_cannot_be_read_says_so(
    people: People, scene: Scene, sign_in: SignIn, change: dict[str, object]
) -> None:
    answer = part(sign_in(people.partner), "/partner/openings/count", {**ROWS, **change})
    assert answer.status_code == 422
    assert 'class="error"' in answer.text


def test_the_page_of_easings_answers_in_its_heading(
    people: People, scene: Scene, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    path = f"/partner/openings/{scene.opening_id}/relaxations"
    page = browser.get(path)
    assert page.status_code == 200
    assert "모두 갖춘 사람은 1명이고, 요건을 낮추어도 늘지 않습니다" in page.text
    english = browser.get(f"{path}?lang=en", follow_redirects=True)
    assert "Meeting everything: 1 person, and asking less brings no more" in english.text


def test_a_posting_without_structure_says_it_is_not_matched_on_list_form_and_page(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        firm = people.partner.organisation_id or 0
        bare = factories.opening(session, firm, title_ko="빈 공고").id
        factories.requirement(session, bare or 0, "linux", kind="exclude")
    browser = sign_in(people.partner)
    listed = browser.get("/partner/openings").text
    assert listed.count("요건이 없어 맞는 후보를 찾지 않습니다.") == 1
    assert "요건이 없어 맞는 후보를 찾지 않습니다." in browser.get(f"/partner/openings/{bare}").text
    for path in (f"/partner/openings/{bare}/edit", f"/partner/openings/{bare}/relaxations"):
        assert "하나도 없으면 후보를 찾지 않습니다" in browser.get(path).text


@pytest.mark.parametrize("text", ["\x00", "가" * 5_000, "' OR 1=1 --", "skill:", "🙂"])
def test_an_odd_requirement_is_only_not_counted(
    people: People, scene: Scene, sign_in: SignIn, text: str
) -> None:
    odd = {"req_text": [text, "python"], "req_level": ["9", "3"], "req_kind": ["must", "must"]}
    answer = part(sign_in(people.partner), "/partner/openings/count", {**ROWS, **odd})
    assert answer.status_code == 200
    assert "줄 1개는 빼고 세었습니다" in answer.text
