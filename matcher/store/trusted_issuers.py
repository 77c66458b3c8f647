"""Issuers whose credentials count, and the status lists they published."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.credential import IssuerMeans, StatusListCopy, TrustedIssuer


def listed(session: Session) -> Sequence[TrustedIssuer]:
    """Those that count first, then by name."""
    return session.exec(
        select(TrustedIssuer).order_by(
            col(TrustedIssuer.is_active).desc(), col(TrustedIssuer.name), col(TrustedIssuer.id)
        )
    ).all()


def active(session: Session) -> Sequence[TrustedIssuer]:
    return session.exec(
        select(TrustedIssuer).where(TrustedIssuer.is_active).order_by(col(TrustedIssuer.id))
    ).all()


def editions(session: Session) -> dict[str, int]:
    """Of every issuer, whether it counts or not."""
    return dict(session.exec(select(TrustedIssuer.issuer, TrustedIssuer.edition)).all())


def edition(session: Session, issuer: str) -> int | None:
    """None for one that was never on the list."""
    return session.exec(select(TrustedIssuer.edition).where(TrustedIssuer.issuer == issuer)).first()


def get(session: Session, issuer_id: int, *, lock: bool = False) -> TrustedIssuer | None:
    statement = select(TrustedIssuer).where(TrustedIssuer.id == issuer_id)
    if lock:
        statement = statement.with_for_update()
    return session.exec(statement.execution_options(populate_existing=lock)).first()


def by_address(session: Session, issuer: str, *, lock: bool = False) -> TrustedIssuer | None:
    """By the DID or address, exactly as credentials name it."""
    statement = select(TrustedIssuer).where(TrustedIssuer.issuer == issuer)
    if lock:
        statement = statement.with_for_update()
    return session.exec(statement.execution_options(populate_existing=lock)).first()


def means_of(session: Session, issuer: str) -> IssuerMeans | None:
    """How the issuer proves an AWS certification; None for whoever is not on the list, is switched
    off, or stands behind its own courses only."""
    statement = select(TrustedIssuer).where(
        TrustedIssuer.issuer == issuer, TrustedIssuer.is_active, TrustedIssuer.backs_certificates
    )
    found = session.exec(statement).first()
    return found.means if found else None


def status_lists(session: Session) -> Sequence[StatusListCopy]:
    return session.exec(
        select(StatusListCopy).order_by(col(StatusListCopy.issuer), col(StatusListCopy.address))
    ).all()


def status_list(session: Session, address: str, *, lock: bool = False) -> StatusListCopy | None:
    statement = select(StatusListCopy).where(StatusListCopy.address == address)
    if lock:
        statement = statement.with_for_update()
    return session.exec(statement.execution_options(populate_existing=lock)).first()
