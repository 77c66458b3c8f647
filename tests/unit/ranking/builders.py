"""Small made-up people, openings and courses, and hypothesis strategies for them."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from matcher.ranking.context import RankingContext
from matcher.ranking.text import TextSpace
from matcher.ranking.types import (
    CertificationProof,
    Opening,
    Requirement,
    Seeker,
    SkillProof,
    collect_skills,
)

TODAY = date(2026, 11, 21)
ADJACENCY = {
    "azure-networking": {"aws-networking": 0.5},
    "postgresql": {"sql": 0.75, "database": 0.5},
    "sql": {"database": 0.4},
    "certification:SAP": {"certification:SAA": 0.8},
    "python": {"licence:electric": 0.9},
}
SPACE = TextSpace(["위성 데이터 분석", "cloud operations", "파이썬으로 배터리 데이터를 다뤄요"])
CONTEXT = RankingContext(TODAY, ADJACENCY, SPACE)
BARE = RankingContext(TODAY, ADJACENCY)

SLUGS = ("python", "sql", "postgresql", "database", "aws-networking", "azure-networking")
CERTIFICATES = ("SAA", "SAP", "CLF")
LICENCES = ("electric", "gas")
SECTORS = ("space", "energy", "bio", "mobility")
TEXTS = ("", "위성 데이터", "파이썬 분석", "cloud", "배터리 operations", "zzz")


def skill(slug: str, level: int, verified: float = 0.0) -> dict[str, SkillProof]:
    return {slug: SkillProof(slug, level, verified)}


def must(key: str, level: int | None = None) -> Requirement:
    return Requirement(key, "must", level)


days = st.integers(-200, 200).map(lambda each: TODAY + timedelta(days=each))
proofs = st.builds(
    SkillProof,
    st.sampled_from(SLUGS),
    st.integers(1, 5),
    st.sampled_from([0.0, 1 / 3, 2 / 3, 1.0]),
)
certificates = st.builds(
    CertificationProof,
    st.sampled_from(CERTIFICATES),
    st.booleans(),
    st.none() | days,
    st.integers(1, 4),
)
wishes = st.dictionaries(st.sampled_from(SECTORS), st.floats(0, 1))


def _seeker(number: int) -> st.SearchStrategy[Seeker]:
    return st.builds(
        Seeker,
        st.just(number),
        st.lists(proofs, max_size=6).map(collect_skills),
        st.lists(certificates, max_size=3).map(lambda some: {each.id: each for each in some}),
        wishes,
        st.dictionaries(st.sampled_from(["jeju", "remote"]), st.floats(0, 1)),
        st.dictionaries(st.sampled_from(["full", "part"]), st.floats(0, 1)),
        st.none() | st.integers(0, 40),
        st.none() | days,
        st.none() | st.integers(0, 500_000),
        st.sampled_from(TEXTS),
        st.frozensets(st.sampled_from(LICENCES)),
    )


def seekers(number: int = 1) -> st.SearchStrategy[Seeker]:
    return _seeker(number)


requirements = st.one_of(
    st.builds(
        Requirement,
        st.sampled_from(SLUGS).map("skill:{}".format),
        st.sampled_from(["must", "nice"]),
        st.none() | st.integers(1, 5),
    ),
    st.builds(
        Requirement,
        st.sampled_from(CERTIFICATES).map("certification:{}".format),
        st.sampled_from(["must", "nice"]),
    ),
)
hard_rules = st.one_of(
    st.builds(Requirement, st.sampled_from(LICENCES).map("licence:{}".format), st.just("licence")),
    st.builds(
        Requirement,
        st.sampled_from(SLUGS).map("skill:{}".format),
        st.just("exclude"),
        st.integers(3, 5),
    ),
)


def openings(number: int = 1, hard: bool = False) -> st.SearchStrategy[Opening]:
    wanted = st.lists(requirements | hard_rules if hard else requirements, max_size=8)
    return st.builds(
        Opening,
        st.just(number),
        st.none() | st.sampled_from(SECTORS),
        wanted.map(tuple),
        st.sampled_from(TEXTS),
        st.none() | st.sampled_from(["jeju", "remote"]),
        st.none() | st.sampled_from(["full", "part"]),
        st.none() | days,
        st.none() | days if hard else st.none(),
        st.none() | days,
        st.frozensets(st.sampled_from(SLUGS), max_size=3),
        st.none() | st.floats(0, 1),
    )


def opening_lists(hard: bool = False, size: int = 6) -> st.SearchStrategy[list[Opening]]:
    return st.integers(0, size).flatmap(
        lambda count: st.tuples(*(openings(each + 1, hard) for each in range(count))).map(list)
    )


def seeker_lists(size: int = 6) -> st.SearchStrategy[list[Seeker]]:
    return st.integers(0, size).flatmap(
        lambda count: st.tuples(*(seekers(each + 1) for each in range(count))).map(list)
    )


More = tuple[list[SkillProof], list[CertificationProof]]
more_proof = st.tuples(st.lists(proofs, max_size=3), st.lists(certificates, max_size=2))


def stronger(person: Seeker, more: More) -> Seeker:
    """The person with these proofs besides; nothing held goes down."""
    skills = dict(person.skills)
    for new in more[0]:
        old = skills.get(new.slug, new)
        level, verified = max(old.level, new.level), max(old.verified, new.verified)
        skills[new.slug] = SkillProof(new.slug, level, verified)
    passed = {each.id: each for each in more[1] if each.id not in person.certifications}
    return replace(person, skills=skills, certifications={**person.certifications, **passed})
