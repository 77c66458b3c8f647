"""Courses of a desk: sessions, queues, who sits in them. The scope is always `managed(actor)`."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true, update
from sqlmodel import Session, col
from sqlmodel import select as select_ids
from sqlmodel.sql.expression import SelectOfScalar

from matcher.actor import Actor
from models.account import Account, Role
from models.attendance import ClassMeeting
from models.course import (
    Course,
    CourseSession,
    CourseSkill,
    CourseSkillKind,
    CourseState,
    Enrolment,
    EnrolmentState,
)
from models.organisation import Organisation
from models.youth import YouthProfile


class Attendee(NamedTuple):
    enrolment_id: int
    state: EnrolmentState
    youth_id: int
    name: str
    organisation_ko: str | None
    organisation_en: str | None
    is_demo: bool


def managed(actor: Actor) -> ColumnElement[bool]:
    """A coordinator's own university's courses; the centre's are all."""
    if actor.role is Role.COORDINATOR:
        return col(Course.organisation_id) == actor.organisation_id
    return true() if actor.role is Role.CENTRE else false()


def ids(actor: Actor) -> SelectOfScalar[Any]:
    return select_ids(Course.id).where(managed(actor))


def course(session: Session, actor: Actor, course_id: int) -> Course | None:
    return session.scalars(
        select(Course).where(managed(actor), col(Course.id) == course_id)
    ).first()


def session_of(
    session: Session, actor: Actor, session_id: int
) -> tuple[CourseSession, Course] | None:
    found = session.execute(
        select(CourseSession, Course)
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .where(managed(actor), col(CourseSession.id) == session_id)
    ).first()
    return None if found is None else (found[0], found[1])


def count_sessions(session: Session, course_id: int) -> int:
    statement = select(func.count()).where(col(CourseSession.course_id) == course_id)
    return int(session.scalar(statement) or 0)


def states(session: Session, actor: Actor) -> dict[int, dict[EnrolmentState, int]]:
    """By session, how many stand in each state."""
    found = session.execute(
        select(col(Enrolment.session_id), col(Enrolment.state), func.count())
        .join(CourseSession, col(CourseSession.id) == col(Enrolment.session_id))
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .where(managed(actor))
        .group_by(col(Enrolment.session_id), col(Enrolment.state))
    )
    counts: dict[int, dict[EnrolmentState, int]] = defaultdict(dict)
    for session_id, state, number in found:
        counts[session_id][state] = number
    return counts


def starting(session: Session, actor: Actor, today: date, days: int) -> frozenset[int]:
    """Sessions of published courses that begin soon with seats to give or people waiting."""
    is_waiting = exists().where(
        col(Enrolment.session_id) == col(CourseSession.id),
        col(Enrolment.state) == EnrolmentState.WAITLISTED,
    )
    found = session.scalars(
        select(col(CourseSession.id))
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .where(
            managed(actor),
            col(Course.state) == CourseState.PUBLISHED,
            col(CourseSession.starts_on).between(today, today + timedelta(days=days)),
            or_(col(CourseSession.taken) < col(CourseSession.seats), is_waiting),
        )
    )
    return frozenset(number for number in found if number is not None)


def attendees(session: Session, session_id: int) -> list[Attendee]:
    """Those who hold or held a seat or wait, by name; whoever cancelled is gone."""
    found = session.execute(
        select(
            col(Enrolment.id),
            col(Enrolment.state),
            col(YouthProfile.id),
            col(Account.name),
            col(Organisation.name_ko),
            col(Organisation.name_en),
            col(Account.is_demo),
        )
        .join(YouthProfile, col(YouthProfile.id) == col(Enrolment.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .outerjoin(Organisation, col(Organisation.id) == col(YouthProfile.organisation_id))
        .where(
            col(Enrolment.session_id) == session_id,
            col(Enrolment.state) != EnrolmentState.CANCELLED,
        )
        .order_by(col(Account.name), col(Enrolment.id))
    )
    return [Attendee(*row) for row in found]


def enrolment(
    session: Session, actor: Actor, session_id: int, enrolment_id: int
) -> Enrolment | None:
    """None too when it belongs to another session."""
    return session.scalars(
        select(Enrolment)
        .join(CourseSession, col(CourseSession.id) == col(Enrolment.session_id))
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .where(
            and_(
                managed(actor),
                col(Enrolment.session_id) == session_id,
                col(Enrolment.id) == enrolment_id,
            )
        )
    ).first()


def gained(session: Session, course_ids: Collection[int]) -> dict[int, list[CourseSkill]]:
    """What each course says it teaches, by slug; a course that says nothing is absent."""
    rows = session.scalars(
        select(CourseSkill)
        .where(
            col(CourseSkill.course_id).in_(course_ids),
            col(CourseSkill.kind) == CourseSkillKind.GAINED,
        )
        .order_by(col(CourseSkill.skill))
    )
    found: dict[int, list[CourseSkill]] = {}
    for row in rows:
        found.setdefault(row.course_id, []).append(row)
    return found


def skills_of(session: Session, course_id: int) -> Sequence[CourseSkill]:
    """Needed and gained, each by its slug."""
    return session.scalars(
        select(CourseSkill)
        .where(col(CourseSkill.course_id) == course_id)
        .order_by(col(CourseSkill.kind), col(CourseSkill.skill))
    ).all()


def sessions_of(session: Session, course_id: int) -> Sequence[CourseSession]:
    """The latest first; for callers that checked whose course it is."""
    return session.scalars(
        select(CourseSession)
        .where(col(CourseSession.course_id) == course_id)
        .order_by(col(CourseSession.starts_on).desc(), col(CourseSession.id).desc())
    ).all()


def resize(session: Session, session_id: int, seats: int) -> bool:
    """Another number of seats, unless more are taken; nobody loses a seat to a smaller number."""
    changed = session.execute(
        update(CourseSession)
        .where(col(CourseSession.id) == session_id, col(CourseSession.taken) <= seats)
        .values(seats=seats)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]


def is_untouched(session: Session, session_id: int) -> bool:
    """Nobody ever applied and no class was planned."""
    applied = exists().where(col(Enrolment.session_id) == session_id)
    planned = exists().where(col(ClassMeeting.session_id) == session_id)
    return not session.scalar(select(or_(applied, planned)))


def accounts_in(
    session: Session, session_id: int, states: Sequence[EnrolmentState]
) -> Sequence[tuple[int, Account]]:
    """(enrolment, account) of everybody in one of the states, by enrolment."""
    found = session.execute(
        select(col(Enrolment.id), Account)
        .join(YouthProfile, col(YouthProfile.id) == col(Enrolment.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(col(Enrolment.session_id) == session_id, col(Enrolment.state).in_(states))
        .order_by(col(Enrolment.id))
    )
    return [(number, account) for number, account in found]


class Applicant(NamedTuple):
    """Who waits for a selection, or was not selected and may be yet."""

    enrolment: Enrolment
    name: str
    organisation_ko: str | None
    organisation_en: str | None
    is_demo: bool


def applicants(session: Session, session_id: int) -> Sequence[Applicant]:
    """In the order they applied; for callers that checked whose session it is."""
    found = session.execute(
        select(
            Enrolment,
            col(Account.name),
            col(Organisation.name_ko),
            col(Organisation.name_en),
            col(Account.is_demo),
        )
        .join(YouthProfile, col(YouthProfile.id) == col(Enrolment.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .outerjoin(Organisation, col(Organisation.id) == col(YouthProfile.organisation_id))
        .where(
            col(Enrolment.session_id) == session_id,
            col(Enrolment.state).in_((EnrolmentState.APPLIED, EnrolmentState.NOT_SELECTED)),
        )
        .order_by(col(Enrolment.created_at), col(Enrolment.id))
    )
    return [Applicant(*row) for row in found]


def in_states(
    session: Session, session_id: int, states: Sequence[EnrolmentState]
) -> Sequence[Enrolment]:
    return session.scalars(
        select(Enrolment)
        .where(col(Enrolment.session_id) == session_id, col(Enrolment.state).in_(states))
        .order_by(col(Enrolment.id))
    ).all()


def names(session: Session, youth_ids: Sequence[int]) -> dict[int, str]:
    """For callers that checked that these people are in a session of theirs."""
    found = session.execute(
        select(col(YouthProfile.id), col(Account.name))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(col(YouthProfile.id).in_(youth_ids))
    )
    return {row[0]: row[1] for row in found}
