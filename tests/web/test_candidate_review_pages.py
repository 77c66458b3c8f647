"""The pages of masked candidates without scripts: what is kept, refused, undone and never shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.policy.masking import candidate_number
from matcher.wiring import Services
from models.account import Account
from models.application import ShortlistEntry, ShortlistState
from models.review import CalibrationExample
from models.youth import YouthProfile
from tests.conftest import browser, post
from tests.demo_data import DemoAccounts

TICK = re.compile(r'name="c" value="([0-9]{15})"')
BOX = re.compile(r'name="numbers" value="([0-9]{15})"')
H1 = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)


@dataclass
class Desk:
    services: Services
    client: TestClient
    path: str
    opening_id: int

    def get(self, rest: str = "", status: int = 200) -> str:
        answer = self.client.get(self.path + rest)
        assert answer.status_code == status, answer.text[:400]
        return answer.text

    def post(self, rest: str, data: Mapping[str, object], status: int = 303) -> str:
        answer = post(self.client, self.path + rest, dict(data))
        assert answer.status_code == status, answer.text[:400]
        return answer.headers.get("location", "") if status == 303 else answer.text

    def people(self, query: str = "") -> list[str]:
        return TICK.findall(self.get(query))


@pytest.fixture(scope="module")
def desk(demo_services: Services, demo_accounts: DemoAccounts) -> Desk:
    who, client = demo_accounts["partner"][0], browser(demo_services)
    signed = post(client, "/login", {"email": who.email, "password": who.password})
    assert signed.status_code == 303
    listed = re.findall(r'href="(/partner/openings/(\d+))"', client.get("/partner/openings").text)
    for path, number in dict.fromkeys(listed):
        made = Desk(demo_services, client, f"{path}/candidates", int(number))
        if len(made.people()) >= 12:
            return made
    raise AssertionError("no opening of the demo has people")


def test_the_list_says_how_many_are_left_and_shows_met_and_unmet_on_demand(desk: Desk) -> None:
    page = desk.get()
    (head,) = H1.findall(page)
    assert re.search(r"검토할 후보 \d+명", head)
    assert page.count('<details class="data row-more"') == len(desk.people())
    assert re.search(r"\d+명 중 \d+명을 보았습니다", page)


def test_filters_stay_in_the_address_through_opening_and_deciding(desk: Desk) -> None:
    query = "?tab=new&level=2"
    whole, found = desk.people(), desk.people(query)
    assert found == [each for each in whole if each in found] or len(whole) == 20
    page = desk.get(query)
    assert 'aria-label="빼기"' in page
    assert f'href="{desk.path}?tab=new"' in page
    assert f"{found[0]}?tab=new&amp;level=2" in page
    opened = desk.get(f"/{found[0]}{query}")
    assert f'action="{desk.path}/{found[0]}/mark?tab=new&amp;level=2"' in opened
    (then, *_rest) = re.findall(r'name="then" value="([0-9]{15})"', opened)
    data = {"state": "shortlisted", "then": then, "seen": "new"}
    to = desk.post(f"/{found[0]}/mark{query}", data)
    assert to == f"{desk.path}/{then}?tab=new&level=2&step=1"
    assert desk.client.get(to).status_code == 200
    back = desk.post("/undo" + query, {})
    assert back == f"{desk.path}/{found[0]}?tab=new&level=2"


def test_two_requirements_can_be_asked_for_at_once(desk: Desk) -> None:
    keys = re.findall(r'name="met" value="([^"]+)"', desk.get())
    assert len(keys) >= 2
    page = desk.get(f"?met={keys[0]}&met={keys[1]}")
    assert page.count('aria-label="빼기"') == 2


@pytest.mark.parametrize(
    "query",
    ["level=0", "level=5", "level=x", "free_by=2026-02-30", "met=name:kim", "sort=score",
     "order_by=age", "level=2&level=3", "step=1"],
)  # fmt: skip
def test_what_cannot_be_filtered_or_sorted_by_is_refused(desk: Desk, query: str) -> None:
    for rest in ("?", "/grid?"):
        desk.get(rest + query, 422)


def test_one_press_sets_aside_with_a_reason_and_opens_the_next(desk: Desk) -> None:
    number = desk.people()[1]
    opened = desk.get(f"/{number}")
    reasons = re.findall(r'name="reason" value="(\w+)" data-reason="(\d)"', opened)
    assert [digit for _code, digit in reasons] == ["1", "2", "3", "4"]
    (then, *_rest) = re.findall(r'name="then" value="([0-9]{15})"', opened)
    data = {"state": "set_aside", "reason": reasons[0][0], "then": then, "seen": "new"}
    assert desk.post(f"/{number}/mark?tab=new", data).startswith(f"{desk.path}/{then}?")
    assert number in desk.people("?tab=set_aside")
    again = desk.get(f"/{number}")
    assert "제쳐 둔 이유" in again
    stale = desk.post(f"/{number}/mark", {"state": "shortlisted", "seen": "new"}, 409)
    assert "동료가 이 후보를 옮겼습니다" in stale
    desk.post("/undo", {})
    assert number in desk.people()


def test_a_reason_left_out_is_named_and_nothing_is_stored(desk: Desk) -> None:
    number = desk.people()[0]
    page = desk.post(f"/{number}/mark", {"state": "set_aside", "reason": ""}, 422)
    assert 'href="#f-reason"' in page
    assert 'id="f-reason"' in page
    with desk.services.database.reading() as session:
        youth_ids = session.exec(
            select(ShortlistEntry.youth_id).where(
                ShortlistEntry.opening_id == desk.opening_id,
                ShortlistEntry.state == ShortlistState.SET_ASIDE,
            )
        ).all()
    secret = desk.services.settings.secret
    assert number not in {candidate_number(secret, desk.opening_id, each) for each in youth_ids}


def test_a_next_person_who_is_gone_leads_back_to_the_list(desk: Desk) -> None:
    answer = desk.client.get(f"{desk.path}/{'1' * 15}?tab=new&step=1")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{desk.path}?tab=new")
    desk.get(f"/{'1' * 15}", 404)


def test_the_table_ticks_several_and_keeps_the_ticks_of_a_refused_press(desk: Desk) -> None:
    numbers = BOX.findall(desk.get("/grid"))
    assert len(numbers) > 20
    refused = desk.post(
        "/marks", {"numbers": numbers[-2:], "state": "set_aside", "reason": "lacks_skill"}, 409
    )
    assert "하나하나 열어 본 뒤에" in refused
    for each in numbers[-2:]:
        assert re.search(rf'value="{each}" checked', refused)
    desk.post("/marks", {"numbers": [], "state": "shortlisted"}, 422)
    desk.post("/marks", {"numbers": numbers[:3], "state": "shortlisted"})
    assert set(numbers[:3]) <= set(desk.people("?tab=shortlisted"))
    page = desk.get("?tab=shortlisted")
    assert "방금 후보 3명" in page
    desk.post("/undo", {})
    assert not set(numbers[:3]) & set(desk.people("?tab=shortlisted"))


def test_side_by_side_opens_from_ticks_and_says_who_is_gone(desk: Desk) -> None:
    numbers = desk.people()[:4]
    page = desk.get("/compare?" + "&".join(f"c={each}" for each in numbers))
    (head,) = H1.findall(page)
    assert "후보 4명을 나란히" in head
    assert page.count('<th scope="col">') == 4
    gone = desk.get(f"/compare?c={numbers[0]}&c={'9' * 15}")
    assert "1명은 더는 보이지 않습니다" in gone
    assert "고른 후보가 없습니다" in desk.get("/compare")
    five = "&".join(f"c={each}" for each in [*numbers, "9" * 15])
    too_many = desk.get("/compare?" + five, 422)
    assert "먼저 고른 넷만" in too_many
    assert too_many.count('<th scope="col">') == 4
    desk.get("/compare?c=1", 422)
    (head,) = H1.findall(desk.get("?tab=set_aside"))
    assert head.startswith("제쳐 둠")


def test_examples_are_marked_explained_and_cleared_from_the_page(desk: Desk) -> None:
    numbers = desk.people()[2:4]
    for each in numbers:
        to = desk.post(f"/{each}/example?tab=new", {"on": "1"})
        assert to == f"{desk.path}/{each}?tab=new"
    page = desk.get(f"/{numbers[0]}")
    assert "<caption>예가 함께 지닌 것" in page
    assert "기업이 고른 예와 닮은 만큼 더했습니다." in page
    third, fourth = [each for each in desk.people() if each not in numbers][:2]
    desk.post(f"/{third}/example", {"on": "1"})
    assert "예는 셋까지" in desk.post(f"/{fourth}/example", {"on": "1"}, 409)
    desk.post("/examples/clear", {})
    assert "<caption>예가 함께 지닌 것" not in desk.get()
    with desk.services.database.reading() as session:
        left = session.exec(
            select(CalibrationExample).where(CalibrationExample.opening_id == desk.opening_id)
        ).all()
    assert left == []


def test_no_view_holds_a_name_a_contact_or_a_text_of_anybody(desk: Desk) -> None:
    numbers = desk.people()[:3]
    pages = [
        desk.get(), desk.get("/grid"), desk.get(f"/{numbers[0]}"),
        desk.get("/compare?" + "&".join(f"c={each}" for each in numbers)),
    ]  # fmt: skip
    with desk.services.database.reading() as session:
        rows = session.exec(
            select(Account.name, Account.email, YouthProfile.about).join(
                YouthProfile,
                YouthProfile.account_id == Account.id,  # type: ignore[arg-type]
            )
        ).all()
    assert len(rows) > 50
    for page in pages:
        main = page[page.index("<main") : page.index("</main>")]
        for name, email, about in rows:
            assert email not in main
            assert not about or about not in main
            assert len(name) < 3 or name not in main


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_view_is_one_page_with_one_head_and_unique_ids(desk: Desk, language: str) -> None:
    numbers = desk.people()
    for rest in ("?", "/grid?", f"/{numbers[0]}?", f"/compare?c={numbers[0]}&", "?tab=set_aside&"):
        page = desk.get(f"{rest}lang={language}")
        assert len(H1.findall(page)) == 1
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert [each for each in ids if ids.count(each) > 1] == [], rest
    desk.get("?lang=ko")


def test_a_declared_conflict_takes_every_way_to_decide_off_the_page(desk: Desk) -> None:
    number, other = desk.people()[:2]
    conflict = f"/partner/openings/{desk.opening_id}/review/people/{number}/conflict"
    assert post(desk.client, conflict, {}).status_code == 303
    page = desk.get(f"/{number}")
    assert "이해 충돌이 있어 이 사람을 평가하거나 결정하지 않습니다." in page
    for way in ("mark", "ask", "example"):
        assert f'action="{desk.path}/{number}/{way}' not in page
        assert f'action="{desk.path}/{other}/{way}' in desk.get(f"/{other}")
    asked = desk.post(f"/{number}/ask", {"message": "함께 봅시다", "answer_by": "2026-12-01"}, 403)
    assert "함께 봅시다</textarea>" in asked
    assert "다시 적어" not in asked  # there is nothing to write anew: the reason stands alone
    ticked = desk.post("/marks", {"numbers": [number, other], "state": "shortlisted"}, 403)
    assert f'value="{other}" checked' in ticked
