"""Counted tries, in the database so that neither a restart nor a second worker forgets one."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from models.account import ThrottleHit


def wait(session: Session, bucket: str, most: int, window: timedelta, now: datetime) -> int:
    """Seconds until the bucket has room for one more; 0 when it has room now."""
    hit = session.exec(
        select(ThrottleHit.at)
        .where(ThrottleHit.bucket == bucket, col(ThrottleHit.at) > now - window)
        .order_by(col(ThrottleHit.at).desc())
        .offset(most - 1)
        .limit(1)
    ).first()
    return 0 if hit is None else max(1, math.ceil((hit + window - now).total_seconds()))


def note(session: Session, buckets: Iterable[str], now: datetime) -> None:
    session.add_all([ThrottleHit(bucket=bucket, at=now) for bucket in buckets])


def clear(session: Session, bucket: str) -> None:
    session.exec(delete(ThrottleHit).where(col(ThrottleHit.bucket) == bucket))


def forget(session: Session, beginnings: Iterable[str]) -> None:
    """Drop every bucket that begins so."""
    starts = [col(ThrottleHit.bucket).startswith(each, autoescape=True) for each in beginnings]
    session.exec(delete(ThrottleHit).where(or_(*starts)))


def prune(session: Session, before: datetime) -> None:
    session.exec(delete(ThrottleHit).where(col(ThrottleHit.at) < before))
