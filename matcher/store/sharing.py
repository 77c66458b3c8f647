"""Share links of one person, the openings of each, and what stands behind an address."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, update
from sqlmodel import Session, col, select

from models.account import Account, AccountState
from models.community import MemberRole, MemberState, Project, ProjectMember
from models.consent import Consent, ConsentPurpose
from models.credential import ShareLink, ShareLinkUse
from models.youth import YouthProfile


class Behind(NamedTuple):
    """`is_held`: its owner can sign in and has not withdrawn the consent to the service."""

    link: ShareLink
    is_held: bool


class Openings(NamedTuple):
    times: int
    last_at: datetime | None


class Shown(NamedTuple):
    """A project the person is in, with the days that make it evidence."""

    title: str
    role: MemberRole
    skills: list[str]
    shown_on: date | None
    showcase_url: str
    is_demo: bool


class Named(NamedTuple):
    name: str
    email: str
    is_demo: bool


def behind(session: Session, token_hash: str, today: date) -> Behind | None:
    link = session.exec(select(ShareLink).where(ShareLink.token_hash == token_hash)).first()
    return None if link is None else Behind(link, _is_held(session, link.youth_id, today))


def _is_held(session: Session, youth_id: int, today: date) -> bool:
    found = session.exec(
        select(YouthProfile.id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .join(Consent, col(Consent.youth_id) == YouthProfile.id)
        .where(
            YouthProfile.id == youth_id,
            Account.state == AccountState.ACTIVE,
            Consent.purpose == ConsentPurpose.SERVICE,
            col(Consent.withdrawn_at).is_(None),
            col(Consent.expires_on).is_(None) | (col(Consent.expires_on) >= today),
        )
    ).first()
    return found is not None


def of_person(session: Session, youth_id: int) -> Sequence[ShareLink]:
    """The newest first."""
    return session.exec(
        select(ShareLink).where(ShareLink.youth_id == youth_id).order_by(col(ShareLink.id).desc())
    ).all()


def own(session: Session, youth_id: int, link_id: int) -> ShareLink | None:
    return session.exec(
        select(ShareLink).where(ShareLink.youth_id == youth_id, ShareLink.id == link_id)
    ).first()


def count_working(session: Session, youth_id: int, today: date) -> int:
    statement = select(func.count(col(ShareLink.id))).where(
        ShareLink.youth_id == youth_id,
        col(ShareLink.revoked_at).is_(None),
        col(ShareLink.expires_on) >= today,
    )
    return int(session.scalar(statement) or 0)


def revoke(session: Session, youth_id: int, link_id: int, now: datetime) -> bool:
    return _revoke(session, now, col(ShareLink.youth_id) == youth_id, col(ShareLink.id) == link_id)


def revoke_all(session: Session, youth_id: int, now: datetime) -> bool:
    return _revoke(session, now, col(ShareLink.youth_id) == youth_id)


def _revoke(session: Session, now: datetime, *which: ColumnElement[bool]) -> bool:
    """Whether there was one to end."""
    ended = session.exec(
        update(ShareLink)
        .where(*which, col(ShareLink.revoked_at).is_(None))
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
    return ended.rowcount > 0


def openings(session: Session, youth_id: int) -> dict[int, Openings]:
    """By link: how often something was shown, and when last."""
    rows = session.exec(
        select(
            ShareLinkUse.link_id, func.count(col(ShareLinkUse.id)), func.max(col(ShareLinkUse.at))
        )
        .where(ShareLinkUse.youth_id == youth_id, col(ShareLinkUse.was_open).is_(True))
        .group_by(col(ShareLinkUse.link_id))
    )
    return {link_id: Openings(times, last_at) for link_id, times, last_at in rows}


def uses(session: Session, youth_id: int, link_id: int, most: int) -> Sequence[ShareLinkUse]:
    """The newest first, those turned away too."""
    return session.exec(
        select(ShareLinkUse)
        .where(ShareLinkUse.youth_id == youth_id, ShareLinkUse.link_id == link_id)
        .order_by(col(ShareLinkUse.id).desc())
        .limit(most)
    ).all()


def turned_away(session: Session, link_id: int, since: datetime) -> int:
    statement = select(func.count(col(ShareLinkUse.id))).where(
        ShareLinkUse.link_id == link_id,
        col(ShareLinkUse.was_open).is_(False),
        ShareLinkUse.at > since,
    )
    return int(session.scalar(statement) or 0)


def named(session: Session, youth_id: int) -> Named:
    row = session.exec(
        select(Account.name, Account.email, Account.is_demo)
        .join(YouthProfile, col(YouthProfile.account_id) == Account.id)
        .where(YouthProfile.id == youth_id)
    ).one()
    return Named(*row)


def projects(session: Session, youth_id: int) -> list[Shown]:
    rows = session.execute(
        select(
            Project.title,
            ProjectMember.role,
            Project.skills,
            Project.shown_on,
            Project.showcase_url,
            Project.is_demo,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(ProjectMember, col(ProjectMember.project_id) == Project.id)
        .where(ProjectMember.youth_id == youth_id, ProjectMember.state == MemberState.IN)
        .order_by(col(Project.id).desc())
    )
    return [Shown(*row) for row in rows]
