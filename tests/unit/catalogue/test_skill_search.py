"""What a person types finds the skill meant: spaces, particles, initials, misspellings."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.catalogue.skill_search import MAX_TERM, SkillIndex, words_of
from matcher.catalogue.skills import load_taxonomy

FIRST = [
    ("파이썬", "python"),
    ("ㅍㅇㅆ", "python"),
    ("파ㅇㅆ", "python"),
    ("python", "python"),
    ("PYTHON", "python"),
    ("Ｐｙｔｈｏｎ", "python"),
    ("파이 썬", "python"),
    ("파이 썬을", "python"),
    ("파이썬을", "python"),
    ("파이썬으로", "python"),
    ("파이썬에서는", "python"),
    ("파이선", "python"),
    ("파이쏜", "python"),
    ("pyhton", "python"),
    ("\u1111\u1161\u110b\u1175\u110a\u1165\u11ab", "python"),  # typed as separate jamo (NFD)
    ("PostgreSQL", "postgresql"),
    ("포스트그레스", "postgresql"),
    ("postgres", "postgresql"),
    ("쿠버네티스", "kubernetes"),
    ("ㅋㅂㄴㅌㅅ", "kubernetes"),
    ("k8s", "kubernetes"),
    ("kubernets", "kubernetes"),
    ("리눅스의", "linux"),
    ("위성 영상", "satellite-image-processing"),
    ("위성영상을", "satellite-image-processing"),
    ("영상 위성", "satellite-image-processing"),
    ("GDAL", "gdal"),
    ("gdal로", "gdal"),
    ("C++", "cpp"),
    ("c", "c"),
    ("C#", "csharp"),
    ("r", "r"),
    ("R을", "r"),
    ("S3", "amazon-s3"),
    ("AWS S3", "amazon-s3"),
    ("amazon  s3", "amazon-s3"),
    ("람다", "aws-lambda"),
    ("다이나모db", "amazon-dynamodb"),
    ("dynamodb", "amazon-dynamodb"),
    ("CI/CD", "ci-cd"),
    ("ci cd", "ci-cd"),
    ("ROS2", "ros2"),
    ("node.js", "nodejs"),
    ("데이터 분석", "data-analysis"),
    ("데이터분석가", "data-analysis"),
    ("ㄷㅇㅌㅂㅅ", "data-analysis"),
    ("딥러닝", "deep-learning"),
    ("텐서플로우를", "tensorflow"),
    ("시계열DB", "time-series-databases"),
    ("수전해", "water-electrolysis"),
    ("HPLC", "hplc"),
    ("칼만필터", "kalman-filter"),
    ("iso15118", "iso-15118"),
    ("IEC-61850", "iec-61850"),
    ("전기기사", "electrical-engineer-licence"),
    ("운전 면허", "driving-licence"),
    ("드론 조종자격은", "drone-pilot-licence"),
    ("용암 해수", "lava-seawater"),
    ("엑셀과", "excel"),
]


@pytest.mark.parametrize(("text", "slug"), FIRST)
def test_the_skill_meant_comes_first(text: str, slug: str) -> None:
    assert [skill.slug for skill in load_taxonomy().search(text)][:1] == [slug]


@pytest.mark.parametrize("text", ["", "   ", "!!!", "\u200b", "\ud800", "\x00", "···", "+#"])
def test_a_text_without_letters_finds_nothing(text: str) -> None:
    taxonomy = load_taxonomy()
    assert taxonomy.search(text) == []
    assert taxonomy.nearest(text) == []
    assert taxonomy.resolve(text) is None


def test_every_skill_is_found_by_its_slug_names_and_aliases() -> None:
    taxonomy = load_taxonomy()
    for skill in taxonomy.skills:
        names = (skill.slug, skill.name_ko, skill.name_en, *skill.aliases_ko, *skill.aliases_en)
        for name in names:
            assert taxonomy.resolve(name) is skill, name
            assert taxonomy.search(name, 1) == [skill], name


def test_exact_comes_before_beginning_before_inside() -> None:
    index = SkillIndex({"d": ["바다"], "c": ["다바다"], "b": ["바다길"], "a": ["옛바다"]}, {})
    assert index.search("바다", 9) == ["d", "b", "a", "c"]


def test_a_name_comes_before_an_alias() -> None:
    index = SkillIndex({"a": ["산"], "b": ["바다길"]}, {"a": ["바다새"]})
    assert index.search("바다", 9) == ["b", "a"]


def test_near_misses_only_when_nothing_else_fits() -> None:
    index = SkillIndex({"a": ["오름길"], "b": ["오림길"]}, {})
    assert index.search("오름", 9) == ["a"]
    assert index.search("오롬길", 9) == ["a", "b"]


def test_a_particle_is_only_taken_off_when_the_text_as_typed_finds_nothing() -> None:
    index = SkillIndex({"circuit": ["회로"], "meeting": ["회"]}, {})
    assert index.search("회로", 9) == ["circuit"]


def test_two_skills_with_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="belongs to 'a'"):
        SkillIndex({"a": ["바다"], "b": ["바 다"]}, {})


def test_resolve_makes_no_guesses() -> None:
    taxonomy = load_taxonomy()
    found = taxonomy.resolve(" PostgreSQL ")
    assert found is not None
    assert found.slug == "postgresql"
    for text in ("파이썬을", "파이쏜", "pythn", "PostgreSQ", "파이", "ㅍㅇㅆ", "backup", "health"):
        assert taxonomy.resolve(text) is None, text


@pytest.mark.parametrize(
    ("text", "slug"),
    [("파이선3", "python"), ("쿠버네티즈", "kubernetes"), ("PostgresSQL", "postgresql"),
     ("tensorflw", "tensorflow"), ("리눅쓰", "linux"), ("docer", "docker")],
)  # fmt: skip
def test_nearest_says_what_was_meant(text: str, slug: str) -> None:
    assert [skill.slug for skill in load_taxonomy().nearest(text)][:1] == [slug]


def test_nearest_gives_nothing_when_nothing_is_close() -> None:
    assert load_taxonomy().nearest("zzqqxxvv") == []


@pytest.mark.parametrize("limit", [-1, 0, 1, 3, 10_000])
def test_no_more_than_the_limit(limit: int) -> None:
    assert len(load_taxonomy().search("데이터", limit)) <= max(limit, 0)
    assert len(load_taxonomy().nearest("데이타", limit)) <= max(limit, 0)


def test_the_order_is_the_same_every_time() -> None:
    taxonomy = load_taxonomy()
    first = [skill.slug for skill in taxonomy.search("데이터", 50)]
    assert first == [skill.slug for skill in taxonomy.search("데이터", 50)]
    assert len(first) == len(set(first)) > 5


def hostile() -> list[str]:
    letters = "".join(s.name_ko + s.name_en for s in load_taxonomy().skills)
    mixed = "".join(random.Random(7).choices(letters, k=10_240))
    return ["x" * 10_240, "가" * 10_240, "ab" * 5_120, "ㅍㅇㅆ" * 3_414, "\ufdfa" * 10_240,
            "a\u0301" * 5_120, "파이썬 " * 2_560, " " * 10_240, "+#" * 5_120, mixed]  # fmt: skip


@pytest.mark.parametrize("number", range(10))
def test_a_term_of_ten_kilobytes_is_answered_within_50_ms(number: int) -> None:
    taxonomy, text = load_taxonomy(), hostile()[number]
    best = min(_seconds(taxonomy.search, text) for _ in range(3))
    assert best < 0.05
    assert min(_seconds(taxonomy.nearest, text) for _ in range(3)) < 0.05
    assert taxonomy.resolve(text) is None


def _seconds(call: object, text: str) -> float:
    began = time.perf_counter()
    call(text)  # type: ignore[operator]
    return time.perf_counter() - began


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    taxonomy = load_taxonomy()
    assert len(taxonomy.search(text, 5)) <= 5
    assert sum(len(word) for word in words_of(text)) <= MAX_TERM
    found = taxonomy.resolve(text)
    assert found is None or taxonomy.search(text, 1) == [found]
