"""An assignment round as its people walk it: wishes by keyboard on a phone, then two desks."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlmodel import select

from models.assignment import AssignmentRound, RoundState
from tests.browser.conftest import PHONE, Open, Site
from tests.browser.counted import Counted
from tests.factories import TODAY

AXE = Axe()
EVERYTHING = {"resultTypes": ["violations"]}


def _open_round(site: Site) -> int:
    with site.services.database.reading() as session:
        row = session.exec(
            select(AssignmentRound).where(AssignmentRound.state == RoundState.WISHES_OPEN)
        ).one()
    return row.id or 0


def _press(page: Page, name: str) -> None:
    """Tab on until the button of this name has the focus, then Enter."""
    for _try in range(40):
        page.keyboard.press("Tab")
        held = page.evaluate(
            "(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
            " || '').trim()"
        )
        if held == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way by keyboard to {name}")


def test_a_young_person_ranks_openings_on_a_phone_with_the_keyboard_alone(
    desk: Open, site: Site
) -> None:
    young = desk("youth", 0, viewport=PHONE)
    page = young.open(f"/youth/rounds/{_open_round(site)}")
    assert young.has_no_overflow()
    chosen = page.locator('select[name="wish"]')
    before = [each.input_value() for each in chosen.all()]
    assert [value.split("-")[1] for value in before] == ["1", "2"]
    second = page.locator("li.item").nth(1).locator("h3").inner_text()
    chosen.first.focus()
    _press(page, f"{second} 위로")
    after = [each.input_value() for each in page.locator('select[name="wish"]').all()]
    assert [value.split("-")[0] for value in after] == [
        value.split("-")[0] for value in reversed(before)
    ]
    page.locator('select[name="wish"]').nth(1).focus()
    page.keyboard.press("ArrowUp")
    _press(page, "희망 저장하기")
    equal = [each.input_value() for each in page.locator('select[name="wish"]').all()]
    assert [value.split("-")[1] for value in equal] == ["1", "1"]
    found = AXE.run(page, options=EVERYTHING).response["violations"]
    assert [each["id"] for each in found] == []


def test_a_desk_goes_from_wishes_to_the_result_in_five_clicks_and_a_second_person_in_three(
    desk: Open, site: Site
) -> None:
    round_id = _open_round(site)
    with site.services.database.writing() as session:
        session.get_one(AssignmentRound, round_id).wishes_until = TODAY - timedelta(days=1)
    ours = desk("coordinator", 0)
    page = ours.open("/coordinator")
    hand = Counted(page)
    hand.link("/coordinator/assignments")
    hand.link(f"/coordinator/assignments/{round_id}")
    hand.button("시험 배정")
    hand.press(page.get_by_role("link", name=re.compile("증명 보기.*가장 많이")).first)
    hand.button("이 결과를 제안하기")
    assert hand.clicks == 5
    expect(page.locator("main")).to_contain_text("다른 계정의 확인을 기다립니다")
    assert page.get_by_role("button", name="확인하고 결과 내기").count() == 0
    assert ours.has_no_overflow()
    found = AXE.run(page, options=EVERYTHING).response["violations"]
    assert [each["id"] for each in found] == []
    second = desk("centre", 0, viewport=PHONE)
    page = second.open("/centre")
    hand = Counted(page)
    hand.link("/centre/assignments")
    hand.link(f"/centre/assignments/{round_id}")
    assert second.has_no_overflow()
    hand.button("확인하고 결과 내기")
    assert hand.clicks == 3
    expect(page.locator("h1")).to_contain_text("배정되었습니다")
    with site.services.database.reading() as session:
        assert session.get_one(AssignmentRound, round_id).state is RoundState.PUBLISHED


@pytest.mark.parametrize("role", ["partner", "youth"])
def test_both_sides_find_the_result_on_a_phone(desk: Open, site: Site, role: str) -> None:
    reader = desk(role, 0, viewport=PHONE)
    for path in (f"/{role}/rounds", f"/{role}/rounds/1"):
        page = reader.open(path)
        assert reader.has_no_overflow()
        found = AXE.run(page, options=EVERYTHING).response["violations"]
        assert [each["id"] for each in found] == []
