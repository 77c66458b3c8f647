"""The scene of interviews and offers: one opening, two people invited to an interview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from matcher.wiring import Services
from models.application import ApplicationState
from models.interview import Interview, InterviewMode, InterviewSlot, InterviewState, JobOffer
from tests import factories
from tests.partner_desk import employer_consent
from tests.people import People

DAY = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
"""14:00 in Jeju, four days ahead."""


@dataclass(frozen=True)
class Hiring:
    """`first` is haneul's application, `second` bada's."""

    opening_id: int
    first: int
    second: int
    slots: tuple[int, ...]


def slot(session: Session, opening_id: int, starts_at: datetime, **values: Any) -> InterviewSlot:
    defaults: dict[str, Any] = {
        "minutes": 30, "mode": InterviewMode.ON_SITE, "place": "제주시 첨단로 1",
        "created_at": factories.NOW,
    }  # fmt: skip
    row = InterviewSlot(opening_id=opening_id, starts_at=starts_at, **(defaults | values))
    return factories.add(session, row)


def interview(session: Session, application_id: int, slot_id: int, **values: Any) -> Interview:
    defaults: dict[str, Any] = {
        "state": InterviewState.BOOKED, "created_at": factories.NOW, "updated_at": factories.NOW,
    }  # fmt: skip
    row = Interview(application_id=application_id, slot_id=slot_id, **(defaults | values))
    return factories.add(session, row)


def offer(session: Session, application_id: int, account_id: int, **values: Any) -> JobOffer:
    defaults: dict[str, Any] = {
        "starts_on": (DAY + timedelta(days=30)).date(),
        "answer_by": (DAY + timedelta(days=7)).date(),
        "pay_krw": 36_000_000, "created_at": factories.NOW, "updated_at": factories.NOW,
    }  # fmt: skip
    row = JobOffer(application_id=application_id, account_id=account_id, **(defaults | values))
    return factories.add(session, row)


def set_hiring(
    services: Services,
    people: People,
    *,
    state: ApplicationState = ApplicationState.INTERVIEW,
    begins: Sequence[datetime] = (DAY, DAY + timedelta(minutes=30)),
    **values: Any,
) -> Hiring:
    with services.database.writing() as session:
        home = people.partner.organisation_id
        opening = factories.opening(
            session, home or 0, pay_min_krw=32_000_000, pay_max_krw=40_000_000, **values
        )
        factories.requirement(session, opening.id or 0, "python")
        made = []
        for person in (people.youth, people.other_youth):
            employer_consent(session, person.youth_id or 0, home)
            factories.skill_record(session, person.youth_id or 0, "python", level=4)
            row = factories.application(
                session,
                opening.id or 0,
                person.youth_id or 0,
                state=state,
                message="꼭 하고 싶어요.",
            )
            made.append(row.id or 0)
        times = [slot(session, opening.id or 0, at).id or 0 for at in begins]
        return Hiring(opening.id or 0, made[0], made[1], tuple(times))
