"""How long application papers are kept after the decision (채용절차법: 14 to 180 days)."""

from datetime import date, timedelta

from models.application import ApplicationState

KEPT_DAYS = (14, 180)
DECIDED = (
    ApplicationState.HIRED,
    ApplicationState.REFUSED,
    ApplicationState.WITHDRAWN,
    ApplicationState.HIRED_ELSEWHERE,
    ApplicationState.CLOSED,
)


def destroy_on(decided_on: date, kept_days: int) -> date:
    """The first day on which the papers must be gone."""
    return decided_on + timedelta(days=kept_days)
