"""The taxonomy is whole: texts, parents, neighbours and the cover of both keyword lists."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.keyword_skills import load_keyword_skills
from matcher.catalogue.origin import read
from matcher.catalogue.roles import load_roles
from matcher.catalogue.skill_levels import LEVELS, fill_korean
from matcher.catalogue.skills import LEGAL_LICENCE, Taxonomy, load_taxonomy
from matcher.cli.skills import rows

FACTS = Path(os.environ.get("OREUM_SHARED") or Path(__file__).parents[4] / "shared") / "facts"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
BOTH_FORMS = re.compile(
    r"[을를은는이가와과]/[을를은는이가와과]|\(으\)로|을\(를\)|은\(는\)|이\(가\)"
)


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


def facts(name: str) -> Any:
    path = FACTS / name
    if not path.is_file():
        pytest.skip(f"{name} is not here; the cover is tested against our own data only")
    return json.loads(path.read_text(encoding="utf-8"))


def keyword_lists(value: Any, field: str) -> Iterator[str]:
    """Every text in a list called `field`, however deep: domains, announced topics, badges."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if key == field and isinstance(inner, list):
            yield from inner
        elif isinstance(inner, dict | list):
            yield from keyword_lists(inner, field)


def test_there_are_at_least_280_skills(taxonomy: Taxonomy) -> None:
    assert len(taxonomy.skills) >= 280


def test_slugs_are_unique_plain_and_in_order(taxonomy: Taxonomy) -> None:
    slugs = [skill.slug for skill in taxonomy.skills]
    assert slugs == sorted(set(slugs))
    assert [slug for slug in slugs if not SLUG.match(slug) or len(slug) > 60] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_names_are_unique_in_each_language(taxonomy: Taxonomy, language: str) -> None:
    counts = Counter(skill.name(language).casefold() for skill in taxonomy.skills)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_kind_is_named_and_used(taxonomy: Taxonomy) -> None:
    assert {skill.kind for skill in taxonomy.skills} == {kind.slug for kind in taxonomy.kinds}
    assert all(kind.name_ko and kind.name_en for kind in taxonomy.kinds)
    assert len({skill.family for skill in taxonomy.skills}) >= 14


def test_parents_exist_and_never_form_a_ring(taxonomy: Taxonomy) -> None:
    for skill in taxonomy.skills:
        seen, at = {skill.slug}, skill.parent
        while at is not None:
            parent = taxonomy.get(at)
            assert parent is not None, f"{skill.slug}: no parent {at}"
            assert at not in seen, f"{skill.slug}: ring through {at}"
            seen.add(at)
            at = parent.parent


def test_every_skill_says_where_it_comes_from(taxonomy: Taxonomy) -> None:
    assert [s.slug for s in taxonomy.skills if not s.source] == []
    assert {s.valid_from for s in taxonomy.skills} == {date(2026, 11, 21)}


def test_no_outside_code_is_guessed(taxonomy: Taxonomy) -> None:
    assert [s.slug for s in taxonomy.skills if s.esco_uri or s.ncs_code] == []


def test_there_are_at_least_250_edges_with_known_ends(taxonomy: Taxonomy) -> None:
    edges = [
        (s.slug, end, w) for s in taxonomy.skills for end, w in taxonomy.adjacent(s.slug).items()
    ]
    assert len(edges) >= 250
    assert [edge for edge in edges if taxonomy.get(edge[1]) is None or edge[0] == edge[1]] == []
    assert [edge for edge in edges if not 0 < edge[2] < 1] == []


def test_every_edge_in_the_file_is_loaded_once(taxonomy: Taxonomy) -> None:
    pairs = [(row["from"], row["to"]) for row in read("skill_adjacency.json")["edges"]]
    assert len(pairs) == len(set(pairs))
    assert {pair for pair in pairs if taxonomy.get(pair[0]) is None} == set()


def test_adjacency_reads_the_same_from_both_ends(taxonomy: Taxonomy) -> None:
    forward = {
        (s.slug, e): w for s in taxonomy.skills for e, w in taxonomy.adjacent(s.slug).items()
    }
    back = {
        (e, s.slug): w for s in taxonomy.skills for e, w in taxonomy.counting_toward(s.slug).items()
    }
    assert forward == back


def test_adjacency_cannot_be_changed_by_a_reader(taxonomy: Taxonomy) -> None:
    with pytest.raises(TypeError):
        taxonomy.adjacent("postgresql")["sql"] = 1.0  # type: ignore[index]


def test_postgresql_counts_partly_toward_sql_and_less_the_other_way(taxonomy: Taxonomy) -> None:
    assert taxonomy.adjacent("postgresql")["sql"] == 0.8
    assert taxonomy.adjacent("sql")["postgresql"] == 0.5
    assert taxonomy.adjacent("azure-networking")["aws-networking"] == 0.5
    assert taxonomy.adjacent("pytorch")["tensorflow"] == 0.6
    assert taxonomy.adjacent("tensorflow")["pytorch"] == 0.6


def test_an_unknown_slug_has_no_neighbours(taxonomy: Taxonomy) -> None:
    assert dict(taxonomy.adjacent("no-such-skill")) == {}
    assert taxonomy.get("no-such-skill") is None


def test_a_legal_licence_is_never_similar_to_anything(taxonomy: Taxonomy) -> None:
    licences = [skill for skill in taxonomy.skills if skill.is_licence]
    assert {skill.slug for skill in licences} >= {
        "electrical-engineer-licence", "electrical-industrial-engineer-licence",
        "fire-safety-manager", "gas-engineer-licence", "driving-licence", "drone-pilot-licence",
        "information-security-engineer-licence",
    }  # fmt: skip
    for skill in licences:
        assert skill.kind == LEGAL_LICENCE
        assert dict(taxonomy.adjacent(skill.slug)) == {}
        assert dict(taxonomy.counting_toward(skill.slug)) == {}
        assert skill.parent is None
    parents = {skill.parent for skill in taxonomy.skills}
    assert parents & {skill.slug for skill in licences} == set()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_skill_has_five_different_sentences(taxonomy: Taxonomy, language: str) -> None:
    for skill in taxonomy.skills:
        texts = [skill.level_text(level, language) for level in LEVELS]
        assert len(set(texts)) == 5, skill.slug
        for text in texts:
            assert text.endswith("." if language == "en" else "요."), text
            assert len(text) <= 240
            assert "!" not in text


def test_no_marker_is_left_in_a_sentence(taxonomy: Taxonomy) -> None:
    for skill in taxonomy.skills:
        for text in (*skill.levels_ko, *skill.levels_en):
            assert not set("{}") & set(text), text
            assert not BOTH_FORMS.search(text), text


def test_an_english_sentence_holds_no_korean(taxonomy: Taxonomy) -> None:
    assert [t for s in taxonomy.skills for t in s.levels_en if re.search("[가-힣]", t)] == []


def test_a_name_in_small_latin_letters_says_how_it_is_read(taxonomy: Taxonomy) -> None:
    unread = [s.slug for s in taxonomy.skills if re.search(r"[a-z]$", s.reading_ko or s.name_ko)]
    assert unread == []


@pytest.mark.parametrize(
    ("slug", "level", "beginning"),
    [
        ("python", 1, "파이썬으로 쓴"),
        ("java", 1, "자바로 쓴"),
        ("kotlin", 1, "코틀린으로 쓴"),
        ("r", 1, "R로 쓴"),
        ("csharp", 1, "C#으로 쓴"),
        ("cpp", 1, "C++로 쓴"),
        ("git", 1, "Git을 설치"),
        ("docker", 1, "도커를 설치"),
        ("excel", 1, "엑셀을 설치"),
        ("nodejs", 3, "Node.js를 실제"),
        ("amazon-s3", 1, "Amazon S3가 어떤"),
        ("amazon-vpc", 3, "Amazon VPC를 다른"),
        ("aws-iam", 1, "AWS IAM이 어떤"),
        ("aws-batch", 3, "AWS Batch를 다른"),
        ("english", 1, "영어로 인사"),
        ("sql", 3, "SQL로 실제"),
        ("lidar", 2, "안내를 받아 라이다와 관련"),
        ("gmp", 1, "GMP 준수가 왜"),
        ("drone-pilot-licence", 1, "드론 조종자격으로 할"),
    ],
)
def test_particles_follow_the_last_sound(
    taxonomy: Taxonomy, slug: str, level: int, beginning: str
) -> None:
    skill = taxonomy.get(slug)
    assert skill is not None
    assert skill.level_text(level, "ko")[: len(beginning)] == beginning


def test_fill_korean_picks_every_kind_of_particle() -> None:
    template = "{name:을} {name:은} {name:이} {name:로} {name:과} {name}"
    assert fill_korean(template, "엑셀", "엑셀") == "엑셀을 엑셀은 엑셀이 엑셀로 엑셀과 엑셀"
    assert fill_korean(template, "Git", "깃") == "Git을 Git은 Git이 Git으로 Git과 Git"
    assert fill_korean(template, "자바", "자바") == "자바를 자바는 자바가 자바로 자바와 자바"


@pytest.mark.parametrize("level", [0, 6, -1, 100])
def test_a_level_outside_one_to_five_is_refused(taxonomy: Taxonomy, level: int) -> None:
    with pytest.raises(ValueError, match="level must be 1 to 5"):
        taxonomy.skills[0].level_text(level, "ko")


def test_a_skill_may_have_its_own_sentence(taxonomy: Taxonomy) -> None:
    git = taxonomy.get("git")
    assert git is not None
    assert git.level_text(2, "en") == "Can commit changes and create and merge branches."


def test_every_mapped_skill_exists(taxonomy: Taxonomy) -> None:
    cover = load_keyword_skills()
    for mapping in (cover.exam_domain, cover.role_skill):
        for keyword, slugs in mapping.items():
            assert slugs, keyword
            assert [slug for slug in slugs if taxonomy.get(slug) is None] == [], keyword


def test_our_own_certification_keywords_are_all_covered() -> None:
    keywords = set(keyword_lists(read("certifications.json"), "keywords"))
    assert len(keywords) > 200
    assert keywords - set(load_keyword_skills().exam_domain) == set()


def test_every_keyword_of_a_certification_in_force_is_covered() -> None:
    covered = load_keyword_skills().exam_domain
    for certification in load_programme().certifications:
        for domain in certification.domains:
            assert domain.keywords, certification.id
            assert [k for k in domain.keywords if k not in covered] == [], certification.id


def test_our_own_role_skills_are_all_covered() -> None:
    texts = {part.fact for role in load_roles() for part in role.requirements if part.fact}
    assert texts == set(load_keyword_skills().role_skill)


def test_every_exam_domain_keyword_of_the_facts_is_covered() -> None:
    keywords = set(keyword_lists(facts("aws-certifications.json"), "skills"))
    assert len(keywords) > 200
    assert keywords - set(load_keyword_skills().exam_domain) == set()


def test_every_role_skill_of_the_facts_is_covered() -> None:
    sectors = facts("jeju.json")["3_partner_industries"]["roles"]
    texts = {skill for roles in sectors.values() for role in roles for skill in role["skills"]}
    assert texts - set(load_keyword_skills().role_skill) == set()


def test_rows_for_the_command_line_name_both_languages() -> None:
    assert rows("파이썬")[0] == {
        "slug": "python",
        "name_ko": "파이썬",
        "name_en": "Python",
        "kind": "programming-language",
        "parent": "programming",
    }
    assert len(rows("", limit=7)) == 7
    assert rows("파이썬", limit=0) == []
    assert rows("!!!") == []
