"""What a person's CV is made of beside skills and certificates, and the CV they brought."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from models.attendance import Credential
from models.community import MemberRole, MemberState, Project, ProjectMember
from models.course import Course, CourseSession, CourseSkill, CourseSkillKind, Enrolment
from models.credential import ResumeDocument
from models.organisation import Organisation
from models.skill import UnmappedSkill


class FinishedRow(NamedTuple):
    credential: Credential
    course: Course
    session: CourseSession
    organisation: Organisation


class ShownRow(NamedTuple):
    project: Project
    role: MemberRole
    host: Organisation


def finished(session: Session, youth_id: int, most: int) -> list[FinishedRow]:
    """Courses whose credential is in force, the latest first."""
    rows = session.exec(
        select(Credential, Course, CourseSession, Organisation)
        .join(Enrolment, col(Enrolment.id) == Credential.enrolment_id)
        .join(CourseSession, col(CourseSession.id) == Enrolment.session_id)
        .join(Course, col(Course.id) == CourseSession.course_id)
        .join(Organisation, col(Organisation.id) == Course.organisation_id)
        .where(Credential.youth_id == youth_id, col(Credential.revoked_on).is_(None))
        .order_by(col(Credential.issued_on).desc(), col(Credential.id).desc())
        .limit(most)
    )
    return [FinishedRow(*row) for row in rows]


def gained(session: Session, course_ids: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    """Course -> (skill, level) pairs it teaches, by skill."""
    found: dict[int, list[tuple[str, int]]] = {}
    rows = session.exec(
        select(CourseSkill.course_id, CourseSkill.skill, CourseSkill.level)
        .where(
            col(CourseSkill.course_id).in_(course_ids), CourseSkill.kind == CourseSkillKind.GAINED
        )
        .order_by(col(CourseSkill.skill))
    )
    for course_id, skill, level in rows:
        found.setdefault(course_id, []).append((skill, level))
    return found


def shown(session: Session, youth_id: int, most: int) -> list[ShownRow]:
    """Projects the person is in that were really shown, the latest first."""
    rows = session.exec(
        select(Project, ProjectMember.role, Organisation)
        .join(ProjectMember, col(ProjectMember.project_id) == Project.id)
        .join(Organisation, col(Organisation.id) == Project.organisation_id)
        .where(
            ProjectMember.youth_id == youth_id,
            ProjectMember.state == MemberState.IN,
            col(Project.shown_on).is_not(None),
        )
        .order_by(col(Project.shown_on).desc(), col(Project.id).desc())
        .limit(most)
    )
    return [ShownRow(project, MemberRole(role), host) for project, role, host in rows]


def document(session: Session, youth_id: int) -> ResumeDocument | None:
    return session.exec(select(ResumeDocument).where(ResumeDocument.youth_id == youth_id)).first()


def unmapped(session: Session, youth_id: int) -> Sequence[str]:
    """Words outside the taxonomy the person told before."""
    return session.exec(select(UnmappedSkill.text).where(UnmappedSkill.youth_id == youth_id)).all()
