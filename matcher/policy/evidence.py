"""Proofs people hand in: how many, how long a desk holds one, and which step leads where."""

from datetime import datetime, timedelta
from typing import Protocol

from models.people_desk import EvidenceState

MOST_KEPT = 50
"""Files a person may have with us at a time."""
CLAIM_LASTS = timedelta(minutes=30)
"""After this somebody else may take a proof whose reviewer went away."""
OPEN = (EvidenceState.WAITING, EvidenceState.IN_REVIEW)


class Claimed(Protocol):
    state: EvidenceState
    reviewer_account_id: int | None
    claimed_at: datetime | None


def can_claim(row: Claimed, account_id: int, now: datetime) -> bool:
    """Nobody looks at it, or whoever did stopped; one's own may be opened again."""
    if row.state is EvidenceState.WAITING:
        return True
    is_stale = row.claimed_at is None or row.claimed_at <= now - CLAIM_LASTS
    return row.state is EvidenceState.IN_REVIEW and (
        is_stale or row.reviewer_account_id == account_id
    )


def can_decide(row: Claimed, account_id: int) -> bool:
    return row.state is EvidenceState.IN_REVIEW and row.reviewer_account_id == account_id


def can_withdraw(state: EvidenceState) -> bool:
    return state in OPEN
