"""Projects, their teams and what they told."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, false, func, true, update
from sqlmodel import Session, col, select

from matcher.actor import Actor
from models.account import Account, AccountState, Role
from models.community import (
    MemberState,
    Project,
    ProjectMember,
    ProjectState,
    ProjectUpdate,
)
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.youth import YouthProfile

Hosted = tuple[Project, Organisation]


class MemberRow(NamedTuple):
    member: ProjectMember
    profile: YouthProfile
    account: Account


def managed(actor: Actor) -> ColumnElement[bool]:
    """A university's own; the centre's desk looks after all."""
    if actor.role is Role.CENTRE:
        return true()
    if actor.role is Role.COORDINATOR and actor.organisation_id is not None:
        return col(Project.organisation_id) == actor.organisation_id
    return false()


def _hosted(session: Session, condition: ColumnElement[bool]) -> Sequence[Hosted]:
    rows = session.exec(
        select(Project, Organisation)
        .join(Organisation, col(Organisation.id) == Project.organisation_id)
        .where(condition, Organisation.state == OrganisationState.ACTIVE)
        .order_by(col(Project.updated_at).desc(), col(Project.id).desc())
    )
    return [(row[0], row[1]) for row in rows]


def open_ones(session: Session) -> Sequence[Hosted]:
    """Everybody may look for a team; what was touched last comes first."""
    return _hosted(session, col(Project.state) == ProjectState.OPEN)


def for_desk(session: Session, actor: Actor) -> Sequence[Hosted]:
    return _hosted(session, managed(actor))


def own_ones(session: Session, youth_id: int) -> Sequence[Hosted]:
    """Those the person is in, was invited to or asked to join; closed ones too."""
    tied = select(ProjectMember.project_id).where(
        ProjectMember.youth_id == youth_id, ProjectMember.state != MemberState.OUT
    )
    return _hosted(session, col(Project.id).in_(tied))


def get(session: Session, project_id: int) -> Hosted | None:
    found = _hosted(session, col(Project.id) == project_id)
    return found[0] if found else None


def one_for_desk(session: Session, actor: Actor, project_id: int) -> Project | None:
    return session.exec(select(Project).where(managed(actor), Project.id == project_id)).first()


def hold(session: Session, project_id: int) -> None:
    """Until the transaction ends nobody else joins or leaves."""
    session.exec(
        select(Project.id).where(Project.id == project_id).with_for_update(key_share=True)
    ).all()


class ShownRow(NamedTuple):
    youth_id: int
    project_id: int
    title: str
    skills: list[Any]
    shown_on: date
    showcase_url: str
    is_demo: bool


def shown(session: Session, youth_ids: Collection[int]) -> list[ShownRow]:
    """What was shown of the people's teams, the last showing first; the caller has checked that
    the actor may read these people."""
    rows = session.execute(
        select(
            ProjectMember.youth_id,
            Project.id,
            Project.title,
            Project.skills,
            Project.shown_on,
            Project.showcase_url,
            Project.is_demo,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Project, col(Project.id) == ProjectMember.project_id)
        .where(
            ProjectMember.state == MemberState.IN,
            col(Project.shown_on).is_not(None),
            col(ProjectMember.youth_id).in_(youth_ids),
        )
        .order_by(col(Project.shown_on).desc(), col(Project.id).desc())
    )
    return [ShownRow(*row) for row in rows]


def team_sizes(session: Session, project_ids: Collection[int]) -> dict[int, int]:
    rows = session.exec(
        select(ProjectMember.project_id, func.count())
        .where(
            col(ProjectMember.project_id).in_(project_ids), ProjectMember.state == MemberState.IN
        )
        .group_by(col(ProjectMember.project_id))
    )
    return {row[0]: row[1] for row in rows}


def members(session: Session, project_id: int) -> list[MemberRow]:
    """Whoever has not left, in the order they came; erased people are not there."""
    rows = session.exec(
        select(ProjectMember, YouthProfile, Account)
        .join(YouthProfile, col(YouthProfile.id) == ProjectMember.youth_id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(ProjectMember.project_id == project_id, ProjectMember.state != MemberState.OUT)
        .order_by(col(ProjectMember.created_at), col(ProjectMember.id))
    )
    return [MemberRow(*row) for row in rows]


def member_of(session: Session, project_id: int, youth_id: int) -> ProjectMember | None:
    return session.exec(
        select(ProjectMember).where(
            ProjectMember.project_id == project_id, ProjectMember.youth_id == youth_id
        )
    ).first()


def updates(session: Session, project_id: int) -> Sequence[tuple[ProjectUpdate, str]]:
    """With the name of who told it, the newest first."""
    rows = session.exec(
        select(ProjectUpdate, Account.name)
        .join(YouthProfile, col(YouthProfile.id) == ProjectUpdate.youth_id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(ProjectUpdate.project_id == project_id)
        .order_by(col(ProjectUpdate.at).desc(), col(ProjectUpdate.id).desc())
    )
    return [(row[0], row[1]) for row in rows]


def forget_alone(session: Session, youth_id: int) -> None:
    """Projects nobody else is in: their words are the person's alone and go with them."""
    mine = select(ProjectMember.project_id).where(
        ProjectMember.youth_id == youth_id, ProjectMember.state == MemberState.IN
    )
    others = select(ProjectMember.project_id).where(
        ProjectMember.youth_id != youth_id, ProjectMember.state == MemberState.IN
    )
    session.execute(
        update(Project)
        .where(col(Project.id).in_(mine), col(Project.id).not_in(others))
        .values(title="-", idea="", skills=[], showcase_url="", state=ProjectState.CLOSED)
        .execution_options(synchronize_session=False)
    )


def youth_by_email(session: Session, email: str) -> int | None:
    """`email` in canonical form; None unless it is an active young person's."""
    return session.exec(
        select(YouthProfile.id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(Account.email == email, Account.state == AccountState.ACTIVE)
    ).first()


def host_for(session: Session, youth_id: int) -> int | None:
    """The person's own university, else the RISE centre."""
    own = session.exec(
        select(YouthProfile.organisation_id).where(YouthProfile.id == youth_id)
    ).first()
    if own is not None:
        return own
    return session.exec(
        select(Organisation.id)
        .where(
            Organisation.kind == OrganisationKind.RISE_CENTRE,
            Organisation.state == OrganisationState.ACTIVE,
        )
        .order_by(col(Organisation.id))
    ).first()
