"""A person's rows as the plain values every format of a CV is written from."""

from collections.abc import Sequence

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import Skill as Known
from matcher.catalogue.skills import load_taxonomy
from matcher.db import Unit
from matcher.exchange.cv import Both, Certificate, Course, Cv, Outcome, Project, Skill
from matcher.matching.certified import counted_of
from matcher.store import accounts, course_desk, credentials, resumes, youths
from matcher.store.credentials import CredentialRow
from matcher.store.resumes import ShownRow
from models.certification import AttemptState, CertificationRecord, LicenceRecord
from models.community import MemberRole
from models.course import CourseSkill
from models.organisation import Organisation

AWS = "Amazon Web Services"
"""Who issues what is in the programme: aws.amazon.com/certification."""
MOST_COURSES, MOST_PROJECTS = 50, 30


def gather(unit: Unit) -> Cv:
    """Of the signed-in young person, for their own use. A constant number of queries."""
    actor, session = unit.signed_in, unit.session
    youth_id = actor.own_youth_id
    account, profile = (
        accounts.by_id(session, actor.account_id),
        youths.get(session, actor, youth_id),
    )
    attempts = youths.certification_records(session, youth_id)
    return Cv(
        name=actor.name,
        email=account.email if account else "",
        about=profile.about if profile else "",
        on=unit.today,
        skills=_skills(unit, youth_id),
        certificates=(
            *_certificates(attempts),
            *(_licence(row) for row in youths.licences(session, youth_id)),
        ),
        courses=_courses(unit, credentials.finished(session, youth_id, MOST_COURSES)),
        projects=tuple(_project(row) for row in resumes.shown(session, youth_id, MOST_PROJECTS)),
    )


def named(slug: str) -> Both:
    found = load_taxonomy().get(slug)
    return Both(found.name_ko, found.name_en) if found else Both(slug, slug)


def _skills(unit: Unit, youth_id: int) -> tuple[Skill, ...]:
    return tuple(
        _skill(slug, each.level, each.by.rater.value, each.verification)
        for slug, each in counted_of(unit.session, youth_id, unit.today).items()
    )


def _skill(slug: str, level: int, rater: str, verification: int) -> Skill:
    found = load_taxonomy().get(slug)
    says = Both(found.level_text(level, "ko"), found.level_text(level, "en")) if found else None
    return Skill(
        slug, named(slug), level, says or Both("", ""), rater, verification,
        aliases=_aliases(found),
        esco_uri=found.esco_uri if found else None,
    )  # fmt: skip


def _certificates(attempts: Sequence[CertificationRecord]) -> list[Certificate]:
    """Every pass, the latest first; what is meant by a code that is not known any more is the
    code."""
    passed = [row for row in attempts if row.state is AttemptState.PASSED]
    passed.sort(key=lambda row: (row.exam_on is not None, row.exam_on, row.id), reverse=True)
    return [
        Certificate(
            code=row.certification,
            name=_certificate_name(row.certification),
            issuer=AWS,
            on=row.exam_on,
            until=row.expires_on,
            verification=row.verification,
            exam_code=row.exam_code,
            url=row.proof_url,
            aliases=(row.certification, row.exam_code),
        )
        for row in passed
    ]


def _certificate_name(code: str) -> Both:
    found = load_programme().known_certification(code)
    return Both(found.name_ko, found.name_en) if found else Both(code, code)


def _licence(row: LicenceRecord) -> Certificate:
    found = load_taxonomy().get(row.licence)
    return Certificate(
        row.licence, named(row.licence), "", row.acquired_on, None, row.verification,
        aliases=_aliases(found), is_licence=True,
    )  # fmt: skip


def _aliases(found: Known | None) -> tuple[str, ...]:
    return (*found.aliases_ko, *found.aliases_en) if found else ()


def _courses(unit: Unit, rows: Sequence[CredentialRow]) -> tuple[Course, ...]:
    gained = course_desk.gained(unit.session, {row.course.id or 0 for row in rows})
    return tuple(
        Course(
            number=row.credential.number,
            title=Both(row.credential.title_ko, row.credential.title_en),
            organisation=_organisation(row.organisation),
            on=row.credential.issued_on,
            starts_on=row.session.starts_on,
            ends_on=row.session.ends_on,
            hours=row.course.total_hours,
            outcomes=tuple(_outcome(each) for each in gained.get(row.course.id or 0, ())),
        )
        for row in rows
    )


def _outcome(row: CourseSkill) -> Outcome:
    found = load_taxonomy().get(row.skill)
    return Outcome(named(row.skill), row.level, found.esco_uri if found else None)


def _organisation(row: Organisation) -> Both:
    return Both(row.name_ko, row.name_en)


def _project(row: ShownRow) -> Project:
    project = row.project
    assert project.shown_on is not None
    return Project(
        number=project.id or 0,
        title=project.title,
        idea=project.idea,
        skills=tuple(named(str(each)) for each in project.skills),
        shown_on=project.shown_on,
        url=project.showcase_url,
        leads=row.role is MemberRole.LEAD,
        host=_organisation(row.host),
    )
