"""A badge on its way: handed in by keyboard it raises a score; tried with the demo's own file and
taken back; in somebody else's name it waits for a desk."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlmodel import select

from matcher.catalogue.demo.standing import OPENINGS
from matcher.wiring import Services
from models.opening import Opening
from tests.badge_desk import certificate_badge, trust
from tests.browser.conftest import PHONE, Desk, Open
from tests.demo_data import DemoAccounts

AXE = Axe()
EVERYTHING = {"resultTypes": ["violations"]}
COUNTED = "배지가 확인되어 기록에 반영됐어요"
WAITING = "담당자가 내 배지인지 살펴봐요"
DVA = "AWS Certified Developer - Associate"
RESULT = re.compile(r"/youth/badges/\d+$")


@pytest.fixture(scope="module")
def demo_services(demo_services: Services) -> Services:
    """The demo, trusting a university whose key only this file has."""
    trust(demo_services)
    return demo_services


def faults(page: Page) -> list[str]:
    found = AXE.run(page, options=EVERYTHING).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


def tab_to(page: Page, selector: str) -> None:
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"the keyboard never reaches {selector}")


def score_of(page: Page) -> float:
    return float(re.findall(r"\d\.\d", page.locator(".fit-l b").first.inner_text())[0])


def asking_for_it(services: Services) -> str:
    """The opening of the tour that asks for Solutions Architect - Associate."""
    with services.database.reading() as session:
        title = Opening.title_ko == OPENINGS[0].title_ko
        return f"/youth/openings/{session.exec(select(Opening.id).where(title)).one()}"


def upload(page: Page, path: Path) -> None:
    page.locator("#f-file").set_input_files(path)
    with page.expect_navigation():
        page.locator("#hand-in button").click()


def test_a_signed_badge_handed_in_with_the_keyboard_alone_raises_a_score(
    desk: Open, demo_services: Services, demo_accounts: DemoAccounts, tmp_path: Path
) -> None:
    young: Desk = desk("youth", 0, viewport=PHONE)
    wanted = asking_for_it(demo_services)
    page = young.open(wanted)
    before, asked = score_of(page), page.locator("li.req").first
    expect(asked).to_have_class("req not")
    badge = tmp_path / "badge.jwt"
    badge.write_bytes(certificate_badge(demo_accounts["youth"][0].email))

    page = young.open("/youth/badges")
    assert young.has_no_overflow()
    assert faults(page) == []
    tab_to(page, "#f-file")
    page.locator("#f-file:focus").set_input_files(badge)  # the dialog itself is the system's
    tab_to(page, "#hand-in button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert RESULT.search(page.url)
    expect(page.locator("h1")).to_have_text(COUNTED)
    expect(page.locator("main .proof-4").first).to_be_visible()
    assert young.has_no_overflow()
    assert faults(page) == []
    tab_to(page, 'main a[href="/youth/openings"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert young.path == "/youth/openings"

    page = young.open(wanted)
    expect(asked).to_have_class("req met")
    expect(asked.locator(".proof-4")).to_be_visible()
    assert score_of(page) > before


def test_the_badge_of_the_demo_is_tried_and_taken_back(desk: Open, tmp_path: Path) -> None:
    young: Desk = desk("youth", 1, viewport=PHONE)
    page = young.open("/youth/badges")
    with page.expect_download() as download:
        page.get_by_role("link", name="데모 배지 받기").click()
    assert download.value.suggested_filename == "oreum-demo-badge.jwt"
    badge = tmp_path / "badge.jwt"
    download.value.save_as(badge)
    upload(page, badge)
    expect(page.locator("h1")).to_have_text(COUNTED)
    certificate = page.locator('main dl a[href="/youth/certifications/SAA"]')
    expect(certificate).to_be_visible()

    with page.expect_navigation():
        page.get_by_role("button", name="배지 거두기").click()
    assert young.path == "/youth/badges"
    expect(page.locator(".toast")).to_be_visible()
    expect(page.locator("main li.entry").filter(has_text="Solutions Architect")).to_have_count(0)
    assert young.has_no_overflow()
    assert faults(page) == []


def test_a_badge_for_another_address_counts_after_a_desk_looked(
    desk: Open, demo_accounts: DemoAccounts, tmp_path: Path
) -> None:
    young: Desk = desk("youth", 1, viewport=PHONE)
    badge = tmp_path / "badge.jwt"
    badge.write_bytes(certificate_badge("bada.old@example.com", name=DVA, id="urn:uuid:bada"))
    page = young.open("/youth/badges")
    upload(page, badge)
    expect(page.locator("h1")).to_have_text(WAITING)
    expect(page.locator("main dl .proof")).to_have_count(0)
    result = young.path

    staff = desk("coordinator", _of(demo_accounts, "coordinator.halla@example.kr"))
    queue = staff.open("/coordinator/badges")
    assert faults(queue) == []
    with queue.expect_navigation():
        queue.locator("tr").filter(has_text=DVA).get_by_role("link").click()
    assert faults(queue) == []
    assert staff.has_no_overflow()
    with queue.expect_navigation():
        queue.locator('form[action$="/accept"] button').click()
    expect(queue.locator(".toast")).to_be_visible()

    page = young.open(result)
    expect(page.locator("h1")).to_have_text(COUNTED)
    expect(page.locator("main dl .proof-4")).to_be_visible()


def _of(accounts: DemoAccounts, email: str) -> int:
    return [each.email for each in accounts["coordinator"]].index(email)
