"""Each role's main thing, from signing in to the end, as a person does it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from models.account import Account
from models.application import Application, Introduction, IntroductionState
from models.opening import Opening, OpeningState
from models.skill import SkillRecord
from models.youth import YouthProfile
from tests.browser.conftest import PHONE, Desk, Open

OPENING = re.compile(r"^/youth/openings/(\d+)")
CANDIDATE = re.compile(r"^/partner/openings/(\d+)/candidates/(\d+)")


def _hrefs(page: Page, beginning: str) -> list[str]:
    links = page.locator(f'main a[href^="{beginning}"]').all()
    return list(dict.fromkeys(str(link.get_attribute("href")) for link in links))


def _press(page: Page, action_end: str, name: str | None = None, value: str | None = None) -> None:
    """Press the (named) button of the form whose address ends so, wherever it is folded away."""
    form = page.locator(f'form[method="post"][action$="{action_end}"]').first
    button = f'button[name="{name}"][value="{value}"]' if name else "button"
    _send(page, form.locator(button).first)


def _send(page: Page, button: Locator) -> None:
    """Press a form's button and wait for the page that answers."""
    _unfold(page, button)
    with page.expect_navigation():
        button.click()


def _unfold(page: Page, target: Locator) -> None:
    """Open every closed <details> around the target, as a person would."""
    folded = page.locator("details:not([open])", has=target).all()
    for each in folded:
        each.locator("summary").first.click()


def _youth_journey(desk: Desk) -> int:
    """Signs in, adds a skill, opens the best opening, asks "what if", applies; its id."""
    page = desk.page
    assert desk.path == "/youth"
    desk.open("/youth/skills?q=쿠버네티스")
    page.locator('main a[href*="skill=kubernetes"]').first.click()
    form = page.locator('form[method="post"][action="/youth/skills"]')
    level = form.locator('[name="level"]').first
    if level.evaluate("each => each.tagName") == "SELECT":
        level.select_option("2")
    else:
        form.locator('[name="level"][value="2"]').check(force=True)
    _send(page, form.locator('button[type="submit"]').first)
    expect(page.locator('form[action="/youth/skills/kubernetes/withdraw"]')).to_have_count(1)
    desk.open("/youth/openings")
    for href in _hrefs(page, "/youth/openings/"):
        found = OPENING.match(href)
        if found is None:
            continue
        desk.open(found[0])
        if page.locator('form[method="post"][action$="/apply"]').count():
            break
    opening_id = int(OPENING.match(desk.path)[1])  # type: ignore[index]
    expect(page.locator("h1")).to_have_count(1)
    _ask_what_if(page)
    _apply(page, opening_id)
    return opening_id


def _ask_what_if(page: Page) -> None:
    form = page.locator('form[method="get"][action*="/youth/openings/"]')
    if form.count():
        box = form.locator('input[type="checkbox"]').first
        _unfold(page, box)
        box.check(force=True)
        form.locator("button").first.click()
        page.wait_for_url(re.compile(r"\?.*(skill|cert|course)="))


def _apply(page: Page, opening_id: int) -> None:
    form = page.locator(f'form[method="post"][action="/youth/openings/{opening_id}/apply"]')
    _unfold(page, form.locator("button").last)
    for box in form.locator('input[type="checkbox"]').all():
        box.check(force=True)
    _send(page, form.locator("button").last)


def _applications(desk: Desk, youth_id: int, opening_id: int) -> int:
    with desk.site.services.database.reading() as session:
        mine = select(Application).where(
            Application.youth_id == youth_id, Application.opening_id == opening_id
        )
        return len(session.exec(mine).all())


@pytest.mark.parametrize("is_scripted", [True, False], ids=["scripted", "without scripts"])
def test_a_young_person_adds_a_skill_looks_at_an_opening_and_applies(
    desk: Open, is_scripted: bool
) -> None:
    number = 0 if is_scripted else 1
    young = desk("youth", number, viewport=PHONE, java_script_enabled=is_scripted)
    opening_id = _youth_journey(young)
    assert _applications(young, number + 1, opening_id) == 1
    young.open("/youth/applications")
    expect(young.page.locator(f'main a[href="/youth/openings/{opening_id}"]').first).to_be_visible()
    with young.site.services.database.reading() as session:
        mine = select(SkillRecord).where(
            SkillRecord.youth_id == number + 1, SkillRecord.skill == "kubernetes"
        )
        assert [row.level for row in session.exec(mine)] == [2]


def _ask_for_an_introduction(partner: Desk) -> int:
    """Opens an own opening's candidates and asks for the first who can be asked; the row's id."""
    page = partner.page
    partner.open("/partner/openings")
    openings = [h for h in _hrefs(page, "/partner/openings/") if re.search(r"/\d+$", h)]
    for opening in openings:
        partner.open(opening + "/candidates")
        people = [m[0] for h in _hrefs(page, opening) if (m := CANDIDATE.match(h))]
        for person in dict.fromkeys(people):
            partner.open(person)
            if page.locator('form[action*="/ask?"]').count():
                before = _requested(partner)
                form = page.locator('form[action*="/ask?"]')
                _unfold(page, form.locator("textarea"))
                form.locator("textarea").fill("기록을 보고 연락드립니다. 이야기 나누고 싶습니다.")
                _send(page, form.locator("button").last)
                fresh = _requested(partner) - before
                assert len(fresh) == 1
                return fresh.pop()
    raise AssertionError("nobody could be asked")


def _requested(desk: Desk) -> set[int]:
    with desk.site.services.database.reading() as session:
        rows = session.exec(
            select(Introduction.id).where(Introduction.state == IntroductionState.REQUESTED)
        )
        return {row for row in rows if row is not None}


def test_a_partner_sees_a_name_only_after_the_young_person_says_yes(
    desk: Open,
) -> None:
    partner = desk("partner")
    introduction_id = _ask_for_an_introduction(partner)
    with partner.site.services.database.reading() as session:
        row = session.get_one(Introduction, introduction_id)
        account_id = session.get_one(YouthProfile, row.youth_id).account_id
        person = session.get_one(Account, account_id)
        name, email, opening_id = person.name, person.email, row.opening_id
    partner.open(f"/partner/openings/{opening_id}/candidates")
    assert name not in partner.page.locator("main").inner_text()
    young = desk()
    young.sign_in(email, "oreum-demo-2026")
    young.open(f"/youth/introductions/{introduction_id}")
    form = young.page.locator('form[action$="/accept"]')
    _unfold(young.page, form.locator("button").last)
    for box in form.locator('input[type="checkbox"]').all():
        box.check(force=True)
    _send(young.page, form.locator("button").last)
    partner.open("/partner/introductions")
    assert name in partner.page.locator("main").inner_text()


def test_a_coordinator_goes_from_the_desk_to_the_roster_to_a_person(desk: Open) -> None:
    coordinator = desk("coordinator")
    assert coordinator.path == "/coordinator"
    page = coordinator.page
    page.locator('nav a[href="/coordinator/roster"]').first.click()
    page.wait_for_url("**/coordinator/roster")
    page.locator('main a[href^="/coordinator/people/"]').first.click()
    page.wait_for_url("**/coordinator/people/*")
    expect(page.locator("h1")).to_have_count(1)
    coordinator.open("/coordinator/cohort")
    expect(page.locator("main svg").first).to_be_visible()
    expect(page.locator("main table").first).to_be_attached()


def test_the_centre_approves_a_waiting_opening(desk: Open) -> None:
    centre = desk("centre")
    assert centre.path == "/centre"
    centre.open("/centre/approvals")
    form = centre.page.locator('form[action^="/centre/approvals/openings/"]').first
    opening_id = int(str(form.get_attribute("action")).rsplit("/", 1)[1])
    button = form.locator('button[name="decision"]').first
    _send(centre.page, button)
    with centre.site.services.database.reading() as session:
        assert session.get_one(Opening, opening_id).state is OpeningState.PUBLISHED


def test_an_admin_reads_who_changed_what(desk: Open) -> None:
    admin = desk("admin")
    assert admin.path == "/admin"
    admin.page.locator('nav a[href="/admin/audit"]').first.click()
    admin.page.wait_for_url("**/admin/audit*")
    assert "login:succeeded" in admin.page.content() or admin.page.locator("main tr").count() > 1


def test_one_click_turns_every_page_english_and_back(desk: Open) -> None:
    young = desk("youth", 2)
    page = young.page
    assert page.locator("html").get_attribute("lang") == "ko"
    page.locator('.tools a[hreflang="en"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    young.open("/youth/openings")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator('.tools a[hreflang="ko"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")


def test_signing_out_needs_no_mouse(desk: Open) -> None:
    """Keyboard only: sign in, skip to the content, walk to the openings, open one, sign out."""
    young = desk()
    page = young.open("/login")
    _tab_to(page, 'input[name="email"]')
    page.keyboard.type("sol@example.com")
    _tab_to(page, 'input[name="password"]')
    page.keyboard.type("oreum-demo-2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/youth*")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    young.open("/youth/openings")
    _tab_to(page, 'main a[href^="/youth/openings/"]')
    assert _has_visible_focus(page)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/youth/openings/\d+"))
    _tab_to(page, ".tools details:last-of-type summary")
    page.keyboard.press("Enter")
    _tab_to(page, 'form[action="/logout"] button')
    page.keyboard.press("Enter")
    page.wait_for_url(young.site.url + "/")
    young.open("/youth")
    assert young.path == "/login"


def _tab_to(page: Page, selector: str) -> None:
    for _press_number in range(120):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def _has_visible_focus(page: Page) -> bool:
    script = """() => {
      const style = getComputedStyle(document.activeElement);
      return style.outlineStyle !== "none" || style.boxShadow !== "none";
    }"""
    return bool(page.evaluate(script))
