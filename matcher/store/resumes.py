"""What a person's CV is made of beside skills and certificates, and the CV they brought."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from models.community import MemberRole, MemberState, Project, ProjectMember
from models.credential import ResumeDocument
from models.organisation import Organisation
from models.skill import UnmappedSkill


class ShownRow(NamedTuple):
    project: Project
    role: MemberRole
    host: Organisation


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
