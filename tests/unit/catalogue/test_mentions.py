"""A text names a skill only by the curated words for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.catalogue.mentions import mentioned_skills
from matcher.catalogue.skills import load_taxonomy


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("파이썬으로 위성 영상을 다룹니다.", {"python", "satellite-image-processing"}),
        ("Python, SQL (PostgreSQL) and Docker/Kubernetes", {"python", "sql", "postgresql",
                                                            "docker", "kubernetes"}),
        ("데이터 분석과 데이터분석", {"data-analysis"}),
        ("CI/CD, Node.js", {"ci-cd", "nodejs"}),
        ("C++ 경험", {"cpp"}),
        ("", set()),
        ("잘 웃는 분을 찾아요", set()),
    ],
)  # fmt: skip
def test_names_and_aliases_are_found_in_both_languages(text: str, slugs: set[str]) -> None:
    assert mentioned_skills(text) == slugs


def test_the_longest_name_wins() -> None:
    assert mentioned_skills("AWS Lambda를 씁니다") == {"aws-lambda"}


@pytest.mark.parametrize(
    ("text", "is_named"),
    [("Go 언어", True), ("we go on", False), ("Good", False), ("ai를", False), ("AI를", True)],
)
def test_a_short_latin_name_needs_a_capital(text: str, is_named: bool) -> None:
    assert bool(mentioned_skills(text) & {"go", "artificial-intelligence"}) is is_named


def test_part_of_a_word_names_nothing() -> None:
    assert mentioned_skills("javascripts pythonic") == set()


def test_licences_are_never_mentioned_as_skills() -> None:
    licences = [each for each in load_taxonomy().skills if each.is_licence]
    assert licences
    for each in licences:
        found = mentioned_skills(f"{each.name_ko} {each.name_en}")
        assert each.slug not in found


@given(st.text(max_size=300))
def test_any_text_names_only_skills_of_the_taxonomy(text: str) -> None:
    taxonomy = load_taxonomy()
    assert all(taxonomy.get(slug) is not None for slug in mentioned_skills(text))
