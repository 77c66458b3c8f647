"""A small market for tests of the matching side: openings, courses, and what people recorded."""

from datetime import date
from typing import Any

from sqlmodel import Session, SQLModel

from matcher.actor import Actor
from matcher.wiring import Services
from models.account import Role
from models.course import (
    Course,
    CourseMode,
    CourseSession,
    CourseSkill,
    CourseSkillKind,
    CourseState,
)
from models.opening import RequirementKind, RequirementSubject
from tests import factories
from tests.people import Person

QUIET = {"exposure", "access_record", "audit_entry", "chain_head"}
"""Tables a read may write to."""


def actor_of(person: Person) -> Actor:
    return Actor(
        person.account_id,
        person.role,
        person.email.split("@")[0],
        "ko",
        None if person.role is Role.YOUTH else person.organisation_id,
        None,
        person.youth_id,
    )


def course(session: Session, organisation_id: int, **values: Any) -> Course:
    defaults: dict[str, Any] = {
        "state": CourseState.PUBLISHED,
        "title_ko": "컨테이너 실습 특강",
        "title_en": "Container lab",
        "field": "cloud",
        "level": "basic",
        "kind": "extracurricular",
        "sector": "space",
        "mode": CourseMode.OFFLINE,
        "total_hours": 24,
        "created_at": factories.NOW,
        "updated_at": factories.NOW,
    }
    return factories.add(session, Course(organisation_id=organisation_id, **(defaults | values)))


def gained(session: Session, course_id: int, skill: str, low: int, high: int) -> CourseSkill:
    row = CourseSkill(
        course_id=course_id, kind=CourseSkillKind.GAINED, skill=skill, from_level=low, level=high
    )
    return factories.add(session, row)


def run(session: Session, course_id: int, **values: Any) -> CourseSession:
    defaults: dict[str, Any] = {
        "starts_on": date(2026, 12, 21),
        "ends_on": date(2027, 1, 8),
        "applications_open_on": date(2026, 11, 1),
        "applications_close_on": date(2026, 12, 14),
        "weekly_hours": 4,
        "weekly_slots": [{"weekday": 1, "start": "19:00", "end": "21:00"}],
        "seats": 2,
    }
    return factories.add(session, CourseSession(course_id=course_id, **(defaults | values)))


def stock(services: Services, partner_id: int, youth_id: int, openings: int = 3) -> list[int]:
    """Openings asking for Python, SQL and SAA; the person knows Python 3 and SQL 1."""
    with services.database.writing() as session:
        ids = []
        for number in range(openings):
            row = factories.opening(
                session,
                partner_id,
                title_ko=f"지상국 데이터 엔지니어 {number}",
                sector=("space", "energy", "bio")[number % 3],
            )
            factories.requirement(session, row.id, "python", level=2 + number % 3)
            factories.requirement(session, row.id, "sql", level=2, kind=RequirementKind.NICE)
            factories.requirement(
                session,
                row.id,
                "SAA",
                subject=RequirementSubject.CERTIFICATION,
                level=None,
            )
            ids.append(row.id)
        factories.skill_record(session, youth_id, "python", level=3)
        factories.skill_record(session, youth_id, "sql", level=1)
        return ids


def dump(services: Services) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table a read must leave alone."""
    with services.database.reading() as session:
        return {
            table.name: sorted(tuple(map(repr, row)) for row in session.execute(table.select()))
            for table in SQLModel.metadata.sorted_tables
            if table.name not in QUIET
        }
