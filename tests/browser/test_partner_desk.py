"""A partner's tasks, by keyboard alone and on a phone, each within its number of clicks."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect
from sqlmodel import col, select

from models.account import Account
from models.application import Application, ApplicationState, ShortlistEntry
from models.consent import Consent, ConsentPurpose
from models.opening import Opening, OpeningState
from models.youth import YouthProfile
from tests.browser.conftest import PHONE, Desk, Open
from tests.browser.counted import Counted
from tests.demo_data import DemoAccounts

REVIEWED = 30


def _marks(desk: Desk, opening_id: int) -> int:
    with desk.site.services.database.reading() as session:
        mine = select(ShortlistEntry.id).where(ShortlistEntry.opening_id == opening_id)
        return len(session.exec(mine).all())


def _longest_list(desk: Desk) -> str:
    """The candidates of the opening with the most people nobody decided about."""
    page = desk.open("/partner/openings")
    links = page.locator('main a[href^="/partner/openings/"]').all()
    found = {str(link.get_attribute("href")) for link in links}
    openings = sorted(href for href in found if re.fullmatch(r"/partner/openings/\d+", href))
    counts: dict[str, int] = {}
    for href in openings:
        page = desk.open(f"{href}/candidates")
        tabs = page.locator('nav.tabs a[href*="tab=new"]')
        if tabs.count():
            counts[href] = int(re.sub(r"\D", "", tabs.first.inner_text()) or 0)
    return max(counts, key=lambda href: (counts[href], href))


def test_a_recruiter_reviews_thirty_people_by_keyboard_one_press_a_decision(desk: Open) -> None:
    recruiter = desk("partner")
    opening = _longest_list(recruiter)
    opening_id = int(opening.rsplit("/", 1)[1])
    page = recruiter.open(f"{opening}/candidates")
    before = _marks(recruiter, opening_id)
    page.locator("main ol.queue a").first.press("Enter")
    page.wait_for_url(re.compile(r"/candidates/\d{15}"))
    for key in ("Tab", "Enter", "Tab", "Enter", "Tab"):  # past the head, past the list
        page.keyboard.press(key)
    expect(page.locator("#decision :focus")).to_have_attribute("data-press", "s")
    seen: list[str] = []
    for number in range(REVIEWED):
        seen.append(recruiter.path)
        with page.expect_navigation():
            if number == 3:  # the same key while the keyboard writes Korean
                page.locator("body").dispatch_event("keydown", {"key": "ㄴ", "code": "KeyS"})
            elif number % 3 == 0:
                page.keyboard.press("s")
            else:
                page.keyboard.press("p")
                page.keyboard.press("1")
    assert len(set(seen)) == REVIEWED
    assert _marks(recruiter, opening_id) == before + REVIEWED
    with page.expect_navigation():
        page.keyboard.press("u")
    assert _marks(recruiter, opening_id) == before + REVIEWED - 1


def _write_posting(page: Page, title: str, closes_on: str) -> None:
    page.locator('input[name="title_ko"]').fill(title)
    page.locator('select[name="sector"]').select_option(index=1)
    page.locator('textarea[name="description"]').fill("위성 영상을 다듬고 받아 보는 일입니다.")
    page.locator('input[name="req_text"]').first.fill("Python")
    page.locator('select[name="employment_type"]').select_option(index=1)
    page.locator('select[name="region"]').select_option(index=1)
    page.locator('input[name="pay_min_krw"]').fill("36000000")
    page.locator('input[name="pay_max_krw"]').fill("42000000")
    page.locator('input[name="closes_on"]').fill(closes_on)


def _young(desk: Open, accounts: DemoAccounts, number: int) -> tuple[Desk, int]:
    """A young person signed in on a phone, and their number."""
    account = accounts["youth"][number]
    young = desk(viewport=PHONE)
    young.sign_in(account.email, account.password)
    return young, account.id


def _apply(young: Desk, opening_id: int) -> None:
    page = young.open(f"/youth/openings/{opening_id}")
    form = page.locator(f'form[action="/youth/openings/{opening_id}/apply"]')
    for folded in form.locator("xpath=ancestor::details").all():
        folded.evaluate("each => each.open = true")
    for box in form.locator('input[type="checkbox"]').all():
        box.check(force=True)
    with page.expect_navigation():
        form.locator("button").last.click()


def _application(desk: Desk, opening_id: int, youth_id: int) -> Application:
    with desk.site.services.database.reading() as session:
        mine = select(Application).where(
            Application.opening_id == opening_id, Application.youth_id == youth_id
        )
        return session.exec(mine).one()


def _applicants(desk: Desk, opening_id: int, number: int) -> list[int]:
    """Applications of people who wrote to this opening meanwhile."""
    with desk.site.services.database.writing() as session:
        opening = session.get_one(Opening, opening_id)
        now = desk.site.services.clock.now()
        busy = select(Application.youth_id).where(Application.opening_id == opening_id)
        people = session.exec(
            select(YouthProfile)
            .join(Account, col(Account.id) == YouthProfile.account_id)
            .where(col(YouthProfile.id).not_in(busy))
            .order_by(col(YouthProfile.id).desc())
            .limit(number)
        ).all()
        found = []
        for person in people:
            session.add(
                Consent(
                    youth_id=person.id,
                    purpose=ConsentPurpose.EMPLOYER,
                    organisation_id=opening.organisation_id,
                    fields=["name", "contact", "profile"],
                    text_version="1",
                    granted_at=now,
                )
            )
            row = Application(
                opening_id=opening_id,
                youth_id=person.id,
                state=ApplicationState.SENT,
                created_at=now,
                updated_at=now,
            )
            session.add(row)
            session.flush()
            found.append(row.id or 0)
        return found


def test_a_manager_posts_interviews_hires_and_answers_everybody_on_a_phone(
    desk: Open, demo_accounts: DemoAccounts
) -> None:
    boss = desk("partner", viewport=PHONE)
    today = boss.site.services.clock.today()
    hand = Counted(boss.open("/partner"))
    hand.link("/partner/openings/new")
    _write_posting(hand.page, "위성 영상 도우미 데모", (today + timedelta(days=30)).isoformat())
    hand.button("저장하기")
    opening_id = int(boss.path.rsplit("/", 1)[1])
    hand.button("공고 내기")
    assert hand.clicks == 3
    with boss.site.services.database.reading() as session:
        assert session.get_one(Opening, opening_id).state is OpeningState.PUBLISHED

    young, youth_id = _young(desk, demo_accounts, 2)
    _apply(young, opening_id)
    row = _application(boss, opening_id, youth_id)

    _invite_and_open_times(boss, opening_id, row.id or 0, (today + timedelta(days=3)).isoformat())
    page = young.open(f"/youth/applications/{row.id}/interview")
    with page.expect_navigation():
        page.locator('li[id^="slot-"] button').first.click()
    expect(page.locator("h1")).to_have_text("면접을 잡았어요")

    _offer(boss, row.id or 0, today)
    page = young.open(f"/youth/applications/{row.id}/offer")
    with page.expect_navigation():
        page.get_by_role("button", name="제안 받아들이기").click()
    assert _application(boss, opening_id, youth_id).state is ApplicationState.ACCEPTED
    hand = Counted(boss.open(f"/partner/applications/{row.id}"))
    hand.press(hand.page.locator('button[name="action"][value="hire"]'))
    assert _application(boss, opening_id, youth_id).state is ApplicationState.HIRED

    _refuse_the_rest(boss, opening_id)


def _invite_and_open_times(boss: Desk, opening_id: int, application_id: int, day: str) -> None:
    """From the waiting list: open, start reading, invite, then times for a morning."""
    hand = Counted(boss.open(f"/partner/openings/{opening_id}/applications"))
    hand.link(f"/partner/applications/{application_id}")
    for action in ("review", "invite"):
        hand.press(hand.page.locator(f'button[name="action"][value="{action}"]'))
    hand.link(f"/partner/openings/{opening_id}/interviews")
    page = hand.page
    page.locator('input[name="day"]').fill(day)
    page.locator('input[name="starts"]').fill("10:00")
    page.locator('input[name="ends"]').fill("12:00")
    page.locator('select[name="mode"]').select_option("on_site")
    page.locator('input[name="place"]').fill("제주시 데모로 1")
    hand.press(page.locator("#open-times button"))
    assert hand.clicks == 5
    assert page.locator('li[id^="slot-"]').count() >= 3


def _offer(boss: Desk, application_id: int, today: date) -> None:
    hand = Counted(boss.open(f"/partner/applications/{application_id}"))
    hand.link(f"/partner/applications/{application_id}/offer")
    page = hand.page
    page.locator('input[name="starts_on"]').fill((today + timedelta(days=40)).isoformat())
    page.locator('input[name="pay_krw"]').fill("38000000")
    page.locator('input[name="answer_by"]').fill((today + timedelta(days=10)).isoformat())
    hand.button("제안 보내기")
    assert hand.clicks == 2


def _refuse_the_rest(boss: Desk, opening_id: int) -> None:
    """Each opened, then all at once with one reason: at most two presses an answer."""
    waiting = _applicants(boss, opening_id, 4)
    hand = Counted(boss.open(f"/partner/openings/{opening_id}/applications"))
    for number in waiting:
        hand.link(f"/partner/applications/{number}")
        hand.page.go_back()
    page = boss.open(f"/partner/openings/{opening_id}/applications")
    for number in waiting:
        page.locator(f'input[name="applications"][value="{number}"]').check()
    page.locator("#many summary").click()
    page.locator('#many select[name="reason"]').select_option("position_filled")
    page.locator('#many input[name="share"]').check(force=True)
    hand.press(page.locator("#many button").last)
    assert hand.clicks <= 2 * len(waiting)
    with boss.site.services.database.reading() as session:
        rows = session.exec(select(Application).where(col(Application.id).in_(waiting))).all()
    assert {row.state for row in rows} == {ApplicationState.REFUSED}
    assert all(row.is_reason_shared for row in rows)
