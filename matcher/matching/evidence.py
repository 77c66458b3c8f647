"""What a proof is about, in words both sides read."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import load_taxonomy
from matcher.i18n import current_language, in_language
from matcher.store import youths
from models.certification import AttemptState, CertificationRecord
from models.people_desk import Evidence, EvidenceSubject


@dataclass(frozen=True)
class About:
    """`name` of the certificate or the skill; `course` as the person wrote it."""

    subject: EvidenceSubject
    name: str
    course: str = ""
    exam_code: str = ""
    passed_on: date | None = None
    expires_on: date | None = None
    level_texts: tuple[str, ...] = ()
    """What a person can do at levels 1 to 5; empty for a certificate."""
    is_there: bool = True
    """False when the record it was meant for is gone or asks for nothing any more."""


def about(session: Session, row: Evidence) -> About:
    if row.subject is not EvidenceSubject.CERTIFICATE:
        return about_skill(row.subject, row.skill or "", row.title)
    record = youths.certification_record(session, row.youth_id, row.record_id or 0)
    if record is None:
        return About(row.subject, row.title, is_there=False)
    return about_certificate(record)


def about_certificate(record: CertificationRecord) -> About:
    return About(
        EvidenceSubject.CERTIFICATE,
        certificate_name(record.certification),
        exam_code=record.exam_code,
        passed_on=record.exam_on,
        expires_on=record.expires_on,
        is_there=asks_for_proof(record),
    )


def about_skill(subject: EvidenceSubject, slug: str, course: str = "") -> About:
    skill, language = load_taxonomy().get(slug), current_language()
    if skill is None:
        return About(subject, slug, course, is_there=False)
    texts = tuple(skill.level_text(level, language) for level in range(1, 6))
    return About(subject, skill.name(language), course, level_texts=texts)


def asks_for_proof(record: CertificationRecord) -> bool:
    return record.state is AttemptState.PASSED and record.verification == 1


def certificate_name(code: str) -> str:
    known = {each.id: each for each in load_programme().certifications}
    found = known.get(code)
    return code if found is None else in_language(found.name_ko, found.name_en)
