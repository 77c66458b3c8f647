"""A link is given away, read by somebody without an account, counted, and ended; a fact is proved
without a name."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from matcher.wiring import Services
from tests.browser.conftest import PHONE, Open
from tests.sharing_desk import signing

AXE = Axe()
EVERYTHING = {"resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def demo_services(demo_services: Services) -> Services:
    """The demo with a key to sign with."""
    return signing(demo_services)


def faults(page: Page) -> list[str]:
    found = AXE.run(page, options=EVERYTHING).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


def test_a_shared_link_shows_the_chosen_parts_counts_and_ends_at_once(desk: Open) -> None:
    owner = desk("youth", 0, viewport=PHONE)
    page = owner.open("/youth/sharing")
    name = page.locator(".tool-name").first.text_content() or ""
    form = page.locator("#make")
    form.get_by_role("checkbox", name="기술과 수준").uncheck()
    form.get_by_role("checkbox", name="자격").check()
    form.locator("#f-label").fill("면접에서 보여 줄 링크")
    with page.expect_navigation():
        form.get_by_role("button", name="링크 만들기").click()
    address = page.locator("code.token").text_content() or ""
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/shared/[\w-]{43}", address)
    assert owner.has_no_overflow()
    assert faults(page) == []

    reader = desk(viewport=PHONE)
    seen = reader.open(address.removeprefix(reader.site.url))
    expect(seen.locator("h1")).to_have_text("이름 없이 보여 준 기록입니다")
    expect(seen.get_by_role("heading", name="AWS 자격")).to_be_visible()
    for hidden in ("기술과 수준", "수료한 과정", "함께한 프로젝트", "누구의 기록인가"):
        expect(seen.get_by_role("heading", name=hidden, exact=True)).to_have_count(0)
    assert name
    assert name not in seen.content()
    assert reader.has_no_overflow()
    assert faults(seen) == []

    page = owner.open("/youth/sharing")
    link = page.locator("li.entry").filter(has_text="면접에서 보여 줄 링크")
    expect(link).to_contain_text("1번 열림")
    with page.expect_navigation():
        link.get_by_role("button", name="끝내기").click()
    expect(page.locator(".toast")).to_be_visible()
    seen.reload()
    expect(seen.locator("h1")).to_have_text("이 링크는 끝났습니다")
    page.get_by_role("link", name="면접에서 보여 줄 링크").click()
    expect(page.locator("h1")).to_contain_text("1번 열렸어요")
    expect(page.get_by_text("끝난 뒤라 보지 못함")).to_be_visible()
    assert faults(page) == []


def test_a_fact_is_proved_without_a_name_and_checked_by_a_stranger(desk: Open) -> None:
    owner = desk("youth", 0, viewport=PHONE)
    page = owner.open("/youth/facts")
    facts = page.get_by_role("group", name="사실").get_by_role("checkbox")
    chosen = page.get_by_role("group", name="사실").locator("label").first.text_content() or ""
    facts.first.check()
    with page.expect_navigation():
        page.get_by_role("button", name="증명 만들기").click()
    token = page.locator("#f-proof").input_value()
    assert owner.has_no_overflow()
    assert faults(page) == []

    stranger = desk(viewport=PHONE)
    check = stranger.open("/facts")
    check.locator("#f-token_text").fill(token)
    with check.expect_navigation():
        check.get_by_role("button", name="확인하기").click()
    expect(check.locator("h1")).to_have_text("진짜입니다")
    expect(check.get_by_text(chosen.strip(), exact=True)).to_be_visible()
    assert stranger.has_no_overflow()
    assert faults(check) == []
    middle = len(token.split("~")[0]) // 2
    other = "A" if token[middle] != "A" else "B"
    check.locator("#f-token_text").fill(token[:middle] + other + token[middle + 1 :])
    with check.expect_navigation():
        check.get_by_role("button", name="확인하기").click()
    expect(check.locator("h1")).to_have_text("믿을 수 없습니다")
