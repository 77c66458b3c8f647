"""Counting what an account was shown."""

import math
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.trail import AccessRecord, Exposure, ExposureKind


def wait(session: Session, account_id: int, most: int, window: timedelta, now: datetime) -> int:
    """Seconds until the account may be shown one more ranked list; 0 when it may now."""
    shown = session.exec(
        select(Exposure.at)
        .where(
            Exposure.account_id == account_id,
            Exposure.kind == ExposureKind.LISTED,
            col(Exposure.at) > now - window,
        )
        .order_by(col(Exposure.at).desc())
        .offset(most - 1)
        .limit(1)
    ).first()
    return _seconds(shown, window, now)


def wait_for_task(
    session: Session, account_id: int, task: str, most: int, window: timedelta, now: datetime
) -> int:
    """The same by access records of one task."""
    done = session.exec(
        select(AccessRecord.at)
        .where(
            AccessRecord.account_id == account_id,
            AccessRecord.task == task,
            col(AccessRecord.at) > now - window,
        )
        .order_by(col(AccessRecord.at).desc())
        .offset(most - 1)
        .limit(1)
    ).first()
    return _seconds(done, window, now)


def _seconds(first: datetime | None, window: timedelta, now: datetime) -> int:
    return 0 if first is None else max(1, math.ceil((first + window - now).total_seconds()))
