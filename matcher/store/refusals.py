"""How often each coded reason was given, over all partners."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.application import ApplicationEvent, ApplicationState, RefusalReason


def counts(session: Session, since: datetime, until: datetime) -> dict[RefusalReason, int]:
    """Refusals from `since` on and before `until`, by reason; those that were none are left out."""
    found = session.execute(
        select(ApplicationEvent.reason, func.count())
        .where(
            ApplicationEvent.to_state == ApplicationState.REFUSED.value,
            col(ApplicationEvent.at) >= since,
            col(ApplicationEvent.at) < until,
            col(ApplicationEvent.reason).in_([each.value for each in RefusalReason]),
        )
        .group_by(col(ApplicationEvent.reason))
    )
    return {RefusalReason(reason): number for reason, number in found}
