"""Who takes which session, who waits, and the seats: counted only by guarded updates."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, false, func, true, update
from sqlmodel import Session, col, select

from matcher.actor import Actor
from models.account import Account, Role
from models.course import Course, CourseSession, CourseState, Enrolment, EnrolmentState
from models.organisation import Organisation, OrganisationState
from models.youth import YouthProfile

HOLDS = (EnrolmentState.ENROLLED, EnrolmentState.WAITLISTED)
"""Hours are taken by these; an application holds none until it is selected."""
OPEN = (*HOLDS, EnrolmentState.APPLIED)
SEATED = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)
"""States whose seat nobody else gets."""


class OwnRow(NamedTuple):
    """An own enrolment with the session and course it belongs to."""

    id: int
    state: EnrolmentState
    session_id: int
    course_id: int
    title_ko: str
    title_en: str
    organisation_ko: str
    organisation_en: str
    is_demo: bool
    starts_on: date
    ends_on: date
    weekly_slots: list[Any]
    weekly_hours: int


_OWN = (
    Enrolment.id,
    Enrolment.state,
    Enrolment.session_id,
    Course.id,
    Course.title_ko,
    Course.title_en,
    Organisation.name_ko,
    Organisation.name_en,
    Course.is_demo,
    CourseSession.starts_on,
    CourseSession.ends_on,
    CourseSession.weekly_slots,
    CourseSession.weekly_hours,
)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """A young person's own rows; for statements that join Course, those of the own university."""
    if actor.role is Role.YOUTH:
        return col(Enrolment.youth_id) == actor.youth_id
    if actor.role is Role.COORDINATOR:
        return col(Course.organisation_id) == actor.organisation_id
    return true() if actor.role in (Role.CENTRE, Role.ADMIN) else false()


def own(session: Session, actor: Actor) -> Sequence[OwnRow]:
    """The actor's enrolments in every state, the earliest session first."""
    return [] if actor.youth_id is None else of_youth(session, actor.youth_id)


def of_youth(session: Session, youth_id: int) -> Sequence[OwnRow]:
    """For callers that checked whose they are."""
    found = session.execute(
        select(*_OWN)  # type: ignore[call-overload]  # SQLModel types four columns
        .join(CourseSession, col(CourseSession.id) == Enrolment.session_id)
        .join(Course, col(Course.id) == CourseSession.course_id)
        .join(Organisation, col(Organisation.id) == Course.organisation_id)
        .where(col(Enrolment.youth_id) == youth_id)
        .order_by(col(CourseSession.starts_on), col(Enrolment.id))
    )
    return [OwnRow(*row) for row in found]


def completed_courses(session: Session, youth_id: int) -> frozenset[int]:
    """Courses the person has finished: there is nothing more to gain from them."""
    statement = (
        select(CourseSession.course_id)
        .join(Enrolment, col(Enrolment.session_id) == CourseSession.id)
        .where(Enrolment.youth_id == youth_id, Enrolment.state == EnrolmentState.COMPLETED)
    )
    return frozenset(session.exec(statement).all())


def get(session: Session, actor: Actor, enrolment_id: int) -> Enrolment | None:
    return session.exec(
        select(Enrolment)
        .join(CourseSession, col(CourseSession.id) == Enrolment.session_id)
        .join(Course, col(Course.id) == CourseSession.course_id)
        .where(visible_to(actor), Enrolment.id == enrolment_id)
    ).first()


def of_session(session: Session, session_id: int, youth_id: int) -> Enrolment | None:
    return session.exec(
        select(Enrolment).where(Enrolment.session_id == session_id, Enrolment.youth_id == youth_id)
    ).first()


def session_of(
    session: Session, course_id: int, session_id: int
) -> tuple[CourseSession, Course] | None:
    """A session of a published course; None too when it belongs to another course."""
    row = session.exec(
        select(CourseSession, Course)
        .join(Course, col(Course.id) == CourseSession.course_id)
        .join(Organisation, col(Organisation.id) == Course.organisation_id)
        .where(
            CourseSession.id == session_id,
            Course.id == course_id,
            Course.state == CourseState.PUBLISHED,
            Course.source == "",  # a course from a feed is applied for where it comes from
            Organisation.state == OrganisationState.ACTIVE,
        )
    ).first()
    return None if row is None else (row[0], row[1])


def session_with_course(session: Session, session_id: int) -> tuple[CourseSession, Course]:
    row = session.exec(
        select(CourseSession, Course)
        .join(Course, col(Course.id) == CourseSession.course_id)
        .where(CourseSession.id == session_id)
    ).one()
    return row[0], row[1]


def hold(session: Session, session_id: int) -> None:
    """Until the transaction ends nobody else takes, frees or queues for a seat here: otherwise a
    seat freed while somebody joins the queue would stay empty. SQLite has one writer anyway."""
    session.exec(
        select(CourseSession.id)
        .where(CourseSession.id == session_id)
        .with_for_update(key_share=True)
    ).all()


def take_seat(session: Session, session_id: int) -> bool:
    """One seat more taken, unless all are; two at once never get the same last seat."""
    taken = session.exec(
        update(CourseSession)
        .where(
            col(CourseSession.id) == session_id,
            col(CourseSession.taken) < col(CourseSession.seats),
        )
        .values(taken=CourseSession.taken + 1)
        .execution_options(synchronize_session=False)
    )
    return taken.rowcount == 1


def free_seat(session: Session, session_id: int) -> bool:
    freed = session.exec(
        update(CourseSession)
        .where(col(CourseSession.id) == session_id, col(CourseSession.taken) > 0)
        .values(taken=CourseSession.taken - 1)
        .execution_options(synchronize_session=False)
    )
    return freed.rowcount == 1


def move(
    session: Session,
    enrolment: Enrolment,
    to: EnrolmentState,
    now: datetime,
    *,
    again: bool = False,
) -> bool:
    """Change the state only if it is still the one that was read; False when somebody was faster.

    `again` puts a person who comes back at the end of the queue.
    """
    values: dict[str, Any] = {"state": to, "updated_at": now}
    if again:
        values["created_at"] = now
    changed = session.exec(
        update(Enrolment)
        .where(col(Enrolment.id) == enrolment.id, col(Enrolment.state) == enrolment.state)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.expire(enrolment)
    return changed.rowcount == 1


def first_waiting(session: Session, session_id: int) -> Enrolment | None:
    return session.exec(
        select(Enrolment)
        .where(Enrolment.session_id == session_id, Enrolment.state == EnrolmentState.WAITLISTED)
        .order_by(col(Enrolment.created_at), col(Enrolment.id))
        .limit(1)
    ).first()


def waiting(session: Session, session_ids: Sequence[int]) -> dict[int, list[int]]:
    """By session, the ids of waiting enrolments in the order of the queue."""
    found = session.execute(
        select(Enrolment.session_id, Enrolment.id)
        .where(
            col(Enrolment.session_id).in_(session_ids),
            Enrolment.state == EnrolmentState.WAITLISTED,
        )
        .order_by(col(Enrolment.created_at), col(Enrolment.id))
    )
    queues: dict[int, list[int]] = {}
    for session_id, enrolment_id in found:
        queues.setdefault(session_id, []).append(enrolment_id)
    return queues


def account_of(session: Session, youth_id: int) -> Account:
    return session.exec(
        select(Account)
        .join(YouthProfile, col(YouthProfile.account_id) == Account.id)
        .where(YouthProfile.id == youth_id)
    ).one()


def seats_taken(session: Session, session_id: int) -> int:
    """How many hold a seat by their own row: for checks against the counter."""
    statement = select(func.count()).where(
        Enrolment.session_id == session_id,
        col(Enrolment.state).in_(SEATED),
    )
    return session.exec(statement).one()


def of_youths(session: Session, youth_ids: Sequence[int]) -> dict[int, list[OwnRow]]:
    """As `of_youth` for several people at once: their rows that hold hours, by person."""
    found = session.execute(
        select(Enrolment.youth_id, *_OWN)  # type: ignore[call-overload]  # SQLModel types four
        .join(CourseSession, col(CourseSession.id) == Enrolment.session_id)
        .join(Course, col(Course.id) == CourseSession.course_id)
        .join(Organisation, col(Organisation.id) == Course.organisation_id)
        .where(col(Enrolment.youth_id).in_(youth_ids), col(Enrolment.state).in_(HOLDS))
        .order_by(col(CourseSession.starts_on), col(Enrolment.id))
    )
    rows: dict[int, list[OwnRow]] = {}
    for youth_id, *row in found:
        rows.setdefault(youth_id, []).append(OwnRow(*row))
    return rows
