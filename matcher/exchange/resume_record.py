"""A person's record in the words of JSON Resume, and what a CV says that a record can take."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from matcher.exchange.cv import Both, Certificate, Course, Cv, Project, Skill
from matcher.exchange.resume_merge import Entry, Record, fold, level_of

MOST_CERTIFICATES, MOST_COURSES, MOST_PROJECTS = 40, 30, 10
"""The latest ones; what is written must come in again within the size a document may have."""
_DAY: Final = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]")
_LEVELS: Final = {
    **dict.fromkeys(("beginner", "basic", "novice", "초급", "입문", "기초", "하"), 1),
    **dict.fromkeys(("elementary", "초중급"), 2),
    **dict.fromkeys(("intermediate", "competent", "중급", "중"), 3),
    **dict.fromkeys(("advanced", "proficient", "고급", "상"), 4),
    **dict.fromkeys(("expert", "master", "전문가"), 5),
}  # fmt: skip
"""What people write in a CV, as the level of ours that comes nearest: only a first proposal."""


def record_of_cv(cv: Cv, language: str) -> Record:
    basics = {"name": cv.name, "email": cv.email, "summary": cv.about}
    return Record(
        {name: each for name, each in basics.items() if each},
        {
            "certificates": _once(
                [_certificate(each, language) for each in cv.standing[:MOST_CERTIFICATES]]
                + [_course(each, language) for each in cv.courses[:MOST_COURSES]]
            ),
            "skills": [_skill(each, language) for each in cv.skills],
            "projects": [_project(each, language) for each in cv.projects[:MOST_PROJECTS]],
        },
    )


def _once(entries: list[Entry]) -> list[Entry]:
    """Two records of one exam on one day are one line."""
    return list({each.record: each for each in reversed(entries)}.values())[::-1]


def _names(name: Both, aliases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(filter(None, map(fold, (name.ko, name.en, *aliases))))


def _certificate(each: Certificate, language: str) -> Entry:
    kind = "licence" if each.is_licence else "certificate"
    day = each.on.isoformat() if each.on else ""
    facts: dict[str, str | int] = {"verification": each.verification}
    if each.exam_code:
        facts["exam"] = each.exam_code
    if each.until is not None:
        facts["until"] = each.until.isoformat()
    return Entry(
        f"{kind}:{each.code}:{day}" if day else f"{kind}:{each.code}",
        {
            "name": each.name.text(language) if each.is_licence else each.name.en,
            "date": day,
            "issuer": each.issuer,
            "url": each.url,
        },
        facts,
        _names(each.name, each.aliases),
    )


def _course(each: Course, language: str) -> Entry:
    return Entry(
        f"course:{each.number}",
        {
            "name": each.title.text(language),
            "date": each.on.isoformat(),
            "issuer": each.organisation.text(language),
        },
        {"number": each.number},
    )


def _skill(each: Skill, language: str) -> Entry:
    """The level in words: a number of our own scale means nothing to another reader."""
    other = each.name.en if language == "ko" else each.name.ko
    return Entry(
        f"skill:{each.slug}",
        {
            "name": each.name.text(language),
            "level": each.says.text(language),
            "keywords": [other] if other != each.name.text(language) else [],
        },
        {"level": each.level, "verification": each.verification},
        _names(each.name, (each.slug, *each.aliases)),
    )


def _project(each: Project, language: str) -> Entry:
    return Entry(
        f"project:{each.number}",
        {
            "name": each.title,
            "description": each.idea,
            "keywords": [skill.text(language) for skill in each.skills],
            "endDate": each.shown_on.isoformat(),
            "url": each.url,
            "roles": ["lead" if each.leads else "member"],
            "entity": each.host.text(language),
        },
        {},
        frozenset((fold(each.title),)) if fold(each.title) else frozenset(),
    )


@dataclass(frozen=True)
class SaidSkill:
    """`level` of ours that comes nearest to `words`; None where nothing is near."""

    text: str
    words: str
    level: int | None


@dataclass(frozen=True)
class SaidCertificate:
    """`on` None: no whole day is told, in `told`."""

    name: str
    issuer: str
    told: str
    on: date | None
    url: str


def said_skills(document: Mapping[str, Any]) -> Iterator[SaidSkill]:
    """Names first, then key words, which in many CVs are the skills themselves."""
    items = [each for each in document.get("skills") or [] if isinstance(each, dict)]
    for item in items:
        words = item.get("level") or ""
        level = level_of(item) or _LEVELS.get(fold(words))
        yield from (SaidSkill(text, words, level) for text in _lines([item.get("name")]))
    for item in items:
        yield from (SaidSkill(text, "", None) for text in _lines(item.get("keywords") or []))


def said_certificates(document: Mapping[str, Any]) -> Iterator[SaidCertificate]:
    for item in document.get("certificates") or []:
        if isinstance(item, dict) and item.get("name"):
            told = item.get("date") or ""
            yield SaidCertificate(
                item["name"].strip(), item.get("issuer") or "", told, _day(told),
                item.get("url") or "",
            )  # fmt: skip


def _lines(found: list[Any]) -> Iterator[str]:
    return (each.strip() for each in found if isinstance(each, str) and each.strip())


def _day(told: str) -> date | None:
    if not _DAY.fullmatch(told):
        return None
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None
