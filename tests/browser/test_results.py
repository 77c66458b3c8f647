"""The evaluation pack as a coordinator makes it: three clicks, and every page sound for all."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from matcher.rendering import pdf
from tests.browser.conftest import PHONE, Open

AXE = Axe()
EVERYTHING = {"resultTypes": ["violations"]}


def test_year_and_project_to_the_file_are_three_clicks(desk: Open) -> None:
    page = desk("coordinator", 0).open("/coordinator/packs")
    page.get_by_role("button", name="수를 미리 보기").click()
    page.get_by_role("button", name="이대로 굳히기").click()
    expect(page.locator("h1")).to_contain_text("굳힌")
    kind = "PDF" if pdf.is_available() else "XLSX"
    with page.expect_download(timeout=60_000) as found:
        page.get_by_role("link", name=f"{kind} 내려받기").click()
    assert found.value.suggested_filename.startswith("oreum-evaluation-")


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
