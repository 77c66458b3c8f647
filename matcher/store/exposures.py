"""Counting what an account was shown."""

import math
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.trail import Exposure, ExposureKind


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
    return 0 if shown is None else max(1, math.ceil((shown + window - now).total_seconds()))
