"""What a CV somebody brought says that their record could take; nothing is decided here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import Skill, load_taxonomy
from matcher.exchange.cv import Cv
from matcher.exchange.resume_merge import fold
from matcher.exchange.resume_record import (
    SaidCertificate,
    SaidSkill,
    said_certificates,
    said_skills,
)
from matcher.i18n import current_language

MOST = 100
LONGEST_LINK = 300
READ = frozenset({"skills", "certificates", "$schema", "meta"})


@dataclass(frozen=True)
class FoundSkill:
    """`level` is a proposal from `words`; None where they say nothing we know. `level_texts`: what
    a person can do at levels 1 to 5."""

    slug: str
    name: str
    words: str
    level: int | None
    level_texts: tuple[str, ...]


@dataclass(frozen=True)
class FoundCertificate:
    code: str
    name: str
    on: date
    url: str

    @property
    def key(self) -> str:
        return f"{self.code}:{self.on.isoformat()}"


@dataclass
class Findings:
    """`held_*`: on record already. `unknown`: words that are no skill of ours. `dayless` and
    `foreign`: certificates without a whole day, and those outside the programme. `kept`: (part,
    entries) that stay words alone."""

    skills: list[FoundSkill] = field(default_factory=list)
    held_skills: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    certificates: list[FoundCertificate] = field(default_factory=list)
    held_certificates: list[str] = field(default_factory=list)
    dayless: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    kept: list[tuple[str, int]] = field(default_factory=list)


def findings(document: Mapping[str, Any], cv: Cv) -> Findings:
    found = Findings(kept=list(_kept(document)))
    _read_skills(document, {each.slug for each in cv.skills}, found)
    codes, elsewhere = _programme(), _elsewhere(cv)
    for said in said_certificates(document):
        code = codes.get(fold(said.name))
        if code is None:
            is_held = fold(said.name) in elsewhere
            (found.held_certificates if is_held else found.foreign).append(said.name)
        else:
            _read_certificate(said, code, cv, found)
    return found


def _read_skills(document: Mapping[str, Any], on_record: set[str], found: Findings) -> None:
    seen: set[str] = set()
    for said in said_skills(document):
        skill = load_taxonomy().resolve(said.text)
        key = skill.slug if skill else fold(said.text)
        if key in seen or (skill is not None and skill.is_licence):
            continue
        seen.add(key)
        if skill is None:
            found.unknown.append(said.text)
        elif skill.slug in on_record:
            found.held_skills.append(skill.name(current_language()))
        elif len(found.skills) < MOST:
            found.skills.append(_found(skill, said))


def _found(skill: Skill, said: SaidSkill) -> FoundSkill:
    language = current_language()
    texts = tuple(skill.level_text(level, language) for level in range(1, 6))
    return FoundSkill(skill.slug, skill.name(language), said.words, said.level, texts)


def _read_certificate(said: SaidCertificate, code: str, cv: Cv, found: Findings) -> None:
    days = {each.on for each in cv.certificates if each.code == code}
    if said.on in days or (said.on is None and days):
        found.held_certificates.append(said.name)
    elif said.on is None or said.on > cv.on:
        found.dayless.append(said.name)
    elif len(found.certificates) < MOST:
        fits = said.url.startswith("https://") and len(said.url) <= LONGEST_LINK
        row = FoundCertificate(code, said.name, said.on, said.url if fits else "")
        if row.key not in {each.key for each in found.certificates}:
            found.certificates.append(row)


def _programme() -> Mapping[str, str]:
    """Folded name or code of each certification and its exams -> its id."""
    found: dict[str, str] = {}
    for each in load_programme().certifications:
        exams = [exam.code for exam in each.exams]
        for name in (each.id, each.name_ko, each.name_en, each.former_name, *exams):
            if name:
                found.setdefault(fold(name), each.id)
    return found


def _elsewhere(cv: Cv) -> frozenset[str]:
    """Folded names of licences and finished courses, which a CV lists as certificates too."""
    licences = [each.name for each in cv.certificates if each.is_licence]
    both = [*licences, *(each.title for each in cv.courses)]
    return frozenset(fold(text) for each in both for text in (each.ko, each.en))


def _kept(document: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    for name, each in document.items():
        if name not in READ and each not in (None, [], {}, ""):
            yield name, len(each) if isinstance(each, list) else 1
