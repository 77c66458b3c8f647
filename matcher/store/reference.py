"""Reference rows every database holds: the three RISE universities and the RISE centre."""

from datetime import datetime

from sqlmodel import Session

from matcher.catalogue.organisations import rise_centre, universities
from matcher.store import organisations
from models.organisation import Organisation, OrganisationKind, OrganisationState


def ensure_reference(session: Session, now: datetime) -> None:
    """Add what is missing; safe to run again."""
    wanted = [(body, OrganisationKind.UNIVERSITY) for body in universities()]
    wanted.append((rise_centre(), OrganisationKind.RISE_CENTRE))
    for body, kind in wanted:
        if organisations.by_slug(session, body.slug) is None:
            session.add(
                Organisation(
                    slug=body.slug,
                    kind=kind,
                    state=OrganisationState.ACTIVE,
                    name_ko=body.name_ko,
                    name_en=body.name_en,
                    is_trusted=True,
                    created_at=now,
                )
            )
    session.flush()  # callers look the ids up at once
