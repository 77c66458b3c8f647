"""The path as a person walks it: plan, move the slider, accept, change pace, see the tasks."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Desk, Open

AXE = Axe()
EVERYTHING = {"resultTypes": ["violations"]}
PLAN = re.compile(r"/youth/plans/(\d+)$")
AIP = "/youth/path?target=certification:AIP&hours=10&budget=&by="
SAP = "/youth/path?target=certification:SAP&hours=10&budget=&by="


def _first_day(page: Page) -> str:
    return str(page.locator('#result form input[name="finish"]').first.get_attribute("value"))


def _set_pace(page: Page, hours: str) -> None:
    form = page.locator('form[action$="/pace"]')
    form.locator('input[type="range"]').fill(hours)
    with page.expect_navigation():
        form.locator("button").click()


def _days(page: Page) -> list[str]:
    page.locator("#tasks .task").first.wait_for()
    return [each.inner_text() for each in page.locator("#tasks .task .meta").all()]


def test_moving_the_slider_redraws_the_paths_without_loading_the_page(desk: Open) -> None:
    page = desk("youth", 0).open(SAP)
    page.evaluate("document.body.dataset.same = 'yes'")
    before = _first_day(page)
    slider = page.locator("#f-hours")
    slider.focus()
    for _press in range(10):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#hours-shown")).to_have_text("20시간")
    expect(page.locator("#result-said")).to_contain_text("길을 다시 계산했어요")
    page.wait_for_url("**hours=20**")
    assert _first_day(page) < before
    assert page.locator("body").get_attribute("data-same") == "yes"
    expect(slider).to_be_focused()
    page.reload()
    expect(page.locator("#hours-shown")).to_have_text("20시간")


def test_an_accepted_path_becomes_tasks_that_move_with_the_pace(desk: Open) -> None:
    young: Desk = desk("youth", 1, viewport=PHONE)
    page = young.open(SAP)
    with page.expect_navigation():
        page.locator("#result form button").first.click()
    assert PLAN.search(page.url)
    before = _days(page)
    assert len(before) >= 1
    _set_pace(page, "5")
    after = _days(page)
    assert len(after) == len(before)
    assert after[-1] != before[-1]
    assert young.has_no_overflow()
    with page.expect_navigation():
        page.locator('#tasks form button:has-text("했어요")').first.click()
    expect(page.locator("#tasks .is-over")).to_have_count(1)
    young.open("/youth")
    assert young.has_no_overflow()


def test_the_days_of_an_accepted_path_are_in_the_calendar(desk: Open) -> None:
    young: Desk = desk("youth", 3)
    page = young.open(AIP)
    with page.expect_navigation():
        page.locator("#result form button").first.click()
    page = young.open("/youth/calendar")
    with page.expect_navigation():
        page.locator('form[action^="/youth/calendar/feed"] button').first.click()
    address = str(page.locator("#feed input[readonly]").get_attribute("value"))
    feed = page.request.get(address.replace("webcal:", "http:"))
    assert feed.status == 200
    assert "AIP-C01" in feed.text()
    assert "TZID=Asia/Seoul" in feed.text() or "VALUE=DATE" in feed.text()


def test_the_whole_way_works_with_the_keyboard_alone(desk: Open) -> None:
    young: Desk = desk("youth", 2)
    page = young.open(SAP)
    page.locator("#f-target").focus()
    _tab_to(page, "#f-hours")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#result-said")).to_contain_text("길을 다시 계산했어요")
    _tab_to(page, '#result form[action="/youth/plans"] button')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert PLAN.search(page.url)
    _tab_to(page, '#tasks form[action*="/steps/"] button')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#tasks .is-over")).to_have_count(1)


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element of the selector has the focus."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"the keyboard never reaches {selector}")


def test_certificates_on_the_map_are_reached_with_the_keyboard(desk: Open) -> None:
    young: Desk = desk("youth", 0)
    page = young.open("/youth/path")
    link = page.locator('svg.map a[href="/youth/certifications/SAA"]')
    page.locator("#map").scroll_into_view_if_needed()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/youth/certifications/SAA")
    expect(page.locator("h1")).to_have_count(1)


def test_the_pages_of_a_path_fit_a_phone_and_pass_the_accessibility_check(desk: Open) -> None:
    young: Desk = desk("youth", 0, viewport=PHONE)
    page = young.open(AIP)
    with page.expect_navigation():
        page.locator("#result form button").first.click()
    here = young.path
    with page.expect_navigation():
        page.locator('form[action$="/submit"] button').click()
    faults = _faults(young, [SAP, "/youth/path?target=certification:SAP&hours=0", here])
    staff: Desk = desk("coordinator", 0, viewport=PHONE)
    faults += _faults(staff, ["/coordinator/plans", here.replace("/youth/", "/coordinator/")])
    expect(staff.page.locator('form button[value="return"]')).to_have_count(1)
    assert faults == []


def _faults(desk: Desk, paths: list[str]) -> list[str]:
    """With everything folded away opened."""
    found = []
    for path in paths:
        page = desk.open(path)
        page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
        if not desk.has_no_overflow():
            found.append(f"{path}: wider than 360 px")
        violations = AXE.run(page, options=EVERYTHING).response["violations"]
        found += [f"{path}: {each['id']}" for each in violations]
    return found


def test_without_scripts_the_form_and_the_tasks_work_too(desk: Open) -> None:
    young: Desk = desk("youth", 3, java_script_enabled=False)
    page = young.open(SAP)
    before = _first_day(page)
    page.locator("#f-hours").fill("20")
    with page.expect_navigation():
        page.locator("form.wishes button").click()
    assert "hours=20" in page.url
    assert _first_day(page) < before
    with page.expect_navigation():
        page.locator("#result form button").first.click()
    assert PLAN.search(page.url)
    with page.expect_navigation():
        page.locator('form[action$="/submit"] button').click()
    coordinator = desk("coordinator", 0)
    coordinator.open("/coordinator/plans")
    expect(coordinator.page.locator("h1")).to_have_count(1)
