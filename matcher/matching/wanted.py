"""From what somebody typed as a requirement to the thing meant, or to the things it may mean."""

from dataclasses import dataclass

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import Skill, load_taxonomy
from matcher.i18n import current_language, in_language
from matcher.matching.context import names
from models.opening import RequirementSubject

MOST_CHOICES = 8


@dataclass(frozen=True)
class Meant:
    """`level_texts` are the five written levels of a skill; empty for what has no levels."""

    subject: RequirementSubject
    ref: str
    name: str
    level_texts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.subject.value}:{self.ref}"


def meant(text: str) -> Meant | None:
    """A skill, licence or certificate by slug, name, alias or full key; no guesses."""
    subject, _, ref = text.partition(":")
    if subject in {each.value for each in RequirementSubject} and text in names():
        return of_ref(RequirementSubject(subject), ref)
    certificate = _certificate(text)
    if certificate is not None:
        return certificate
    skill = load_taxonomy().resolve(text)
    return None if skill is None else _skill(skill)


def choices(text: str) -> tuple[Meant, ...]:
    """What the text may mean, best first; the nearest spellings when nothing fits."""
    taxonomy = load_taxonomy()
    found = taxonomy.search(text, MOST_CHOICES) or taxonomy.nearest(text, MOST_CHOICES)
    return tuple(_skill(skill) for skill in found)


def of_ref(subject: RequirementSubject, ref: str) -> Meant:
    """A stored requirement; one from outside the catalogue is called by its slug."""
    skill = None if subject is RequirementSubject.CERTIFICATION else load_taxonomy().get(ref)
    if skill is not None:
        return _skill(skill)
    pair = names().get(f"{subject.value}:{ref}", (ref, ref))
    return Meant(subject, ref, in_language(*pair))


def _skill(skill: Skill) -> Meant:
    language = current_language()
    if skill.is_licence:
        return Meant(RequirementSubject.LICENCE, skill.slug, skill.name(language))
    texts = tuple(skill.level_text(level, language) for level in range(1, 6))
    return Meant(RequirementSubject.SKILL, skill.slug, skill.name(language), texts)


def _certificate(text: str) -> Meant | None:
    wanted = "".join(text.split()).casefold()
    for each in load_programme().certifications:
        spellings = (each.id, each.name_ko, each.name_en, *(exam.code for exam in each.exams))
        if wanted in {"".join(spelling.split()).casefold() for spelling in spellings}:
            return of_ref(RequirementSubject.CERTIFICATION, each.id)
    return None
