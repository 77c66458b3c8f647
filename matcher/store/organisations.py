"""Organisations: universities, the centre, partners."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from models.account import Membership
from models.organisation import Organisation, OrganisationKind, OrganisationState


def by_kind(session: Session, kind: OrganisationKind) -> Sequence[Organisation]:
    """Active ones, by name."""
    return session.exec(
        select(Organisation)
        .where(Organisation.kind == kind, Organisation.state == OrganisationState.ACTIVE)
        .order_by(col(Organisation.name_ko), col(Organisation.id))
    ).all()


def get(session: Session, organisation_id: int | None) -> Organisation | None:
    return None if organisation_id is None else session.get(Organisation, organisation_id)


def by_slug(session: Session, slug: str) -> Organisation | None:
    return session.exec(select(Organisation).where(Organisation.slug == slug)).first()


def everyone(session: Session) -> Sequence[Organisation]:
    """Whatever their state, by kind and name."""
    return session.exec(
        select(Organisation).order_by(
            col(Organisation.kind), col(Organisation.name_ko), col(Organisation.id)
        )
    ).all()


def member_counts(session: Session) -> dict[int, int]:
    """How many accounts belong to each organisation, by number."""
    rows = session.exec(
        select(Membership.organisation_id, func.count())
        .where(col(Membership.organisation_id).is_not(None))
        .group_by(col(Membership.organisation_id))
    )
    return {number: count for number, count in rows if number is not None}
