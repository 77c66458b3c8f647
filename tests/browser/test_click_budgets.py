"""A coordinator's and the centre's tasks, each within its number of clicks from the first screen.

The assignment, which takes two people, is in test_assignment.py.
"""

import re

from playwright.sync_api import expect

from matcher.rendering import pdf
from tests.browser.conftest import Desk, Open
from tests.browser.counted import Counted


def at_home(desk: Open, role: str) -> tuple[Desk, Counted]:
    staff: Desk = desk(role, 0)
    return staff, Counted(staff.open(f"/{role}"))


def test_every_number_of_a_home_opens_its_list_in_one_click(desk: Open) -> None:
    staff, hand = at_home(desk, "coordinator")
    counters = hand.page.locator(".tally-side a").all()
    waiting = {each.get_attribute("href"): each.locator("b").inner_text() for each in counters}
    opened = 0
    for href, shown in waiting.items():
        number = re.sub(r"\D", "", shown)
        if number == "0":
            continue
        page = staff.open("/coordinator")
        hand.press(page.locator(f'.tally-side a[href="{href}"]'))
        opened += 1
        assert number in re.findall(r"\d+", page.locator("h1").inner_text()), href
    assert hand.clicks == opened >= 8


def test_a_waiting_opening_is_approved_in_one_click_from_the_queue(desk: Open) -> None:
    _centre, hand = at_home(desk, "centre")
    hand.link("/centre/approvals")
    waiting = hand.page.locator('form[action^="/centre/approvals/openings/"]')
    before = waiting.count()
    assert before >= 1
    hand.press(waiting.first.locator('button[value="approve"]'))
    assert hand.clicks == 2
    expect(hand.page.locator('form[action^="/centre/approvals/openings/"]')).to_have_count(
        before - 1
    )


def test_proofs_are_judged_in_two_clicks_each_the_way_there_counted(desk: Open) -> None:
    _staff, hand = at_home(desk, "coordinator")
    hand.link("/coordinator/evidence")
    hand.button("하나씩 확인하기")
    judged = 0
    while judged < 3 and "/coordinator/evidence/" in hand.page.url:
        hand.press(hand.page.locator('form[action$="/accept"] button').first)
        judged += 1
    assert judged >= 2
    assert hand.clicks <= 2 * judged


def test_a_cohort_gets_a_path_suggested_in_four_clicks(desk: Open) -> None:
    staff, hand = at_home(desk, "coordinator")
    hand.link("/coordinator/templates")
    hand.press(hand.page.locator("main table a").first)
    hand.page.locator("#f-status").select_option("enrolled")
    hand.button("미리 보기")
    hand.press(hand.page.locator('form[action$="/suggest"] button'))
    assert hand.clicks <= 4
    expect(hand.page.locator(".toast").first).to_contain_text("제안을 보냈습니다")
    assert staff.has_no_overflow()


def test_which_course_to_run_is_answered_and_bundled_in_three_clicks_and_kept_in_a_fourth(
    desk: Open,
) -> None:
    staff, hand = at_home(desk, "coordinator")
    hand.link("/coordinator/planning")
    page = hand.page
    expect(page.locator("h1")).to_contain_text("자리로")
    page.locator("#f-seats").fill("10")
    hand.button("셈하기")
    expect(page.locator("h1")).to_contain_text("10자리로")
    for box in page.locator('input[name="course"]:visible').all()[:2]:
        box.check()
    hand.button("고른 과정을 묶어 보기")
    assert hand.clicks == 3
    expect(page.get_by_role("heading", name=re.compile("고른 묶음은"))).to_be_visible()
    page.locator("#f-name").fill("열 자리씩")
    hand.press(page.locator("#save button"))
    expect(page.locator("main")).to_contain_text("열 자리씩")
    assert staff.has_no_overflow()


def test_a_proposed_outcome_takes_one_click_from_its_list(desk: Open) -> None:
    _staff, hand = at_home(desk, "coordinator")
    hand.link("/coordinator/outcomes?show=proposed")
    confirm = hand.page.locator('button[value="confirm"]')
    before = confirm.count()
    assert before > 0
    hand.press(confirm.first)
    assert hand.clicks == 2
    expect(confirm).to_have_count(before - 1)


def test_an_evaluation_pack_is_frozen_and_fetched_in_three_clicks(desk: Open) -> None:
    _staff, hand = at_home(desk, "coordinator")
    hand.link("/coordinator/packs/preview")
    hand.button("이대로 굳히기")
    expect(hand.page.locator("h1")).to_contain_text("굳힌")
    kind = "PDF" if pdf.is_available() else "XLSX"
    hand.page.get_by_label("받는 까닭").fill("도에 보고")
    file = hand.fetch(hand.page.get_by_role("button", name=f"{kind} 내려받기"))
    assert file.suggested_filename.startswith("oreum-evaluation-")
    assert hand.clicks == 3
