"""What every ranking of this service shares: neighbourhood, names and texts from the catalogue.

All of it but the model comes from reference data, and the model is named by its version, so the
same person and the same opening have the same score on every machine with the same version.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType

from sqlmodel import Session

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.roles import load_roles
from matcher.catalogue.skills import load_taxonomy
from matcher.matching.serving import serving_model
from matcher.ranking.context import RankingContext
from matcher.ranking.model import RankingModel
from matcher.ranking.text import TextSpace
from matcher.ranking.types import CERTIFICATION, LICENCE, SKILL, Adjacency
from matcher.store import match_rows


def ranking_context(session: Session, today: date) -> RankingContext:
    """The same object all day long while one model serves, so that prepared data can be kept
    beside it."""
    return _context(today, serving_model(session))


@lru_cache(maxsize=16)
def _context(today: date, model: RankingModel) -> RankingContext:
    return RankingContext(today=today, adjacency=adjacency(), text=text_space(), model=model)


@cache
def adjacency() -> Adjacency:
    """Licences stay out: they are met exactly or not at all."""
    taxonomy = load_taxonomy()
    near = {
        skill.slug: taxonomy.adjacent(skill.slug)
        for skill in taxonomy.skills
        if not skill.is_licence
    }
    return {slug: ends for slug, ends in near.items() if ends}


@cache
def text_space() -> TextSpace:
    return TextSpace(_corpus())


@cache
def names() -> Mapping[str, tuple[str, str]]:
    """Full key (`skill:python`, `certification:SAA`, `licence:...`) -> (Korean, English)."""
    found: dict[str, tuple[str, str]] = {}
    for skill in load_taxonomy().skills:
        prefix = LICENCE if skill.is_licence else SKILL
        found[prefix + skill.slug] = (skill.name_ko, skill.name_en)
    for each in load_programme().certifications:
        found[CERTIFICATION + each.id] = (each.name_ko, each.name_en)
    return MappingProxyType(found)


def names_for(session: Session, keys: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """As `names`, with the skills of further frameworks (`skill:onet:...`) among `keys` added."""
    foreign = sorted({key.removeprefix(SKILL) for key in keys if key.count(":") > 1})
    if not foreign:
        return names()
    more = match_rows.framework_names(session, foreign)
    return {**names(), **{SKILL + ref: pair for ref, pair in more.items()}}


def _corpus() -> Iterable[str]:
    for skill in load_taxonomy().skills:
        aliases = " ".join(skill.aliases_ko + skill.aliases_en)
        yield f"{skill.name_ko} {skill.name_en} {aliases} {' '.join(skill.levels_ko)}"
    for role in load_roles():
        yield f"{role.name_ko} {role.name_en}"
