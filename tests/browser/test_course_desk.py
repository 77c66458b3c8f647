"""A course from the desk's first form to the person's certificate, and a result taken back."""

import re
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Desk, Open
from tests.factories import TODAY

AXE = Axe()
EVERYTHING = {"resultTypes": ["violations"]}
TITLE = "여정으로 만든 과정"


def faults(page: Page) -> list[str]:
    found = AXE.run(page, options=EVERYTHING).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


def press(page: Page, button: Locator) -> None:
    with page.expect_navigation():
        button.click()


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f'main [name="{name}"]').first.fill(value)


def choose(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f'main select[name="{name}"]').first.select_option(value)


def write_course(page: Page) -> None:
    fill(page, title_ko=TITLE, field="blockchain", total_hours="2", fee_krw="0", skill_text="git")
    fill(page, least_attendance_percent="80")
    choose(
        page, kind="company_project", level="basic", mode="offline", selection="by_desk",
        skill_kind="gained", skill_level="5",
    )  # fmt: skip
    press(page, page.locator('button[name="save"]'))


def write_session(page: Page, today: date) -> None:
    """One class, today, which takes applications until tonight."""
    day = today.isoformat()
    opened = (today - timedelta(days=3)).isoformat()
    fill(page, starts_on=day, ends_on=day, applications_open_on=opened, applications_close_on=day)
    fill(page, seats="5", slot_start="05:00", slot_end="06:00")
    choose(page, slot_day=str(today.isoweekday()))
    press(page, page.locator('button[name="save"]'))


def made(staff: Desk) -> tuple[str, str]:
    """Makes and publishes the course; gives the paths of the course and of its session."""
    page = staff.open("/coordinator/courses")
    press(page, page.locator('main a[href="/coordinator/courses/new"]').first)
    write_course(page)
    where = staff.path
    press(page, page.locator(f'main a[href="{where}/sessions/new"]').first)
    write_session(page, TODAY)
    staff.open(where)
    link = page.locator('main a[href*="/courses/sessions/"]').first.get_attribute("href")
    press(page, page.locator(f'form[action="{where}/state"] button'))
    assert link is not None
    return where, link.removesuffix("/edit")


def test_a_course_by_selection_goes_from_the_form_to_the_certificate_and_back(
    desk: Open,
) -> None:
    staff, young = desk("coordinator", 0), desk("youth", 0, viewport=PHONE)
    where, run = made(staff)
    own = young.open(f"/youth/courses/{where.rsplit('/', 1)[1]}")
    expect(own.locator("main")).to_contain_text("대학이 뽑아요")
    assert faults(own) == []
    press(own, own.locator('form[action$="/enrol"] button'))
    page = staff.open(run)
    page.locator('input[name="pick"]').first.check()
    press(page, page.locator('button[name="decision"][value="select"]'))
    expect(page.locator(".toast")).to_be_visible()
    staff.open(f"{run}/meetings")
    press(page, page.locator(f'form[action="{run}/meetings"] button'))
    sheet = re.compile(rf"^{re.escape(run)}/meetings/[0-9]+$")
    links = page.locator(f'main a[href^="{run}/meetings/"]')
    address = links.first.get_attribute("href") or ""
    assert sheet.match(address)
    press(page, links.first)
    assert faults(page) == []
    press(page, page.locator('button[name="fill"]'))
    expect(page.locator("h1")).to_contain_text("출석을 모두 적었습니다")
    staff.open(f"{run}/completion")
    expect(page.locator("h1")).to_contain_text("기준을 채운 사람 1명")
    confirm = page.locator(f'form[action="{run}/completion"] button')
    press(page, confirm)
    assert faults(page) == []
    press(page, page.locator('form[action$="/undo"] button'))
    expect(page.locator(".toast")).to_contain_text("되돌렸습니다")
    expect(page.locator("h1")).to_contain_text("기준을 채운 사람 1명")
    press(page, confirm)
    enrolment = page.locator('form[action$="/undo"]').get_attribute("action") or ""
    young.open(f"/youth/enrolments/{enrolment.split('/')[-2]}")
    expect(own.locator("h1")).to_contain_text("과정을 마쳤어요")
    assert young.has_no_overflow()
    press(own, own.locator('main a[href^="/youth/credentials/OR-"]').first)
    expect(own.locator("h1")).to_contain_text(TITLE)
    assert young.has_no_overflow()
    assert faults(own) == []


STAFF = [
    "/courses", "/courses/new", "/courses/{course}", "/courses/{course}/edit",
    "/courses/{course}/sessions/new", "/courses/sessions/{run}", "/courses/sessions/{run}/edit",
    "/courses/sessions/{run}/meetings", "/courses/sessions/{run}/completion", "/venues",
]  # fmt: skip


def number_in(page: Page, pattern: str) -> str:
    """The first number that a link of the page has at the pattern's place."""
    hrefs = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return next(found[1] for href in hrefs if href and (found := re.search(pattern, href)))


# The centre of the demo has no rooms of its own.
@pytest.mark.parametrize(
    ("role", "paths"), [("coordinator", [*STAFF, "/venues/{venue}"]), ("centre", STAFF)]
)
def test_the_pages_of_courses_and_rooms_fit_a_phone_and_a_screen_reader(
    desk: Open, role: str, paths: list[str]
) -> None:
    staff = desk(role, 0, viewport=PHONE)
    page = staff.open(f"/{role}/courses")
    numbers = {
        "course": number_in(page, r"/courses/([0-9]+)$"),
        "run": number_in(page, r"/courses/sessions/([0-9]+)$"),
    }
    if "/venues/{venue}" in paths:
        page = staff.open(f"/{role}/venues")
        numbers["venue"] = number_in(page, r"/venues/([0-9]+)$")
    wrong = {}
    for path in paths:
        page = staff.open(f"/{role}{path.format(**numbers)}")
        found = faults(page) + ([] if staff.has_no_overflow() else ["wider than the phone"])
        if found:
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize("path", ["/youth/venues", "/youth/courses"])
def test_a_young_persons_rooms_and_courses_fit_a_phone(desk: Open, path: str) -> None:
    young = desk("youth", 0, viewport=PHONE)
    page = young.open(path)
    assert young.has_no_overflow()
    assert faults(page) == []
