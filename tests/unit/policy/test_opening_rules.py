"""Submitting, minimum wage, forbidden topics, numbers in place of names."""

import pytest

from matcher.policy.forbidden_topics import hits
from matcher.policy.masking import candidate_number, is_number, label
from matcher.policy.openings import can_be_matched, is_below_minimum_wage, step_on_submit
from models.opening import OpeningState, RequirementKind


@pytest.mark.parametrize(
    ("state", "trusted", "active", "flagged", "step"),
    [
        (OpeningState.DRAFT, True, True, False, "publish"),
        (OpeningState.DRAFT, True, True, True, "submit"),
        (OpeningState.DRAFT, False, True, False, "submit"),
        (OpeningState.DRAFT, True, False, False, "submit"),
        (OpeningState.RETURNED, True, True, False, "submit"),
    ],
)
def test_only_a_trusted_partners_clean_draft_skips_the_human(
    state: OpeningState, trusted: bool, active: bool, flagged: bool, step: str
) -> None:
    assert step_on_submit(state, trusted, active, flagged).value == step


@pytest.mark.parametrize(
    ("pay", "year", "kind", "below"),
    [
        (10_320 * 209 * 12, 2026, "permanent", False),
        (10_320 * 209 * 12 - 1, 2026, "permanent", True),
        (10_320 * 209 * 12 - 1, 2027, "permanent", True),
        (1, 2025, "permanent", False),
        (1, 2026, "part_time", False),
        (None, 2026, "permanent", False),
    ],
)
def test_minimum_wage(pay: int | None, year: int, kind: str, below: bool) -> None:
    assert is_below_minimum_wage(pay, year, kind) is below


def test_exclusions_alone_match_nobody() -> None:
    assert not can_be_matched([])
    assert not can_be_matched([RequirementKind.EXCLUDE])
    assert can_be_matched([RequirementKind.EXCLUDE, RequirementKind.NICE])


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("용모 단정한 분", "looks"),
        ("사진첨부 필수", "looks"),
        ("키 170cm 이상", "body"),
        ("제주 출신 우대", "birthplace"),
        ("미혼이신 분", "marriage"),
        ("자가 소유자", "property"),
        ("부모님 직업을 적어 주세요", "family"),
        ("가족관계 증명", "family"),
        ("여성분 환영", "sex"),
        ("35세 이하", "age"),
        ("20대 우대", "age"),
        ("95년생까지", "age"),
        ("기독교인 우대", "belief"),
        ("신체검사 있음", "illness"),
        ("must be under 30", "age"),
        ("Female candidates preferred", "sex"),
        ("unmarried people", "marriage"),
        ("please attach a photo", "looks"),
        ("good-looking", "looks"),
        ("state your religion", "belief"),
        ("no medical history", "illness"),
        ("ＦＥＭＡＬＥ only", "sex"),
    ],
)
def test_a_forbidden_topic_is_found(text: str, topic: str) -> None:
    assert topic in {each.topic.value for each in hits([("description", text)])}


@pytest.mark.parametrize(
    "text",
    [
        "위성 영상을 모으고 다듬습니다. 파이썬 3수준 이상.",
        "서버 20대를 운영합니다.",
        "환자 질병 데이터를 다루는 파이프라인",
        "API 키 관리와 키보드 배열",
        "Own the message pipeline; female connector assembly.",
        "Manage storage and imaging; coverage of edge cases.",
        "경력 3년 이상, 정규직",
    ],
)
def test_ordinary_technical_words_are_left_alone(text: str) -> None:
    assert hits([("description", text)]) == ()


def test_a_hit_names_its_field_and_words() -> None:
    (found,) = hits([("title_ko", "엔지니어"), ("description", "남자만 지원")])
    assert (found.field, found.words) == ("description", "남자만")


def test_a_long_text_is_checked_quickly_to_its_end() -> None:
    text = "가 " * 1_900 + "용모 단정"
    assert [each.topic.value for each in hits([("description", text)])] == ["looks"]


def test_numbers_differ_by_opening_person_and_key() -> None:
    numbers = {
        candidate_number(key, opening, youth)
        for key in ("a", "b")
        for opening in (1, 2)
        for youth in range(200)
    }
    assert len(numbers) == 800
    assert all(is_number(each) for each in numbers)


def test_a_number_is_the_same_every_time() -> None:
    assert candidate_number("key", 3, 4) == candidate_number("key", 3, 4)
    assert label("681133123456789") == "681-133"


@pytest.mark.parametrize("text", ["", "1", "0" * 15, "1" * 16, "１" * 15, "1" * 14 + "\n"])
def test_what_is_not_a_number(text: str) -> None:
    assert not is_number(text)
