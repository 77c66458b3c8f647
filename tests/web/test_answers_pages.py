"""Answering applications on the pages of both sides, within two presses an answer."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from matcher.wiring import Services
from models.account import Account
from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    ClosingCause,
    LateReason,
    RefusalReason,
)
from models.consent import Consent, ConsentPurpose
from models.outbox import OutboxMail
from models.youth import YouthProfile
from tests import factories
from tests.conftest import SignIn, post
from tests.factories import NOW, TODAY
from tests.partner_desk import Scene, employer_consent, set_scene
from tests.people import People

WORDS = "서류가 좋았습니다. 다음 공고에서 뵙겠습니다."
NOTE = "면접관 두 사람이 함께 읽음"


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


@pytest.fixture
def number(services: Services, people: People, scene: Scene) -> int:
    return applied(services, people, scene)


def applied(services: Services, people: People, scene: Scene, **values: Any) -> int:
    with services.database.writing() as session:
        employer_consent(session, people.youth.youth_id, people.partner.organisation_id)
        row = factories.application(
            session, scene.opening_id, people.youth.youth_id,
            **({"answer_by": TODAY + timedelta(days=2)} | values),
        )  # fmt: skip
        return row.id


def row_of(services: Services, number: int) -> Application:
    with services.database.reading() as session:
        return session.get_one(Application, number)


def test_the_list_says_how_long_is_left_and_never_the_name(
    services: Services, people: People, scene: Scene, number: int, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    with services.database.reading() as session:
        account = session.get_one(Account, people.youth.account_id)
        hidden = (account.name, account.email)
    for path in (f"/partner/openings/{scene.opening_id}/applications", "/partner/answers"):
        page = browser.get(path).text
        assert "답할 날까지 2일" in page
        assert "지원서를 열어 본 뒤에 답할 수 있습니다." in page
        assert not [each for each in hidden if each in page]


def test_yes_from_the_list_is_one_press_once_the_application_was_opened(
    services: Services, people: People, scene: Scene, number: int, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    path = f"/partner/applications/{number}/invite"
    assert post(browser, path, {"version": "1"}).status_code == 409
    browser.get(f"/partner/applications/{number}")
    listed = browser.get(f"/partner/openings/{scene.opening_id}/applications").text
    assert f'action="{path}"' in listed
    assert post(browser, path, {"version": "1"}).status_code == 303
    assert row_of(services, number).state is ApplicationState.INTERVIEW
    with services.database.reading() as session:
        steps = session.exec(select(ApplicationEvent.to_state).order_by(ApplicationEvent.id)).all()
        mails = session.exec(select(OutboxMail)).all()
    assert steps == ["under_review", "interview"]
    assert [mail.context["state"] for mail in mails] == ["interview"]
    assert post(browser, path, {"version": "1"}).status_code == 409


def test_a_new_application_has_its_yes_on_its_own_page_and_the_number_of_the_lists(
    services: Services, people: People, scene: Scene, number: int, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    listed = browser.get(f"/partner/openings/{scene.opening_id}/applications").text
    called = re.search(rf'href="/partner/applications/{number}">([^<]+)<', listed)
    page = browser.get(f"/partner/applications/{number}").text
    assert called is not None
    assert f"{called[1]}</p><h1" in page
    assert f'action="/partner/applications/{number}/invite"' in page
    assert (
        post(browser, f"/partner/applications/{number}/invite", {"version": "1"}).status_code == 303
    )
    assert "/invite" not in browser.get(f"/partner/applications/{number}").text


def test_no_from_the_list_is_one_press_on_the_reason(
    services: Services, people: People, scene: Scene, number: int, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    browser.get(f"/partner/applications/{number}")
    listed = browser.get(f"/partner/openings/{scene.opening_id}/applications").text
    offered = set(re.findall(r'name="reason" value="(\w+)"', listed))
    assert offered - {each.value for each in LateReason} == {
        each.value for each in RefusalReason
    } - {"duplicate"}
    data = {"version": "1", "reason": "not_mobile", "back": "list"}
    answer = post(browser, f"/partner/applications/{number}/refuse", data)
    assert answer.headers["location"] == f"/partner/openings/{scene.opening_id}/applications"
    row = row_of(services, number)
    assert (row.reason, row.is_reason_shared) == (RefusalReason.NOT_MOBILE, False)


def test_the_preview_shows_the_mail_and_sends_nothing(
    services: Services, people: People, scene: Scene, number: int, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    data = {"version": "1", "reason": "lacks_skill", "share": "1", "words": WORDS, "note": NOTE}
    shown = post(browser, f"/partner/applications/{number}/refuse", data | {"preview": "1"})
    preview = shown.text.partition('id="preview"')[2].partition("</section>")[0]
    assert shown.status_code == 200
    assert (WORDS in preview, "필요한 기술이 모자랍니다" in preview, NOTE in preview) == (
        True, True, False,
    )  # fmt: skip
    assert (WORDS in shown.text.partition('name="words"')[2], NOTE in shown.text) == (True, True)
    assert row_of(services, number).state is ApplicationState.SENT
    with services.database.reading() as session:
        assert session.exec(select(OutboxMail)).all() == []
    unshared = {"version": "1", "reason": "lacks_skill", "preview": "1"}
    shown = post(browser, f"/partner/applications/{number}/refuse", unshared)
    preview = shown.text.partition('id="preview"')[2].partition("</section>")[0]
    assert "필요한 기술이 모자랍니다" not in preview


def test_the_words_reach_the_person_and_the_note_never_does(
    services: Services, people: People, scene: Scene, number: int, sign_in: SignIn
) -> None:
    data = {"version": "1", "reason": "other", "words": WORDS, "note": NOTE}
    post(sign_in(people.partner), f"/partner/applications/{number}/refuse", data)
    with services.database.reading() as session:
        (mail,) = session.exec(select(OutboxMail)).all()
    assert (mail.context["said"], mail.context["reason"]) == (WORDS, "")
    assert NOTE not in str(mail.context)
    tracker = sign_in(people.youth).get("/youth/applications").text
    assert (WORDS in tracker, NOTE in tracker) == (True, False)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "duplicate"}, "reason"),
        ({"words": "미혼이신 분을 찾습니다."}, "words"),
        ({"words": "x" * 1001}, "words"),
        ({"note": "x" * 1001}, "note"),
        ({"state": "hired"}, "state"),
    ],
)
def test_a_bad_refusal_keeps_what_was_typed_and_changes_nothing(
    services: Services, people: People, number: int, sign_in: SignIn,
    change: dict[str, str], field: str,
) -> None:  # fmt: skip
    data = {"version": "1", "reason": "other", "words": WORDS, "note": NOTE} | change
    answer = post(sign_in(people.partner), f"/partner/applications/{number}/refuse", data)
    assert (answer.status_code, f"#f-{field}" in answer.text) == (422, True)
    assert data["words"] in answer.text
    assert row_of(services, number).state is ApplicationState.SENT


def test_a_stale_refusal_keeps_what_was_typed(
    services: Services, people: People, number: int, sign_in: SignIn
) -> None:
    data = {"version": "9", "reason": "other", "words": WORDS}
    answer = post(sign_in(people.partner), f"/partner/applications/{number}/refuse", data)
    assert (answer.status_code, WORDS in answer.text) == (409, True)


def test_two_colleagues_who_keep_a_note_do_not_lose_one(
    services: Services, people: People, number: int, sign_in: SignIn
) -> None:
    browser, path = sign_in(people.partner), f"/partner/applications/{number}/note"
    assert post(browser, path, {"before": "", "note": NOTE}).status_code == 303
    stale = post(browser, path, {"before": "", "note": "다른 메모"})
    assert stale.status_code == 409
    assert (NOTE in stale.text, "다른 메모" in stale.text) == (True, True)
    assert post(browser, path, {"before": NOTE, "note": "다른 메모"}).status_code == 303
    row = row_of(services, number)
    assert (row.note, row.version) == ("다른 메모", 1)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"version": "1", "reason": "on_hold"}, 303),
        ({"version": "1", "reason": "on_hold", "days": "8"}, 422),
        ({"version": "1", "reason": "none"}, 422),
        ({"version": "9", "reason": "on_hold"}, 409),
    ],
)
def test_more_time_is_asked_for_with_a_coded_reason(
    services: Services, people: People, number: int, sign_in: SignIn,
    data: dict[str, str], status: int,
) -> None:  # fmt: skip
    answer = post(sign_in(people.partner), f"/partner/applications/{number}/more-time", data)
    assert answer.status_code == status
    later = TODAY + timedelta(days=2 + 7 * (status == 303))
    assert row_of(services, number).answer_by == later


def test_the_tracker_says_when_no_reason_was_shared(
    people: People, number: int, sign_in: SignIn
) -> None:
    data = {"version": "1", "reason": "lacks_skill"}
    post(sign_in(people.partner), f"/partner/applications/{number}/refuse", data)
    tracker = sign_in(people.youth).get("/youth/applications").text
    assert "기업이 까닭을 나누지 않았어요." in tracker


def test_a_look_stands_among_the_steps_at_its_time(
    services: Services, people: People, number: int, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        for before, after, hours in (("", "sent", 3), ("sent", "under_review", 1)):
            session.add(
                ApplicationEvent(
                    application_id=number, from_state=before, to_state=after,
                    actor_account_id=people.youth.account_id, actor_role="youth",
                    at=NOW - timedelta(hours=hours),
                )
            )  # fmt: skip
    sign_in(people.partner).get(f"/partner/applications/{number}")
    tracker = sign_in(people.youth).get("/youth/applications").text
    assert tracker.index("서류를 보고 있어요") < tracker.index("기업이 열어 봤어요")


def test_the_person_sees_the_promised_day_and_what_follows_when_it_passes(
    people: People, number: int, sign_in: SignIn
) -> None:
    tracker = sign_in(people.youth).get("/youth/applications").text
    assert "2026년 11월 23일까지 답하기로 했어요" in tracker
    assert "저절로 끝나고, 거절로 남지 않아요" in tracker


@pytest.mark.parametrize("cause", list(ClosingCause))
def test_a_closing_nobody_made_is_explained_in_plain_words(
    services: Services, people: People, scene: Scene, sign_in: SignIn, cause: ClosingCause
) -> None:
    applied(services, people, scene, state=ApplicationState.CLOSED, cause=cause, answer_by=None)
    tracker = sign_in(people.youth).get("/youth/applications").text
    said = {
        ClosingCause.ACCEPTED_ELSEWHERE: "내가 다른 곳의 제안을 받아들여",
        ClosingCause.ANSWER_TIME_PASSED: "기업이 약속한 날까지 답하지 않아 끝났어요. 거절한 것이",
        ClosingCause.OPENING_ENDED: "기업이 공고를 끝내서 함께 끝났어요. 거절한 것이",
    }
    assert [each for each, text in said.items() if text in tracker] == [cause]


def asked(services: Services, people: People, scene: Scene) -> int:
    with services.database.writing() as session:
        row = factories.introduction(
            session, scene.opening_id, people.youth.youth_id,
            asked_by_account_id=people.partner.account_id,
        )  # fmt: skip
        return row.id


def employer_consents(services: Services) -> list[Consent]:
    with services.database.reading() as session:
        statement = select(Consent).where(Consent.purpose == ConsentPurpose.EMPLOYER)
        return list(session.exec(statement).all())


def test_an_introduction_opens_contacts_both_ways_until_the_chosen_day(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    path = f"/youth/introductions/{asked(services, people, scene)}"
    browser, until = sign_in(people.youth), date(2027, 1, 15)
    assert people.partner.email not in browser.get(path).text
    answer = post(browser, f"{path}/accept", {"version": "1", "until": until.isoformat()})
    assert answer.status_code == 303
    (consent,) = employer_consents(services)
    assert consent.expires_on == until
    assert people.partner.email in browser.get(path).text
    assert people.youth.email in sign_in(people.partner).get("/partner/introductions").text


@pytest.mark.parametrize("until", ["2026-11-22", "2030-01-01", "2027-02-30", "bald"])
def test_a_day_that_cannot_be_the_end_is_refused_and_opens_nothing(
    services: Services, people: People, scene: Scene, sign_in: SignIn, until: str
) -> None:
    path = f"/youth/introductions/{asked(services, people, scene)}"
    answer = post(sign_in(people.youth), f"{path}/accept", {"version": "1", "until": until})
    assert (answer.status_code, "#f-until" in answer.text) == (422, True)
    assert employer_consents(services) == []


def test_the_question_of_the_term_is_one_press_on_the_home_page(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        row = session.get_one(YouthProfile, people.youth.youth_id)
        row.looking_asked_on = TODAY
        session.add(row)
    browser = sign_in(people.youth)
    assert "아직 일을 찾고 있나요?" in browser.get("/youth").text
    assert post(browser, "/youth/looking", {"answer": "no"}).status_code == 303
    assert "지금은 기업에 보이지 않아요" in browser.get("/youth").text
    assert post(browser, "/youth/looking", {"answer": "yes"}).status_code == 303
    page = browser.get("/youth").text
    assert "지금은 기업에 보이지 않아요" not in page
    assert "아직 일을 찾고 있나요?" not in page
    assert post(browser, "/youth/looking", {"answer": "maybe"}).status_code == 422


def test_the_centre_counts_reasons_and_reads_no_words(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        row = factories.application(session, scene.opening_id, people.youth.youth_id, note=NOTE)
        for number, reason in enumerate(["not_mobile"] * 6 + ["other"] * 4 + ["duplicate"]):
            factories.add(
                session,
                ApplicationEvent(
                    application_id=row.id, from_state="sent", to_state="refused", reason=reason,
                    at=factories.NOW - timedelta(days=number + 1),
                ),
            )  # fmt: skip
    page = sign_in(people.centre).get("/centre/refusals").text
    rows = dict(re.findall(r'<th scope="row">([^<]+)</th>\s*<td[^>]*><span>([^<]+)<', page))
    assert "가장 많이 고른 까닭은 “근무지에 올 수 없습니다”입니다" in page
    assert (rows["근무지에 올 수 없습니다"], rows["그 밖의 이유"]) == ("6", "5건 미만")
    assert len(rows) == len(RefusalReason)
    assert (page.count("거둔 까닭</span>"), NOTE in page) == (1, False)
    assert sign_in(people.partner).get("/centre/refusals").status_code == 404


def test_all_applications_stand_by_stage(
    services: Services, people: People, scene: Scene, number: int, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        employer_consent(session, people.other_youth.youth_id, people.partner.organisation_id)
        factories.application(
            session, scene.opening_id, people.other_youth.youth_id, state=ApplicationState.REFUSED
        )
    path = f"/partner/openings/{scene.opening_id}/applications"
    browser = sign_in(people.partner)
    waiting, whole = browser.get(path).text, browser.get(f"{path}?show=all").text
    assert (waiting.count('class="entry"'), whole.count('class="entry"')) == (1, 2)
    assert re.findall(r'<h2 id="h-(\w+)"', whole) == ["sent", "refused"]
    assert browser.get(f"{path}?show=mine").status_code == 422
