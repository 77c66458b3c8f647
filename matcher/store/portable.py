"""What a person's portable record counts beside skills and certificates."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, func, select

from models.attendance import Credential
from models.community import MemberState, Project, ProjectMember


def completed(session: Session, youth_id: int) -> int:
    """Courses whose credential is in force."""
    statement = select(func.count()).where(
        Credential.youth_id == youth_id, col(Credential.revoked_on).is_(None)
    )
    return session.exec(statement).one()


def shown(session: Session, youth_id: int) -> Sequence[tuple[str, date]]:
    """(title, day) of projects the person is in that were really shown, the latest first."""
    rows = session.exec(
        select(Project.title, col(Project.shown_on))
        .join(ProjectMember, col(ProjectMember.project_id) == Project.id)
        .where(
            ProjectMember.youth_id == youth_id,
            ProjectMember.state == MemberState.IN,
            col(Project.shown_on).is_not(None),
        )
        .order_by(col(Project.shown_on).desc(), col(Project.id).desc())
    )
    return [(title, day) for title, day in rows if day is not None]
