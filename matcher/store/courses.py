"""Courses, their dated sessions and the skills they ask for and bring."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, or_, true, type_coerce
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from matcher.actor import Actor
from models.account import Role
from models.course import (
    Course,
    CourseMode,
    CourseSession,
    CourseSkill,
    CourseSkillKind,
    CourseState,
)
from models.organisation import Organisation, OrganisationState

IdScope = SelectOfScalar[Any]


class SessionRow(NamedTuple):
    """`taken` seats of `seats`; `weekly_slots` as stored: weekday 1-7, start, end."""

    id: int
    course_id: int
    starts_on: date
    ends_on: date
    applications_open_on: date
    applications_close_on: date
    weekly_hours: int
    weekly_slots: list[Any]
    seats: int
    taken: int
    mode: CourseMode | None = None
    """When it differs from the course's."""


class SkillRow(NamedTuple):
    course_id: int
    kind: CourseSkillKind
    skill: str
    from_level: int
    level: int


_KINDS = {each.value: each for each in CourseSkillKind}
_SESSION = (
    CourseSession.id,
    CourseSession.course_id,
    CourseSession.starts_on,
    CourseSession.ends_on,
    CourseSession.applications_open_on,
    CourseSession.applications_close_on,
    CourseSession.weekly_hours,
    CourseSession.weekly_slots,
    CourseSession.seats,
    CourseSession.taken,
    CourseSession.mode,
)


def visible_to(actor: Actor | None) -> ColumnElement[bool]:
    """Everybody sees what is published by an active university; a coordinator also drafts and
    closed ones of the own university, the centre and admins those of all."""
    active = select(Organisation.id).where(Organisation.state == OrganisationState.ACTIVE)
    is_out = col(Course.state) == CourseState.PUBLISHED
    published = is_out & col(Course.organisation_id).in_(active)
    if actor is not None and actor.role is Role.COORDINATOR:
        return or_(published, col(Course.organisation_id) == actor.organisation_id)
    if actor is not None and actor.role in (Role.CENTRE, Role.ADMIN):
        return true()
    return published


def published(actor: Actor | None) -> IdScope:
    """Ids of published courses the actor sees and can take here: a scope for matching. What came
    from a feed is taken elsewhere, and the feed does not tell its hours."""
    return listed(actor).where(Course.source == "")


def listed(actor: Actor | None) -> IdScope:
    """As `published`, with the courses of other providers that a feed brought."""
    return select(Course.id).where(visible_to(actor), Course.state == CourseState.PUBLISHED)


def some(actor: Actor | None, ids: Collection[int]) -> IdScope:
    return listed(actor).where(col(Course.id).in_(ids))


def only(actor: Actor | None, course_id: int) -> IdScope:
    return select(Course.id).where(visible_to(actor), Course.id == course_id)


def rows(session: Session, scope: IdScope) -> Sequence[tuple[Course, Organisation]]:
    """In id order, with the university that runs each."""
    found = session.exec(
        select(Course, Organisation)
        .join(Organisation, col(Organisation.id) == Course.organisation_id)
        .where(col(Course.id).in_(scope))
        .order_by(col(Course.id))
    )
    return [(course, organisation) for course, organisation in found]


def get(
    session: Session, actor: Actor | None, course_id: int
) -> tuple[Course, Organisation] | None:
    found = rows(session, only(actor, course_id))
    return found[0] if found else None


def sessions(session: Session, scope: IdScope) -> Sequence[SessionRow]:
    """By course, the earliest first."""
    found = session.execute(
        select(*_SESSION)  # type: ignore[call-overload]  # SQLModel types four columns
        .where(col(CourseSession.course_id).in_(scope))
        .order_by(col(CourseSession.course_id), col(CourseSession.starts_on), col(CourseSession.id))
    )
    return [SessionRow(*row) for row in found]


def skills(session: Session, scope: IdScope) -> Sequence[SkillRow]:
    found = session.execute(
        select(
            CourseSkill.course_id,
            type_coerce(CourseSkill.kind, String),  # the long list: one look-up, not a type
            CourseSkill.skill,
            CourseSkill.from_level,
            CourseSkill.level,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .where(col(CourseSkill.course_id).in_(scope))
        .order_by(col(CourseSkill.course_id), col(CourseSkill.kind), col(CourseSkill.skill))
    )
    return [SkillRow(row[0], _KINDS[row[1]], *row[2:]) for row in found]


def session_row(session: Session, session_id: int) -> SessionRow:
    """For callers that checked whose session it is."""
    found = session.execute(
        select(*_SESSION).where(CourseSession.id == session_id)  # type: ignore[call-overload]
    ).one()
    return SessionRow(*found)
