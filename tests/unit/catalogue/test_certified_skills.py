"""The level that follows from a certificate: stated once, by us, and said to be ours."""

from matcher.catalogue.certification import LEVELS
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.certified_skills import load_certified_levels, load_certified_skills
from matcher.catalogue.skills import load_taxonomy


def test_every_certification_level_states_a_skill_level_and_that_it_is_our_own() -> None:
    stated = load_certified_levels()
    assert {name: level for name, (level, _) in stated.items()} == {
        "Foundational": 2, "Business": 2, "Associate": 3, "Professional": 4, "Specialty": 4,
    }  # fmt: skip
    assert set(stated) == set(LEVELS)
    for _level, origin in stated.values():
        assert (origin.source, origin.certainty) == ("oreum-curators", "own_estimate")


def test_skills_follow_from_every_certificate_with_confirmed_domains_and_from_no_other() -> None:
    follows, levels = load_certified_skills(), load_certified_levels()
    for each in load_programme().certifications:
        assert bool(follows[each.id]) == bool(each.domains), each.id
        assert set(follows[each.id].values()) <= {levels[each.level][0]}
    assert (follows["CLF"]["amazon-s3"], follows["SAA"]["amazon-s3"]) == (2, 3)
    assert "amazon-s3" not in follows["SAP"]


def test_what_follows_are_skills_of_the_taxonomy_and_never_licences() -> None:
    taxonomy = load_taxonomy()
    slugs = {slug for skills in load_certified_skills().values() for slug in skills}
    assert len(slugs) > 100
    for slug in slugs:
        skill = taxonomy.get(slug)
        assert skill is not None, slug
        assert not skill.is_licence
