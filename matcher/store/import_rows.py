"""Rows an import may meet again, by the keys a file carries."""

import re
from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import Session, col, select

from models.course import Course, CourseSession, CourseSkill
from models.opening import Opening, OpeningRequirement
from models.skill import FrameworkSkill, SkillFramework

OWN_NUMBER = re.compile(r"#[1-9][0-9]{0,8}")


def course(session: Session, organisation_id: int, external_id: str) -> Course | None:
    """None without an external id: such a row is always a new course. `#12` is the course whose
    number is 12 and which has no external id; exports name it so."""
    if not external_id:
        return None
    known = session.exec(
        select(Course).where(
            Course.organisation_id == organisation_id, Course.external_id == external_id
        )
    ).first()
    if known is not None or not OWN_NUMBER.fullmatch(external_id):
        return known
    return session.exec(
        select(Course).where(
            Course.organisation_id == organisation_id,
            Course.id == int(external_id[1:]),
            col(Course.external_id).is_(None),
        )
    ).first()


def session_on(session: Session, course_id: int, starts_on: date) -> CourseSession | None:
    return session.exec(
        select(CourseSession).where(
            CourseSession.course_id == course_id, CourseSession.starts_on == starts_on
        )
    ).first()


def only_session(session: Session, course_id: int) -> CourseSession | None:
    """Of a course that has one, as the rounds of a feed do."""
    return session.exec(
        select(CourseSession)
        .where(CourseSession.course_id == course_id)
        .order_by(col(CourseSession.id))
    ).first()


def course_skills(session: Session, course_id: int) -> Sequence[CourseSkill]:
    return session.exec(select(CourseSkill).where(CourseSkill.course_id == course_id)).all()


def opening(
    session: Session, organisation_id: int, external_id: str, *, lock: bool = True
) -> Opening | None:
    """Held until the transaction ends, because whether terms may change hangs on who applied.
    `#12` is the opening whose number is 12 and which has no external id; exports name it so."""
    if not external_id:
        return None
    own = select(Opening).where(Opening.organisation_id == organisation_id)
    if lock:
        own = own.with_for_update().execution_options(populate_existing=True)
    known = session.exec(own.where(Opening.external_id == external_id)).first()
    if known is not None or not OWN_NUMBER.fullmatch(external_id):
        return known
    number = int(external_id[1:])
    return session.exec(own.where(Opening.id == number, col(Opening.external_id).is_(None))).first()


def requirements(session: Session, opening_id: int) -> Sequence[OpeningRequirement]:
    return session.exec(
        select(OpeningRequirement).where(OpeningRequirement.opening_id == opening_id)
    ).all()


def hold_openings(session: Session, ids: Collection[int]) -> Sequence[int]:
    """Those of the ids that are there, in order, held until the transaction ends."""
    found = session.exec(
        select(Opening.id)
        .where(col(Opening.id).in_(ids))
        .order_by(col(Opening.id))
        .with_for_update()
    )
    return [number for number in found if number is not None]


def openings_of_requirements(session: Session, ids: Collection[int]) -> Sequence[int]:
    return session.exec(
        select(OpeningRequirement.opening_id).where(col(OpeningRequirement.id).in_(ids))
    ).all()


def framework(session: Session, slug: str) -> SkillFramework | None:
    return session.exec(select(SkillFramework).where(SkillFramework.slug == slug)).first()


def framework_skills(session: Session, framework_id: int) -> Sequence[FrameworkSkill]:
    return session.exec(
        select(FrameworkSkill).where(FrameworkSkill.framework_id == framework_id)
    ).all()
