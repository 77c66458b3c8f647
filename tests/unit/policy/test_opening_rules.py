"""Submitting, minimum wage, forbidden topics, numbers in place of names."""

from datetime import date

import pytest

from matcher.catalogue.minimum_wage import load_minimum_wages
from matcher.policy.forbidden_topics import hits
from matcher.policy.masking import candidate_number, is_number, label
from matcher.policy.openings import (
    can_be_matched,
    closing_problem,
    is_below_minimum_wage,
    minimum_wage,
    pay_year,
    step_on_submit,
)
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
        (9_860 * 209 * 12, 2024, "permanent", False),
        (9_860 * 209 * 12, 2025, "permanent", True),
        (10_030 * 209 * 12, 2025, "permanent", False),
        (10_030 * 209 * 12, 2026, "permanent", True),
        (1, 2019, "permanent", False),
        (1, 2026, "part_time", False),
        (None, 2026, "permanent", False),
    ],
)
def test_minimum_wage(pay: int | None, year: int, kind: str, below: bool) -> None:
    assert is_below_minimum_wage(pay, year, kind) is below


def test_a_year_without_a_source_is_compared_with_the_last_known_one() -> None:
    known = {each.year for each in load_minimum_wages()}
    assert 2027 not in known
    assert minimum_wage(2027) == minimum_wage(2026)
    assert minimum_wage(2022) is None
    assert all(each.origin.source.startswith("http") for each in load_minimum_wages())


@pytest.mark.parametrize(
    ("starts_on", "year"), [(None, 2026), (date(2026, 12, 31), 2026), (date(2027, 1, 1), 2027)]
)
def test_the_pay_is_for_the_year_the_work_begins(starts_on: date | None, year: int) -> None:
    assert pay_year(starts_on, date(2026, 12, 20)) == year


@pytest.mark.parametrize(
    ("closes_on", "problem"),
    [
        (date(2026, 11, 20), "past"),
        (date(2026, 11, 21), None),
        (date(2027, 11, 22), None),
        (date(2027, 11, 23), "far"),
        (date(9999, 12, 31), "far"),
    ],
)
def test_the_last_day_lies_within_a_year(closes_on: date, problem: str | None) -> None:
    assert closing_problem(closes_on, date(2026, 11, 21)) == problem


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
