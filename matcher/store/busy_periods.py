"""Days on which a person has other hours than usual."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.plan import BusyPeriod


def of_youth(session: Session, youth_id: int) -> Sequence[BusyPeriod]:
    """The earliest first."""
    return session.exec(
        select(BusyPeriod)
        .where(BusyPeriod.youth_id == youth_id)
        .order_by(col(BusyPeriod.starts_on), col(BusyPeriod.id))
    ).all()


def get(session: Session, youth_id: int, period_id: int) -> BusyPeriod | None:
    return session.exec(
        select(BusyPeriod).where(BusyPeriod.youth_id == youth_id, BusyPeriod.id == period_id)
    ).first()
