"""The partner's desk in the browser: what is there, what is not, and bad input."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from matcher.wiring import Services
from models.account import Account
from models.application import Application, ApplicationState, Introduction
from models.opening import Opening, OpeningRequirement, OpeningState
from models.organisation import Organisation
from models.youth import YouthProfile
from tests import factories
from tests.conftest import SignIn, post
from tests.partner_desk import Scene, employer_consent, set_scene
from tests.people import People

NUMBER = re.compile(r"/candidates/([0-9]{15})")
GOOD = {
    "title_ko": "위성 데이터 엔지니어",
    "title_en": "Satellite data engineer",
    "sector": "space",
    "description": "위성 영상을 모으고 다듬습니다.",
    "employment_type": "permanent",
    "region": "jeju-si",
    "headcount": "2",
    "pay_min_krw": "36,000,000",
    "pay_max_krw": "48,000,000",
    "opens_on": "2026-11-21",
    "closes_on": "2026-12-31",
    "version": "1",
    "req_kind": ["must", "nice", "must"],
    "req_text": ["python", "SAA", ""],
    "req_level": ["3", "", ""],
    "req_pick": ["", "", ""],
}


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def test_every_page_of_the_desk_opens(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        employer_consent(session, people.youth.youth_id, people.partner.organisation_id)
        made = factories.application(session, scene.opening_id, people.youth.youth_id)
        application_id = made.id
    browser = sign_in(people.partner)
    base = f"/partner/openings/{scene.opening_id}"
    paths = ["/partner", "/partner/openings", "/partner/openings/new", base, f"{base}/edit",
             f"{base}/candidates", f"{base}/candidates?tab=applied", "/partner/introductions",
             "/partner/openings/new?start=x",
             f"/partner/applications/{application_id}"]  # fmt: skip
    for path in paths:
        for language in ("ko", "en"):
            joint = "&" if "?" in path else "?"
            answer = browser.get(f"{path}{joint}lang={language}", follow_redirects=True)
            assert (path, answer.status_code) == (path, 200)
            assert answer.text.count("<h1") == 1


def test_the_masked_pages_never_hold_the_name(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.reading() as session:
        account = session.get_one(Account, people.youth.account_id)
        leaks = {account.name, account.email, "저는 하늘이고"}
    with services.database.writing() as session:
        youth = session.get_one(YouthProfile, people.youth.youth_id)
        youth.about = "저는 하늘이고 제주대 3학년이에요. <script>alert(1)</script>"
        session.add(youth)
    browser = sign_in(people.partner)
    path = f"/partner/openings/{scene.opening_id}/candidates"
    listed = browser.get(path)
    found = NUMBER.search(listed.text)
    assert found is not None
    opened = browser.get(f"{path}/{found[1]}")
    assert opened.status_code == 200
    for page in (listed, opened):
        assert not [leak for leak in leaks if leak in page.text]
        assert not re.search(r"jejunu|제주대|haneul", page.text)
        assert "7개 중" not in page.text
        assert "2개 중 1개 충족" in page.text
    assert "결정은 담당자가 합니다" in opened.text


@pytest.mark.parametrize("path", [
    "/partner/openings/{id}", "/partner/openings/{id}/edit", "/partner/openings/{id}/candidates",
    "/partner/openings/{id}/candidates/123456789012345",
])  # fmt: skip
def test_a_foreign_opening_answers_like_an_absent_one(
    people: People, scene: Scene, sign_in: SignIn, path: str
) -> None:
    browser = sign_in(people.partner)
    foreign = browser.get(path.format(id=scene.foreign_opening_id))
    absent = browser.get(path.format(id=999_999))
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert plain(foreign.text) == plain(absent.text)


def plain(text: str) -> str:
    """Without what differs in every answer: form tokens, addresses in the language links."""
    return re.sub(r'value="[0-9a-f]{40,}"|href="/partner/[^"]*"|[0-9a-f]{16}', "", text)


@pytest.mark.parametrize("step", ["submit", "close", "fill", "copy", "edit"])
def test_steps_on_a_foreign_opening_change_nothing(
    services: Services, people: People, scene: Scene, sign_in: SignIn, step: str
) -> None:
    browser = sign_in(people.partner)
    data = GOOD if step == "edit" else {} if step == "copy" else {"version": "1"}
    foreign = post(browser, f"/partner/openings/{scene.foreign_opening_id}/{step}", data)
    absent = post(browser, f"/partner/openings/999999/{step}", data)
    assert (foreign.status_code, absent.status_code) == (404, 404)
    with services.database.reading() as session:
        assert len(session.exec(select(Opening)).all()) == 2
        row = session.get_one(Opening, scene.foreign_opening_id)
        assert (row.state, row.version) == (OpeningState.PUBLISHED, 1)


def test_other_roles_are_told_no(people: People, scene: Scene, sign_in: SignIn) -> None:
    base = f"/partner/openings/{scene.opening_id}"
    for person in (people.youth, people.coordinator, people.centre, people.admin):
        browser = sign_in(person)
        assert browser.get(base).status_code == 404
        assert browser.get(f"{base}/candidates").status_code == 404
        assert post(browser, f"{base}/close", {"version": "1"}).status_code == 403


def test_a_visitor_is_sent_to_sign_in(client, scene: Scene) -> None:  # type: ignore[no-untyped-def]
    answer = client.get(f"/partner/openings/{scene.opening_id}/candidates")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=")


def test_a_posting_is_written_with_its_requirements(
    services: Services, people: People, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    answer = post(browser, "/partner/openings/new", GOOD)
    assert answer.status_code == 303, answer.text
    with services.database.reading() as session:
        (row,) = session.exec(select(Opening)).all()
        asked = session.exec(select(OpeningRequirement).order_by(OpeningRequirement.id)).all()
        found = [(each.kind, each.subject, each.ref, each.level) for each in asked]
    assert (row.state, row.pay_min_krw) == (OpeningState.DRAFT, 36_000_000)
    assert found == [
        ("must", "skill", "python", 3),
        ("nice", "certification", "SAA", None),
    ]


def test_a_posting_without_pay_is_kept_as_a_draft(
    services: Services, people: People, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    form = {**GOOD, "pay_min_krw": "", "pay_max_krw": ""}
    answer = post(browser, "/partner/openings/new", form)
    assert answer.status_code == 303
    with services.database.reading() as session:
        (row,) = session.exec(select(Opening)).all()
    assert (row.pay_min_krw, row.pay_max_krw) == (None, None)


def test_pay_is_written_in_full_or_in_units_of_ten_thousand(
    services: Services, people: People, sign_in: SignIn
) -> None:
    pay = {"pay_min_krw": "3,600만원", "pay_max_krw": "48000000 원"}
    assert post(sign_in(people.partner), "/partner/openings/new", GOOD | pay).status_code == 303
    with services.database.reading() as session:
        (row,) = session.exec(select(Opening)).all()
    assert (row.pay_min_krw, row.pay_max_krw) == (36_000_000, 48_000_000)


def test_a_new_posting_begins_in_the_sector_of_its_firm(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        session.get_one(Organisation, people.partner.organisation_id).sector = "bio"
    browser = sign_in(people.partner)
    pasted = {"step": "write", "text": "파이썬", "found_key": ["skill:python"],
              "found_kind": ["must"], "found_level": [""]}  # fmt: skip
    begun = browser.get("/partner/openings/new"), post(browser, "/partner/openings/paste", pasted)
    assert ['<option value="bio" selected>' in page.text for page in begun] == [True, True]


def test_the_summary_of_mistakes_names_each_field(people: People, sign_in: SignIn) -> None:
    wrong = {"region": "", "employment_type": "", "closes_on": ""}
    page = post(sign_in(people.partner), "/partner/openings/new", GOOD | wrong).text
    links = re.findall(r'<a href="#f-([a-z_]+)">([^<:]+):', page)
    assert links == [
        ("employment_type", "고용 형태"), ("region", "근무 지역"), ("closes_on", "마감일"),
    ]  # fmt: skip


def test_a_draft_says_first_that_it_is_not_handed_in(people: People, sign_in: SignIn) -> None:
    browser = sign_in(people.partner)
    made = post(browser, "/partner/openings/new", GOOD).headers["location"]
    draft = browser.get(made).text
    assert draft.index("아직 내지 않은 공고입니다") < draft.index('id="h-req"')
    assert draft.count(f'action="{made}/submit"') == 1
    post(browser, f"{made}/submit", {"version": "1"})
    assert "아직 내지 않은 공고입니다" not in browser.get(made).text


def test_a_posting_past_its_closing_day_says_that_nobody_can_apply(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    browser, said = sign_in(people.partner), "마감일이 지나 새 지원을 받지 않음"
    before = browser.get("/partner/openings").text
    with services.database.writing() as session:
        session.get_one(Opening, scene.opening_id).closes_on = factories.TODAY - timedelta(days=1)
    after = browser.get("/partner/openings").text
    assert (before.count(said), after.count(said)) == (0, 1)


def test_an_unclear_skill_offers_choices_and_keeps_everything_typed(
    services: Services, people: People, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    unclear = GOOD | {"req_text": ["네트워크 머시기", "SAA", ""]}
    answer = post(browser, "/partner/openings/new", unclear)
    assert answer.status_code == 422
    assert 'value="네트워크 머시기"' in answer.text
    assert "위성 영상을 모으고 다듬습니다." in answer.text
    assert 'id="f-req-0-pick"' in answer.text
    picks = re.findall(r'<option value="(skill:[a-z0-9-]+)"', answer.text)
    assert picks
    chosen = post(browser, "/partner/openings/new", unclear | {"req_pick": [picks[0], "", ""]})
    assert chosen.status_code == 303
    with services.database.reading() as session:
        refs = {each.ref for each in session.exec(select(OpeningRequirement)).all()}
    assert refs == {picks[0].removeprefix("skill:"), "SAA"}


def test_checking_adds_rows_and_stores_nothing(
    services: Services, people: People, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    answer = post(browser, "/partner/openings/new", GOOD | {"check": "1"})
    assert answer.status_code == 200
    assert answer.text.count('name="req_text"') == 5
    with services.database.reading() as session:
        assert session.exec(select(Opening)).all() == []


BAD = [
    ({"title_ko": ""}, "title_ko"),
    ({"title_ko": "가" * 121}, "title_ko"),
    ({"title_ko": "a\u202eb"}, "title_ko"),
    ({"title_ko": "가\r\n나"}, "title_ko"),
    ({"title_ko": "　"}, "title_ko"),
    ({"title_ko": "a\x00b"}, "title_ko"),
    ({"description": "가" * 4001}, "description"),
    ({"description": "900101-1234567"}, "description"),
    ({"sector": "tourism"}, "sector"),
    ({"region": ""}, "region"),
    ({"employment_type": "slave"}, "employment_type"),
    ({"headcount": "0"}, "headcount"),
    ({"headcount": "-1"}, "headcount"),
    ({"headcount": "2.5"}, "headcount"),
    ({"headcount": "1e3"}, "headcount"),
    ({"headcount": "NaN"}, "headcount"),
    ({"headcount": "３"}, "headcount"),
    ({"headcount": "9" * 400}, "headcount"),
    ({"pay_min_krw": "-5"}, "pay_min_krw"),
    ({"pay_min_krw": "Infinity"}, "pay_min_krw"),
    ({"pay_min_krw": "99999999999"}, "pay_min_krw"),
    ({"pay_min_krw": "1,000,000"}, "pay_min_krw"),
    ({"pay_min_krw": "만원"}, "pay_min_krw"),
    ({"pay_min_krw": "3,600만 5천"}, "pay_min_krw"),
    ({"pay_min_krw": "３６００만"}, "pay_min_krw"),
    ({"pay_min_krw": "9" * 400 + "만"}, "pay_min_krw"),
    ({"pay_min_krw": "50000000", "pay_max_krw": "40000000"}, "pay_max_krw"),
    ({"closes_on": "2023-02-29"}, "closes_on"),
    ({"closes_on": "2026-13-01"}, "closes_on"),
    ({"closes_on": "86400"}, "closes_on"),
    ({"closes_on": "2026-11-20"}, "closes_on"),
    ({"opens_on": "0000-01-01"}, "opens_on"),
    ({"starts_on": "내일"}, "starts_on"),
    ({"version": "1_0"}, "version"),
    ({"req_level": ["6", "", ""]}, "req-0"),
    ({"req_level": ["NaN", "", ""]}, "req-0"),
    ({"req_kind": ["maybe", "nice", "must"]}, "req-0"),
    ({"req_text": ["python", "파이썬", ""]}, "req-1"),
    ({"req_text": ["가" * 121, "SAA", ""]}, "req-0"),
    ({"req_kind": ["licence", "nice", "must"]}, "req-0"),
    ({"req_level": ["3"]}, "requirements"),
    ({"is_demo": "1"}, "is_demo"),
    ({"state": "published"}, "state"),
    ({"organisation_id": "2"}, "organisation_id"),
    ({"__proto__": "1"}, "__proto__"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "field"), BAD, ids=[f"{n}-{b[1]}" for n, b in enumerate(BAD)])
def test_a_bad_value_is_named_stores_nothing_and_loses_nothing(
    services: Services, people: People, sign_in: SignIn, change: dict[str, object], field: str
) -> None:
    browser = sign_in(people.partner)
    answer = post(browser, "/partner/openings/new", GOOD | change)
    assert answer.status_code == 422, answer.status_code
    assert f'href="#f-{field}"' in answer.text
    if "title_ko" not in change:
        assert "위성 데이터 엔지니어" in answer.text
    with services.database.reading() as session:
        assert session.exec(select(Opening)).all() == []


@pytest.mark.parametrize(
    ("number", "status"),
    [("9223372036854775808", 404), ("0", 404), ("-1", 404), ("1" * 400, 404), ("１", 422),
     ("1_0", 422), ("1.0", 422), ("+1", 422), ("2147483648", 404)],
)  # fmt: skip
def test_odd_numbers_in_the_path_name_nothing(
    people: People, scene: Scene, sign_in: SignIn, number: str, status: int
) -> None:
    browser = sign_in(people.partner)
    for path in ("/partner/openings/{}", "/partner/applications/{}",
                 "/partner/openings/{}/candidates"):  # fmt: skip
        assert browser.get(path.format(number)).status_code == status


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=99999999999999999999", "tab=all",
              "tab=new&tab=asked", "sort=name;DROP"],
)  # fmt: skip
def test_a_bad_query_is_refused(people: People, scene: Scene, sign_in: SignIn, query: str) -> None:
    browser = sign_in(people.partner)
    answer = browser.get(f"/partner/openings/{scene.opening_id}/candidates?{query}")
    assert answer.status_code == 422


def test_a_page_past_the_end_is_empty(people: People, scene: Scene, sign_in: SignIn) -> None:
    browser = sign_in(people.partner)
    answer = browser.get(f"/partner/openings/{scene.opening_id}/candidates?page=999999")
    assert answer.status_code == 200
    assert NUMBER.search(answer.text) is None


@pytest.mark.parametrize("number", ["1", "023456789012345", "12345678901234５", "x" * 15, "1" * 15])
def test_a_number_that_is_nobody_is_absent(
    people: People, scene: Scene, sign_in: SignIn, number: str
) -> None:
    browser = sign_in(people.partner)
    path = f"/partner/openings/{scene.opening_id}/candidates/{number}"
    assert browser.get(path).status_code == 404
    assert post(browser, f"{path}/mark", {"state": "shortlisted"}).status_code == 404


def test_two_editors_see_both_texts_and_the_second_decides(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    path = f"/partner/openings/{scene.opening_id}/edit"
    assert post(browser, path, GOOD).status_code == 303
    second = GOOD | {"title_ko": "둘째 사람의 제목"}
    clash = post(browser, path, second)
    assert clash.status_code == 409
    assert "위성 데이터 엔지니어" in clash.text
    assert "둘째 사람의 제목" in clash.text
    assert '<input type="hidden" name="version" value="2">' in clash.text
    assert post(browser, path, second | {"version": "2"}).status_code == 303
    with services.database.reading() as session:
        row = session.get_one(Opening, scene.opening_id)
        assert (row.title_ko, row.version) == ("둘째 사람의 제목", 3)


def test_a_trusted_partner_with_a_forbidden_topic_goes_to_a_human_and_is_shown(
    services: Services, people: People, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    post(browser, "/partner/openings/new", GOOD | {"description": "용모 단정한 분을 찾습니다."})
    with services.database.reading() as session:
        opening_id = session.exec(select(Opening)).one().id
    post(browser, f"/partner/openings/{opening_id}/submit", {"version": "1"})
    with services.database.reading() as session:
        assert session.exec(select(Opening)).one().state is OpeningState.SUBMITTED
    waiting = sign_in(people.centre).get("/centre/approvals?show=flagged")
    assert "용모" in waiting.text
    assert "용모 단정한 분을 찾습니다." in waiting.text


def test_the_first_posting_waits_for_the_centre_and_later_ones_do_not(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        organisation = session.get_one(Organisation, people.partner.organisation_id)
        organisation.is_trusted = False
        session.add(organisation)
    browser, centre = sign_in(people.partner), sign_in(people.centre)
    post(browser, "/partner/openings/new", GOOD)
    with services.database.reading() as session:
        first = session.exec(select(Opening)).one().id
    post(browser, f"/partner/openings/{first}/submit", {"version": "1"})
    decide = f"/centre/approvals/openings/{first}"
    bare = post(centre, decide, {"decision": "return", "version": "2"})
    assert bare.status_code == 422
    answer = post(centre, decide, {"decision": "approve", "version": "2"})
    assert answer.status_code == 303
    again = post(centre, decide, {"decision": "approve", "version": "2"})
    assert again.status_code == 409
    post(browser, "/partner/openings/new", GOOD)
    with services.database.reading() as session:
        second = session.exec(select(Opening).where(Opening.id != first)).one().id
    post(browser, f"/partner/openings/{second}/submit", {"version": "1"})
    with services.database.reading() as session:
        states = session.exec(select(Opening.state)).all()
    assert states == [OpeningState.PUBLISHED, OpeningState.PUBLISHED]


def test_the_centre_alone_approves(people: People, scene: Scene, sign_in: SignIn) -> None:
    for person in (people.partner, people.youth, people.coordinator, people.admin):
        browser = sign_in(person)
        assert browser.get("/centre/approvals").status_code == 404
        path = f"/centre/approvals/openings/{scene.opening_id}"
        assert post(browser, path, {"decision": "approve", "version": "1"}).status_code == 403


def test_asking_from_the_page_works_and_a_past_day_keeps_the_words(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    browser = sign_in(people.partner)
    path = f"/partner/openings/{scene.opening_id}/candidates"
    found = NUMBER.search(browser.get(path).text)
    assert found is not None
    ask = f"{path}/{found[1]}/ask"
    late = post(browser, ask, {"message": "이야기해 봅시다", "answer_by": "2026-11-01"})
    assert late.status_code == 422
    assert "이야기해 봅시다" in late.text
    good = post(browser, ask, {"message": "이야기해 봅시다", "answer_by": "2026-11-28"})
    assert good.status_code == 303
    with services.database.reading() as session:
        assert len(session.exec(select(Introduction)).all()) == 1
    assert found[1][:3] in browser.get("/partner/introductions").text


def test_an_application_disappears_with_the_consent(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        consent = employer_consent(session, people.youth.youth_id, people.partner.organisation_id)
        made = factories.application(session, scene.opening_id, people.youth.youth_id)
        application_id, consent_id = made.id, consent.id
    browser = sign_in(people.partner)
    path = f"/partner/applications/{application_id}"
    assert "haneul" in browser.get(path).text
    assert sign_in(people.other_partner).get(path).status_code == 404
    with services.database.writing() as session:
        consent = session.get_one(type(consent), consent_id)
        consent.withdrawn_at = factories.NOW
        session.add(consent)
    gone, absent = browser.get(path), browser.get("/partner/applications/999999")
    assert (gone.status_code, absent.status_code) == (404, 404)
    refused = post(browser, f"{path}/refuse", {"reason": "other", "version": "1"})
    assert refused.status_code == 404
    with services.database.reading() as session:
        assert session.get_one(Application, application_id).state is ApplicationState.SENT


def test_a_posting_starts_from_a_role_of_the_catalogue(people: People, sign_in: SignIn) -> None:
    browser = sign_in(people.partner)
    page = browser.get("/partner/openings/new").text
    slug = re.findall(r'<option value="([a-z0-9-]+)"', page)[0]
    started = browser.get(f"/partner/openings/new?start={slug}")
    assert started.status_code == 200
    assert f'<option value="{slug}" selected>' in started.text
    assert started.text.count('name="req_text"') > 3
