"""A pasted posting: marked, looked through, carried into the ordinary form, and kept nowhere."""

import html
import re

import pytest
from sqlmodel import func, select
from starlette.testclient import TestClient

from matcher.catalogue.extracting import MOST_CHARACTERS
from matcher.wiring import Services
from models.opening import Opening, OpeningRequirement
from tests.conftest import SignIn, post
from tests.partner_desk import Scene, set_scene
from tests.people import People

PASTE = "/partner/openings/paste"
TEXT = """주니어 엔지니어 모집

자격요건
- 파이썬 개발 경력 3년 이상
- 전기기사
우대사항
- AWS <b>운영</b> 경험
- 소방안전관리자
"""
FOUND = {
    "step": "write",
    "text": TEXT,
    "title": "주니어 엔지니어 모집",
    "found_key": ["skill:python", "licence:electrical-engineer-licence", "skill:aws"],
    "found_kind": ["nice", "licence", "nice"],
    "found_level": ["2", "", ""],
}


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


@pytest.fixture
def partner(scene: Scene, people: People, sign_in: SignIn) -> TestClient:
    return sign_in(people.partner)


def stored(services: Services) -> tuple[int, int]:
    with services.database.reading() as session:
        counts = [
            session.exec(select(func.count()).select_from(table)).one()
            for table in (Opening, OpeningRequirement)
        ]
    return counts[0], counts[1]


def values(page: str, name: str) -> list[str]:
    """Of inputs, chosen options and texts with this name, in the order of the page."""
    inputs = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    found = [html.unescape(re.search(r'value="([^"]*)"', each)[1]) for each in inputs]  # type: ignore[index]
    for area in re.findall(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.S):
        found.append(html.unescape(area))
    return found


def chosen(page: str, name: str) -> list[str]:
    selects = re.findall(rf'<select[^>]*name="{name}"[^>]*>(.*?)</select>', page, re.S)
    picked = [re.search(r'value="([^"]*)" selected', each) for each in selects]
    return [each[1] if each else "" for each in picked]


def test_what_was_found_is_marked_at_its_place_and_nothing_is_stored(
    services: Services, partner: TestClient
) -> None:
    before = stored(services)
    assert partner.get(PASTE).status_code == 200
    page = post(partner, PASTE, {"text": TEXT, "step": "read"}).text
    marks = re.findall(r'<mark id="mark-(\d+)">(.*?)</mark>', page)
    assert marks == [("0", "파이썬"), ("1", "전기기사"), ("2", "AWS"), ("3", "소방안전관리자")]
    assert "<b>운영" not in page
    assert "&lt;b&gt;운영" in page
    assert chosen(page, "found_kind") == ["must", "licence", "nice", "licence"]
    assert values(page, "found_key")[0] == "skill:python"
    assert chosen(page, "found_level") == ["3", ""]
    assert "글에서 요건 4개를 찾았습니다" in page
    assert stored(services) == before


def test_a_licence_that_is_only_wished_for_is_proposed_to_be_left_out(partner: TestClient) -> None:
    page = post(partner, PASTE, {"text": TEXT, "step": "read"}).text
    boxes = re.findall(r'<input[^>]*name="left_out"[^>]*>', page)
    assert [" checked" in each for each in boxes] == [False, False, False, True]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("[새별] 위성 영상 담당", "[새별] 위성 영상 담당"),
        ("■ 위성 영상 담당 (신입) ■", "위성 영상 담당 (신입)"),
        ("【위성 영상 담당】", "위성 영상 담당"),
        ("위성 영상 담당 [제주]", "위성 영상 담당 [제주]"),
    ],
)
def test_a_title_keeps_the_brackets_it_needs(partner: TestClient, line: str, title: str) -> None:
    page = post(partner, PASTE, {"step": "read", "text": f"{line}\n- 파이썬 필수"}).text
    assert values(page, "title") == [title]


def test_taking_it_over_opens_the_ordinary_form_and_saving_stores_it(
    services: Services, partner: TestClient
) -> None:
    before = stored(services)
    answer = post(partner, PASTE, {**FOUND, "left_out": ["1"], "use_text": "1", "use_title": "1"})
    assert answer.status_code == 200
    page = answer.text
    assert 'action="/partner/openings/new"' in page
    assert values(page, "req_text")[:3] == ["파이썬", "AWS 클라우드", ""]
    assert chosen(page, "req_kind")[:2] == ["nice", "nice"]
    assert chosen(page, "req_level")[:2] == ["2", ""]
    assert values(page, "title_ko") == ["주니어 엔지니어 모집"]
    assert values(page, "description") == [TEXT.strip()]
    assert stored(services) == before
    more = {
        "sector": "space", "employment_type": "permanent", "region": "jeju-si", "headcount": "1",
        "opens_on": "2026-11-21", "closes_on": "2026-12-31", "version": "1", "save": "1",
    }  # fmt: skip
    lists = {name: values(page, name) for name in ("req_text", "req_pick")}
    lists |= {name: chosen(page, name) for name in ("req_kind", "req_level")}
    lists["req_kind"] = [each or "must" for each in lists["req_kind"]]
    title, text = values(page, "title_ko")[0], values(page, "description")[0]
    body = {**more, **lists, "title_ko": title, "description": text}
    assert post(partner, "/partner/openings/new", body).status_code == 303
    assert stored(services) == (before[0] + 1, before[1] + 2)


TYPED = {
    "title_ko": "적던 제목", "description": "적던 글", "headcount": "x7", "sector": "bio",
    "pay_min_krw": "서른", "version": "1", "req_kind": ["nice"], "req_text": ["파이썬"],
    "req_level": ["4"], "req_pick": [""],
}  # fmt: skip


def test_nothing_typed_in_the_form_is_lost_on_the_way(partner: TestClient) -> None:
    opened = post(partner, PASTE, {**TYPED, "step": "open"}).text
    read = post(partner, PASTE, {**TYPED, "step": "read", "text": TEXT}).text
    for page in (opened, read):
        for name, value in TYPED.items():
            assert values(page, name)[: len(value) if isinstance(value, list) else 1] == (
                value if isinstance(value, list) else [value]
            )
    assert "공고에 이미 있어" in read
    back = post(partner, PASTE, {**TYPED, **FOUND, "left_out": ["0", "2"]}).text
    assert values(back, "title_ko") == ["적던 제목"]
    assert values(back, "description") == ["적던 글"]
    assert values(back, "headcount") == ["x7"]
    assert values(back, "pay_min_krw") == ["서른"]
    assert values(back, "req_text")[:2] == ["파이썬", "전기기사"]


def test_the_same_while_a_posting_is_edited(
    services: Services, partner: TestClient, scene: Scene
) -> None:
    own = f"/partner/openings/{scene.opening_id}"
    before = stored(services)
    assert f'formaction="{own}/paste"' in partner.get(f"{own}/edit").text
    read = post(partner, f"{own}/paste", {**TYPED, "version": "3", "step": "read", "text": TEXT})
    assert read.status_code == 200
    page = post(partner, f"{own}/paste", {**TYPED, **FOUND, "version": "3"}).text
    assert f'action="{own}/edit"' in page
    assert values(page, "version") == ["3"]
    assert stored(services) == before
    alone = partner.get(f"{own}/paste")
    stored_form = partner.get(f"{own}/edit").text
    assert alone.status_code == 200
    for name in ("title_ko", "version", "req_text", "closes_on"):
        carried = [each for each in values(stored_form, name) if each]
        assert list(dict.fromkeys(values(alone.text, name))) == carried
        assert carried


def test_another_firms_posting_is_absent(partner: TestClient, scene: Scene) -> None:
    foreign = f"/partner/openings/{scene.foreign_opening_id}/paste"
    assert partner.get(foreign).status_code == 404
    assert post(partner, foreign, {"step": "read", "text": TEXT}).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "　"}, "text"),
        ({"text": "가" * (MOST_CHARACTERS + 1)}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "a\u202eb"}, "text"),
        ({"text": "900101-1234567"}, "text"),
        ({"step": "save"}, "step"),
        ({"is_demo": "1"}, "is_demo"),
        ({"step": "write", "found_key": ["skill:nope"], "found_kind": ["must"],
          "found_level": [""]}, "text"),
        ({"step": "write", "found_key": ["skill:python"]}, "text"),
        ({"step": "write", "found_key": ["skill:python"], "found_kind": ["top"],
          "found_level": ["9"]}, "found_kind"),
        ({"req_text": ["x"]}, "requirements"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_the_text_stays(
    services: Services, partner: TestClient, change: dict[str, object], field: str
) -> None:
    before = stored(services)
    answer = post(partner, PASTE, {"step": "read", "text": "파이썬 필수"} | change)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    if "text" not in change:
        assert values(answer.text, "text") == ["파이썬 필수"]
    elif len(str(change["text"])) > MOST_CHARACTERS:
        assert str(change["text"]) in answer.text
    assert stored(services) == before


def test_what_a_posting_may_not_ask_is_pointed_out(partner: TestClient) -> None:
    page = post(partner, PASTE, {"step": "read", "text": "파이썬 필수. 용모 단정한 분"}).text
    assert "외모: “용모”" in page


def test_a_text_without_any_name_says_so_and_can_be_changed(partner: TestClient) -> None:
    page = post(partner, PASTE, {"step": "read", "text": "잘 웃는 분을 찾습니다"}).text
    assert "글에서 요건을 찾지 못했습니다" in page
    assert values(page, "text")[-1] == "잘 웃는 분을 찾습니다"


@pytest.mark.parametrize(
    ("starts_on", "told"),
    [("2026-12-01", []), ("2027-03-02", ["2027년 최저임금은 아직"]), ("봄", [])],
)
def test_the_form_says_which_years_rate_the_pay_is_compared_with(
    partner: TestClient, starts_on: str, told: list[str]
) -> None:
    new = partner.get("/partner/openings/new").text
    assert "2026년 시급 10,320원" in new
    assert "시간제와 시급은 일하는 시간을 적는 칸이 없어 견주지 않으니" in new
    typed = {**TYPED, "starts_on": starts_on, "closes_on": "2026-12-20", "check": "1"}
    page = post(partner, "/partner/openings/new", typed).text
    assert "2026년 시급 10,320원" in page
    assert [each for each in ("2027년 최저임금은 아직",) if each in page] == told
