"""The path page, an accepted path and a desk's answer over HTTP."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from matcher.actor import Actor
from matcher.flows import planning
from matcher.matching import planner, replanner
from matcher.matching.plan_rows import step_view
from matcher.matching.plan_views import Paths, StepView, Terms, Wishes
from matcher.wiring import Services
from models.consent import Consent
from models.opening import Opening, RequirementKind
from models.plan import Plan, PlanState, PlanStep, StepState
from models.youth import YouthProfile
from tests import matching_desk
from tests.conftest import SignIn, post
from tests.factories import NOW, TODAY, plan_views
from tests.people import People

LINK = re.compile(r'href="(/youth/path\?[^"]+)"')


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Wishes]:
    """Wishes the pages asked the planner for; it answers with the same plans every time."""
    seen: list[Wishes] = []

    def answer(
        _s: Session, _a: Actor, _youth: int, wishes: Wishes, _terms: Terms, _today: date
    ) -> Paths:
        seen.append(wishes)
        return plan_views.paths(wishes)

    def again(
        _s: Session,
        _a: Actor,
        _p: Plan,
        steps: Sequence[PlanStep],
        _hours: int,
        _terms: Terms,
        _today: date,
    ) -> tuple[StepView, ...]:
        return tuple(step_view(row) for row in steps)

    monkeypatch.setattr(planner, "paths", answer)
    monkeypatch.setattr(replanner, "again", again)
    return seen


@pytest.fixture
def openings(services: Services, people: People) -> list[int]:
    return matching_desk.stock(
        services, people.partner.organisation_id or 0, people.youth.youth_id or 0
    )


@pytest.fixture
def youth(people: People, openings: list[int], asked: list[Wishes], sign_in: SignIn) -> TestClient:
    return sign_in(people.youth)


def wish(opening_id: int, **changes: Any) -> dict[str, Any]:
    return {"target": f"opening:{opening_id}", "hours": "12", "budget": "", "by": "", **changes}


def choice(opening_id: int, **changes: Any) -> dict[str, Any]:
    plan = {"kind": "fastest", "which": "1", "finish": "2027-01-16", "total": "119625"}
    return {**wish(opening_id), **plan, **changes}


def accepted(client: TestClient, opening_id: int) -> str:
    answer = post(client, "/youth/plans", choice(opening_id))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def plans_of(services: Services) -> list[Plan]:
    with services.database.reading() as session:
        return list(session.exec(select(Plan).order_by(Plan.id)))  # type: ignore[arg-type]


def test_a_first_visit_asks_for_the_best_opening_with_the_hours_of_the_profile(
    youth: TestClient,
    services: Services,
    people: People,
    openings: list[int],
    asked: list[Wishes],
) -> None:
    with services.database.writing() as session:
        profile = session.get_one(YouthProfile, people.youth.youth_id)
        profile.weekly_hours, profile.budget_krw = 9, 300_000
        session.add(profile)
    page = youth.get("/youth/path")
    assert page.status_code == 200
    [wishes] = asked
    assert wishes.refs[0] in {str(number) for number in openings}
    assert (wishes.weekly_hours, wishes.budget_krw, wishes.by) == (9, 300_000, None)
    assert wishes.languages == ("ko", "en")
    for words in ("가장 빠른 길", "가장 저렴한 길", "가장 강한 길", "AWS 자격 지도"):
        assert words in page.text


def test_without_anything_open_the_page_aims_at_a_certificate_and_is_not_empty(
    people: People, asked: list[Wishes], sign_in: SignIn
) -> None:
    page = sign_in(people.youth).get("/youth/path")
    assert page.status_code == 200
    assert [wishes.target for wishes in asked] == ["certification"]
    assert "가장 빠른 길" in page.text


def test_three_plans_say_days_money_hours_place_and_what_is_proved(youth: TestClient) -> None:
    text = unescape(youth.get("/youth/path").text)
    for words in (
        "1월 16일", "12월 30일 – 2월 20일", "US$75", "US$75 + 60,000원", "약 119,625원",
        "31명 중 12번째 → 3번째", "40일", "가장 좋은 것으로 증명됐어요.",
        "더 강한 길이 있더라도 0.12점 안쪽이에요.", "다른 길 1가지 더 보기",
        "1달러를 1,450원으로 보고 부가세 10%를 더해", "70%로 어림하면",
        "2.93 → 4.00", "40–80시간",
    ):  # fmt: skip
        assert words in text, words


def test_everything_asked_reaches_the_planner(
    youth: TestClient, services: Services, openings: list[int], asked: list[Wishes]
) -> None:
    query = wish(openings[0], hours="7", budget="300,000", by="2027-08-01", languages="en,ko")
    query |= {"place": "home", "minor": "1", "guardian": "1", "nice": "skill:sql"}
    page = youth.get("/youth/path", params=query)
    assert page.status_code == 200
    assert asked == [
        plan_views.wishes(
            openings[0],
            weekly_hours=7,
            budget_krw=300_000,
            by=date(2027, 8, 1),
            languages=("en", "ko"),
            is_online=True,
            is_minor=True,
            has_guardian_consent=True,
            nice=("skill:sql",),
        )
    ]
    assert 'value="2027-08-01"' in page.text
    with services.database.reading() as session:
        assert session.exec(select(Plan)).all() == []


def test_a_link_may_name_the_target_alone(
    youth: TestClient, openings: list[int], asked: list[Wishes]
) -> None:
    assert youth.get(f"/youth/path?target=opening:{openings[2]}").status_code == 200
    assert [(wishes.refs, wishes.weekly_hours) for wishes in asked] == [((str(openings[2]),), 8)]


def test_a_wish_of_another_target_is_let_go(
    youth: TestClient, openings: list[int], asked: list[Wishes]
) -> None:
    query = wish(openings[0], nice=["skill:sql", "skill:docker"])
    assert youth.get("/youth/path", params=query).status_code == 200
    assert asked[0].nice == ("skill:sql",)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("hours", "0", "1 이상으로 적어 주세요."),
        ("hours", "41", "40 이하로 적어 주세요."),
        ("hours", "여덟", "숫자만 적어 주세요."),
        ("hours", "", "꼭 적어 주세요."),
        ("budget", "-1", "0 이상으로 적어 주세요."),
        ("budget", "1e9", "숫자만 적어 주세요."),
        ("budget", "999999999999", "100000000 이하로 적어 주세요."),
        ("by", "2026-11-21", "내일이나 그 뒤의 날짜를 골라 주세요."),
        ("by", "2020-01-01", "내일이나 그 뒤의 날짜를 골라 주세요."),
        ("by", "2050-01-01", "5년 안의 날짜를 골라 주세요."),
        ("by", "2027-02-30", "달력에 없는 날짜예요."),
        ("by", "내년", "날짜를 2026-12-31처럼 적어 주세요."),
        ("languages", "fr", "목록에 있는 것 중에서 골라 주세요."),
        ("place", "moon", "목록에 있는 것 중에서 골라 주세요."),
        ("target", "opening:0", "이 값은 쓸 수 없어요."),
        ("target", "opening:1 OR 1=1", "이 값은 쓸 수 없어요."),
        ("target", "<script>alert(1)</script>", "이 값은 쓸 수 없어요."),
    ],
)
def test_a_wish_that_cannot_be_read_is_named_by_its_field_and_kept(
    youth: TestClient,
    openings: list[int],
    asked: list[Wishes],
    field: str,
    value: str,
    words: str,
) -> None:
    page = youth.get("/youth/path", params=wish(openings[1]) | {field: value})
    assert page.status_code == 422
    assert asked == []
    assert words in unescape(page.text)
    assert f'href="#f-{field}"' in page.text
    assert "<script>alert" not in page.text
    if field in ("budget", "by"):
        assert f'value="{value}"' in page.text
    if field != "target":
        assert f'value="opening:{openings[1]}" selected' in page.text


def test_an_unknown_field_is_refused(youth: TestClient, openings: list[int]) -> None:
    page = youth.get("/youth/path", params=wish(openings[0], colour="red"))
    assert page.status_code == 422


def test_the_slider_is_answered_with_the_plans_alone(
    youth: TestClient, openings: list[int]
) -> None:
    page = youth.get(
        "/youth/path", params=wish(openings[0], hours="20"), headers={"HX-Request": "true"}
    )
    assert page.status_code == 200
    assert page.text.lstrip().startswith('<section id="result"')
    assert "<html" not in page.text
    assert "AWS 자격 지도" not in page.text
    assert 'name="hours" value="20"' in page.text
    assert 'id="nice-fields" data-hx-swap-oob="true"' in page.text


def test_a_mistake_is_said_in_the_redrawn_part_too(youth: TestClient, openings: list[int]) -> None:
    page = youth.get(
        "/youth/path", params=wish(openings[0], hours="0"), headers={"HX-Request": "true"}
    )
    assert page.status_code == 422
    assert "1 이상으로 적어 주세요." in page.text


def test_when_nothing_fits_each_smallest_change_is_a_link_that_makes_it(
    youth: TestClient, openings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "paths", lambda _u, _a, wishes, _t: plan_views.impossible(wishes))
    query = wish(openings[0], budget="80000", by="2027-01-10", nice="skill:sql")
    page = youth.get("/youth/path", params=query)
    assert page.status_code == 200
    links = [parse_qs(urlsplit(unescape(link)).query) for link in LINK.findall(page.text)]
    changed = [link for link in links if "target" in link and "lang" not in link]
    changed = [link for link in changed if "theme" not in link]
    assert [link["by"] for link in changed] == [
        ["2027-01-31"], ["2027-01-10"], ["2027-01-10"], ["2027-01-10"],
    ]  # fmt: skip
    assert [link["budget"][0] for link in changed] == ["80000", "119625", "80000", "80000"]
    assert [link["hours"][0] for link in changed] == ["12", "12", "16", "12"]
    assert [link.get("nice") for link in changed] == [["skill:sql"]] * 3 + [None]
    text = unescape(page.text)
    assert "파이썬을 빼면 돼요" in text
    assert "떨어진 뒤 14일이 지나야 다시 볼 수 있어요. 2026년 12월 5일부터 돼요." in text
    assert 'href="https://aws.amazon.com/certification/policies/after-testing/"' in page.text


def test_who_is_there_already_is_told_so(
    youth: TestClient, openings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        planning,
        "paths",
        lambda _u, _a, wishes, _t: plan_views.paths(wishes, plans=(), is_there=True),
    )
    page = youth.get("/youth/path", params=wish(openings[0]))
    assert "이미 다 갖췄어요." in page.text
    assert "지금 조건으로는 길이 없어요</h3>" not in page.text


def test_while_ranking_is_off_the_plans_have_no_scores(
    youth: TestClient, openings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_views.plan(
        "fastest",  # type: ignore[arg-type]
        (plan_views.step("study", "docker:3", "컨테이너", TODAY, TODAY),),
        score_before=None,
        rank_before=None,
        of=None,
    )
    neutral = {"plans": (plan,), "model_version": "", "timed_out": True}
    monkeypatch.setattr(planning, "paths", lambda _u, _a, w, _t: plan_views.paths(w, **neutral))
    page = youth.get("/youth/path", params=wish(openings[0]))
    assert page.status_code == 200
    assert "지금은 순위를 매기지 않아서 점수가 없어요." in page.text
    assert "계산 시간이 다 돼서 여기까지 찾았어요." in page.text
    assert "순위</dt>" not in page.text


def test_what_a_planner_is_given_to_say_is_written_as_text(
    youth: TestClient, openings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = "<img src=x onerror=alert(1)>"
    refusal = plan_views.Refusal("x", evil, "javascript:alert(1)")
    monkeypatch.setattr(
        planning,
        "paths",
        lambda _u, _a, w, _t: plan_views.paths(w, title=evil, refusals=(refusal,)),
    )
    page = youth.get("/youth/path", params=wish(openings[0]))
    assert evil not in page.text
    assert unescape(page.text).count(evil) >= 2
    assert 'href="javascript' not in page.text


def test_choosing_a_plan_leads_to_its_dated_tasks(
    youth: TestClient, services: Services, openings: list[int]
) -> None:
    page = youth.get(accepted(youth, openings[0]))
    assert page.status_code == 200
    assert "<h1>다음은 " in page.text
    for words in ("SAA-C03 시험", "11월 23일 – 12월 13일", "US$75", "2개 중 0개", "내가 고름"):
        assert words in page.text, words
    [plan] = plans_of(services)
    assert (plan.state, plan.target_refs) == (PlanState.ACCEPTED, [str(openings[0])])


@pytest.mark.parametrize("changed", [{"finish": "2027-01-17"}, {"which": "9"}, {"total": "1"}])
def test_a_plan_that_changed_meanwhile_is_shown_anew_and_not_stored(
    youth: TestClient, services: Services, openings: list[int], changed: dict[str, str]
) -> None:
    answer = post(youth, "/youth/plans", choice(openings[0], **changed))
    assert answer.status_code == 409
    assert "그 사이에 길이 바뀌었어요." in answer.text
    assert "가장 빠른 길" in answer.text
    assert plans_of(services) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "best"), ("which", "0"), ("finish", ""), ("total", "x"), ("hours", "99"),
        ("by", "2020-01-01"), ("nice", "x" * 200), ("version", "1"), ("target", ""),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_read_stores_nothing(
    youth: TestClient, services: Services, openings: list[int], field: str, value: str
) -> None:
    answer = post(youth, "/youth/plans", choice(openings[0]) | {field: value})
    assert answer.status_code == 422
    assert plans_of(services) == []


def test_a_second_plan_to_the_target_asks_first_and_then_replaces(
    youth: TestClient, services: Services, openings: list[int]
) -> None:
    accepted(youth, openings[0])
    answer = post(youth, "/youth/plans", choice(openings[0]))
    assert answer.status_code == 422
    assert "이 목표로 가는 길이 이미 있어요." in answer.text
    assert 'name="replaces"' in answer.text
    assert [plan.state for plan in plans_of(services)] == [PlanState.ACCEPTED]
    answer = post(youth, "/youth/plans", choice(openings[0], replaces="1"))
    assert answer.status_code == 303
    states = [plan.state for plan in plans_of(services)]
    assert states == [PlanState.ABANDONED, PlanState.ACCEPTED]


def test_while_a_path_is_searched_for_others_can_write(
    youth: TestClient,
    services: Services,
    people: People,
    openings: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """SQLite lets one writer in: a search inside the transaction would keep everybody waiting."""
    searched = []

    def while_searching(function: Callable[..., Any]) -> Callable[..., Any]:
        def search(*given: Any) -> Any:
            with services.database.writing() as session:
                profile = session.get_one(YouthProfile, people.other_youth.youth_id)
                profile.weekly_hours = len(searched)
                session.add(profile)
            searched.append(function)
            return function(*given)

        return search

    monkeypatch.setattr(planner, "paths", while_searching(planner.paths))
    monkeypatch.setattr(replanner, "again", while_searching(replanner.again))
    here = accepted(youth, openings[0])
    assert post(youth, f"{here}/pace", {"weekly_hours": "8", "version": "1"}).status_code == 303
    assert len(searched) == 2


def test_a_plan_that_ends_after_the_posting_closes_says_so_to_both_sides(
    youth: TestClient, services: Services, people: People, openings: list[int], sign_in: SignIn
) -> None:
    here = accepted(youth, openings[0])
    post(youth, f"{here}/submit", {"version": "1"})
    desk, there = sign_in(people.coordinator), f"/coordinator/plans/{here.rsplit('/', 1)[1]}"
    for days in (0, 1, 12):
        with services.database.writing() as session:
            row = session.get_one(Opening, openings[0])
            row.closes_on = plans_of(services)[0].ends_on - timedelta(days=days)
            session.add(row)
        mine, theirs = youth.get(here).text, desk.get(there).text
        assert (f"공고 마감을 {days}일 넘겨요." in mine) is (days > 0)
        assert (f"공고 마감을 {days}일 넘기는 길입니다." in theirs) is (days > 0)
        unit = "day" if days == 1 else "days"
        words = f"This path ends {days} {unit} after the posting closes."
        assert (words in youth.get(f"{here}?lang=en").text) is (days > 0)
        assert (words in desk.get(f"{there}?lang=en").text) is (days > 0)
        for client in (youth, desk):
            client.get("/?lang=ko")


def test_what_another_pace_costs_an_approved_plan_stands_by_the_button(
    youth: TestClient, services: Services, people: People, openings: list[int], sign_in: SignIn
) -> None:
    here, words = accepted(youth, openings[0]), "날짜를 옮기면 승인이 풀려요."
    post(youth, f"{here}/submit", {"version": "1"})
    assert words not in youth.get(here).text
    there = f"/coordinator/plans/{here.rsplit('/', 1)[1]}"
    post(sign_in(people.coordinator), there, {"answer": "approve", "version": "2"})
    page = youth.get(here).text
    assert words in page
    assert 'aria-describedby="pace-undoes"' in page
    assert post(youth, f"{here}/pace", {"weekly_hours": "8", "version": "3"}).status_code == 303
    assert words not in youth.get(here).text
    assert [plan.state for plan in plans_of(services)] == [PlanState.ACCEPTED]


def test_a_desk_loses_sight_of_a_plan_whose_owner_withdrew_or_gave_it_up(
    youth: TestClient, services: Services, people: People, openings: list[int], sign_in: SignIn
) -> None:
    here = accepted(youth, openings[0])
    post(youth, f"{here}/submit", {"version": "1"})
    desk, there = sign_in(people.coordinator), f"/coordinator/plans/{here.rsplit('/', 1)[1]}"

    def answers() -> list[Any]:
        answer = {"answer": "return", "comment": "words", "version": "99"}
        is_listed = there in desk.get("/coordinator/plans").text
        return [desk.get(there).status_code, post(desk, there, answer).status_code, is_listed]

    assert answers() == [200, 409, True]
    with services.database.writing() as session:
        mine = select(Consent).where(Consent.youth_id == people.youth.youth_id)
        for row in session.exec(mine):
            row.withdrawn_at = NOW
            session.add(row)
    assert answers() == [404, 404, False]
    with services.database.writing() as session:
        for row in session.exec(mine):
            row.withdrawn_at = None
            session.add(row)
    assert answers() == [200, 409, True]
    post(youth, f"{here}/abandon", {"version": "2"})
    assert answers() == [404, 404, False]


def test_nothing_is_stored_without_the_token_of_the_form(
    youth: TestClient, services: Services, openings: list[int]
) -> None:
    answer = youth.post("/youth/plans", data=choice(openings[0]))
    assert answer.status_code == 403
    assert plans_of(services) == []


def first_step(services: Services) -> PlanStep:
    with services.database.reading() as session:
        found = session.exec(select(PlanStep).order_by(PlanStep.place)).first()  # type: ignore[arg-type]
        assert found is not None
        return found


def test_a_task_is_ticked_skipped_and_opened_again(
    youth: TestClient, services: Services, openings: list[int]
) -> None:
    here = accepted(youth, openings[0])
    step = f"{here}/steps/{first_step(services).id}"
    assert post(youth, step, {"to": "done", "version": "1"}).status_code == 303
    assert first_step(services).state is StepState.DONE
    assert "2개 중 1개" in youth.get(here).text
    stale = post(youth, step, {"to": "todo", "version": "1"})
    assert stale.status_code == 409
    assert "그 사이에 이 길이 바뀌었어요." in stale.text
    assert post(youth, step, {"to": "todo", "version": "2"}).status_code == 303
    assert first_step(services).state is StepState.TODO
    assert post(youth, step, {"to": "late", "version": "3"}).status_code == 422


def test_a_late_task_says_so(youth: TestClient, services: Services, openings: list[int]) -> None:
    here = accepted(youth, openings[0])
    with services.database.writing() as session:
        row = session.get_one(PlanStep, first_step(services).id)
        row.starts_on = row.ends_on = TODAY - timedelta(days=3)
        session.add(row)
    page = youth.get(here)
    assert "날짜가 지난 일 1개" in page.text
    assert page.text.count("날짜가 지남") == 1


@pytest.mark.parametrize("hours", ["0", "41", "", "x", "12"])
def test_a_pace_that_cannot_be_kept_changes_nothing(
    youth: TestClient, services: Services, openings: list[int], hours: str
) -> None:
    here = accepted(youth, openings[0])
    answer = post(youth, f"{here}/pace", {"weekly_hours": hours, "version": "1"})
    assert answer.status_code == 422
    assert 'href="#f-weekly_hours"' in answer.text
    [plan] = plans_of(services)
    assert (plan.weekly_hours, plan.version) == (12, 1)


def test_a_plan_goes_to_the_desk_and_comes_back_with_words(
    youth: TestClient, people: People, openings: list[int], sign_in: SignIn
) -> None:
    here = accepted(youth, openings[0])
    sent = post(youth, f"{here}/submit", {"comment": "봐 <b>주세요</b>", "version": "1"})
    assert sent.status_code == 303
    desk = sign_in(people.coordinator)
    queue = desk.get("/coordinator/plans").text
    assert "답을 기다리는 길 1건" in queue
    there = f"/coordinator/plans/{here.rsplit('/', 1)[1]}"
    page = desk.get(there).text
    assert "봐 &lt;b&gt;주세요&lt;/b&gt;" in page
    empty = post(desk, there, {"answer": "return", "comment": "", "version": "2"})
    assert empty.status_code == 422
    assert "무엇을 고치면 되는지 적어 주십시오." in empty.text
    words = "시험을 2월로 미뤄 보십시오."
    stale = post(desk, there, {"answer": "return", "comment": words, "version": "1"})
    assert stale.status_code == 409
    assert words in stale.text
    done = post(desk, there, {"answer": "return", "comment": words, "version": "2"})
    assert (done.status_code, done.headers["location"]) == (303, "/coordinator/plans")
    again = youth.get(here).text
    assert "돌아왔어요." in again
    assert words in again
    assert "답을 기다리는 길이 없습니다" in desk.get("/coordinator/plans").text
    assert post(desk, there, {"answer": "approve", "version": "3"}).status_code == 409


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_an_answer_is_one_of_two(
    youth: TestClient, people: People, openings: list[int], sign_in: SignIn, answer: str
) -> None:
    here = accepted(youth, openings[0])
    post(youth, f"{here}/submit", {"version": "1"})
    there = f"/coordinator/plans/{here.rsplit('/', 1)[1]}"
    refused = post(sign_in(people.coordinator), there, {"answer": answer, "version": "2"})
    assert refused.status_code == 422


def test_nobody_else_finds_the_plan(
    youth: TestClient, people: People, openings: list[int], sign_in: SignIn, client: TestClient
) -> None:
    here = accepted(youth, openings[0])
    number = here.rsplit("/", 1)[1]
    assert sign_in(people.other_youth).get(here).status_code == 404
    assert sign_in(people.coordinator).get(f"/coordinator/plans/{number}").status_code == 404
    post(youth, f"{here}/submit", {"version": "1"})
    assert sign_in(people.coordinator).get(f"/coordinator/plans/{number}").status_code == 200
    assert sign_in(people.other_coordinator).get(f"/coordinator/plans/{number}").status_code == 404
    assert sign_in(people.centre).get(f"/centre/plans/{number}").status_code == 404
    assert sign_in(people.partner).get(here).status_code == 404
    assert client.get(here).status_code == 303


def test_a_plan_is_given_up_and_leaves_the_lists(
    youth: TestClient, services: Services, openings: list[int]
) -> None:
    here = accepted(youth, openings[0])
    assert here in youth.get("/youth/path").text
    assert post(youth, f"{here}/abandon", {"version": "1"}).status_code == 303
    assert here not in youth.get("/youth/path").text
    assert [plan.state for plan in plans_of(services)] == [PlanState.ABANDONED]
    assert "그만둠" in youth.get(here).text


def test_home_names_the_next_task_until_it_is_done(
    youth: TestClient, services: Services, openings: list[int]
) -> None:
    assert "/youth/plans/" not in youth.get("/youth").text
    here = accepted(youth, openings[0])
    assert here in youth.get("/youth").text
    for version in ("1", "2"):
        with services.database.reading() as session:
            waiting = session.exec(select(PlanStep).where(PlanStep.state == StepState.TODO)).all()
        post(youth, f"{here}/steps/{waiting[0].id}", {"to": "done", "version": version})
    assert here not in youth.get("/youth").text


def test_a_role_can_be_aimed_at_with_its_own_nice_to_haves(
    youth: TestClient, asked: list[Wishes]
) -> None:
    from matcher.catalogue.roles import load_roles

    role = next(
        r for r in load_roles() if any(x.kind == "nice" and x.skill for x in r.requirements)
    )
    line = next(x for x in role.requirements if x.kind == "nice" and x.skill)
    query = {"target": f"role:{role.slug}", "hours": "8", "nice": f"skill:{line.skill}"}
    page = youth.get("/youth/path", params=query)
    assert page.status_code == 200
    assert (asked[0].refs, asked[0].nice) == ((role.slug,), (f"skill:{line.skill}",))
    assert f'value="skill:{line.skill}" checked' in page.text
    assert RequirementKind.NICE.value == line.kind


def test_the_map_links_every_certificate_and_tells_what_changes_soon(youth: TestClient) -> None:
    text = youth.get("/youth/path").text.split('id="map"')[1]
    for code in ("CLF", "SAA", "DVA", "AIP", "SCS"):
        assert text.count(f'href="/youth/certifications/{code}"') == 3, code
    assert "12월 1일부터 C03" in text
    assert "한국어는 12월 31일까지" in text
    assert 'class="order"' in text
    assert text.count('class="edge"') >= 8


def test_in_english_nothing_korean_is_left_but_what_people_wrote(
    youth: TestClient, openings: list[int]
) -> None:
    here = accepted(youth, openings[0])
    for path in (here, f"/youth/path?{LINK and 'lang=en'}"):
        page = youth.get(path, params={"lang": "en"} if path == here else None)
        shown = re.sub(r"<[^>]+>", " ", unescape(page.text))
        left = {word for word in re.findall(r"[가-힣]{2,}", shown) if word != "한국어"}
        fixed = re.findall(
            r"[가-힣]{2,}",
            "컨테이너 수준 시험 혜택 교재 위성데이터 트랙 지상국 데이터 엔지니어 한국어 센터",
        )
        assert left - set(fixed) == set()
