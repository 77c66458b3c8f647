"""A roster of 2,000 rows with mistakes, from the file to a desk that still works with it."""

import re
from pathlib import Path

from playwright.sync_api import expect

from matcher.jobs import imports
from tests.browser.conftest import Open
from tests.browser.counted import Counted
from tests.roster_files import planted, roster

ROWS = 2_000
SCREENS = (
    "", "/roster", "/evidence", "/templates", "/planning", "/assignments/new", "/outcomes",
    "/results", "/packs/preview", "/cohort", "/skills", "/forecast", "/duplicates",
)  # fmt: skip


def _people(hand: Counted) -> int:
    hand.page.goto(re.sub(r"(https?://[^/]+).*", r"\1/coordinator/roster", hand.page.url))
    return int(re.sub(r"\D", "", hand.page.locator("h1").inner_text()))


def _send(hand: Counted, path: Path) -> None:
    hand.page.locator("#f-kind").select_option("youths")
    hand.page.locator("#f-file").set_input_files(path)
    hand.button("올리고 확인하기")


def test_two_thousand_rows_with_mistakes_are_mended_and_stored_and_every_screen_still_opens(
    desk: Open, tmp_path: Path
) -> None:
    staff = desk("coordinator")
    staff.context.set_default_timeout(60_000)
    hand = Counted(staff.open("/coordinator"))
    page, before = hand.page, _people(hand)
    wrong, mended = tmp_path / "명단.csv", tmp_path / "명단 고침.csv"
    wrong.write_text(roster(ROWS, planted()), encoding="utf-8")
    mended.write_text(roster(ROWS), encoding="utf-8")
    staff.open("/coordinator")
    with imports.working(staff.site.services):
        hand.link("/coordinator/imports")
        _send(hand, wrong)
        expect(page.locator("h1")).to_have_text("고칠 곳이 12개 있습니다", timeout=60_000)
        named = [each.inner_text() for each in page.locator("tbody th[scope=row].r").all()]
        wanted = sorted(each.line for each in planted())
        assert sorted(int(re.sub(r"\D", "", each)) for each in named) == wanted
        hand.press(page.get_by_role("link", name="고친 파일 올리기"))
        _send(hand, mended)
        expect(page.locator("h1")).to_have_text("2,000줄 모두 넣을 수 있습니다", timeout=60_000)
        hand.button("모두 저장하기")
        expect(page.locator("h1")).to_have_text("2,000줄을 저장했습니다", timeout=120_000)
    assert hand.clicks == 5
    assert _people(hand) == before + ROWS
    for path in SCREENS:
        staff.open(f"/coordinator{path}")
        expect(page.locator("h1")).to_have_count(1)
        assert staff.has_no_overflow(), path
