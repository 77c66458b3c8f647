"""Keys the service signs with; one is active, the others are kept for what they signed."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from models.credential import IssuedCredential, IssuedState, IssuerKey, KeyState


def active(session: Session) -> IssuerKey | None:
    """The one that signs; the newest where several are active for a moment."""
    return session.exec(
        select(IssuerKey)
        .where(IssuerKey.state == KeyState.ACTIVE)
        .order_by(col(IssuerKey.id).desc())
        .limit(1)
    ).first()


def published(session: Session) -> Sequence[IssuerKey]:
    """Every key whose signatures count: the active one and the retired."""
    return session.exec(
        select(IssuerKey).where(IssuerKey.state != KeyState.REVOKED).order_by(col(IssuerKey.id))
    ).all()


def every(session: Session) -> Sequence[IssuerKey]:
    """Newest first."""
    return session.exec(select(IssuerKey).order_by(col(IssuerKey.id).desc())).all()


def of_state(session: Session, state: KeyState) -> Sequence[IssuerKey]:
    return session.exec(select(IssuerKey).where(IssuerKey.state == state)).all()


def counts(session: Session) -> dict[int, int]:
    """Credentials that stand on each key."""
    rows = session.exec(
        select(IssuedCredential.key_id, func.count())
        .where(IssuedCredential.state != IssuedState.REVOKED)
        .group_by(col(IssuedCredential.key_id))
    )
    return dict(rows.all())


def by_name(session: Session, name: str) -> IssuerKey | None:
    return session.exec(select(IssuerKey).where(IssuerKey.name == name)).first()


def first(session: Session) -> IssuerKey | None:
    """The oldest: issuing began with it."""
    return session.exec(select(IssuerKey).order_by(col(IssuerKey.id)).limit(1)).first()


def revoked_ids(session: Session) -> frozenset[int]:
    found = session.exec(select(IssuerKey.id).where(IssuerKey.state == KeyState.REVOKED))
    return frozenset(number for number in found if number is not None)
