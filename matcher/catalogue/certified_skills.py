"""Which skills, and how far, somebody holds who passed an exam: our curators' own statement."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from matcher.catalogue.certification import Certification
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.keyword_skills import load_keyword_skills
from matcher.catalogue.origin import Origin, origin, read


@cache
def load_certified_levels() -> Mapping[str, tuple[int, Origin]]:
    """By certification level (Foundational .. Specialty): the skill level 1..5, and who says so."""
    rows = read("certified_levels.json")["levels"]
    return MappingProxyType({r["certification_level"]: (r["level"], origin(r)) for r in rows})


@cache
def load_certified_skills() -> Mapping[str, Mapping[str, int]]:
    """Certification id -> skill slug -> level. Nothing follows from one whose domains nobody
    confirmed; an exam's older versions count as the newest."""
    return MappingProxyType({each.id: _skills(each) for each in load_programme().certifications})


def _skills(each: Certification) -> Mapping[str, int]:
    covered, (level, _) = load_keyword_skills().exam_domain, load_certified_levels()[each.level]
    words = (word for domain in each.domains for word in domain.keywords)
    slugs = {slug for word in words for slug in covered.get(word, ())}
    return MappingProxyType(dict.fromkeys(sorted(slugs), level))
