"""What the rows say about a programme's year: people, completions, certificates, placements.

By RISE project, each figure in one statement. A session belongs to the year in which it starts; a
certificate or a placement to the year of its day, and to every project its person took part in.
"""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.clock import start_of
from matcher.store import course_desk
from models.application import Application, ApplicationEvent, ApplicationState
from models.certification import AttemptState, CertificationRecord
from models.course import Course, CourseSession, Enrolment, EnrolmentState
from models.outcome import Outcome, OutcomeKind, OutcomeState

SEATED = (
    EnrolmentState.ENROLLED,
    EnrolmentState.COMPLETED,
    EnrolmentState.DROPPED,
    EnrolmentState.NOT_COMPLETED,
)
"""Had a seat, whatever came of it."""
PLACED = (OutcomeKind.EMPLOYED, OutcomeKind.FOUNDED)


class Actual(NamedTuple):
    people: int = 0
    completions: int = 0
    certificates: int = 0
    placements: int = 0


class Year(NamedTuple):
    """`after` is the first day of the next year."""

    first: date
    after: date


def actuals(session: Session, actor: Actor, year: Year) -> dict[str, Actual]:
    """By project slug; courses that name no project are under ""."""
    parts = {
        "people": _by_project(session, _people(actor, year)),
        "completions": _by_project(session, _completions(actor, year)),
        "certificates": _by_project(session, _certificates(actor, year)),
        "placements": _by_project(session, _placements(actor, year)),
    }
    slugs = sorted({slug for found in parts.values() for slug in found})
    return {
        slug: Actual(**{name: found.get(slug, 0) for name, found in parts.items()})
        for slug in slugs
    }


def _by_project(session: Session, statement: Any) -> dict[str, int]:
    return {slug: int(count) for slug, count in session.execute(statement)}


def _seats(actor: Actor, year: Year, *columns: Any) -> Any:
    """Enrolments that held a seat in a session of the year, of the desk's courses."""
    return (
        select(*columns)
        .select_from(Enrolment)
        .join(CourseSession, col(CourseSession.id) == col(Enrolment.session_id))
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .where(
            course_desk.managed(actor),
            col(Enrolment.state).in_(SEATED),
            col(CourseSession.starts_on) >= year.first,
            col(CourseSession.starts_on) < year.after,
        )
    )


def _people(actor: Actor, year: Year) -> Any:
    counted = func.count(func.distinct(col(Enrolment.youth_id)))
    return _seats(actor, year, col(Course.rise_project), counted).group_by(col(Course.rise_project))


def _completions(actor: Actor, year: Year) -> Any:
    return (
        _seats(actor, year, col(Course.rise_project), func.count(col(Enrolment.id)))
        .where(col(Enrolment.state) == EnrolmentState.COMPLETED)
        .group_by(col(Course.rise_project))
    )


def _taking_part(actor: Actor, year: Year) -> Any:
    columns: tuple[Any, ...] = (
        col(Course.rise_project).label("project"),
        col(Enrolment.youth_id).label("youth"),
    )
    return _seats(actor, year, *columns).distinct().subquery()


def _certificates(actor: Actor, year: Year) -> Any:
    who, record = _taking_part(actor, year), CertificationRecord
    passed_on = func.coalesce(col(record.exam_on), col(record.result_on))
    return (
        select(who.c.project, func.count(col(record.id)))
        .join(record, col(record.youth_id) == who.c.youth)
        .where(
            col(record.state) == AttemptState.PASSED,
            passed_on >= year.first,
            passed_on < year.after,
        )
        .group_by(who.c.project)
    )


def _placements(actor: Actor, year: Year) -> Any:
    """People, not jobs: hired through the service or with a confirmed job or business."""
    who = _taking_part(actor, year)
    hired = (
        select(Application.youth_id)
        .join(ApplicationEvent, col(ApplicationEvent.application_id) == col(Application.id))
        .where(
            col(Application.state) == ApplicationState.HIRED,
            col(ApplicationEvent.to_state) == ApplicationState.HIRED.value,
            _within(col(ApplicationEvent.at), start_of(year.first), start_of(year.after)),
        )
    )
    settled = select(Outcome.youth_id).where(
        col(Outcome.state) == OutcomeState.CONFIRMED,
        col(Outcome.kind).in_(PLACED),
        _within(col(Outcome.started_on), year.first, year.after),
    )
    return (
        select(who.c.project, func.count(func.distinct(who.c.youth)))
        .where(or_(who.c.youth.in_(hired), who.c.youth.in_(settled)))
        .group_by(who.c.project)
    )


def _within(column: Any, first: Any, after: Any) -> ColumnElement[bool]:
    return and_(column >= first, column < after)
