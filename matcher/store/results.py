"""Whom a desk counts on the way from joining to still working in Jeju, as rows and not as sums.

Every number on a page is the length of such a set, so that the people behind it can be listed.
The number of statements does not grow with people.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select
from sqlmodel import Session, col

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.store.cohort import people
from matcher.store.cohort_counts import WITHOUT, was_interviewed
from models.account import Account
from models.application import Application, ApplicationState, Introduction, IntroductionState
from models.certification import AttemptState, CertificationRecord
from models.course import Course, CourseSession, Enrolment, EnrolmentState
from models.evaluation import StudentCount
from models.organisation import Organisation
from models.outcome import Outcome, OutcomeCheck, OutcomeKind, OutcomeState
from models.youth import Affiliation, WishKind, YouthProfile, YouthWish

STAGES = (
    "registered", "studying", "certified", "matched", "interviewed", "hired", "stayed_6",
    "stayed_12",
)  # fmt: skip
SEATED = (
    EnrolmentState.ENROLLED,
    EnrolmentState.COMPLETED,
    EnrolmentState.DROPPED,
    EnrolmentState.NOT_COMPLETED,
)
"""Had a seat, whatever came of it."""


class Member(NamedTuple):
    youth_id: int
    group: int
    """The university's number, or WITHOUT."""
    joined_on: date
    graduation_on: date | None


class Line(NamedTuple):
    youth_id: int
    name: str
    organisation_ko: str | None
    organisation_en: str | None
    graduation_on: date | None
    is_demo: bool


def members(session: Session, actor: Actor) -> list[Member]:
    is_university = col(YouthProfile.affiliation) == Affiliation.RISE_UNIVERSITY
    found = session.execute(
        _scoped(
            select(
                col(YouthProfile.id),
                col(YouthProfile.organisation_id),
                is_university,
                col(YouthProfile.created_at),
                col(YouthProfile.graduation_on),
            ),
            actor,
        )
    )
    return [
        Member(number, (home or WITHOUT) if is_one else WITHOUT, day_of(at), graduation)
        for number, home, is_one, at, graduation in found
    ]


def reached(session: Session, actor: Actor) -> dict[str, frozenset[int]]:
    """By stage after the first, everybody the desk looks after who got there."""
    hired_here = col(Application.state) == ApplicationState.HIRED
    statements: dict[str, tuple[Any, ...]] = {
        "studying": (_tied(Enrolment, col(Enrolment.state).in_(SEATED)),),
        "certified": (
            _tied(CertificationRecord, col(CertificationRecord.state) == AttemptState.PASSED),
        ),
        "matched": (
            _tied(Application),
            _tied(Introduction, col(Introduction.state) == IntroductionState.ACCEPTED),
        ),
        "interviewed": (_tied(Application, was_interviewed()),),
        "hired": (_tied(Application, hired_here), _tied(Outcome, *_employed())),
        "stayed_6": (_stayed(6),),
        "stayed_12": (_stayed(12),),
    }
    return {stage: _people(session, actor, parts) for stage, parts in statements.items()}


def known(session: Session, actor: Actor) -> dict[str, frozenset[int]]:
    """By stage that can be unknown, of whom it is known, yes or no: what became of them at all, and
    whether the work went on so many months after its start."""
    confirmed = col(Outcome.state) == OutcomeState.CONFIRMED
    hired_here = col(Application.state) == ApplicationState.HIRED
    found = {
        "hired": (_tied(Application, hired_here), _tied(Outcome, confirmed)),
        "stayed_6": (_answered(6),),
        "stayed_12": (_answered(12),),
    }
    return {stage: _people(session, actor, parts) for stage, parts in found.items()}


def _people(session: Session, actor: Actor, parts: Iterable[Any]) -> frozenset[int]:
    return frozenset(
        number
        for statement in parts
        for number in session.scalars(_scoped(statement, actor).distinct())
    )


def sectors(session: Session, actor: Actor) -> dict[int, frozenset[str]]:
    """The sectors each wishes for."""
    statement = (
        select(col(YouthProfile.id), col(YouthWish.value))
        .join(YouthWish, col(YouthWish.youth_id) == col(YouthProfile.id))
        .where(col(YouthWish.kind) == WishKind.SECTOR)
    )
    return _grouped(session.execute(_scoped(statement, actor)))


def projects(session: Session, actor: Actor) -> dict[int, frozenset[str]]:
    """The RISE projects in whose courses each had a seat."""
    statement = (
        select(col(YouthProfile.id), col(Course.rise_project))
        .join(Enrolment, col(Enrolment.youth_id) == col(YouthProfile.id))
        .join(CourseSession, col(CourseSession.id) == col(Enrolment.session_id))
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .where(col(Enrolment.state).in_(SEATED), col(Course.rise_project) != "")
        .distinct()
    )
    return _grouped(session.execute(_scoped(statement, actor)))


def lines(
    session: Session, actor: Actor, youth_ids: Iterable[int], page: int, size: int
) -> list[Line]:
    """One page by name, counted from 1, of those the desk may open."""
    statement = (
        select(
            col(YouthProfile.id),
            col(Account.name),
            col(Organisation.name_ko),
            col(Organisation.name_en),
            col(YouthProfile.graduation_on),
            col(Account.is_demo),
        )
        .outerjoin(Organisation, col(Organisation.id) == col(YouthProfile.organisation_id))
        .where(col(YouthProfile.id).in_(list(youth_ids)))
        .order_by(col(Account.name), col(YouthProfile.id))
        .limit(size)
        .offset((page - 1) * size)
    )
    return [Line(*row) for row in session.execute(_scoped(statement, actor))]


def student_counts(session: Session, organisation_ids: Sequence[int]) -> dict[int, StudentCount]:
    """The newest one of each university that typed any."""
    found = session.scalars(
        select(StudentCount)
        .where(col(StudentCount.organisation_id).in_(organisation_ids))
        .order_by(col(StudentCount.counted_on), col(StudentCount.id))
    )
    return {row.organisation_id: row for row in found}


def student_count_on(
    session: Session, organisation_id: int, counted_on: date
) -> StudentCount | None:
    return session.scalars(
        select(StudentCount).where(
            col(StudentCount.organisation_id) == organisation_id,
            col(StudentCount.counted_on) == counted_on,
        )
    ).first()


def _tied(table: Any, *tests: Any) -> Any:
    return (
        select(col(YouthProfile.id))
        .join(table, col(table.youth_id) == col(YouthProfile.id))
        .where(*tests)
    )


def _employed() -> tuple[Any, ...]:
    return (
        col(Outcome.state) == OutcomeState.CONFIRMED,
        col(Outcome.kind) == OutcomeKind.EMPLOYED,
    )


def _stayed(months: int) -> Any:
    """Still in work and in Jeju when asked that many months after the start."""
    holds = and_(
        col(OutcomeCheck.outcome_id) == col(Outcome.id),
        col(OutcomeCheck.months) == months,
        col(OutcomeCheck.still_holds),
        col(OutcomeCheck.is_in_jeju).is_(True),
    )
    return _tied(Outcome, *_employed()).join(OutcomeCheck, holds)


def _answered(months: int) -> Any:
    """Asked that many months after the start and answered, or known to be over."""
    asked = and_(
        col(OutcomeCheck.outcome_id) == col(Outcome.id), col(OutcomeCheck.months) == months
    )
    is_told = or_(col(OutcomeCheck.id).is_not(None), col(Outcome.ended_on).is_not(None))
    return _tied(Outcome, *_employed(), is_told).outerjoin(OutcomeCheck, asked)


def _scoped(statement: Any, actor: Actor) -> Any:
    return statement.join(Account, col(Account.id) == col(YouthProfile.account_id)).where(
        people(actor)
    )


def _grouped(rows: Iterable[Any]) -> dict[int, frozenset[str]]:
    found: Mapping[int, set[str]] = defaultdict(set)
    for youth_id, value in rows:
        found[youth_id].add(value)
    return {youth_id: frozenset(values) for youth_id, values in found.items()}
