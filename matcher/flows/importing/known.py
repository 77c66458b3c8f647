"""What the database and the catalogue know, for checking an import's references."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import load_taxonomy
from matcher.db import Unit
from matcher.exchange.errors import CellError
from matcher.exchange.lookups import Lookups
from matcher.i18n import current_language
from matcher.store import import_keys
from matcher.text import canonical_email
from models.account import Role


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
    names: Mapping[int, str] = field(default_factory=dict)
    emails: frozenset[str] = frozenset()
    """Of every account, whoever looks after it."""
    external_ids: Mapping[str, int] = field(default_factory=dict)
    """Of every person."""
    home: frozenset[str] | None = None
    """Slugs of the universities the sender speaks for; None is all."""

    def youth(self, words: str) -> int | None:
        return self.youths.get(words) or self.youths.get(canonical_email(words))


def load(session: Session, actor: Actor | None = None) -> Known:
    """Only what this desk looks after; without an actor (command line) everything."""
    return Known(
        youths=import_keys.youths(session, actor),
        organisations=import_keys.organisations(session),
        framework_skills=import_keys.framework_skills(session),
        names=import_keys.names(session, actor),
        emails=import_keys.all_emails(session),
        external_ids=import_keys.external_ids(session),
        home=home_of(session, actor),
    )


def home_of(session: Session, actor: Actor | None) -> frozenset[str] | None:
    """The universities the sender speaks for; None is all."""
    if actor is None or actor.role is Role.CENTRE:
        return None
    slug = import_keys.slug_of(session, actor.organisation_id)
    return frozenset({slug} if slug else ())


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
        home=known.home,
        stranger=lambda words: _is_stranger(known, words),
        today=today,
    )


def _is_stranger(known: Known, words: str) -> bool:
    email = canonical_email(words)
    return email in known.emails and email not in known.youths


def for_a_colleague(line: int, column: str) -> CellError:
    """A row by which the sender would speak for somebody tied to a partner they also work for."""
    return CellError(
        line, column, "two_hats",
        "함께 일하시는 기업과 이어진 사람입니다. 이 줄을 빼고 올리면 나머지는 들어가고, 이 사람은 "
        "다른 담당자가 적어야 합니다",
        "this person has a tie to a partner you also work for; without this line the rest goes in, "
        "and a colleague must enter this person",
    )  # fmt: skip


def note_people(unit: Unit, task: str, youth_ids: Collection[int]) -> None:
    """The access record of a desk's import; the command line's stands in the audit alone."""
    if unit.actor is not None:
        unit.access(task, None, youths=sorted(youth_ids))


def slug_of(words: str) -> str:
    """A slug for a partner that is not known yet."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40]
