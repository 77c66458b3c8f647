"""What the database and the catalogue know, for checking an import's references."""

import re
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import load_taxonomy
from matcher.exchange.lookups import Lookups
from matcher.i18n import current_language
from matcher.store import import_keys
from matcher.text import canonical_email


@dataclass
class Known:
    """Keys of stored rows. `new_organisations` fills while openings of new partners come in."""

    youths: dict[str, int]
    """E-mail (canonical) and external id -> youth id."""
    organisations: dict[str, int]
    """Slug and both names, lower case -> organisation id."""
    framework_skills: frozenset[str]
    """`framework:slug` of every imported framework."""
    new_organisations: list[str] = field(default_factory=list)

    def youth(self, words: str) -> int | None:
        return self.youths.get(words) or self.youths.get(canonical_email(words))


def load(session: Session) -> Known:
    return Known(
        youths=import_keys.youths(session),
        organisations=import_keys.organisations(session),
        framework_skills=import_keys.framework_skills(session),
    )


def lookups(known: Known, today: date) -> Lookups:
    taxonomy, programme = load_taxonomy(), load_programme()
    certifications = {each.id: each.id for each in programme.certifications}
    for each in programme.certifications:
        certifications |= {exam.code.upper(): each.id for exam in each.exams}

    def skill(words: str) -> str | None:
        if words in known.framework_skills:
            return words
        found = taxonomy.resolve(words)
        return found.slug if found is not None and not found.is_licence else None

    def licence(words: str) -> str | None:
        found = taxonomy.resolve(words)
        return found.slug if found is not None and found.is_licence else None

    def nearest(words: str) -> list[str]:
        return [each.name(current_language()) for each in taxonomy.nearest(words)]

    return Lookups(
        skill=skill,
        nearest=nearest,
        licence=licence,
        certifications=certifications,
        youth=lambda words: known.youth(words) is not None,
        today=today,
    )


def slug_of(words: str) -> str:
    """A slug for a partner that is not known yet."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40]
