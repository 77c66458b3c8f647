"""A coordinator's and the centre's tasks, each within its number of clicks after signing in.

Choosing from a list and typing are not counted, nor is signing in: pressing links and buttons is.
"""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Desk, Open


@dataclass
class Counted:
    """Presses for the person and counts."""

    page: Page
    clicks: int = 0

    def press(self, target: Locator) -> None:
        self.clicks += 1
        with self.page.expect_navigation():
            target.click()


def test_a_cohort_gets_a_path_suggested_in_four_clicks(desk: Open) -> None:
    staff: Desk = desk("coordinator", 0)
    page = staff.open("/coordinator/templates")
    hand = Counted(page)
    hand.press(page.locator("main table a").first)
    page.locator("#f-status").select_option("graduated")
    hand.press(page.get_by_role("button", name="미리 보기"))
    hand.press(page.locator('form[action$="/suggest"] button'))
    assert hand.clicks <= 4
    expect(page.locator(".toast, .note-ok").first).to_contain_text("제안을 보냈습니다")
    assert staff.has_no_overflow()


def test_a_waiting_opening_is_approved_in_one_click_from_the_queue(desk: Open) -> None:
    centre: Desk = desk("centre", 0)
    page = centre.open("/centre/approvals")
    hand = Counted(page)
    waiting = page.locator('form[action^="/centre/approvals/openings/"]')
    before = waiting.count()
    assert before >= 1
    hand.press(waiting.first.locator('button[value="approve"]'))
    assert hand.clicks == 1
    expect(page.locator('form[action^="/centre/approvals/openings/"]')).to_have_count(before - 1)
