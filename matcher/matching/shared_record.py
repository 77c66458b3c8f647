"""What a reader of a share link gets: the chosen parts and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import load_taxonomy
from matcher.i18n import current_language, in_language
from matcher.matching.certified import Judgement, counted_of
from matcher.planning import certification_rules
from matcher.policy.profiles import Counted
from matcher.policy.sharing import Part
from matcher.store import credentials, youths
from matcher.store import sharing as store
from models.certification import AttemptState, CertificationRecord
from models.skill import Rater


@dataclass(frozen=True)
class Certificate:
    """A pass; `standing` active, expiring or expired by the day, empty where no end is known.
    `level` is AWS's own word, `verification` 1 to 4."""

    id: str
    name: str
    level: str
    passed_on: date | None
    expires_on: date | None
    standing: str
    verification: int


@dataclass(frozen=True)
class Skill:
    """`follows`: nobody judged it, it comes with a certificate."""

    slug: str
    name: str
    level: int
    level_text: str
    verification: int
    follows: bool


@dataclass(frozen=True)
class Course:
    number: str
    title: str
    organisation: str
    hours: int
    finished_on: date


@dataclass(frozen=True)
class Project:
    """Never what the team wrote about it, and nobody else of the team."""

    title: str
    skills: tuple[str, ...]
    shown_on: date | None
    address: str


@dataclass(frozen=True)
class SharedRecord:
    """Parts that were not chosen are empty here: no page and no file can reach more."""

    parts: tuple[Part, ...]
    as_of: datetime
    expires_on: date
    is_demo: bool
    name: str = ""
    email: str = ""
    certificates: tuple[Certificate, ...] = ()
    skills: tuple[Skill, ...] = ()
    courses: tuple[Course, ...] = ()
    projects: tuple[Project, ...] = ()


def record(
    session: Session,
    youth_id: int,
    parts: tuple[Part, ...],
    now: datetime,
    today: date,
    until: date,
) -> SharedRecord:
    """The caller has checked that the person shares it. `until`: the last day of the link."""
    person = store.named(session, youth_id)
    return SharedRecord(
        parts=parts,
        as_of=now,
        expires_on=until,
        is_demo=person.is_demo,
        name=person.name if Part.NAME in parts else "",
        email=person.email if Part.CONTACT in parts else "",
        certificates=certificates(session, youth_id, today) if Part.CERTIFICATES in parts else (),
        skills=_skills(session, youth_id, today) if Part.SKILLS in parts else (),
        courses=_courses(session, youth_id) if Part.COURSES in parts else (),
        projects=_projects(session, youth_id) if Part.PROJECTS in parts else (),
    )


def as_json(shared: SharedRecord) -> dict[str, Any]:
    """The same for programs: a part that was not chosen has no key."""
    told: dict[str, Any] = {"service": "oreum", "as_of": shared.as_of, "until": shared.expires_on}
    values: dict[Part, tuple[str, Any]] = {
        Part.NAME: ("name", shared.name),
        Part.CONTACT: ("email", shared.email),
        Part.CERTIFICATES: ("certificates", [vars(each) for each in shared.certificates]),
        Part.SKILLS: ("skills", [vars(each) for each in shared.skills]),
        Part.COURSES: ("courses", [vars(each) for each in shared.courses]),
        Part.PROJECTS: ("projects", [vars(each) for each in shared.projects]),
    }
    told |= {key: value for part, (key, value) in values.items() if part in shared.parts}
    return told | ({"is_demo": True} if shared.is_demo else {})


def certificates(session: Session, youth_id: int, today: date) -> tuple[Certificate, ...]:
    """Every pass of a certificate we know, those that last longest first."""
    rows = youths.certification_records(session, youth_id)
    passed = (row for row in rows if row.state is AttemptState.PASSED)
    found = [line for row in passed if (line := _certificate(row, today)) is not None]
    return tuple(sorted(found, key=lambda each: each.expires_on or date.max, reverse=True))


def _certificate(row: CertificationRecord, today: date) -> Certificate | None:
    known = load_programme().known_certification(row.certification)
    if known is None:
        return None
    standing = ""
    if row.exam_on is not None and row.expires_on is not None:
        standing = certification_rules.standing(row.exam_on, row.expires_on, today)
    return Certificate(
        id=known.id,
        name=in_language(known.name_ko, known.name_en),
        level=known.level,
        passed_on=row.exam_on,
        expires_on=row.expires_on,
        standing=standing,
        verification=row.verification,
    )


def _skills(session: Session, youth_id: int, today: date) -> tuple[Skill, ...]:
    """What counts of each skill, as on the person's own page, the best proved first. What somebody
    wrote as evidence is free text and stays here."""
    found = [_skill(slug, each) for slug, each in counted_of(session, youth_id, today).items()]
    return tuple(sorted(found, key=lambda each: (-each.verification, -each.level, each.name)))


def _skill(slug: str, counted: Counted[Judgement]) -> Skill:
    known, language = load_taxonomy().get(slug), current_language()
    return Skill(
        slug=slug,
        name=known.name(language) if known else slug,
        level=counted.level,
        level_text=known.level_text(counted.level, language) if known else "",
        verification=counted.verification,
        follows=counted.by.rater is Rater.CERTIFICATE,
    )


def _courses(session: Session, youth_id: int) -> tuple[Course, ...]:
    return tuple(
        Course(
            row.credential.number,
            in_language(row.credential.title_ko, row.credential.title_en),
            in_language(row.organisation.name_ko, row.organisation.name_en),
            row.course.total_hours,
            row.credential.issued_on,
        )
        for row in credentials.finished(session, youth_id)
    )


def _projects(session: Session, youth_id: int) -> tuple[Project, ...]:
    """The address where it was shown only once it really was."""
    return tuple(
        Project(
            row.title,
            tuple(_names(row.skills)),
            row.shown_on,
            row.showcase_url if row.shown_on is not None else "",
        )
        for row in store.projects(session, youth_id)
    )


def _names(slugs: Iterable[str]) -> Iterable[str]:
    taxonomy, language = load_taxonomy(), current_language()
    for slug in slugs:
        known = taxonomy.get(slug)
        yield known.name(language) if known else slug
