"""A roster with mistakes, mended, stored and taken back, as a coordinator does it."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from matcher.jobs import imports
from tests.browser.conftest import PHONE, Desk, Open
from tests.roster_files import planted, roster


def _send_file(desk: Desk, path: Path) -> Page:
    page = desk.open("/coordinator/imports")
    page.locator("#f-kind").select_option("youths")
    page.locator("#f-file").set_input_files(path)
    with page.expect_navigation():
        page.locator('form[enctype="multipart/form-data"] button').click()
    return page


def test_a_roster_with_mistakes_is_mended_stored_and_taken_back(desk: Open, tmp_path: Path) -> None:
    one = desk("coordinator")
    wrong, mended = tmp_path / "명단.csv", tmp_path / "명단 고침.csv"
    wrong.write_text(roster(2_000, planted()), encoding="utf-8")
    mended.write_text(roster(400), encoding="utf-8")
    with imports.working(one.site.services):
        page = _send_file(one, wrong)
        expect(page.locator("h1")).to_have_text("고칠 곳이 12개 있습니다", timeout=60_000)
        expect(page.locator("table tbody tr")).not_to_have_count(0)
        page = _send_file(one, mended)
        expect(page.locator("h1")).to_have_text("400줄 모두 넣을 수 있습니다", timeout=60_000)
        page.locator('form[action$="/store"] button').click()
        expect(page.locator("h1")).to_have_text("400줄을 저장했습니다", timeout=60_000)
    page.locator('main a[href*="/imports/batches/"]').click()
    with page.expect_navigation():
        page.locator('form[action$="/revert"] button').click()
    expect(page.locator("h1")).to_have_text(re.compile("되돌린 가져오기"))


def test_progress_is_seen_without_javascript_on_a_phone(desk: Open, tmp_path: Path) -> None:
    one = desk("coordinator", java_script_enabled=False, viewport=PHONE)
    path = tmp_path / "roster.csv"
    path.write_text(roster(30), encoding="utf-8")
    page = _send_file(one, path)
    expect(page.locator("progress")).to_have_count(1)
    imports.run(one.site.services)
    expect(page.locator("h1")).to_have_text("30줄 모두 넣을 수 있습니다", timeout=20_000)
    page.locator('form[action$="/drop"] button').click()
    expect(page).to_have_url(re.compile(r"/coordinator/imports$"))


def test_a_list_is_downloaded_with_a_reason(desk: Open) -> None:
    one = desk("coordinator")
    page = one.open("/coordinator/exports")
    page.locator("#f-kind").select_option("youths")
    page.locator("#f-reason").fill("시험")
    with page.expect_download() as download:
        page.locator('form[action$="/exports"] button').click()
    assert download.value.suggested_filename.startswith("oreum-youths-")
