"""Organisations: universities, the centre, partners."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

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
