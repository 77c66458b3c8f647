"""The 37 role profiles follow the role list and mark what is our own proposal."""

import json
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.keyword_skills import load_keyword_skills
from matcher.catalogue.roles import SECTORS, Role, load_roles
from matcher.catalogue.skills import load_taxonomy

JEJU = (
    Path(os.environ.get("OREUM_SHARED") or Path(__file__).parents[4] / "shared")
    / "facts"
    / "jeju.json"
)


def role(slug: str) -> Role:
    (found,) = [role for role in load_roles() if role.slug == slug]
    return found


def test_there_are_37_roles_in_four_sectors() -> None:
    counts = Counter(role.sector for role in load_roles())
    assert counts == {"space": 10, "energy": 9, "bio": 9, "mobility": 9}
    assert [role.sector for role in load_roles()] == sorted(
        (role.sector for role in load_roles()), key=SECTORS.index
    )


def test_slugs_and_names_are_unique() -> None:
    roles = load_roles()
    for values in ([r.slug for r in roles], [r.name_ko for r in roles], [r.name_en for r in roles]):
        assert len(set(values)) == 37
    assert [r.slug for r in roles if len(r.slug) > 60] == []


def test_every_role_says_what_it_rests_on() -> None:
    assert [r.slug for r in load_roles() if not (r.basis and r.source)] == []
    assert {r.valid_from for r in load_roles()} == {date(2026, 11, 21)}


def test_every_requirement_names_one_known_skill_or_certification() -> None:
    taxonomy, known = load_taxonomy(), {c.id for c in load_programme().certifications}
    for profile in load_roles():
        for part in profile.requirements:
            assert (part.skill is None) != (part.certification is None), profile.slug
            assert [s for s in part.any_of if taxonomy.get(s) is None] == [], profile.slug
            assert part.certification is None or part.certification in known, profile.slug
            assert (part.level in (1, 2, 3, 4, 5)) == (part.skill is not None)


def test_no_skill_is_asked_for_twice_in_a_role() -> None:
    for profile in load_roles():
        asked = Counter(s for part in profile.requirements for s in part.any_of)
        assert [s for s, count in asked.items() if count > 1] == [], profile.slug


def test_a_licence_requirement_is_a_legal_licence_and_nothing_else_is() -> None:
    taxonomy = load_taxonomy()
    for profile in load_roles():
        for part in profile.requirements:
            for slug in part.any_of:
                skill = taxonomy.get(slug)
                assert skill is not None
                assert skill.is_licence == (part.kind == "licence"), (profile.slug, slug)


def test_what_the_role_list_says_is_must_or_licence_and_ours_is_nice() -> None:
    for profile in load_roles():
        for part in profile.requirements:
            assert part.is_proposal == (part.kind == "nice"), profile.slug
            assert part.certification is None or part.is_proposal


def test_requirements_hold_exactly_the_mapped_skills() -> None:
    cover = load_keyword_skills().role_skill
    for profile in load_roles():
        for part in profile.requirements:
            assert part.fact is None or set(part.any_of) <= set(cover[part.fact]), part.fact


def test_either_licence_serves_for_the_facility_manager() -> None:
    licences = [p.any_of for p in role("facility-electrical-fire-safety-manager").requirements
                if p.kind == "licence"]  # fmt: skip
    assert licences == [
        ("electrical-engineer-licence", "electrical-industrial-engineer-licence"),
        ("fire-safety-manager",),
    ]


def test_no_retired_certification_is_proposed() -> None:
    retired = {
        c.id for c in load_programme().certifications if c.id in {"MLS", "DAS", "DBS", "PAS"}
    }
    asked = {p.certification for r in load_roles() for p in r.requirements if p.certification}
    assert asked & (retired | {"ANS"}) == set()
    assert asked >= {"CLF", "SAA", "DVA", "DEA", "MLA", "SCS", "AIF"}


def test_roles_follow_the_role_list_word_for_word() -> None:
    if not JEJU.is_file():
        pytest.skip("jeju.json is not here; the role list itself cannot be compared")
    sectors = json.loads(JEJU.read_text(encoding="utf-8"))["3_partner_industries"]["roles"]
    expected = [
        (sector, row["ko"], row["en"], row["basis"], tuple(row["skills"]))
        for sector in SECTORS
        for row in sectors[sector]
    ]
    assert [(r.sector, r.name_ko, r.name_en, r.basis, _facts(r)) for r in load_roles()] == expected


def _facts(profile: Role) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.fact for p in profile.requirements if p.fact is not None))
