"""Counting what an account was shown."""

import math
from datetime import datetime, timedelta

from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.trail import AccessRecord, Exposure, ExposureKind


def wait(session: Session, account_id: int, most: int, window: timedelta, now: datetime) -> int:
    """Seconds until the account may be shown one more ranked list; 0 when it may now."""
    shown = select(Exposure.at).where(
        Exposure.account_id == account_id, Exposure.kind == ExposureKind.LISTED
    )
    return _wait(session, shown, col(Exposure.at), most, window, now)


def wait_for_task(
    session: Session, account_id: int, task: str, most: int, window: timedelta, now: datetime
) -> int:
    """The same by access records of one task."""
    done = select(AccessRecord.at).where(
        AccessRecord.account_id == account_id, AccessRecord.task == task
    )
    return _wait(session, done, col(AccessRecord.at), most, window, now)


def _wait(
    session: Session,
    acts: SelectOfScalar[datetime],
    at: Mapped[datetime],
    most: int,
    window: timedelta,
    now: datetime,
) -> int:
    first = session.exec(
        acts.where(at > now - window).order_by(at.desc()).offset(most - 1).limit(1)
    ).first()
    return 0 if first is None else max(1, math.ceil((first + window - now).total_seconds()))
