"""Proofs from the upload to the judged skill, by keyboard; and the home's numbers by mouse."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open
from tests.factories import PICTURE

AXE = Axe()
EVERYTHING = {"resultTypes": ["violations"]}


def faults(page: Page) -> list[str]:
    found = AXE.run(page, options=EVERYTHING).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


def hand_in(page: Page, note: str) -> None:
    form = page.locator("#hand-in")
    form.locator("#f-about").select_option(label="다른 곳에서 들은 과정")
    form.locator("#f-level").select_option("3")
    form.locator("#f-title").fill("데모 과정")
    form.locator("#f-skill").fill("git")
    form.locator("#f-file").set_input_files(
        {"name": f"{note}.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    form.locator("#f-note").fill(note)
    with page.expect_navigation():
        form.locator("button").click()


def test_a_proof_goes_from_upload_to_a_judged_skill_with_one_key_an_item(desk: Open) -> None:
    young = desk("youth", 0, viewport=PHONE)
    page = young.open("/youth/evidence")
    hand_in(page, "키보드 여정")
    expect(page.locator(".toast")).to_be_visible()
    assert young.has_no_overflow()
    assert faults(page) == []
    staff = desk("coordinator", 0)
    review = staff.open("/coordinator")
    with review.expect_navigation():
        review.locator('.tally-side a[href="/coordinator/evidence"]').click()
    with review.expect_navigation():
        review.keyboard.press("n")
    for _each in range(12):
        assert "/coordinator/evidence/" in review.url
        mine = review.locator("text=키보드 여정").count() > 0
        if mine:
            assert review.locator(".document img").evaluate("each => each.naturalWidth") == 1
            assert faults(review) == []
        before = review.url
        with review.expect_navigation():
            review.keyboard.press("a")
        assert review.url != before
        if mine:
            break
    else:
        raise AssertionError("the proof never came")
    page = young.open("/youth/evidence")
    line = page.locator(".entry", has_text="데모 과정")
    expect(line).to_contain_text("받아들임")
    page = young.open("/youth/skills")
    expect(page.locator("#skill-git")).to_contain_text("3수준")
    expect(page.locator("#skill-git")).to_contain_text("대학이 확인")


def test_without_scripts_the_focus_stands_on_the_answer_and_enter_gives_it(desk: Open) -> None:
    staff = desk("coordinator", 1, java_script_enabled=False)
    page = staff.open("/coordinator/evidence")
    with page.expect_navigation():
        page.locator('form[action$="/evidence/next"] button').press("Enter")
    first = page.url
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url != first
    undo = page.locator('form[action$="/undo"] button').first
    with page.expect_navigation():
        undo.press("Enter")
    assert page.url == first


PATHS = ["", "/evidence", "/outcomes?show=due", "/duplicates", "/counselling"]


@pytest.mark.parametrize("path", PATHS)
def test_the_desk_fits_a_phone_and_a_screen_reader(desk: Open, path: str) -> None:
    for role in ("coordinator", "centre"):
        staff = desk(role, 0, viewport=PHONE)
        page = staff.open(f"/{role}{path}")
        assert staff.has_no_overflow()
        assert faults(page) == []
