"""The scene of the tests of results and evaluation packs: courses with outcomes behind them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session

from models.course import CourseSession, Enrolment, EnrolmentState
from models.outcome import (
    Outcome,
    OutcomeCheck,
    OutcomeKind,
    OutcomeSource,
    OutcomeState,
)
from tests import factories
from tests.coordinator_desk import course, run
from tests.people import People

YEAR = 2025
START = date(2025, 9, 1)
"""In the reporting year before the tests' day."""
DAY = datetime(2025, 9, 2, 3, 0, tzinfo=UTC)


def held(session: Session, organisation_id: int | None, project: str = "", **values: Any) -> int:
    """A course of the reporting year with one session; gives the session's number."""
    row = course(session, organisation_id, rise_project=project, **values)
    made: CourseSession = run(session, row.id, START, date(2025, 11, 30), seats=30)
    assert made.id is not None
    return made.id


def seat(
    session: Session,
    session_id: int,
    youth_id: int | None,
    state: EnrolmentState = EnrolmentState.COMPLETED,
) -> int:
    row = Enrolment(
        session_id=session_id, youth_id=youth_id, state=state, created_at=DAY, updated_at=DAY
    )
    number: int = factories.add(session, row).id
    return number


def job(session: Session, youth_id: int | None, *checks: int, **values: Any) -> Outcome:
    """A confirmed job in Jeju from December 2025, still held at the months given."""
    defaults: dict[str, Any] = {
        "kind": OutcomeKind.EMPLOYED,
        "state": OutcomeState.CONFIRMED,
        "source": OutcomeSource.DESK,
        "is_in_jeju": True,
        "started_on": date(2025, 12, 1),
        "created_at": DAY,
        "updated_at": DAY,
    }
    row: Outcome = factories.add(session, Outcome(youth_id=youth_id, **(defaults | values)))
    for months in checks:
        factories.add(
            session,
            OutcomeCheck(
                outcome_id=row.id, months=months, still_holds=True, is_in_jeju=row.is_in_jeju,
                source=OutcomeSource.DESK, checked_on=date(2026, 11, 1),
            ),
        )  # fmt: skip
    return row


def scene(session: Session, people: People) -> dict[str, int]:
    """haneul completed and works in Jeju; bada dropped out; namu of halla completed."""
    jejunu = held(session, people.coordinator.organisation_id, "k-runcation")
    halla = held(session, people.other_coordinator.organisation_id, "core-talent")
    numbers = {
        "haneul": seat(session, jejunu, people.youth.youth_id),
        "bada": seat(session, jejunu, people.other_youth.youth_id, EnrolmentState.DROPPED),
        "namu": seat(session, halla, people.far_youth.youth_id),
        "jejunu": jejunu,
        "halla": halla,
    }
    job(session, people.youth.youth_id, 3, 6)
    return numbers
