"""Interviews, offers and answer links in the browser: what is there, what is typed, what is not."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from matcher.web.headers import SILENT
from matcher.wiring import Services
from models.account import Account, AccountState
from models.answer_link import AnswerLinkUse
from models.application import Application, ApplicationState
from models.interview import Interview, InterviewSlot, InterviewState
from models.organisation import Organisation
from models.outbox import OutboxMail
from tests.conftest import SignIn, browser, post, token_of
from tests.hiring_desk import DAY, Hiring, interview, set_hiring, slot
from tests.people import People
from tests.promise_desk import put_pass, put_promise, put_taking
from tests.review_desk import phase

TIMES = {
    "day": "2026-11-26", "starts": "10:00", "ends": "11:00", "minutes": "30", "pause": "0",
    "mode": "online", "place": "https://meet.example/room",
}  # fmt: skip
OFFER = {
    "starts_on": "2026-12-14", "answer_by": "2026-11-28", "pay_krw": "36,000,000",
    "words": "함께 일하고 싶습니다.", "offer_version": "0", "version": "1",
}  # fmt: skip


@pytest.fixture
def hiring(services: Services, people: People) -> Hiring:
    return set_hiring(services, people)


def test_a_partner_opens_times_and_the_person_takes_one(
    services: Services, people: People, hiring: Hiring, sign_in: SignIn
) -> None:
    desk, own = sign_in(people.partner), sign_in(people.youth)
    path = f"/partner/openings/{hiring.opening_id}/interviews"
    assert post(desk, path, TIMES).headers["location"] == path
    page = f"/youth/applications/{hiring.first}/interview"
    shown = own.get(page).text
    assert shown.count('name="slot"') == 4
    assert "meet.example" not in shown  # the place is for whoever takes the time
    slot = re.findall(r'name="slot" value="(\d+)"', shown)[-1]
    assert post(own, page, {"slot": slot}).status_code == 303
    assert "https://meet.example/room" in own.get(page).text
    file = own.get(f"{page}/file")
    assert file.headers["content-type"].startswith("text/calendar")
    assert "interview.ics" in file.headers["content-disposition"]
    with services.database.reading() as session:
        names = {row.name for row in session.exec(select(Account)).all()}
    listed = desk.get(path).text
    assert not [name for name in names - {"partner"} if name in listed]
    assert "지원자 " in listed


def test_refused_times_stay_typed(people: People, hiring: Hiring, sign_in: SignIn) -> None:
    desk = sign_in(people.partner)
    path = f"/partner/openings/{hiring.opening_id}/interviews"
    answer = post(desk, path, {**TIMES, "place": "http://meet.example"})
    assert answer.status_code == 422
    assert 'value="http://meet.example"' in answer.text
    assert 'href="#f-place"' in answer.text


def test_who_comes_second_sees_the_times_that_are_left(
    people: People, hiring: Hiring, sign_in: SignIn
) -> None:
    first, second = sign_in(people.youth), sign_in(people.other_youth)
    slot = str(hiring.slots[0])
    post(first, f"/youth/applications/{hiring.first}/interview", {"slot": slot})
    answer = post(second, f"/youth/applications/{hiring.second}/interview", {"slot": slot})
    assert answer.status_code == 409
    assert "남은 시간에서" in answer.text
    assert re.findall(r'name="slot" value="(\d+)"', answer.text) == [str(hiring.slots[1])]


def test_an_offer_is_written_read_and_accepted_with_one_press(
    services: Services, people: People, hiring: Hiring, sign_in: SignIn
) -> None:
    desk, own = sign_in(people.partner), sign_in(people.youth)
    path = f"/partner/applications/{hiring.first}/offer"
    refused = post(desk, path, {**OFFER, "pay_krw": "1000"})
    assert (refused.status_code, "함께 일하고 싶습니다." in refused.text) == (422, True)
    assert post(desk, path, OFFER).status_code == 303
    stale = post(desk, path, {**OFFER, "words": "다른 말"})
    assert stale.status_code == 409
    assert "다른 말" in stale.text  # what was typed
    assert OFFER["words"] in stale.text  # and what stands
    page = f"/youth/applications/{hiring.first}/offer"
    shown = own.get(page).text
    assert "36,000,000원" in shown
    form = re.search(r'action="[^"]*/accept">.*?name="version" value="(\d+)"', shown, re.S)
    assert form is not None
    assert post(own, f"{page}/accept", {"version": form[1]}).status_code == 303
    with services.database.reading() as session:
        assert session.get_one(Application, hiring.first).state is ApplicationState.ACCEPTED


def test_a_hire_nobody_confirmed_yet_is_told_on_the_page_of_hires(
    services: Services, people: People, sign_in: SignIn
) -> None:
    hired = set_hiring(services, people, state=ApplicationState.ACCEPTED).first
    desk, other = sign_in(people.partner), sign_in(people.other_partner)
    said = "채용으로 마친 1명은 대학이나 센터의 확인을 기다립니다."
    assert said not in desk.get("/partner/hires").text
    move = {"version": "1", "action": "hire"}
    assert post(desk, f"/partner/applications/{hired}/move", move).status_code == 303
    assert said in desk.get("/partner/hires").text
    assert said not in other.get("/partner/hires").text


def test_home_asks_for_what_hiring_waits_for_and_no_more(
    services: Services, people: People, hiring: Hiring, sign_in: SignIn
) -> None:
    own = sign_in(people.youth)
    page = f"/youth/applications/{hiring.first}"
    assert f'href="{page}/interview"' in own.get("/youth").text
    with services.database.writing() as session:
        promise = put_promise(session, hiring.opening_id)
        put_taking(session, promise.id or 0, people.youth.youth_id or 0)
    assert "#promise-" not in own.get("/youth").text  # not earned yet
    with services.database.writing() as session:
        put_pass(session, people.youth.youth_id or 0)
    assert f'href="/youth/promises#promise-{promise.id}"' in own.get("/youth").text
    post(own, f"{page}/interview", {"slot": str(hiring.slots[0])})
    taken = own.get("/youth").text
    assert (taken.count("잡아 둔 면접이 있어요"), "면접 시간을 골라" in taken) == (1, False)
    post(
        sign_in(people.partner),
        f"/partner/applications/{hiring.first}/offer",
        {**OFFER, "version": "1"},
    )
    offered = own.get("/youth").text
    assert f'href="{page}/offer"' in offered
    assert f'href="{page}/interview"' not in offered
    other = sign_in(people.other_youth)
    assert page not in other.get("/youth").text


def test_after_the_hour_nobody_is_asked_to_choose_a_time_again(
    services: Services, people: People, hiring: Hiring, sign_in: SignIn
) -> None:
    own = sign_in(people.youth)
    page = f"/youth/applications/{hiring.first}/interview"
    with services.database.writing() as session:
        session.get_one(Application, hiring.first).created_at -= timedelta(days=9)
        gone = slot(session, hiring.opening_id, DAY - timedelta(days=6))
        row = interview(session, hiring.first, gone.id or 0)
    shown = own.get(page).text
    assert "<h1>면접 시간이 지났어요" in shown
    assert 'name="slot"' not in shown  # would be refused
    with services.database.writing() as session:
        session.get_one(Interview, row.id).state = InterviewState.HELD
    held = own.get(page).text
    assert "<h1>면접을 마쳤어요" in held
    assert 'name="slot"' in held  # for a further one
    assert page not in own.get("/youth").text


@pytest.fixture
def token(services: Services, people: People, sign_in: SignIn) -> str:
    """haneul applies to a firm nobody signs in for, as people do."""
    hiring = set_hiring(services, people, state=ApplicationState.SENT, begins=())
    with services.database.writing() as session:
        session.get_one(Organisation, people.partner.organisation_id).contact_email = "o@orbit.kr"
        session.get_one(Account, people.partner.account_id).state = AccountState.DISABLED
    own = sign_in(people.far_youth)
    sent = post(
        own, f"/youth/openings/{hiring.opening_id}/apply",
        {"message": "저를 봐 주세요.", "consent": "on"},
    )  # fmt: skip
    assert sent.status_code == 303, sent.text
    with services.database.reading() as session:
        mail = session.exec(select(OutboxMail).where(OutboxMail.template == "answer_asked")).one()
    return str(mail.context["token"])


def test_a_link_is_answered_without_signing_in(
    services: Services, people: People, token: str
) -> None:
    visitor = browser(services)
    page = visitor.get(f"/answer/{token}")
    assert page.status_code == 200
    assert page.headers["referrer-policy"] == SILENT
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]
    assert "저를 봐 주세요." in page.text
    assert people.far_youth.email not in page.text
    times = ["2026-11-27T14:00", "2026-11-27T15:00", "", "", ""]
    more = {"minutes": "30", "mode": "phone", "place": ""}
    done = post(visitor, f"/answer/{token}", {"answer": "interview", "times": times, **more})
    assert (done.status_code, people.far_youth.email in done.text) == (200, True)
    with services.database.reading() as session:
        assert len(session.exec(select(InterviewSlot)).all()) == 2
        assert session.exec(select(Interview)).all() == []
    again = visitor.get(f"/answer/{token}")
    assert (again.status_code, people.far_youth.email in again.text) == (404, False)


def test_a_link_in_a_phase_that_hides_names_never_names_the_person(
    services: Services, people: People, token: str
) -> None:
    with services.database.reading() as session:
        opening_id = session.exec(select(Application.opening_id).distinct()).one()
    phase(services, opening_id, shows_names=False)
    visitor = browser(services)
    page = visitor.get(f"/answer/{token}")
    done = post(visitor, f"/answer/{token}", {"answer": "interview"})
    assert (page.status_code, done.status_code) == (200, 200)
    assert "면접하겠다는 답을 전했습니다" in done.text
    own = (people.far_youth.email, "저를 봐 주세요.", "직접 정해")
    assert [each for each in own if each in page.text + done.text] == []
    assert (page.text + done.text).count("이름을 가리고 검토") == 2


def test_a_dead_link_and_an_unknown_one_are_the_same_page(services: Services, token: str) -> None:
    visitor = browser(services)
    post(visitor, f"/answer/{token}", {"answer": "no", "reason": "other"})
    used, unknown = visitor.get(f"/answer/{token}"), visitor.get(f"/answer/{'A' * len(token)}")

    def bare(text: str) -> str:
        return re.sub(r"[A-Za-z0-9_.-]{40,}", "", text)

    assert (used.status_code, unknown.status_code) == (404, 404)
    assert bare(used.text) == bare(unknown.text)
    for answer in (used, unknown):
        assert answer.headers["referrer-policy"] == SILENT


def test_an_answer_needs_the_page_and_keeps_what_was_typed(services: Services, token: str) -> None:
    visitor = browser(services)
    without = visitor.post(f"/answer/{token}", data={"answer": "interview"})
    assert without.status_code in (400, 403)
    odd = {"answer": "interview", "times": ["2026-11-20T14:00"], "place": "제주시 1"}
    refused = post(visitor, f"/answer/{token}", odd)
    assert (refused.status_code, 'value="2026-11-20T14:00"' in refused.text) == (422, True)
    bad = post(visitor, f"/answer/{token}", {"answer": "interview", "times": ["tomorrow"]})
    assert bad.status_code == 422
    with services.database.reading() as session:
        assert session.exec(select(Application.state)).all().count(ApplicationState.SENT) == 3


def test_every_use_stands_on_the_persons_own_page_and_the_token_in_no_log(
    services: Services, people: People, token: str, sign_in: SignIn,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    browser(services).get(f"/answer/{token}")
    browser(services).get(f"/answer/{token[:-1]}x")
    own = sign_in(people.far_youth).get("/account/access")
    assert "링크로 열어 봄" in own.text
    with services.database.reading() as session:
        assert len(session.exec(select(AnswerLinkUse)).all()) == 1
    out = capsys.readouterr()
    assert token.partition(".")[0] not in out.out + out.err
    assert token_of(browser(services))  # the pages still open
