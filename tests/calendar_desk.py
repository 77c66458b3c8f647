"""Dated rows of one person for tests of the calendar and the digest."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, select

from matcher.actor import Actor
from matcher.clock import JEJU
from matcher.db import Unit
from matcher.wiring import Services
from models.certification import AttemptState, CertificationRecord
from models.course import CourseSession, Enrolment, EnrolmentState
from models.outbox import OutboxMail
from models.plan import Plan, PlanKind, PlanState, PlanStep, PlanTarget, StepKind
from models.voucher import Voucher, VoucherState
from models.youth import SavedItem, SavedKind
from tests import factories, matching_desk
from tests.factories import NOW, TODAY, add
from tests.people import Person

EARLIER = NOW - timedelta(days=400)
"""Recorded long ago: the thresholds alone decide when it is news."""


class At:
    """The services at a moment of a chosen day in Jeju."""

    def __init__(self, services: Services, day: date = TODAY, hour: int = 10) -> None:
        self.services = services
        self.now = datetime.combine(day, time(hour), JEJU).astimezone(UTC)

    def reading(self, actor: Actor | None = None):  # type: ignore[no-untyped-def]
        return self._moved(self.services.reading(actor))

    def writing(self, actor: Actor | None = None):  # type: ignore[no-untyped-def]
        return self._moved(self.services.writing(actor))

    def _moved(self, context):  # type: ignore[no-untyped-def]
        from contextlib import contextmanager

        @contextmanager
        def moved():  # type: ignore[no-untyped-def]
            with context as unit:
                yield Unit(unit.session, self.now, unit.actor, trail=unit.trail)

        return moved()


def attempt(
    session: Session, person: Person, certification: str, exam_code: str, **values: Any
) -> CertificationRecord:
    defaults: dict[str, Any] = {
        "state": AttemptState.PLANNED,
        "created_at": EARLIER,
        "updated_at": EARLIER,
    }
    row = CertificationRecord(
        youth_id=person.youth_id,
        certification=certification,
        exam_code=exam_code,
        **(defaults | values),
    )
    return add(session, row)


def passed(session: Session, person: Person, certification: str, expires_on: date, **values: Any):  # type: ignore[no-untyped-def]
    return attempt(
        session,
        person,
        certification,
        values.pop("exam_code", f"{certification}-C02"),
        state=AttemptState.PASSED,
        exam_on=expires_on.replace(year=expires_on.year - 3),
        expires_on=expires_on,
        **values,
    )


def plan(
    session: Session, person: Person, *steps: tuple[StepKind, str, date], **values: Any
) -> Plan:
    defaults: dict[str, Any] = {
        "target": PlanTarget.CERTIFICATION,
        "target_refs": ["SAA"],
        "kind": PlanKind.FASTEST,
        "state": PlanState.ACCEPTED,
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=200),
        "weekly_hours": 8,
        "created_at": EARLIER,
        "updated_at": EARLIER,
    }
    row = add(session, Plan(youth_id=person.youth_id, **(defaults | values)))
    for place, (kind, ref, on) in enumerate(steps, start=1):
        step = PlanStep(
            plan_id=row.id, place=place, kind=kind, ref=ref, starts_on=on, ends_on=on, hours=4
        )
        add(session, step)
    return row  # type: ignore[no-any-return]


def voucher(session: Session, person: Person, organisation_id: int | None, on: date) -> Voucher:
    return factories.voucher(
        session,
        organisation_id,
        code=f"SECRET-{person.youth_id}-{on}",
        youth_id=person.youth_id,
        state=VoucherState.ASSIGNED,
        assigned_at=EARLIER,
        expires_on=on,
        percent=50,
    )


def saved(session: Session, person: Person, kind: SavedKind, item_id: int | None) -> None:
    add(
        session,
        SavedItem(youth_id=person.youth_id, kind=kind, item_id=item_id, saved_at=EARLIER),
    )


def course_run(session: Session, organisation_id: int | None, **values: Any) -> CourseSession:
    """A session of a course of its own, two evenings a week over the turn of the year."""
    titles = {key: values.pop(key) for key in ("title_ko", "title_en") if key in values}
    course = matching_desk.course(session, organisation_id or 0, **titles)
    defaults: dict[str, Any] = {
        "starts_on": date(2026, 12, 1),
        "ends_on": date(2027, 1, 31),
        "applications_open_on": TODAY,
        "applications_close_on": TODAY + timedelta(days=5),
        "weekly_hours": 4,
        "weekly_slots": [
            {"weekday": 5, "start": "19:00", "end": "21:00"},
            {"weekday": 2, "start": "19:00", "end": "21:00"},
        ],
        "seats": 20,
    }
    return add(session, CourseSession(course_id=course.id, **(defaults | values)))


def enrolled(session: Session, person: Person, run: CourseSession) -> None:
    row = Enrolment(
        session_id=run.id,
        youth_id=person.youth_id,
        state=EnrolmentState.ENROLLED,
        created_at=NOW,
        updated_at=NOW,
    )
    add(session, row)


def digests(services: Services) -> list[OutboxMail]:
    with services.database.reading() as session:
        found = select(OutboxMail).where(OutboxMail.template == "digest")
        return list(session.exec(found.order_by(OutboxMail.id)))  # type: ignore[arg-type]
