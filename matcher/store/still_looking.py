"""Whom to ask whether they still look for work."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from matcher.store.candidates import live_consent
from models.account import Account, AccountState
from models.consent import Consent, ConsentPurpose
from models.youth import YouthProfile


class Seen(NamedTuple):
    """`since` the moment of the consent by which partners see the person."""

    youth_id: int
    asked_on: date | None
    looking_on: date | None
    since: datetime


def seen_by_partners(session: Session, today: date) -> list[Seen]:
    """Active people with a live consent to be seen who did not say that they stopped."""
    found = session.execute(
        select(
            YouthProfile.id,
            YouthProfile.looking_asked_on,
            YouthProfile.looking_on,
            func.max(col(Consent.granted_at)),
        )  # type: ignore[type-var]  # columns that may be empty
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .join(Consent, col(Consent.youth_id) == YouthProfile.id)
        .where(
            Account.state == AccountState.ACTIVE,
            live_consent(ConsentPurpose.POOL, today),
            col(YouthProfile.looking_stopped_on).is_(None),
        )
        .group_by(
            col(YouthProfile.id), col(YouthProfile.looking_asked_on), col(YouthProfile.looking_on)
        )
        .order_by(col(YouthProfile.id))
    )
    return [Seen(*row) for row in found]


def profile(session: Session, youth_id: int) -> YouthProfile | None:
    return session.exec(
        select(YouthProfile)
        .where(YouthProfile.id == youth_id)
        .execution_options(populate_existing=True)
    ).first()
