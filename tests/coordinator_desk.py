"""The scene of the university's tests: rows of young people and courses, and who looks at them."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from matcher.wiring import Services
from models.account import Role
from models.application import ApplicationState
from models.certification import AttemptState, CertificationRecord
from models.course import (
    Course,
    CourseMode,
    CourseSession,
    CourseSkill,
    CourseSkillKind,
    CourseState,
    Enrolment,
    EnrolmentState,
)
from models.youth import Affiliation, AffiliationState
from tests import factories
from tests.factories import NOW, TODAY
from tests.people import People, Person


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def certificate(session: Session, youth_id: int | None, **values: Any) -> CertificationRecord:
    """A pass of CLF half a year ago, valid for three years."""
    defaults: dict[str, Any] = {
        "certification": "CLF",
        "exam_code": "CLF-C02",
        "state": AttemptState.PASSED,
        "exam_on": date(2026, 6, 1),
        "expires_on": date(2029, 6, 1),
        "created_at": NOW,
        "updated_at": NOW,
    }
    return factories.add(session, CertificationRecord(youth_id=youth_id, **(defaults | values)))


def booked(session: Session, youth_id: int | None, on: date, **values: Any) -> CertificationRecord:
    return certificate(
        session, youth_id, state=AttemptState.SCHEDULED, exam_on=on, expires_on=None, **values
    )


def course(session: Session, organisation_id: int | None, **values: Any) -> Course:
    defaults: dict[str, Any] = {
        "state": CourseState.PUBLISHED,
        "title_ko": "파이썬 데이터 처리",
        "title_en": "Data work in Python",
        "field": "data",
        "level": "basic",
        "kind": "course",
        "mode": CourseMode.OFFLINE,
        "total_hours": 30,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return factories.add(session, Course(organisation_id=organisation_id, **(defaults | values)))


def gives(session: Session, course_id: int | None, skill: str, level: int) -> CourseSkill:
    row = CourseSkill(course_id=course_id, kind=CourseSkillKind.GAINED, skill=skill, level=level)
    return factories.add(session, row)


def run(
    session: Session, course_id: int | None, starts: date, ends: date, **values: Any
) -> CourseSession:
    defaults: dict[str, Any] = {
        "applications_open_on": starts - timedelta(days=30),
        "applications_close_on": starts - timedelta(days=1),
        "weekly_hours": 6,
        "seats": 10,
        "taken": 0,
    }
    row = CourseSession(course_id=course_id, starts_on=starts, ends_on=ends, **(defaults | values))
    return factories.add(session, row)


def enrolment(
    session: Session, session_id: int | None, youth_id: int | None, state: EnrolmentState
) -> Enrolment:
    row = Enrolment(
        session_id=session_id, youth_id=youth_id, state=state, created_at=NOW, updated_at=NOW
    )
    return factories.add(session, row)


def young(session: Session, name: str, university: int | None = None, **values: Any) -> int:
    """One more young person; gives the youth's id. Without a university: no affiliation."""
    account = factories.account(session, f"{name}@example.com", name=name)
    factories.membership(session, account.id, Role.YOUTH)
    affiliation = Affiliation.RISE_UNIVERSITY if university else Affiliation.NONE
    defaults: dict[str, Any] = {
        "affiliation": affiliation,
        "affiliation_state": AffiliationState.CONFIRMED,
        "organisation_id": university,
    }
    profile = factories.youth(session, account.id, **(defaults | values))
    assert profile.id is not None
    return profile.id


def walk_to(session: Session, people: People, youth_id: int, stage: int) -> None:
    """Give a person what the first `stage` stages of the way ask: skills, certificate, course,
    application, interview, hire."""
    steps = [
        lambda: factories.skill_record(session, youth_id, "python", level=2),
        lambda: certificate(session, youth_id),
        lambda: enrolment(
            session,
            run(session, course(session, people.coordinator.organisation_id).id, days(-60),
                days(-30)).id,
            youth_id,
            EnrolmentState.COMPLETED,
        ),
        lambda: _application(session, people.partner, youth_id, stage),
    ]  # fmt: skip
    for step in steps[:stage]:
        step()


def _application(session: Session, partner: Person, youth_id: int, stage: int) -> None:
    state = {
        4: ApplicationState.SENT,
        5: ApplicationState.INTERVIEW,
        6: ApplicationState.HIRED,
    }[stage]
    opening = factories.opening(session, partner.organisation_id)
    factories.application(session, opening.id, youth_id, state=state)


def scene(services: Services, people: People) -> tuple[int, int, int, int]:
    """Course, session, enrolment and certificate of haneul; the session ended yesterday."""
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id)
        gives(session, own.id, "python", 3)
        held = run(session, own.id, days(-9), days(-1), taken=1)
        row = enrolment(session, held.id, people.youth.youth_id, EnrolmentState.ENROLLED)
        record = certificate(session, people.youth.youth_id)
        factories.skill_record(session, people.youth.youth_id or 0, "python", level=2)
        return own.id or 0, held.id or 0, row.id or 0, record.id or 0
