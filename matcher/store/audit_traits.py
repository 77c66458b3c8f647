"""What a person told for the fairness check: written and read by that person alone here.

The training report reads it through `training_rows`; nothing that ranks or shows people does.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models.audit_trait import AuditTrait, AuditTraitKind


def own(session: Session, youth_id: int) -> dict[AuditTraitKind, str]:
    rows = session.exec(select(AuditTrait).where(AuditTrait.youth_id == youth_id)).all()
    return {each.kind: each.value for each in rows}


def replace(
    session: Session, youth_id: int, told: Mapping[AuditTraitKind, str], now: datetime
) -> None:
    """All of what was told before goes; what is left out now is told no more."""
    session.execute(delete(AuditTrait).where(col(AuditTrait.youth_id) == youth_id))
    session.add_all(
        AuditTrait(youth_id=youth_id, kind=kind, value=value, given_at=now)
        for kind, value in sorted(told.items())
    )
