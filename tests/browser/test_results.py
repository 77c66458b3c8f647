"""The evaluation pack and the results: every number opens, every page sound for all."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open

AXE = Axe()
EVERYTHING = {"resultTypes": ["violations"]}


def test_a_number_opens_its_people_with_one_click(desk: Open) -> None:
    page = desk("coordinator", 0).open("/coordinator/results?by=project")
    link = page.locator("table.to-cards td a").first
    count = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_contain_text(f"{count}명")


@pytest.mark.parametrize(
    "path",
    [
        "/coordinator/results?by=cohort",
        "/coordinator/results/rows",
        "/coordinator/packs",
        "/coordinator/packs/preview",
    ],
)
def test_the_pages_pass_axe_and_fit_a_phone(desk: Open, path: str) -> None:
    staff = desk("coordinator", 0, viewport=PHONE)
    page = staff.open(path)
    found = AXE.run(page, options=EVERYTHING).response["violations"]
    assert [each["id"] for each in found] == []
    assert staff.has_no_overflow()
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
